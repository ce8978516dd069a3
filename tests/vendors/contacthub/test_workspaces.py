"""Workspaces as tenants: listed, set up, suspended."""

from __future__ import annotations

from typing import Any

import pytest

BASE = "/hub/v1/workspaces"
OPERATOR = "example-token-of-operator"
SECOND = {"name": "Second shop", "slug": "second-shop", "groupPk": 2, "shard": "shard-1"}


def second(hub: Any, **changes: Any) -> Any:
    answer = hub.post(BASE, SECOND | changes, token=OPERATOR)
    assert answer.status_code == 201, answer.text
    return answer.json


def listed(hub: Any, **query: Any) -> Any:
    answer = hub.get(BASE, token=OPERATOR, query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_new_workspace_can_be_worked_in(hub: Any) -> None:
    made = second(hub)
    assert made == {**SECOND, "id": made["id"], "status": "ENABLED"}
    path = f"{BASE}/{made['id']}"
    assert hub.get(path, token=OPERATOR).json == made
    for tail in ("", "/throttling", "/events", "/properties", "/properties/base", "/retention-policy/status"):
        assert hub.get(f"{path}/configuration{tail}", token=OPERATOR).status_code == 200
    assert hub.get(f"{path}/configuration", token=OPERATOR).json["name"] == "Second shop"
    node = hub.post(f"{path}/configuration/nodes/entries", {"name": "Entry"}, token=OPERATOR)
    assert node.status_code == 201, node.text
    source = hub.post(
        f"{path}/configuration/sources", {"name": "Till", "nodes": [node.json["id"]]}, token=OPERATOR
    )
    assert source.status_code == 201
    found = hub.get("/hub/v1/me", token=source.json["token"]).json["groups"]
    assert [(g["id"], [w["id"] for w in g["workspaces"]]) for g in found] == [(2, [made["id"]])]
    assert hub.get(path, token=hub.admin_token).status_code == 403
    assert hub.get(path, token=hub.admin_token).json["message"] == f"workspace not found: {made['id']}"


def test_workspaces_are_found_by_name_and_group(hub: Any) -> None:
    made = second(hub)
    first = hub.workspace_id
    assert [w["id"] for w in listed(hub)["elements"]] == [first, made["id"]]
    assert [w["id"] for w in listed(hub, name="SECOND")["elements"]] == [made["id"]]
    assert [w["id"] for w in listed(hub, groupPk=1)["elements"]] == [first]
    assert listed(hub, name="shop", groupPk=3)["page"]["totalElements"] == 0
    assert listed(hub, page=1, size=1)["elements"] == [made]
    assert listed(hub, page=1, size=1)["page"] == {
        "size": 1,
        "number": 1,
        "totalPages": 2,
        "totalElements": 2,
        "totalUnfilteredElements": 2,
    }
    assert listed(hub, size=0)["elements"] == listed(hub, page=50)["elements"] == []


@pytest.mark.parametrize("query", [{"page": -1}, {"page": 51}, {"size": 51}, {"size": "x"}, {"groupPk": "x"}])
def test_pages_have_limits(hub: Any, query: Any) -> None:
    answer = hub.get(BASE, token=OPERATOR, query_string=query)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["path"] == f"/{next(iter(query))}"


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"slug": None}, {"groupPk": -1}, {"groupPk": 1.5}, {"groupPk": 1e30}, {"shard": 7}],
)
def test_a_workspace_that_cannot_be_is_refused(hub: Any, changes: Any) -> None:
    before = hub.state()
    assert hub.post(BASE, SECOND | changes, token=OPERATOR).status_code == 400
    assert hub.post(BASE, {}, token=OPERATOR).status_code == 400
    assert hub.state() == before


def test_a_slug_is_taken_once(hub: Any) -> None:
    second(hub)
    before = hub.state()
    answer = hub.post(BASE, SECOND | {"name": "Third"}, token=OPERATOR)
    assert (answer.status_code, answer.json["message"]) == (409, "slug is taken: second-shop")
    assert hub.state() == before


@pytest.mark.parametrize("status", ["SUSPENDED", "DISABLED"])
def test_a_suspended_workspace_is_closed_but_for_its_status(hub: Any, status: str) -> None:
    path = f"{BASE}/{hub.workspace_id}"
    answer = hub.put(f"{path}/status", {"status": status}, token=OPERATOR)
    assert (answer.status_code, answer.json) == (200, {"status": status})
    assert hub.get("/configuration/properties/extended").status_code == 403
    assert hub.get(path, token=OPERATOR).json["status"] == status
    assert hub.put(f"{path}/status", {"status": "ENABLED"}, token=OPERATOR).status_code == 200
    assert hub.get("/configuration/properties/extended").status_code == 200


@pytest.mark.parametrize("status", ["enabled", None, 7, "DELETED"])
def test_a_status_that_is_none_is_refused(hub: Any, status: Any) -> None:
    assert hub.put("/status", {"status": status}, token=OPERATOR).status_code == 400


def test_only_operators_see_tenants(hub: Any) -> None:
    assert hub.get(BASE, token=hub.admin_token).status_code == 403
    assert hub.post(BASE, SECOND, token=hub.admin_token).status_code == 403
    assert hub.put("/status", {"status": "ENABLED"}, token=hub.admin_token).status_code == 403
    assert hub.get("/hub/v1/workspaces/x", token=OPERATOR).json["message"] == "workspace not found: x"
