"""Sources and their tokens: made, changed, refreshed, switched off."""

from __future__ import annotations

from typing import Any

import pytest

BASE = "/configuration/sources"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
SITE = "44444444-4444-4444-8444-444444444444"
NOBODY = "99999999-9999-4999-8999-999999999999"


def made(hub: Any, **changes: Any) -> Any:
    body = {"name": "Cassa", "nodes": [hub.node_id], **changes}
    answer = hub.post(BASE, body, token=hub.admin_token)
    assert answer.status_code == 201, answer.text
    return answer.json


def changed(hub: Any, source: Any, **changes: Any) -> Any:
    answer = hub.put(f"{BASE}/{source['id']}", source | changes, token=hub.admin_token)
    assert answer.status_code == 200, answer.text
    return answer.json


def me(hub: Any, token: str, **options: Any) -> int:
    status: int = hub.get("/hub/v1/me", token=token, **options).status_code
    return status


def test_a_source_is_made_with_a_token_that_works(hub: Any) -> None:
    source = made(hub)
    assert source | {"id": "", "token": ""} == {
        "id": "",
        "provider": "API",
        "properties": {"allowedIPs": None},
        "name": "Cassa",
        "description": None,
        "nodes": [hub.node_id],
        "enabled": True,
        "token": "",
    }
    assert hub.get(f"{BASE}/{source['id']}", token=hub.admin_token).json == source
    listed = hub.get(BASE, token=hub.admin_token).json
    assert listed["elements"][-1] == source
    assert listed["page"]["totalElements"] == len(listed["elements"]) == 4
    found = hub.get("/hub/v1/me", token=source["token"]).json
    assert (found["name"], found["roles"]) == ("Cassa", ["TRUSTED_APPLICATION"])
    assert [node["id"] for node in found["groups"][0]["workspaces"][0]["nodes"]] == [hub.node_id]
    assert made(hub)["token"] != source["token"]


def test_links_to_the_other_products_have_properties_of_their_own(hub: Any) -> None:
    plan = {"groupPk": 1, "userdbId": 71, "classifications": ["season"], "unknown": 7}
    source = made(hub, provider="CONTACTPLAN", properties=plan, enabled=False)
    assert source["properties"] == {
        "exportProducts": False,
        "exportStores": False,
        "groupPk": 1,
        "userdbId": 71,
        "eventPropertiesColumnMapping": [],
        "productsPropertiesColumnMapping": [],
        "classifications": ["season"],
    }
    send = made(hub, provider="CONTACTSEND", nodes=[AGGREGATE], properties={"groupPk": 1, "userdbId": 72})
    assert send["properties"] == {
        "userdbId": 72,
        "groupPk": 1,
        "mappedColumns": [],
        "options": None,
        "subscriptions": [],
    }


@pytest.mark.parametrize("provider", ["CONTACTSEND", "CONTACTPLAN"])
def test_one_source_one_node_one_user_database(hub: Any, provider: str) -> None:
    """The vendor's changelog names this principle for the links to its other products."""
    body = {"name": "Tills", "uniqueCustomer": {"properties": ["externalId"]}}
    tills, lost = (
        hub.post("/configuration/nodes/entries", body, token=hub.admin_token).json["id"] for _ in range(2)
    )

    def linked(number: int, *nodes: str) -> dict[str, Any]:
        link = {"groupPk": 3, "userdbId": number}
        return {"name": "Link", "provider": provider, "nodes": list(nodes), "properties": link}

    first, second = (made(hub, **linked(*of)) for of in ((1, tills), (2, AGGREGATE)))
    other = {"CONTACTSEND": "CONTACTPLAN", "CONTACTPLAN": "CONTACTSEND"}[provider]
    made(hub, **linked(1, tills) | {"provider": other})
    before = hub.state()
    for wrong, path in (
        (linked(3, lost, hub.node_id), "/nodes"),
        (linked(3, tills), "/nodes"),
        (linked(1, lost), "/properties/userdbId"),
    ):
        change = f"{BASE}/{second['id']}"
        for answer in (
            hub.post(BASE, wrong, token=hub.admin_token),
            hub.put(change, wrong, token=hub.admin_token),
        ):
            assert answer.status_code == 400, answer.text
            assert {error["path"] for error in answer.json["errors"]} == {path}
            assumed = answer.headers["X-Simulator-Assumed"]
            assert ("contacthub.one-to-one" in assumed) == (len(wrong["nodes"]) == 1)
    assert hub.state() == before
    assert changed(hub, first, name="Other name")["properties"]["userdbId"] == 1


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"provider": "JavaScript"}, 400),
        ({"provider": "NODEJS_SDK"}, 400),
        ({"provider": "CONTACTPLAN"}, 400),
        ({"provider": "CONTACTSEND", "properties": {"groupPk": 1}}, 400),
        ({"provider": "CONTACTSEND", "properties": {"groupPk": 1e400, "userdbId": 1}}, 400),
        ({"nodes": []}, 400),
        ({"nodes": None}, 400),
        ({"nodes": [7]}, 400),
        ({"nodes": ["no uuid"]}, 400),
        ({"nodes": [NOBODY]}, 404),
        ({"name": None}, 400),
        ({"enabled": "yes"}, 400),
        ({"properties": []}, 400),
        ({"properties": {"allowedIPs": 7}}, 400),
    ],
)
def test_a_source_that_cannot_be_is_refused(hub: Any, changes: Any, status: int) -> None:
    body = {"name": "Cassa", "nodes": [hub.node_id], **changes}
    for call, path in ((hub.post, BASE), (hub.put, f"{BASE}/{SITE}")):
        before = hub.state()
        answer = call(path, body, token=hub.admin_token)
        if call == hub.put and changes == {"provider": "NODEJS_SDK"}:
            assert answer.status_code == 200
        else:
            assert answer.status_code == status, answer.text
            assert hub.state() == before


