"""Sessions of customers, and the events that come with them."""

from __future__ import annotations

from typing import Any

import pytest

ENTRY = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
GIULIA = "55555555-5555-4555-8555-555555555555"
KNOWN = "88888888-8888-4888-8888-888888888888"
SESSIONS = f"/customers/{GIULIA}/sessions"


def customer(hub: Any, email: str, **options: Any) -> str:
    body = {"nodeId": ENTRY, "base": {"contacts": {"email": email}}}
    answer = hub.post("/customers", body, **options)
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def visit(hub: Any, value: str, title: str = "Home") -> str:
    back = {"type": "SESSION_ID", "value": value, "nodeId": ENTRY}
    body = {
        "type": "viewedPage",
        "context": "WEB",
        "properties": {"title": title},
        "bringBackProperties": back,
    }
    answer = hub.post("/events", body)
    assert answer.status_code == 202, answer.text
    return str(answer.json["id"])


def test_listed_oldest_first(hub: Any) -> None:
    made = hub.post(SESSIONS, {"value": "session-0002"})
    assert made.status_code == 201
    assert made.json["value"] == "session-0002"
    known = {"id": KNOWN, "value": "session-0001"}
    assert hub.get(SESSIONS).json == {"elements": [known, made.json]}
    assert hub.get(f"{SESSIONS}/{made.json['id']}").json == made.json


def test_found_by_id_not_by_value(hub: Any) -> None:
    assert hub.get(f"{SESSIONS}/{KNOWN}").status_code == 200
    answer = hub.get(f"{SESSIONS}/session-0001")
    assert answer.status_code == 404
    assert answer.json["message"] == "session not found session-0001"


def test_of_another_customer_is_not_found(hub: Any) -> None:
    other = customer(hub, "anna@example.com")
    assert hub.get(f"/customers/{other}/sessions").json == {"elements": []}
    assert hub.get(f"/customers/{other}/sessions/{KNOWN}").status_code == 404
    assert hub.delete(f"/customers/{other}/sessions/{KNOWN}").status_code == 404


def test_a_value_is_given_once_in_a_node(hub: Any) -> None:
    other = customer(hub, "anna@example.com")
    before = hub.kept("sessions")
    for path in (SESSIONS, f"/customers/{other}/sessions"):
        answer = hub.post(path, {"value": "session-0001"})
        assert answer.status_code == 400
        assert answer.json["errors"][0]["path"] == "/value"
    assert hub.kept("sessions") == before


def test_another_node_has_its_own_values(hub: Any) -> None:
    node = hub.post("/configuration/nodes/entries", {"name": "Second"}, token="example-token-of-operator")
    assert node.status_code == 201, node.text
    body = {"nodeId": node.json["id"], "externalId": "X", "base": {"contacts": {"email": "x@example.com"}}}
    other = hub.post("/customers", body, token=hub.admin_token)
    assert other.status_code == 201, other.text
    path = f"/customers/{other.json['id']}/sessions"
    assert hub.post(path, {"value": "session-0001"}, token=hub.admin_token).status_code == 201


@pytest.mark.parametrize(
    "body",
    [{}, [], "x", {"value": None}, {"value": 5}, {"value": ""}, {"value": "x" * 256}, {"value": ["x"]}],
)
def test_bodies_that_are_wrong(hub: Any, body: Any) -> None:
    before = hub.kept("sessions")
    answer = hub.post(SESSIONS, json=body)
    assert answer.status_code == 400
    assert hub.kept("sessions") == before


def test_deleted(hub: Any) -> None:
    answer = hub.delete(f"{SESSIONS}/{KNOWN}")
    assert (answer.status_code, answer.data) == (200, b"")
    assert hub.get(SESSIONS).json == {"elements": []}
    assert hub.delete(f"{SESSIONS}/{KNOWN}").status_code == 404
    assert hub.post(SESSIONS, {"value": "session-0001"}).status_code == 201


def test_events_of_the_session_become_the_customers(hub: Any) -> None:
    early = visit(hub, "session-0002")
    other = visit(hub, "session-0003")
    assert hub.get(f"/events/{early}").json["customerId"] is None
    hub.post(SESSIONS, {"value": "session-0002"})
    late = visit(hub, "session-0002")
    for event in (early, late):
        assert hub.get(f"/events/{event}").json["customerId"] == GIULIA
    assert hub.get(f"/events/{other}").json["customerId"] is None
    listed = hub.get("/events", query_string={"customerId": GIULIA}).json
    assert {early, late} < {event["id"] for event in listed["elements"]}


def test_events_stay_when_the_session_is_deleted(hub: Any) -> None:
    event = visit(hub, "session-0001")
    hub.delete(f"{SESSIONS}/{KNOWN}")
    assert hub.get(f"/events/{event}").json["customerId"] == GIULIA
    assert hub.get(f"/events/{visit(hub, 'session-0001')}").json["customerId"] is None


def test_assigned_while_a_customer_is_written(hub: Any) -> None:
    event = visit(hub, "session-0002")
    made = customer(hub, "anna@example.com", query_string={"sessionId": "session-0002"})
    assert hub.get(f"/events/{event}").json["customerId"] == made
    own = {"query_string": {"sessionId": "session-0002"}}
    assert hub.patch(f"/customers/{made}", {"extra": "x"}, **own).status_code == 200
    assert hub.patch(f"/customers/{GIULIA}", {"extra": "x"}, **own).status_code == 400
    assert hub.get(f"/customers/{GIULIA}").json["extra"] is None


def test_gone_with_the_customer(hub: Any) -> None:
    assert hub.delete(f"/customers/{GIULIA}").status_code == 200
    assert hub.get(SESSIONS).status_code == 404
    other = customer(hub, "anna@example.com")
    assert hub.post(f"/customers/{other}/sessions", {"value": "session-0001"}).status_code == 201


def test_aggregate_customers_show_those_of_their_entry_customers(hub: Any) -> None:
    (whole,) = hub.get("/customers", query_string={"nodeId": AGGREGATE}).json["elements"]
    path = f"/customers/{whole['id']}/sessions"
    assert [session["id"] for session in hub.get(path).json["elements"]] == [KNOWN]
    assert hub.get(f"{path}/{KNOWN}").status_code == 200
    assert hub.post(path, {"value": "new"}).status_code == 400
    assert hub.delete(f"{path}/{KNOWN}").status_code == 403
    assert hub.get(f"{SESSIONS}/{KNOWN}").status_code == 200


def test_rights(hub: Any) -> None:
    assert hub.get(SESSIONS, token=hub.untrusted_token).status_code == 403
    assert hub.post(SESSIONS, {"value": "a"}, token=hub.untrusted_token).status_code == 201
    assert hub.post(SESSIONS, {"value": "b"}, token="example-token-of-olga").status_code == 403
    assert hub.post("/customers/nobody/sessions", {"value": "c"}).status_code == 404
