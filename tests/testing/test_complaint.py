"""What a test that failed says of its client: the request, what is wrong with it, the rule, the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from simulator.testing import Simulator, simulating

HOST = "https://api.infact.no/v1"


@pytest.fixture
def world() -> Iterator[Simulator]:
    with simulating(clock="2024-01-01T00:00:00Z") as simulator, simulator.intercept():
        yield simulator


def send(simulator: Simulator, method: str, path: str, **more: Any) -> requests.Response:
    api = simulator.infact
    return requests.request(method, HOST + path, auth=(api.username, api.password), timeout=60, **more)


def told(simulator: Simulator) -> str:
    """Without what a contract's version and this file's lines make of it."""
    text = re.sub(r"contract \S+ [0-9a-f]{12}", "contract", str(simulator.verdict))
    return re.sub(r"tests/testing/test_complaint\.py:\d+", "HERE", text)


def test_nothing_wrong_is_one_line(world: Simulator) -> None:
    send(world, "GET", "/Account/token")
    assert told(world) == "0 contract violations in 1 call"


def test_all_that_is_wrong_with_a_request_stands_together(world: Simulator) -> None:
    body = {"Items": [{"id": 1, "zip": "x"}, {"id": 2}], "MergeKei": "phone", "Tags": "spring"}
    token = send(world, "GET", "/Account/token").json()["Token"]
    requests.post(
        f"{HOST}/datasources/265/objects/members/data/import/json?fast=yes&x=1",
        json=body,
        headers={"Authorization": f"Bearer {token}"},
        timeout=60,
    )
    assert told(world).splitlines() == [
        "5 contract violations in 2 calls",
        "",
        "  infact importJson: POST /v1/datasources/265/objects/members/data/import/json?fast=yes&x=1",
        "  request 2, answered with 400, sent by HERE",
        "    body /MergeKei: 'MergeKei' is no field here",
        '      sent: "MergeKei": "phone"',
        "      did you mean MergeKey?",
        "      rule: additionalProperties, documented, contract",
        '    body /MergeKey: "MergeKey" is a required property',
        "      rule: required, assumed, contract",
        '    body /Tags: "spring" is not of types "null", "array"',
        '      sent: "Tags": "spring"',
        "      rule: type, documented, contract",
        "    query /fast: fast is no parameter of importJson",
        '      sent: "fast": "yes"',
        "      rule: undocumented, documented, contract",
        "    query /x: x is no parameter of importJson",
        '      sent: "x": "1"',
        "      rule: undocumented, documented, contract",
    ]


def test_lines_are_told_where_there_are_several(world: Simulator) -> None:
    def ask() -> None:
        send(world, "GET", "/Account/token?fast=1")

    ask()
    requests.get(f"{HOST}/Account/token?fast=2", timeout=60)
    ask()
    assert told(world).splitlines() == [
        "1 contract violation in 3 calls",
        "",
        "  infact getToken: GET /v1/Account/token?fast=1",
        "  request 1, answered with 200, sent by HERE",
        "    query /fast: fast is no parameter of getToken (3 times, at HERE (2 times), HERE)",
        '      sent: "fast": "1"',
        "      rule: undocumented, documented, contract",
    ]


def test_a_request_that_meets_no_operation_may_have_meant_one(world: Simulator) -> None:
    send(world, "GET", "/Acount/token")
    assert told(world).splitlines()[2:] == [
        "  infact has no such operation: GET /v1/Acount/token",
        "  request 1, answered with 404, sent by HERE",
        "    operation: GET /v1/acount/token is no operation of Infact",
        "      did you mean getToken, checkBlacklist, listGlobalPhoneBlacklist?",
        "      rule: undocumented, documented, contract",
    ]


def test_what_the_journal_has_forgotten_is_told_without_it(world: Simulator) -> None:
    send(world, "GET", "/Account/token?fast=1")
    world.requests.clear()
    assert told(world).splitlines()[2:] == [
        "  infact getToken, request 1",
        "    query /fast: fast is no parameter of getToken",
        "      rule: undocumented, documented, contract",
    ]


def test_there_is_an_end_to_it(world: Simulator) -> None:
    for number in range(13):
        send(world, "GET", f"/Account/token?x{number:02}={'y' * 500}")
    text = told(world)
    assert text.count("rule: ") == 10
    assert text.endswith("\n\nand 3 more: simulator.verdict.violations has them all")
    assert max(map(len, text.splitlines())) < 620
    assert f'sent: "x00": "{"y" * 150}' in text


def test_no_credential_is_told(world: Simulator) -> None:
    api = world.contacthub
    requests.post(
        f"https://api.contactlab.it/hub/v1/workspaces/{api.workspace_id}/customers",
        json={"nodeId": api.node_id, "token": "very-secret", "base": {"credential": {"password": 17}}},
        headers={"Authorization": f"Bearer {api.token}"},
        timeout=60,
    )
    text = told(world)
    assert "body /token" in text
    assert "very-secret" not in text
    assert api.token not in text


def test_over_a_socket_no_line_is_known_unless_the_client_says_it() -> None:
    with simulating() as world:
        api = world.infact
        requests.get(f"{api.base_url}/Account/token?fast=1", timeout=60)
        assert "answered with 401\n" in str(world.verdict)
        with world.intercept(guarded=False):
            requests.get(f"{api.base_url}/Account/token?slow=1", timeout=60)
        assert re.search(
            r"answered with 401, sent by tests/testing/test_complaint\.py:\d+\n", str(world.verdict)
        )
        assert [entry.caller is None for entry in world.requests] == [True, False]
