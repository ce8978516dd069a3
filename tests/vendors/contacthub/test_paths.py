"""Inferred paths: each an assumption of its own, and other readings of them answer like the chosen one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import pytest
import yaml
from werkzeug.test import Client, TestResponse

from simulator import data
from simulator.control.app import create_control
from simulator.data import FixtureFiles
from simulator.gateway import Gateway
from simulator.kernel.clock import parse_instant
from simulator.kernel.pipeline import Policy
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import Worlds

KNOWN = {
    "workspaceId": "11111111-1111-4111-8111-111111111111",
    "nodeId": "22222222-2222-4222-8222-222222222222",
    "aggregateNodeId": "33333333-3333-4333-8333-333333333333",
    "sourceId": "44444444-4444-4444-8444-444444444444",
    "customerId": "55555555-5555-4555-8555-555555555555",
    "jobId": "77777777-7777-4777-8777-777777777777",
    "baseProperty": "firstName",
    "eventType": "viewedPage",
    "planModel": "ORDER",
    "subscriberSourceId": "70",
    "groupPk": "1",
    "userdbId": "70",
}
OPERATOR = "example-token-of-operator"
TOKENS = {
    "CLAB_OPERATOR": OPERATOR,
    "DPO": "example-token-of-paola",
}


Ask = Callable[[str, str, str, Any], TestResponse]


class Call(NamedTuple):
    """A reading of an inferred operation, and the one that was chosen."""

    operation: str
    method: str
    path: str
    chosen_method: str
    chosen_path: str
    token: str
    body: Any


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation) of all that the contract has."""
    for path, item in data.contract("contacthub")["paths"].items():
        for method, operation in item.items():
            if "operationId" in operation:
                yield method.upper(), path, operation


INFERRED = {
    operation["operationId"]: operation
    for _, _, operation in operations()
    if operation["x-evidence"] == "assumed"
}


def aliases() -> Iterator[Call]:
    """Each path with each method, but for the pair that was chosen."""
    for method, path, operation in operations():
        token = next((TOKENS[role] for role in operation.get("x-roles", []) if role in TOKENS), "")
        for other_path in (path, *operation.get("x-path-aliases", [])):
            for other_method in (method, *operation.get("x-method-aliases", [])):
                if (other_method, other_path) != (method, path):
                    name, body = operation["operationId"], example(operation)
                    yield Call(name, other_method, other_path, method, path, token, body)


def example(operation: dict[str, Any]) -> Any:
    """The contract's first JSON body of an operation, if it has one."""
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    return next((case["value"] for case in content.get("examples", {}).values()), None)


def gateway_over(worlds: Worlds) -> Gateway:
    return Gateway(worlds, Policy(check_responses=True, raise_faults=True), create_control)


@pytest.fixture(scope="module")
def ask() -> Ask:
    """Asks by method, path, token and JSON body, each time in a new world of one server."""
    worlds = Worlds({"contacthub": discover()["contacthub"]}, FixtureFiles())
    client = Client(gateway_over(worlds))

    def in_a_new_world(method: str, path: str, token: str, body: Any) -> TestResponse:
        name = worlds.free_name()
        worlds.create(Birth(name=name, fixture="docs", start=parse_instant("2024-03-01T08:00:00Z")))
        headers = {"Authorization": f"Bearer {token}", "X-Simulator-World": name}
        sent = {} if body is None else {"json": body}
        return client.open(f"/contacthub{filled(path)}", method=method, headers=headers, **sent)

    return in_a_new_world


def filled(template: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: KNOWN[found[1]], template)


