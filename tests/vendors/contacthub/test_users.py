"""Users and the nodes they may use; who the caller is."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import data

BASE = "/configuration/users"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
NOBODY = "99999999-9999-4999-8999-999999999999"
UGO = "example-token-of-ugo"


def test_users_are_listed_and_found_by_text(hub: Any) -> None:
    def names(search: str = "") -> list[str]:
        answer = hub.get(BASE, token=hub.admin_token, query_string={"search": search} if search else {})
        assert answer.status_code == 200
        assert answer.json["page"]["totalElements"] == len(answer.json["elements"])
        return [user["name"] for user in answer.json["elements"]]

    assert names() == ["Marco Modello", "Paola Privata", "Ugo Utente", "Olga Ospite"]
    assert names("UGO") == names("ugo.utente@") == names("o Ute") == ["Ugo Utente"]
    assert names("example.com") == names()
    assert names("nobody") == []


def test_a_user_is_shown_with_the_nodes_of_the_token(hub: Any) -> None:
    assert hub.get(f"{BASE}/3", token=hub.admin_token).json == {
        "id": 3,
        "name": "Ugo Utente",
        "registeredAt": None,
        "updatedAt": None,
        "nodes": [{"id": hub.node_id, "permission": "RW"}, {"id": AGGREGATE, "permission": "R"}],
    }
    assert hub.get(f"{BASE}/1", token=hub.admin_token).json["nodes"] == []


def test_the_nodes_of_a_user_are_replaced(hub: Any) -> None:
    body = {"nodes": [{"id": hub.node_id, "permission": "W"}, {"id": AGGREGATE}, {"id": hub.node_id}]}
    answer = hub.put(f"{BASE}/3", body, token=hub.admin_token)
    assert answer.status_code == 200
    assert answer.json["nodes"] == [
        {"id": hub.node_id, "permission": "R"},
        {"id": AGGREGATE, "permission": "R"},
    ]
    assert answer.json["updatedAt"] == "2024-03-01T08:00:00.000+0000"
    assert hub.get(f"{BASE}/3", token=hub.admin_token).json == answer.json
    assert hub.get(f"/customers?nodeId={hub.node_id}", token=UGO).status_code == 200


def test_a_user_limited_to_no_nodes_may_use_all(hub: Any) -> None:
    """The vendor's user guide: whoever has no node selected has access to every one."""
    answer = hub.put(f"{BASE}/3", {"nodes": []}, token=hub.admin_token)
    assert (answer.status_code, answer.json["nodes"]) == (200, [])
    assert "contacthub.user-nodes" in answer.headers["X-Simulator-Assumed"]
    made = hub.post("/configuration/nodes/entries", {"name": "New"}, token=hub.admin_token).json["id"]
    nodes = hub.get("/hub/v1/me", token=UGO).json["groups"][0]["workspaces"][0]["nodes"]
    assert [(node["id"], node["permission"]) for node in nodes] == [
        (hub.node_id, "RW"),
        (AGGREGATE, "RW"),
        (made, "RW"),
    ]
    assert hub.get(f"/customers?nodeId={made}", token=UGO).status_code == 200


def test_administrators_are_limited_too(hub: Any) -> None:
    hub.put(f"{BASE}/1", {"nodes": [{"id": AGGREGATE, "permission": "R"}]}, token=hub.admin_token)
    assert hub.get(f"/customers?nodeId={hub.node_id}", token=hub.admin_token).status_code == 403
    assert hub.get(f"/customers?nodeId={AGGREGATE}", token=hub.admin_token).status_code == 200


@pytest.mark.parametrize(
    ("nodes", "status"),
    [
        (None, 400),
        ({}, 400),
        ([7], 400),
        ([{}], 400),
        ([{"id": "x"}], 400),
        ([{"id": NOBODY}], 404),
        ([{"id": NOBODY, "permission": "X"}], 400),
    ],
)
def test_nodes_that_are_none_are_refused(hub: Any, nodes: Any, status: int) -> None:
    before = hub.state()
    assert hub.put(f"{BASE}/3", {"nodes": nodes}, token=hub.admin_token).status_code == status
    assert hub.state() == before


@pytest.mark.parametrize("user_id", ["99", "x", "-1", "0x1", "1.0", "²", "9" * 5000, NOBODY])
def test_unknown_users_are_404(hub: Any, user_id: str) -> None:
    for answer in (
        hub.get(f"{BASE}/{user_id}", token=hub.admin_token),
        hub.put(f"{BASE}/{user_id}", {"nodes": []}, token=hub.admin_token),
    ):
        assert answer.status_code == 404
        assert answer.json["message"] == f"user not found {user_id}"


def test_only_administrators_see_users(hub: Any) -> None:
    for token in (hub.token, UGO, hub.dpo_token):
        assert hub.get(BASE, token=token).status_code == 403


def test_a_user_asks_who_it_is(hub: Any) -> None:
    assert hub.get("/hub/v1/me", token=UGO).json == {
        "id": 3,
        "name": "Ugo",
        "surname": "Utente",
        "groups": [
            {
                "id": 1,
                "name": "Example group",
                "workspaces": [
                    {
                        "id": hub.workspace_id,
                        "name": "Example shop",
                        "status": "ENABLED",
                        "nodes": [
                            {"id": hub.node_id, "name": "Example node", "type": "ENTRY", "permission": "RW"},
                            {
                                "id": AGGREGATE,
                                "name": "Example aggregate",
                                "type": "AGGREGATE",
                                "permission": "R",
                            },
                        ],
                    }
                ],
            }
        ],
        "lang": "it",
        "email": "ugo.utente@example.com",
        "roles": ["USER"],
        "mc": True,
    }


def test_the_contracts_example_is_what_its_world_answers(hub: Any) -> None:
    responses = data.contract("contacthub")["paths"]["/hub/v1/me"]["get"]["responses"]
    example = responses["200"]["content"]["application/json"]["examples"]["docs"]["value"]
    assert hub.get("/hub/v1/me", token=hub.admin_token).json == example


def test_a_group_without_a_name_is_a_guess(hub: Any) -> None:
    operator = "example-token-of-operator"
    body = {"name": "Other", "slug": "other", "groupPk": 9, "shard": "shard-1"}
    assert hub.post("/hub/v1/workspaces", body, token=operator).status_code == 201
    answer = hub.get("/hub/v1/me", token=operator)
    assert [group["name"] for group in answer.json["groups"]] == ["Example group", "Group 9"]
    assert "contacthub.group-name" in answer.headers["X-Simulator-Assumed"]


def test_a_machine_asks_who_it_is(hub: Any) -> None:
    source = hub.get("/hub/v1/me").json
    assert (source["name"], source["surname"], source["email"]) == ("Sito web", None, None)
    assert hub.get("/hub/v1/me", token="example-token-of-operator").json["roles"] == ["CLAB_OPERATOR"]
    assert hub.get("/hub/v1/me", token=hub.dpo_token).status_code == 403
    assert hub.get("/hub/v1/me", token="").status_code == 401
