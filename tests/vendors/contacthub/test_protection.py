"""All data of a customer: handed out, and erased."""

from __future__ import annotations

from typing import Any

import pytest

ENTRY = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
GIULIA = "55555555-5555-4555-8555-555555555555"
EVENT = "66666666-6666-4666-8666-666666666666"
PLATFORM = "example-token-of-updates"
PERSONAL = (b"Giulia", b"giulia.esempio", b"CRM-0001", b"+390000000001", b"session-0001", b"Home")


def rows(hub: Any) -> list[dict[str, Any]]:
    return list(hub.get("/consent-logs", token=hub.dpo_token).json["elements"])


def whole(hub: Any) -> str:
    (element,) = hub.get("/customers", query_string={"nodeId": AGGREGATE}).json["elements"]
    return str(element["id"])


def forget(hub: Any, customer: str) -> None:
    answer = hub.post(f"/customers/{customer}/forget", token=hub.dpo_token)
    assert (answer.status_code, answer.data) == (200, b"")


def traces(hub: Any) -> list[tuple[str, Any]]:
    return [
        (name, key)
        for name, table in hub.state().items()
        for key, raw in table.items()
        if name != "contacthub/bulk_jobs" and any(part in raw for part in PERSONAL)
    ]


def test_export(hub: Any) -> None:
    late = {"customerId": GIULIA, "type": "viewedPage", "context": "WEB", "properties": {"title": "Shop"}}
    event = hub.post("/events", late).json["id"]
    answer = hub.get(f"/customers/{GIULIA}/export", token=hub.dpo_token)
    assert answer.status_code == 200
    assert answer.json["customer"] == hub.get(f"/customers/{GIULIA}").json
    assert [found["id"] for found in answer.json["events"]] == [event, EVENT]
    noted = rows(hub)[0]
    assert (noted["type"], noted["customerId"], noted["userId"]) == ("DATA_PORTABILITY_REQUESTED", GIULIA, 2)


def test_export_of_an_aggregate_customer_has_the_events_of_its_parts(hub: Any) -> None:
    answer = hub.get(f"/customers/{whole(hub)}/export", token=hub.dpo_token)
    assert answer.json["customer"]["nodeId"] == AGGREGATE
    assert [event["id"] for event in answer.json["events"]] == [EVENT]


def test_export_is_not_paged(hub: Any) -> None:
    body = {"customerId": GIULIA, "type": "viewedPage", "context": "WEB", "properties": {}}
    for _ in range(60):
        hub.post("/events", body)
    assert len(hub.get(f"/customers/{GIULIA}/export", token=hub.admin_token).json["events"]) == 61


def test_forget(hub: Any) -> None:
    aggregate = whole(hub)
    assert traces(hub)
    forget(hub, GIULIA)
    assert traces(hub) == []
    for path in (f"/customers/{GIULIA}", f"/customers/{aggregate}", f"/events/{EVENT}"):
        assert hub.get(path).status_code == 404
    assert [(row["type"], row["customerId"], row["userId"]) for row in rows(hub)] == [
        ("FORCED_DELETE", GIULIA, 2)
    ]


def test_the_stream_keeps_ids_and_order(hub: Any) -> None:
    forget(hub, GIULIA)
    updates = hub.get("/updates", token=PLATFORM, query_string={"nodeId": ENTRY}).json["updates"]
    told = [(u["operation"], u["entity"]["type"], u["entity"]["data"]["id"]) for u in updates]
    assert told[:2] == [("CREATE", "CUSTOMER", GIULIA), ("CREATE", "EVENT", EVENT)]
    assert told[-1] == ("DELETE", "CUSTOMER", GIULIA)


def test_forgetting_one_leaves_the_others_of_the_aggregate(hub: Any) -> None:
    node = hub.post("/configuration/nodes/entries", {"name": "Second"}, token="example-token-of-operator")
    hub.post(
        "/configuration/nodes/aggregates",
        {
            "name": "Both",
            "entryNodes": [ENTRY, node.json["id"]],
            "matchingProperties": {"properties": ["base.contacts.email"], "caseSensitive": False},
        },
        token=hub.admin_token,
    )
    both = hub.get("/configuration/nodes/aggregates", token=hub.admin_token).json["elements"][-1]["id"]
    state = f"/configuration/nodes/aggregates/{both}/state"
    assert hub.put(state, {"state": "ACTIVE"}, token=hub.admin_token).status_code == 200
    twin = {
        "nodeId": node.json["id"],
        "externalId": "T-1",
        "base": {"contacts": {"email": "giulia.esempio@example.com"}, "lastName": "Doppia"},
    }
    made = hub.post("/customers", twin, token=hub.admin_token).json["id"]
    found = {"token": hub.admin_token, "query_string": {"nodeId": both}}
    (merged,) = hub.get("/customers", **found).json["elements"]
    assert merged["base"]["firstName"] == "Giulia"
    forget(hub, GIULIA)
    (left,) = hub.get("/customers", **found).json["elements"]
    assert (left["id"], left["base"]["firstName"], left["base"]["lastName"]) == (merged["id"], None, "Doppia")
    assert hub.get(f"/customers/{made}", token=hub.admin_token).status_code == 200
    forget(hub, left["id"])
    assert hub.get(f"/customers/{made}", token=hub.admin_token).status_code == 404
    forgotten = {row["customerId"] for row in rows(hub)}
    assert forgotten == {GIULIA, made, left["id"]}
    assert {row["type"] for row in rows(hub)} == {"FORCED_DELETE"}


