"""The fixtures that come with Footprints, and what is said to those who write their own."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator.data import FixtureFiles
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import BadBirth, Worlds
from tests.vendors.footprints.conftest import MakeFootprints

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "fixtures" / "footprints" / "demo.yaml"
SCRIPT = "scripts.make_footprints_demo"
STATUSES = ("prospect", "lead", "sale_lead", "opportunity", "customer", "lost")
PLACEMENTS = {"displayAd", "videoAdHorizontalVideo", "videoAdVerticalVideo", "leadAd", "mobileNotifications"}


def document(name: str) -> dict[str, Any]:
    return copy.deepcopy(dict(FixtureFiles().read("footprints", name)))


# --- the files --------------------------------------------------------------------------------


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_demo_is_what_its_script_makes(hash_seed: str) -> None:
    """Dates, set order and hash seed leave no trace; on a mismatch run the script and bundle anew."""
    environ = {**os.environ, "PYTHONHASHSEED": hash_seed}
    command = [sys.executable, "-m", SCRIPT, "-"]
    made = subprocess.run(command, capture_output=True, check=True, env=environ, cwd=ROOT)
    assert made.stdout == DEMO.read_bytes()


def test_demo_is_as_large_as_promised() -> None:
    demo = document("demo")
    assert len(demo["clients"]) >= 200
    assert {lead["status"] for lead in demo["leads"]} == set(STATUSES)
    assert {code.get("status", "free") for code in demo["codes"]} == {
        "free",
        "associated",
        "redeemed",
        "blocked",
    }
    assert len(demo["codes"]) >= 300
    assert len({location["county"] for location in demo["locations"]}) >= 3
    assert {ad["placement"] for ad in demo["ads"]} == PLACEMENTS
    assert {product["kind"] for product in demo["products"]} == {"sponsored", "recommended"}
    months = {lead["createdAt"][:7] for lead in demo["leads"]}
    assert {"2023-03", "2023-08", "2023-12", "2024-02"} <= months


def test_people_of_demo_are_nobody() -> None:
    demo = document("demo")
    for known in [client["fields"] for client in demo["clients"]] + [
        lead["fields"] for lead in demo["leads"]
    ]:
        assert known["userEmail"].rpartition("@")[2] in ("example.com", "example.net", "example.org")
        assert known["userPhone"].startswith("+40000")


def test_a_life_of_demo_hangs_together() -> None:
    demo = document("demo")
    for client in demo["clients"]:
        leads = [lead["id"] for lead in demo["leads"] if lead["client"] == client["id"]]
        assert [entry["leadId"] for entry in client["timeline"]] == leads
    for lead in demo["leads"]:
        snapshots = [snapshot["createdAt"] for snapshot in lead["history"]]
        assert snapshots == sorted(snapshots)
        assert (lead["history"][0]["createdAt"], lead["history"][-1]["status"]) == (
            lead["createdAt"],
            lead["status"],
        )
        assert ("contract" in lead) == (lead["status"] == "customer")
        assert ("reasonLost" in lead) == (lead["status"] == "lost")


def test_demo_is_planted_without_the_library_that_made_it() -> None:
    script = (
        "import sys; from simulator.data import FixtureFiles; from simulator.kernel.vendor import discover\n"
        "from simulator.kernel.world import Birth; from simulator.kernel.worlds import Worlds\n"
        "worlds = Worlds({'footprints': discover()['footprints']}, FixtureFiles())\n"
        "from simulator.vendors.footprints.state import CLIENTS\n"
        "world = worlds.create(Birth(fixture='demo'))\n"
        "assert len(world.store.table(CLIENTS).raw()) >= 200\n"
        "assert 'faker' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, cwd=ROOT)


# --- credentials ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["empty", "docs", "demo"])
def test_credentials_work(name: str, make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(name)
    tokens = [
        footprints.token(),
        footprints.token(grant_type="pin", pin=footprints.pin),
        footprints.token(grant_type="password", username=footprints.username, password=footprints.password),
        *([footprints.access_token] if footprints.access_token else []),
    ]
    for token in tokens:
        assert footprints.get("/api/channels", token=token).status_code == 200
    assert footprints.post("/jsapi/init", {}).status_code == 200


def test_a_world_of_its_own_has_credentials_of_its_own() -> None:
    vendors = {"footprints": discover()["footprints"]}
    worlds = Worlds(vendors, FixtureFiles())
    made = [
        worlds.create(Birth(name=n, fixture="docs", unique_credentials=True)) for n in ("first", "second")
    ]
    known = []
    for world in made:
        with world.entered():
            known.append(vendors["footprints"].parts.credentials(world))
    for name in ("key", "pin", "username", "access_token"):
        assert known[0][name] != known[1][name]
    for name in ("key", "access_token"):
        assert [worlds.owner("footprints", each[name]) for each in known] == made


# --- what is said to those who write their own ------------------------------------------------


def changed(collection: str, *steps: str | int, value: Any) -> dict[str, Any]:
    """The docs world with one value changed; added to a list where the last step is its length."""
    made = document("docs")
    holder = made[collection]
    for step in steps[:-1]:
        holder = holder[step]
    if isinstance(holder, list) and steps[-1] == len(holder):
        holder.append(value)
    else:
        holder[steps[-1]] = value
    return made


def twice(collection: str, **members: Any) -> dict[str, Any]:
    """The docs world with the first of a collection once more, under another id."""
    made = document("docs")
    made[collection].append(made[collection][0] | {"id": "5a00000000000000000fffff"} | members)
    return made


NOBODY = "5a0000000000000000ffffff"


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"lead": []}, "^.*the document: "),
        ({"applications": [{"id": "1", "name": "x", "secret": "x"}]}, r"applications\[0\]: .*key"),
        (changed("applications", 0, "key", value="a:b"), r"applications\[0\].key: "),
        (changed("leads", 0, "status", value="won"), r"leads\[0\].status: "),
        (changed("leads", 0, "fields", "isAdult", value="true"), r"leads\[0\].fields.isAdult: "),
        (
            changed("leads", 0, "fields", "userBirthday", value="21.10.1960"),
            r"leads\[0\].fields.userBirthday: ",
        ),
        (changed("clients", 0, "fields", "nick", value="x"), r"clients\[0\].fields: "),
        (changed("clients", 0, "createdAt", value="2024-01-01"), r"clients\[0\].createdAt: "),
        (changed("clients", 0, "timeline", 0, "leadId", value=NOBODY), r"timeline\[0\].leadId: leads has no"),
        (changed("campaigns", 0, "fields", "budget", value="much"), r"campaigns\[0\].fields.budget: "),
        (changed("campaigns", 1, "internalId", value=""), r"campaigns\[1\].internalId: "),
        (changed("campaigns", 1, "type", value="online"), r"campaigns\[1\].type: "),
        (changed("codes", 3, "client", value="5a0000000000000000000801"), r"codes\[3\].client: "),
        (changed("codes", 0, "client", value=None), r"codes\[0\].client: "),
        (changed("visitors", 0, "kind", value="mobile"), r"visitors\[0\].id: "),
        (changed("ads", 0, "shown", "adId", value=7), r"ads\[0\].shown.adId: "),
        (changed("products", 1, "shown", "price", value=149), r"products\[1\].shown.price: "),
        (changed("people", 0, "locations", 0, value=NOBODY), r"people\[0\].locations: locations has no"),
        (changed("leads", 0, "client", value=NOBODY), r"leads\[0\].client: clients has no"),
        (twice("applications"), r"applications\[1\].key: '072.*' is taken by applications\[0\]"),
        (twice("people", pin=None), r"people\[2\].username: .* is taken"),
        (twice("codes"), r"codes\[5\].code: '9E58EDI' is taken by codes\[0\]"),
        (twice("leads", id="5a0000000000000000000902"), r"leads\[5\].id: .* is taken by leads\[1\]"),
        (document("docs") | {"assume": {"nothing": 1}}, "there is no assumption 'nothing'"),
    ],
)
def test_a_wrong_document_is_refused_with_the_place(document: dict[str, Any], place: str) -> None:
    worlds = Worlds({"footprints": discover()["footprints"]}, FixtureFiles())
    with pytest.raises(BadBirth, match=place):
        worlds.create(Birth(name="x", fixtures={"footprints": document}))


def test_the_same_code_may_be_of_two_campaigns(make_footprints: MakeFootprints) -> None:
    twin = document("docs")["campaigns"][1] | {"id": "5a0000000000000000000603", "internalId": "4jsg3eno9lt"}
    made = twice("codes", campaign=twin["id"])
    made["campaigns"].append(twin)
    assert len(make_footprints(made).kept("codes")) == 6
