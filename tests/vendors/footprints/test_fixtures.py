"""The fixtures that come with Footprints, and what is said to those who write their own."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from simulator.data import FixtureFiles
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import BadBirth, Worlds
from tests.vendors.footprints.conftest import MakeFootprints


def document(name: str) -> dict[str, Any]:
    return copy.deepcopy(dict(FixtureFiles().read("footprints", name)))


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
