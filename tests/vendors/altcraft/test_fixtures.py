"""The fixtures that come with Altcraft, and what is said to those who write their own."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from simulator import data
from simulator.data import FixtureFiles
from simulator.kernel.contract import Contract, Operation
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import BadBirth, Worlds
from simulator.vendors.altcraft.subscriptions.status import STATUSES
from tests.vendors.altcraft.account import with_more

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "fixtures" / "altcraft" / "demo.yaml"
SCRIPT = ROOT / "scripts" / "make_altcraft_demo.py"
OPERATIONS = Contract(data.contract("altcraft")).operations
ANNA = "5f0000000000000000000001"


def document(name: str) -> dict[str, Any]:
    return copy.deepcopy(dict(FixtureFiles().read("altcraft", name)))


# --- demo -------------------------------------------------------------------------------------


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_demo_is_what_its_script_makes(hash_seed: str) -> None:
    """Dates, set order and hash seed leave no trace; on a mismatch run the script and bundle anew."""
    environ = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    made = subprocess.run([sys.executable, SCRIPT, "-"], capture_output=True, check=True, env=environ)
    assert made.stdout == DEMO.read_bytes()


def test_demo_is_as_large_as_promised() -> None:
    demo = document("demo")
    profiles = demo["profiles"]
    subs = [sub for profile in profiles for sub in profile["data"]["subscriptions"]]
    assert len(profiles) >= 200
    assert {profile["database"] for profile in profiles} == {5, 6}
    assert {sub["status"] for sub in subs} == set(STATUSES)
    assert {sub["channel"] for sub in subs} == {
        channel for resource in demo["resources"] for channel in resource["channels"]
    }
    assert any(sub.get("is_delete") for sub in subs)
    assert len(demo["events"]) >= 1_000
    assert any(profile.get("segments") for profile in profiles)


def test_people_of_demo_are_nobody() -> None:
    for profile in document("demo")["profiles"]:
        held = profile["data"]
        addresses = [held["email"]] if "email" in held else []
        addresses += [sub["email"] for sub in held["subscriptions"] if "email" in sub]
        phones = [*held.get("phones", []), *(sub["phone"] for sub in held["subscriptions"] if "phone" in sub)]
        assert {email.rpartition("@")[2] for email in addresses} <= {
            "example.com",
            "example.net",
            "example.org",
        }
        assert all(phone.startswith("+7000") for phone in phones)


def test_the_log_of_demo_is_of_what_is_there(make_altcraft: Any) -> None:
    """Nothing happened to a profile before it was made, and its subscriptions came to be what they are."""
    altcraft = make_altcraft("demo")
    profiles = {profile["id"]: profile for profile in altcraft.kept("profiles")}
    log: dict[str, list[dict[str, Any]]] = {id: [] for id in profiles}
    for event in altcraft.kept("events"):
        log[event["profile"]].append(event)
    for id, found in log.items():
        assert found[0]["type"] == "profile_created"
        assert found[0]["time"] == profiles[id]["createtime"]
        assert [event["time"] for event in found] == sorted(event["time"] for event in found)
        told = Counter(event["data"]["status"] for event in found if event["type"] == "subscription_updated")
        held = Counter(sub["status"] for sub in profiles[id]["subscriptions"])
        assert told == Counter({status: n for status, n in held.items() if status != "subscribed"})


def test_demo_is_planted_without_faker() -> None:
    code = (
        "import sys; from simulator.data import FixtureFiles; from simulator.kernel.vendor import discover\n"
        "from simulator.kernel.world import Birth; from simulator.kernel.worlds import Worlds\n"
        "worlds = Worlds({'altcraft': discover()['altcraft']}, FixtureFiles())\n"
        "worlds.create(Birth(name='x', fixture='demo', unique_credentials=True))\n"
        "assert 'simulator.vendors.altcraft.planting' in sys.modules\n"
        "assert not {'faker', 'yaml'} & sys.modules.keys()"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environ)


# --- docs -------------------------------------------------------------------------------------


def examples(operation: Operation, mimetype: str = "application/json") -> dict[str, Any]:
    content = operation.document["requestBody"]["content"][mimetype]
    return {name: example["value"] for name, example in content.get("examples", {}).items()}


def each_example(mimetype: str) -> list[Any]:
    return [
        pytest.param(operation, body, id=f"{operation.id}-{name}")
        for operation in OPERATIONS.values()
        for name, body in examples(operation, mimetype).items()
    ]


def first_delete(altcraft: Any, operation: Operation) -> None:
    """Only what was deleted can be restored."""
    if operation.id == "restoreSubscription":
        for body in examples(OPERATIONS["deleteSubscription"]).values():
            altcraft.done("subscriptions/delete", **body)


@pytest.mark.parametrize(("operation", "body"), each_example("application/json"))
def test_docs_takes_the_examples_as_printed(operation: Operation, body: Any, make_altcraft: Any) -> None:
    altcraft = make_altcraft("docs")
    first_delete(altcraft, operation)
    answer = altcraft.client.post(f"/altcraft{operation.path}", json=body)
    assert (answer.json["error"], answer.headers["X-Simulator-Contract"]) == (0, "ok"), answer.text
    assert [item for item in answer.json.get("result", []) if item["error"]] == []


@pytest.mark.parametrize(("operation", "body"), each_example("application/xml"))
def test_docs_takes_the_examples_in_xml(operation: Operation, body: str, make_altcraft: Any) -> None:
    altcraft = make_altcraft("docs")
    first_delete(altcraft, operation)
    answer = altcraft.client.post(f"/altcraft{operation.path}", data=body, content_type="application/xml")
    assert (answer.json["error"], answer.headers["X-Simulator-Contract"]) == (0, "ok"), answer.text


@pytest.mark.parametrize(
    ("operation", "request_name", "answer_name"),
    [
        ("importProfile", "subscriptions", "done"),
        ("updateProfile", "functions", "done"),
        ("getProfile", "byEmail", "anna"),
        ("getProfile", "byId", "anna"),
        ("deleteProfile", "byEmail", "done"),
        ("unsubscribeByMessage", "all", "done"),
        ("setSubscription", "telegram", "done"),
        ("getSubscription", "email", "email"),
        ("suspendSubscriptions", "database", "three"),
        ("listDatabases", "all", "three"),
        ("getDatabase", "docs", "five"),
        ("listResources", "all", "two"),
        ("getResource", "docs", "one"),
        ("addSegment", "static", "done"),
        ("importAndStartTrigger", "order", "done"),
        ("importAndStartWorkflow", "welcome", "done"),
    ],
)
def test_docs_answers_what_the_contract_prints(
    operation: str, request_name: str, answer_name: str, make_altcraft: Any
) -> None:
    found = OPERATIONS[operation]
    printed = found.document["responses"]["200"]["content"]["application/json"]["examples"][answer_name]
    altcraft = make_altcraft("docs")
    answer = altcraft.client.post(f"/altcraft{found.path}", json=examples(found)[request_name])
    assert answer.json == printed["value"]


def test_a_planted_profile_is_as_one_that_was_added(make_altcraft: Any) -> None:
    """The documents are alike but for the id and what is counted or made from it."""
    planted = make_altcraft("docs")
    (anna,) = (profile for profile in planted.kept("profiles") if profile["id"] == ANNA)
    added = make_altcraft({**document("docs"), "profiles": [], "messages": []})
    (sent,) = (profile for profile in document("docs")["profiles"] if profile["id"] == ANNA)
    added.done("profiles/add", db_id=5, data=sent["data"])
    (same,) = added.kept("profiles")
    for profile in (anna, same):
        del profile["id"], profile["derived"]
        for sub in profile["subscriptions"]:
            del sub["hash_id"], sub["xxh"]
    assert anna == same


# --- all of them ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["empty", "docs", "demo"])
def test_credentials_work(name: str, make_altcraft: Any) -> None:
    altcraft = make_altcraft(name)
    listed = altcraft.done("databases/list")["data"]
    assert altcraft.db_id in [database["id"] for database in listed]
    assert altcraft.db_id in altcraft.done("resources/get", id=altcraft.resource_id)["data"]["dbs_ids"]
    search = {"db_id": altcraft.db_id, "email": "nobody@example.com"}
    assert altcraft.call("profiles/delete", **search)["error"] == 404
    assert altcraft.call("profiles/delete", token=altcraft.token_without_delete, **search)["error"] == 403


def test_a_world_of_its_own_has_tokens_of_its_own() -> None:
    vendors = {"altcraft": discover()["altcraft"]}
    worlds = Worlds(vendors, FixtureFiles())
    made = [worlds.create(Birth(name=n, fixture="docs", unique_credentials=True)) for n in ("a", "b")]
    tokens = []
    for world in made:
        with world.entered():
            tokens.append(vendors["altcraft"].parts.credentials(world)["token"])
    assert len(set(tokens)) == 2
    assert [worlds.owner("altcraft", token) for token in tokens] == made


def test_what_is_deleted_or_dated_in_a_fixture(make_altcraft: Any) -> None:
    email = {"resource_id": 1, "channel": "email", "email": "anna.primerova@example.com"}
    told = {"date": "2020-05-06", "ip": "192.0.2.1", "url": "https://shop.example.com", "is_delete": True}
    profile = {
        "id": ANNA,
        "database": 5,
        "createtime": "2020-01-02",
        "data": {"email": "anna.primerova@example.com", "subscriptions": [{**email, **told}]},
        "segments": [1],
    }
    altcraft = make_altcraft(with_more(profiles=[profile]))
    (kept,) = altcraft.kept("profiles")
    assert {name: kept["subscriptions"][0][name] for name in told} == {
        **told,
        "date": "2020-05-06T00:00:00.000Z",
    }
    assert (kept["createtime"], kept["segments"]) == ("2020-01-02T00:00:00.000Z", [1])
    altcraft.done("subscriptions/restore", db_id=5, profile_id=ANNA, **email)


def test_the_number_after_the_fixtures(make_altcraft: Any) -> None:
    altcraft = make_altcraft(with_more() | {"sequences": {"segment": 40}})
    answer = altcraft.done("segments/add", name="New", list_id=5, is_static=True)
    assert answer["segment_id"] == 41


# --- what is said to those who write their own ------------------------------------------------


def people(**changed: Any) -> dict[str, Any]:
    return with_more(profiles=[{"id": ANNA, "database": 5, "data": {"email": "a@example.com"}, **changed}])


def subscribed(**changed: Any) -> dict[str, Any]:
    sub = {"resource_id": 1, "channel": "email", "email": "a@example.com"}
    return people(data={"subscriptions": [{**sub, **changed}]})


def launched(**changed: Any) -> dict[str, Any]:
    sent = {"resource_id": 1, "channel": "email", "text": "Hello", **changed}
    campaign = {"id": 1, "kind": "workflow", "database": 5, "name": "x", "message": sent}
    return with_more(campaigns=[campaign])


def message(**changed: Any) -> dict[str, Any]:
    found = {
        "id": "m",
        "profile": ANNA,
        "resource_id": 1,
        "channel": "email",
        "email": "a@example.com",
        "time": "2024-01-01",
        **changed,
    }
    return people() | {"messages": [found]}


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"database": []}, "the document"),
        (with_more(databases=[{"id": 9}]), r"databases\[2\]"),
        (with_more(databases=[{"id": 9, "name": "x", "account": 4}]), "there is no account 4"),
        (
            with_more(databases=[{"id": 9, "name": "x", "fields": [{"name": "a", "type": "text"}]}]),
            r"databases\[2\].fields\[0\].type",
        ),
        (
            with_more(databases=[{"id": 9, "name": "x", "fields": [{"name": "_a", "type": "int"}]}]),
            r"databases\[2\].fields\[0\].name",
        ),
        (
            with_more(databases=[{"id": 9, "name": "x", "fields": [{"name": "a", "type": "int"}] * 2}]),
            r"databases\[2\].fields\[1\].name: 'a' is taken",
        ),
        (with_more(resources=[{"id": 3, "name": "x", "dbs_ids": [8]}]), r"dbs_ids: there is no database 8"),
        (with_more(segments=[{"id": 3, "name": "x", "list_id": 8}]), r"list_id: there is no database 8"),
        (
            with_more(tokens=[{"id": 3, "name": "x", "token": "example-token-of-shop"}]),
            r"tokens\[2\].token: 'example-token-of-shop' is taken",
        ),
        (
            with_more(campaigns=[{"id": 1, "kind": "mail", "database": 5, "name": "x"}]),
            r"campaigns\[0\].kind",
        ),
        (
            with_more(campaigns=[{"id": 1, "kind": "trigger", "database": 5, "name": "x"}] * 2),
            r"campaigns\[1\].id: 1 is taken",
        ),
        (
            with_more(campaigns=[{"id": 1, "kind": "trigger", "database": 8, "name": "x"}]),
            r"campaigns\[0\].database: there is no database 8",
        ),
        (launched(resource_id=9), r"campaigns\[0\].message.resource_id: there is no resource 9"),
        (launched(text=None), r"campaigns\[0\].message"),
        (
            with_more(resources=[{"id": 3, "name": "x", "rtoken": "example-rtoken-of-shop"}]),
            r"resources\[2\].rtoken: 'example-rtoken-of-shop' is taken by resources\[0\]",
        ),
        (people(id="anna"), r"profiles\[0\].id"),
        (people(database=8), r"profiles\[0\].database: there is no database 8"),
        (people(segments=[2]), r"profiles\[0\]: segment 2 is not static"),
        (people(data={"shoe_size": 43}), r"profiles\[0\].data: there is no field 'shoe_size'"),
        (people(data={"email": "nobody"}), r"profiles\[0\].data.email"),
        (people(data={"_bdate": "1990-02-31"}), r"profiles\[0\]: _bdate is no date that there is"),
        (people(data={"bonus": "many"}), r"profiles\[0\]: bonus is no int"),
        (subscribed(status="gone"), r"profiles\[0\].data.subscriptions\[0\].status"),
        (subscribed(resource_id=9), r"profiles\[0\]: resource 9"),
        (subscribed(channel="fax", cc_data={}), r"profiles\[0\]: resource 1 has no channel fax"),
        (message(profile="5f00000000000000000000ff"), r"messages\[0\].profile: there is no profile"),
        (message(resource_id=9), r"messages\[0\].resource_id: there is no resource 9"),
        (message(channel="sms"), r"messages\[0\]"),
        (
            people() | {"events": [{"time": "2024-01-01", "profile": ANNA, "type": "walked"}]},
            r"events\[0\].type",
        ),
        (people() | {"assume": {"nothing": 1}}, "there is no assumption 'nothing'"),
        (people() | {"assume": {"cats": "eat"}}, "altcraft.cats takes one of"),
    ],
)
def test_a_wrong_document_is_refused_with_the_place(document: dict[str, Any], place: str) -> None:
    worlds = Worlds({"altcraft": discover()["altcraft"]}, FixtureFiles())
    with pytest.raises(BadBirth, match=place):
        worlds.create(Birth(name="x", fixtures={"altcraft": document}))


def test_two_people_of_one_address_are_refused() -> None:
    twice = [
        {"database": 5, "data": {"email": "a@example.com"}},
        {"database": 5, "data": {"email": "A@example.com"}},
    ]
    worlds = Worlds({"altcraft": discover()["altcraft"]}, FixtureFiles())
    with pytest.raises(BadBirth, match=r"profiles\[1\]: email A@example.com belongs to another profile"):
        worlds.create(Birth(name="x", fixtures={"altcraft": with_more(profiles=[]) | {"profiles": twice}}))