def test_what_was_anonymous_once_is_erased_too(hub: Any) -> None:
    back = {"type": "SESSION_ID", "value": "visitor", "nodeId": ENTRY}
    body = {
        "bringBackProperties": back,
        "type": "viewedPage",
        "context": "WEB",
        "properties": {"title": "Secret"},
    }
    assert hub.post("/events", body).status_code == 202
    assert hub.post(f"/customers/{GIULIA}/sessions", {"value": "visitor"}).status_code == 201
    forget(hub, GIULIA)
    assert not any(
        b"Secret" in raw or b"visitor" in raw for raw in hub.state()["contacthub/updates"].values()
    )


def tills(hub: Any) -> tuple[str, str]:
    """Another entry node, and an aggregate node of it alone, by e-mail address."""
    body = {"name": "Tills", "uniqueCustomer": {"properties": ["externalId"]}}
    node = hub.post("/configuration/nodes/entries", body).json["id"]
    policy = {"properties": ["base.contacts.email"]}
    both = {"name": "Both", "entryNodes": [node], "matchingProperties": policy}
    aggregate = hub.post("/configuration/nodes/aggregates", both).json["id"]
    state = f"/configuration/nodes/aggregates/{aggregate}/state"
    assert hub.put(state, {"state": "ACTIVE"}).status_code == 200
    return node, aggregate


def customer(hub: Any, node: str, number: str, email: str, name: str | None = None) -> str:
    base = {"contacts": {"email": email}, "firstName": name}
    answer = hub.post("/customers", {"nodeId": node, "externalId": number, "base": base})
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def test_profiles_it_was_part_of_before_are_erased_too(hub: Any) -> None:
    """What the stream told of them came from it: of one that has other customers, of one that is gone."""
    hub.token = hub.admin_token
    node, aggregate = tills(hub)
    customer(hub, node, "1", "a@example.com", "Bea")
    moved = customer(hub, node, "2", "a@example.com", "Segreta")
    customer(hub, node, "3", "c@example.com", "Carla")
    for email in ("b@example.com", "c@example.com"):
        assert hub.patch(f"/customers/{moved}", {"base": {"contacts": {"email": email}}}).status_code == 200
    told = hub.get("/updates", query_string={"nodeId": aggregate, "entity": "CUSTOMER"}).json["updates"]
    assert [update["operation"] for update in told].count("DELETE") == 1
    forget(hub, moved)
    rows = list(hub.state()["contacthub/updates"].values())
    assert not any(b"Segreta" in raw for raw in rows)
    assert any(b"Bea" in raw for raw in rows)


def test_events_of_a_profile_that_goes_are_erased_too(hub: Any) -> None:
    body = {
        "customerId": whole(hub),
        "type": "viewedPage",
        "context": "WEB",
        "properties": {"title": "Secret"},
    }
    event = hub.post("/events", body).json["id"]
    forget(hub, GIULIA)
    assert hub.get(f"/events/{event}").status_code == 404
    assert not any(b"Secret" in raw for raw in hub.state()["contacthub/updates"].values())


@pytest.mark.parametrize("moves", [False, True])
def test_what_is_left_of_a_profile_is_told_again(hub: Any, moves: bool) -> None:
    """Also where it looks as before, for whoever reads the stream from its beginning."""
    hub.token = hub.admin_token
    node, aggregate = tills(hub)
    twins = []
    for number in ("2", "1"):
        twins.append(customer(hub, node, number, "t@example.com"))
        hub.move_to(f"2024-03-0{len(twins) + 1}T00:00:00Z")
    (before,) = hub.get(f"/customers?nodeId={aggregate}").json["elements"]
    body = {"customerId": before["id"], "type": "loggedIn", "context": "WEB", "properties": {}}
    own = hub.post("/events", body).json["id"]
    if moves:
        assert hub.patch(f"/customers/{twins[0]}", {"base": {"contacts": {"email": "u@example.com"}}}).json
    forget(hub, twins[0])
    (left,) = hub.get(f"/customers?nodeId={aggregate}").json["elements"]
    assert left == before
    rows = hub.get("/updates", query_string={"nodeId": aggregate, "size": 4000}).json["updates"]
    rows = [row for row in rows if row["operation"] != "DELETE"]
    last = {row["entity"]["data"]["id"]: row["entity"]["data"] for row in rows}
    last = {key: data for key, data in last.items() if len(data) > 4}
    assert last == {left["id"]: left, own: hub.get(f"/events/{own}").json}


@pytest.mark.parametrize(("method", "path"), [("GET", "export"), ("POST", "forget")])
def test_refusals(hub: Any, method: str, path: str) -> None:
    before = hub.kept("customers")
    unknown = hub.call(method, f"/customers/nobody/{path}", token=hub.dpo_token)
    assert unknown.status_code == 404
    assert hub.call(method, f"/customers/{GIULIA}/{path}").status_code == 403
    assert hub.kept("customers") == before
