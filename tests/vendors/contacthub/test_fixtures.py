"""The fixtures that come with Contacthub, and what is said to those who write their own."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator import data
from simulator.data import FixtureFiles
from simulator.kernel.contract import Contract
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import BadBirth, Worlds

ROOT = Path(__file__).parents[3]
DEMO = ROOT / "fixtures" / "contacthub" / "demo.yaml"
SCRIPT = ROOT / "scripts" / "make_contacthub_demo.py"
WEB, SHOPS = "22222222-2222-4222-8222-222222222222", "23232323-2323-4323-8323-232323232323"
GROUP = "33333333-3333-4333-8333-333333333333"


def document(name: str) -> dict[str, Any]:
    return copy.deepcopy(dict(FixtureFiles().read("contacthub", name)))


# --- the files --------------------------------------------------------------------------------


@pytest.mark.parametrize("hash_seed", ["0", "1"])
def test_demo_is_what_its_script_makes(hash_seed: str) -> None:
    """Dates, set order and hash seed leave no trace; on a mismatch run the script and bundle anew."""
    environ = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    made = subprocess.run([sys.executable, SCRIPT, "-"], capture_output=True, check=True, env=environ)
    assert made.stdout == DEMO.read_bytes()


def test_demo_is_as_large_as_promised() -> None:
    (workspace,) = document("demo")["workspaces"]
    assert Counter(node["nodeType"] for node in workspace["nodes"]) == {"ENTRY": 2, "AGGREGATE": 1}
    assert len(workspace["customers"]) >= 200
    assert len(workspace["events"]) >= 2_000
    days = [event["date"][:10] for event in workspace["events"]]
    assert min(days) < "2023-03-10"
    assert max(days) > "2024-02-20"
    assert {event["date"][:7] for event in workspace["events"]} >= {f"2023-{m:02d}" for m in range(3, 13)}


def test_people_of_demo_are_nobody() -> None:
    (workspace,) = document("demo")["workspaces"]
    for customer in workspace["customers"]:
        contacts = customer["base"]["contacts"]
        assert contacts["email"].rpartition("@")[2] in ("example.com", "example.net", "example.org")
        assert contacts["mobilePhone"].startswith("+390000")


@pytest.mark.parametrize("name", ["docs", "demo"])
def test_what_a_fixture_holds_could_have_been_posted(name: str) -> None:
    operations = Contract(data.contract("contacthub")).operations
    (workspace,) = document(name)["workspaces"]
    for part, operation, own in (
        ("customers", "createCustomer", {"id", "registeredAt", "updatedAt", "source", "sessions"}),
        ("events", "createEvent", {"id", "registeredAt", "updatedAt"}),
    ):
        accepted = operations[operation].accepted["application/json"]
        for found in workspace[part]:
            body = {key: value for key, value in found.items() if key not in own}
            assert not list(accepted.violations(body, "body")), body


# --- what the answers are ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("operation", "path"),
    [
        ("getCustomer", "/customers/55555555-5555-4555-8555-555555555555"),
        ("getEvent", "/events/66666666-6666-4666-8666-666666666666"),
        (
            "listCustomerSessions",
            "/customers/55555555-5555-4555-8555-555555555555/sessions",
        ),
    ],
)
def test_docs_answers_what_the_contract_prints(hub: Any, operation: str, path: str) -> None:
    found = Contract(data.contract("contacthub")).operations[operation].document
    printed = found["responses"]["200"]["content"]["application/json"]["examples"]["docs"]["value"]
    assert hub.get(path).json == printed


def test_docs_has_a_job_with_its_results(hub: Any) -> None:
    path = f"/nodes/{hub.node_id}/bulk-jobs/77777777-7777-4777-8777-777777777777"
    assert hub.get(path).json["status"] == "PROCESSED"
    assert hub.get(f"{path}/results").text.splitlines() == [
        "line,outcome,id,message",
        "2,UPDATED,55555555-5555-4555-8555-555555555555,",
        "3,FAILED,,unique customer property is required",
    ]


def test_demo_has_one_profile_for_each_address(make_hub: Callable[..., Any]) -> None:
    hub = make_hub("demo")
    (workspace,) = document("demo")["workspaces"]
    totals = {}
    for node in (WEB, SHOPS, GROUP):
        listed = hub.get(f"/customers?nodeId={node}", token="demo-token-of-user").json
        totals[node] = listed["page"]["totalElements"]
    addresses = {customer["base"]["contacts"]["email"].casefold() for customer in workspace["customers"]}
    assert totals == {
        **Counter(customer["nodeId"] for customer in workspace["customers"]),
        GROUP: len(addresses),
    }
    assert len(addresses) < len(workspace["customers"])


def test_an_event_of_a_known_session_is_its_customers(make_hub: Callable[..., Any]) -> None:
    changed = document("docs")
    (workspace,) = changed["workspaces"]
    (event,) = workspace["events"]
    del event["customerId"]
    event["bringBackProperties"] = {"type": "SESSION_ID", "value": "session-0001", "nodeId": WEB}
    hub = make_hub(changed)
    assert hub.get(f"/events/{event['id']}").json["customerId"] == "55555555-5555-4555-8555-555555555555"


@pytest.mark.parametrize("name", ["empty", "docs", "demo"])
def test_credentials_work(name: str, make_hub: Callable[..., Any]) -> None:
    hub = make_hub(name)
    for token in (hub.token, hub.untrusted_token):
        answer = hub.get(f"/customers?nodeId={hub.node_id}&externalId=nobody", token=token)
        assert (answer.status_code, answer.json["elements"]) == (200, [])
    assert hub.get("/configuration/users", token=hub.admin_token).status_code == 200
    assert hub.get("/consent-logs", token=hub.dpo_token).status_code == 200


def test_a_world_of_its_own_has_tokens_of_its_own() -> None:
    vendors = {"contacthub": discover()["contacthub"]}
    worlds = Worlds(vendors, FixtureFiles())
    first = worlds.create(Birth(name="first", fixture="docs", unique_credentials=True))
    second = worlds.create(Birth(name="second", fixture="docs", unique_credentials=True))
    tokens = []
    for world in (first, second):
        with world.entered():
            tokens.append(vendors["contacthub"].parts.credentials(world)["token"])
    assert len(set(tokens)) == 2
    assert worlds.owner("contacthub", tokens[1]) is second


# --- what is said to those who write their own ------------------------------------------------


def bad(workspaces: Any = None, **members: Any) -> dict[str, Any]:
    made = document("docs")
    made["workspaces"][0] |= members
    return made if workspaces is None else {"workspaces": workspaces}


NODE = {"id": WEB, "nodeType": "ENTRY", "name": "x"}
OTHER = "99999999-9999-4999-8999-999999999999"


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"workspace": []}, "the document"),
        (bad(workspaces=[{"id": "1"}]), r"workspaces\[0\]"),
        (bad(nodes=[NODE]), r"workspaces\[0\].nodes\[0\]"),
        (bad(disabledEvents=["walked"]), r"workspaces\[0\].disabledEvents\[0\]"),
        (bad(customers=[{"id": OTHER, "nodeId": WEB, "base": {"nick": "x"}}]), r"customers\[0\].base"),
        (bad(customers=[{"id": OTHER, "nodeId": GROUP}]), r"customers\[0\].nodeId: there is no entry node"),
        (bad(customers=[{"id": OTHER, "nodeId": WEB}] * 2), r"customers\[1\].id: .* is taken"),
        (bad(customers=[]), r"events\[0\].customerId: there is no customer"),
        (
            bad(operators=None, sources=[])
            | {"operators": [{"token": "example-token-of-marco", "roles": []}]},
            r"operators\[0\].token: .* is taken",
        ),
        (bad() | {"assume": {"nothing": 1}}, "there is no assumption 'nothing'"),
    ],
)
def test_a_wrong_document_is_refused_with_the_place(document: dict[str, Any], place: str) -> None:
    document["workspaces"][0].pop("operators", None) if document.get("workspaces") else None
    worlds = Worlds({"contacthub": discover()["contacthub"]}, FixtureFiles())
    with pytest.raises(BadBirth, match=place):
        worlds.create(Birth(name="x", fixtures={"contacthub": document}))