def test_a_change_keeps_id_and_token_and_moves_the_rights(hub: Any) -> None:
    aggregate = "33333333-3333-4333-8333-333333333333"
    source = made(hub)
    after = changed(hub, source, nodes=[aggregate, aggregate], name="Cassa 2", token="mine", description="x")
    assert after == source | {"nodes": [aggregate], "name": "Cassa 2", "description": "x"}
    opened = hub.get("/hub/v1/me", token=source["token"]).json["groups"][0]["workspaces"][0]["nodes"]
    assert [(node["id"], node["permission"]) for node in opened] == [(aggregate, "RW")]


def test_an_untrusted_source_stays_untrusted(hub: Any) -> None:
    source = hub.get(f"{BASE}/47474747-4747-4747-8747-474747474747", token=hub.admin_token).json
    changed(hub, source, name="Pages")
    found = hub.get("/hub/v1/me", token=hub.untrusted_token).json
    assert (found["name"], found["roles"]) == ("Pages", ["UNTRUSTED_APPLICATION"])
    assert found["groups"][0]["workspaces"][0]["nodes"][0]["permission"] == "W"


def test_a_refreshed_token_replaces_the_old_one(hub: Any) -> None:
    source = made(hub)
    answer = hub.post(f"{BASE}/{source['id']}/refresh-token", token=hub.admin_token)
    assert answer.status_code == 200
    assert answer.json == source | {"token": answer.json["token"]}
    assert me(hub, source["token"]) == 401
    assert me(hub, answer.json["token"]) == 200
    assert hub.get(f"{BASE}/{source['id']}", token=hub.admin_token).json == answer.json


def test_a_source_that_is_off_or_elsewhere_is_401(hub: Any) -> None:
    source = made(hub)
    changed(hub, source, enabled=False)
    assert me(hub, source["token"]) == 401
    changed(hub, source, properties={"allowedIPs": "192.0.2.10, 192.0.2.11"})
    there = {"environ_overrides": {"REMOTE_ADDR": "192.0.2.11"}}
    assert me(hub, source["token"]) == 401
    assert me(hub, source["token"], **there) == 200
    changed(hub, source, properties={"allowedIPs": None})
    assert me(hub, source["token"]) == 200


@pytest.mark.parametrize("source_id", [NOBODY, "x", "1" * 5000])
def test_unknown_sources_are_404(hub: Any, source_id: str) -> None:
    for answer in (
        hub.get(f"{BASE}/{source_id}", token=hub.admin_token),
        hub.put(f"{BASE}/{source_id}", {"name": "x", "nodes": [hub.node_id]}, token=hub.admin_token),
        hub.post(f"{BASE}/{source_id}/refresh-token", token=hub.admin_token),
    ):
        assert answer.status_code == 404
        assert answer.json["message"] == f"source not found {source_id}"


def test_a_source_may_not_touch_sources(hub: Any) -> None:
    assert hub.get(BASE).status_code == 403
    assert hub.post(BASE, {"name": "x", "nodes": [hub.node_id]}).status_code == 403
    assert hub.post(f"{BASE}/{SITE}/refresh-token").status_code == 403