def read(answer: TestResponse) -> Any:
    return yaml.load(answer.data, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def assumed(response: TestResponse) -> set[str]:
    return set(response.headers.get("X-Simulator-Assumed", "").split(", "))


def test_there_are_sixty_and_only_they_have_other_readings() -> None:
    assert len(INFERRED) == 60
    others = [call for call in aliases() if call.operation not in INFERRED]
    assert not others


def test_no_two_operations_have_one_reading() -> None:
    readings = [(method, re.sub(r"\{\w+\}", "*", path)) for method, path, _ in operations()]
    readings += [(call.method, re.sub(r"\{\w+\}", "*", call.path)) for call in aliases()]
    assert not [reading for reading, count in Counter(readings).items() if count > 1]


@pytest.mark.parametrize("call", list(aliases()), ids=lambda call: f"{call.method} {call.path}")
def test_another_reading_answers_as_the_chosen_one(ask: Ask, call: Call) -> None:
    """The same operation, verdict, status and body, in worlds that begin alike."""
    there = ask(call.chosen_method, call.chosen_path, call.token, call.body)
    here = ask(call.method, call.path, call.token, call.body)
    for name in ("X-Simulator-Operation", "X-Simulator-Contract"):
        assert here.headers[name] == there.headers[name]
    assert here.headers["X-Simulator-Operation"] == call.operation
    assert here.status_code == there.status_code
    assert here.status_code not in (401, 403)
    assert here.data == there.data
    assert f"contacthub.path.{call.operation}" in assumed(here) & assumed(there)
    assert "contacthub.path-alias" in assumed(here)
    assert "contacthub.path-alias" not in assumed(there)


def test_a_customer_may_be_forgotten_with_delete(hub: Any) -> None:
    customer = f"/customers/{KNOWN['customerId']}"
    answer = hub.delete(f"{customer}/forget", token=hub.dpo_token)
    assert (answer.status_code, answer.data) == (200, b"")
    assert hub.get(customer).status_code == 404


def test_a_body_is_taken_and_judged_by_another_reading(hub: Any) -> None:
    """PUT of a workspace is a change of its status; GET of the same path is documented and stays itself."""
    answer = hub.put("", {"status": "SUSPENDED"}, token=OPERATOR)
    assert (answer.status_code, answer.json) == (200, {"status": "SUSPENDED"})
    assert answer.headers["X-Simulator-Operation"] == "updateWorkspaceStatus"
    assert hub.get("", token=OPERATOR).json["status"] == "SUSPENDED"
    state = hub.state()
    bad = hub.put("", {"status": "OFF"}, token=OPERATOR)
    assert (bad.status_code, bad.headers["X-Simulator-Contract"]) == (400, "violation")
    assert bad.json["errors"][0]["path"] == "/status"
    assert hub.state() == state


def test_a_known_path_rests_on_no_assumption_about_it(hub: Any) -> None:
    answer = hub.get(f"/customers/{KNOWN['customerId']}")
    assert not [name for name in assumed(answer) if name.startswith("contacthub.path")]


def test_a_method_nobody_reads_into_a_path_is_refused(hub: Any) -> None:
    answer = hub.put(f"/customers/{KNOWN['customerId']}/forget", {}, token=hub.dpo_token)
    assert answer.status_code == 405
    assert answer.headers["X-Simulator-Operation"] == "unknown"


@pytest.fixture
def server() -> Client:
    """Contacthub and the control API."""
    worlds = Worlds({"contacthub": discover()["contacthub"]}, FixtureFiles())
    worlds.create(Birth(fixture="docs"))
    return Client(gateway_over(worlds))


def test_the_ledger_has_every_inferred_path_with_its_alternatives(server: Client) -> None:
    answer: Any = server.get("/_simulator/fidelity?vendor=contacthub&kind=assumption").json
    rows = {row["id"]: row for row in answer["ledger"] if row["id"].startswith("contacthub.path.")}
    assert set(rows) == {f"contacthub.path.{operation}" for operation in INFERRED}
    for operation, document in INFERRED.items():
        assert rows[f"contacthub.path.{operation}"]["source"] == document["x-source"]
    for call in aliases():
        row = rows[f"contacthub.path.{call.operation}"]
        assert f"{call.chosen_method} {call.chosen_path}" in row["rule"]
        assert f"{call.method} {call.path}" in row["alternative"].split("; ")


def test_the_api_document_is_the_contract_and_leads_here(server: Client) -> None:
    """Open to everybody, and marked: the vendor's own has another text."""
    answer = server.get("/contacthub/hub/v1/docs/swagger.yml", base_url="http://localhost:7470")
    assert (answer.status_code, answer.mimetype) == (200, "application/yaml")
    assert "contacthub.api-document" in assumed(answer)
    told = read(answer)
    (here,) = told.pop("servers")
    assert here == {"url": "http://localhost:7470/contacthub"}
    contract = data.contract("contacthub")
    assert told == {name: part for name, part in contract.items() if name != "servers"}


@pytest.mark.parametrize(
    ("host", "prefix", "url"),
    [
        ("http://api.contactlab.it", "", "http://api.contactlab.it"),
        ("http://localhost", "/_worlds/default/contacthub", "http://localhost/_worlds/default/contacthub"),
    ],
)
def test_the_api_document_names_the_server_it_was_asked_of(
    server: Client, host: str, prefix: str, url: str
) -> None:
    answer = server.get(f"{prefix}/hub/v1/docs/swagger.yml", base_url=host)
    assert read(answer)["servers"] == [{"url": url}]
