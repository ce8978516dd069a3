"""Events are written, read, changed and removed."""

from __future__ import annotations

from typing import Any

CUSTOMER = "55555555-5555-4555-8555-555555555555"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
STORED = "66666666-6666-4666-8666-666666666666"
NOBODY = "99999999-9999-4999-8999-999999999999"
PAGE: dict[str, Any] = {"title": "Shoes", "url": "https://shop.example.com/shoes", "path": "/shoes"}


def viewed(**changes: Any) -> dict[str, Any]:
    """The body of a page view of the customer; a change to None leaves the member out."""
    body = {"customerId": CUSTOMER, "type": "viewedPage", "context": "WEB", "properties": PAGE} | changes
    return {name: value for name, value in body.items() if value is not None}


def back(hub: Any, value: str, kind: str = "SESSION_ID", node: str | None = None) -> dict[str, Any]:
    brought = {"type": kind, "value": value, "nodeId": node or hub.node_id}
    return viewed(customerId=None, bringBackProperties=brought)


def create(hub: Any, body: dict[str, Any], **options: Any) -> str:
    response = hub.post("/events", body, **options)
    assert response.status_code == 202, response.json
    assert list(response.json) == ["id"]
    return str(response.json["id"])


def shown(hub: Any, event_id: str) -> dict[str, Any]:
    response = hub.get(f"/events/{event_id}")
    assert response.status_code == 200, response.json
    found: dict[str, Any] = response.json
    return found


def refused(hub: Any, response: Any, status: int = 400) -> dict[str, list[str]]:
    """The messages of a refusal by their pointers."""
    assert response.status_code == status, response.json
    assert list(response.json) == ["message", "logref", "data", "errors"]
    found: dict[str, list[str]] = {}
    for error in response.json["errors"]:
        found.setdefault(error["path"], []).append(error["message"])
    return found


def test_an_event_is_shown_whole(hub: Any) -> None:
    body = viewed(tracking={"ga": {"utm_source": "letter"}})
    sender = {"headers": {"User-Agent": "Example/1"}, "environ_base": {"REMOTE_ADDR": "127.0.0.1"}}
    event_id = create(hub, body, **sender)
    assert shown(hub, event_id) == {
        "id": event_id,
        "customerId": CUSTOMER,
        "bringBackProperties": None,
        "type": "viewedPage",
        "properties": PAGE,
        "context": "WEB",
        "contextInfo": {"client": {"userAgent": "Example/1", "ip": "127.0.0.1"}},
        "date": "2024-03-01T08:00:00.000+0000",
        "origin": "NATIVE",
        "prev": None,
        "next": None,
        "tracking": {"ga": {"utm_source": "letter"}},
        "registeredAt": "2024-03-01T08:00:00.000+0000",
        "updatedAt": "2024-03-01T08:00:00.000+0000",
        "version": 1,
    }


def test_the_client_that_the_body_names_is_kept(hub: Any) -> None:
    client = {"userAgent": "Other/2", "ip": "192.0.2.7"}
    info = {"client": client, "user": {"id": "u1"}}
    assert shown(hub, create(hub, viewed(contextInfo=info)))["contextInfo"] == info


def test_an_address_of_version_6_is_left_out(hub: Any) -> None:
    event_id = create(hub, viewed(), environ_base={"REMOTE_ADDR": "::1"})
    assert "ip" not in shown(hub, event_id)["contextInfo"]["client"]


def test_dates_are_shown_in_utc(hub: Any) -> None:
    event_id = create(hub, viewed(date="2024-02-28T18:05:00.1239+02:00"))
    assert shown(hub, event_id)["date"] == "2024-02-28T16:05:00.123+0000"


def test_every_write_is_in_the_update_stream(hub: Any) -> None:
    event_id = create(hub, viewed())
    hub.patch(f"/events/{event_id}", {"properties": {"title": "Boots"}})
    hub.delete(f"/events/{event_id}")
    told = [u for u in hub.kept("updates") if u["data"].get("id") == event_id]
    assert [(u["operation"], u["type"]) for u in told] == [
        ("CREATE", "EVENT"),
        ("UPDATE", "EVENT"),
        ("DELETE", "EVENT"),
    ]


def test_a_customer_or_a_way_back_but_not_both(hub: Any) -> None:
    both = viewed(bringBackProperties={"type": "SESSION_ID", "value": "s", "nodeId": hub.node_id})
    assert refused(hub, hub.post("/events", both)) == {
        "/bringBackProperties": ["customerId and bringBackProperties are mutually exclusive"]
    }
    assert refused(hub, hub.post("/events", viewed(customerId=None))) == {
        "/customerId": ["customerId or bringBackProperties is required"]
    }


def test_a_customer_nobody_knows_is_404(hub: Any) -> None:
    before = hub.state()
    refused(hub, hub.post("/events", viewed(customerId=NOBODY)), 404)
    assert hub.state() == before


def test_a_known_session_is_its_customers(hub: Any) -> None:
    seen = shown(hub, create(hub, back(hub, "session-0001")))
    assert seen["customerId"] == CUSTOMER
    assert seen["bringBackProperties"]["value"] == "session-0001"


def test_a_session_finds_its_customer_later(hub: Any) -> None:
    event_id = create(hub, back(hub, "session-new"))
    assert shown(hub, event_id)["customerId"] is None
    hub.post(f"/customers/{CUSTOMER}/sessions", {"value": "session-new"})
    seen = shown(hub, event_id)
    assert (seen["customerId"], seen["version"]) == (CUSTOMER, 2)


def test_an_external_id_finds_its_customer(hub: Any) -> None:
    assert shown(hub, create(hub, back(hub, "CRM-0001", "EXTERNAL_ID")))["customerId"] == CUSTOMER


def test_an_external_id_of_nobody_makes_a_customer(hub: Any) -> None:
    made = shown(hub, create(hub, back(hub, "CRM-new", "EXTERNAL_ID")))["customerId"]
    assert hub.get(f"/customers/{made}").json["externalId"] == "CRM-new"
    assert shown(hub, create(hub, back(hub, "CRM-new", "EXTERNAL_ID")))["customerId"] == made


def test_no_way_back_to_an_aggregate_node(hub: Any) -> None:
    found = refused(hub, hub.post("/events", back(hub, "s", node=AGGREGATE)))
    assert found == {
        "/bringBackProperties/nodeId": ["bringBackProperties are not allowed for aggregate nodes"]
    }
    refused(hub, hub.post("/events", back(hub, "s", node=NOBODY)), 404)


def test_untrusted_sources_write_and_do_not_read(hub: Any) -> None:
    event_id = create(hub, viewed(), token=hub.untrusted_token)
    refused(hub, hub.get(f"/events/{event_id}", token=hub.untrusted_token), 403)
    refused(hub, hub.delete(f"/events/{event_id}", token=hub.untrusted_token), 403)


def test_unknown_events_are_404(hub: Any) -> None:
    for method in ("GET", "DELETE"):
        refused(hub, hub.call(method, f"/events/{NOBODY}"), 404)
    refused(hub, hub.put(f"/events/{NOBODY}", viewed()), 404)
    refused(hub, hub.patch(f"/events/{NOBODY}", {}), 404)


def test_a_deleted_event_is_gone(hub: Any) -> None:
    response = hub.delete(f"/events/{STORED}")
    assert (response.status_code, response.data) == (204, b"")
    refused(hub, hub.get(f"/events/{STORED}"), 404)


def test_neighbours_by_date(hub: Any) -> None:
    older = create(hub, viewed(date="2024-01-01T00:00:00Z"))
    newer = create(hub, viewed())
    response = hub.get(f"/events/{STORED}?nav=CUSTOMER")
    assert (response.json["prev"], response.json["next"]) == (older, newer)
    first = hub.get(f"/events/{older}?nav=CUSTOMER").json
    assert (first["prev"], first["next"]) == (None, STORED)
    assert hub.get(f"/events/{newer}?nav=CUSTOMER").json["next"] is None
    assert refused(hub, hub.get(f"/events/{STORED}?nav=NODE")).keys() == {"/nav"}


def test_an_event_of_nobody_has_no_neighbours(hub: Any) -> None:
    event_id = create(hub, back(hub, "nobody"))
    response = hub.get(f"/events/{event_id}?nav=CUSTOMER")
    assert (response.json["prev"], response.json["next"]) == (None, None)


def test_put_replaces(hub: Any) -> None:
    before = shown(hub, STORED)
    hub.move_to("2024-03-02T08:00:00Z")
    response = hub.put(f"/events/{STORED}", viewed(properties={"title": "New"}, context="MOBILE"))
    assert (response.status_code, response.data) == (202, b"")
    assert shown(hub, STORED) == before | {
        "properties": {"title": "New"},
        "context": "MOBILE",
        "contextInfo": {},
        "updatedAt": "2024-03-02T08:00:00.000+0000",
        "version": 2,
    }


def test_put_of_what_get_shows_changes_nothing(hub: Any) -> None:
    for event_id in (STORED, create(hub, back(hub, "nobody"))):
        before = shown(hub, event_id)
        assert hub.put(f"/events/{event_id}", before).status_code == 202
        now = "2024-03-01T08:00:00.000+0000"
        assert shown(hub, event_id) == before | {"version": before["version"] + 1, "updatedAt": now}


def test_put_names_the_customer_and_the_way_back(hub: Any) -> None:
    assert refused(hub, hub.put(f"/events/{STORED}", viewed(customerId=None))).keys() == {"/customerId"}
    event_id = create(hub, back(hub, "session-0001"))
    assert refused(hub, hub.put(f"/events/{event_id}", viewed())).keys() == {"/bringBackProperties"}


def test_some_things_cannot_change(hub: Any) -> None:
    changed = {
        "id": NOBODY,
        "customerId": NOBODY,
        "bringBackProperties": {"type": "SESSION_ID", "value": "x", "nodeId": hub.node_id},
        "type": "clickedLink",
        "registeredAt": "2024-01-01T00:00:00Z",
    }
    before = hub.state()
    for name, value in changed.items():
        assert refused(hub, hub.put(f"/events/{STORED}", viewed(**{name: value}))).keys() == {f"/{name}"}
        assert refused(hub, hub.patch(f"/events/{STORED}", {name: value})).keys() == {f"/{name}"}
    assert refused(hub, hub.patch(f"/events/{STORED}", {"context": "IOT"})).keys() == {"/context"}
    assert hub.state() == before
    same = {"id": STORED, "type": "viewedPage", "context": "WEB", "registeredAt": "2024-02-20T11:00:01+01:00"}
    assert hub.patch(f"/events/{STORED}", same).status_code == 202


def test_patch_merges(hub: Any) -> None:
    body = {
        "properties": {"title": "New", "path": None},
        "contextInfo": {"user": {"id": "u1"}},
        "date": "2024-02-21T10:00:00Z",
        "updatedAt": None,
        "version": 99,
    }
    assert hub.patch(f"/events/{STORED}", body).status_code == 202
    seen = shown(hub, STORED)
    assert seen["properties"] == {"title": "New", "url": "https://shop.example.com/"}
    assert seen["contextInfo"] == {
        "client": {"userAgent": "ExampleBrowser/1.0", "ip": "192.0.2.10"},
        "user": {"id": "u1"},
    }
    assert (seen["date"], seen["version"]) == ("2024-02-21T10:00:00.000+0000", 2)


def test_patch_clears(hub: Any) -> None:
    assert hub.patch(f"/events/{STORED}", {"properties": None, "contextInfo": None}).status_code == 202
    seen = shown(hub, STORED)
    assert (seen["properties"], seen["contextInfo"]) == ({}, {})


def test_patch_keeps_to_the_type_and_context(hub: Any) -> None:
    before = hub.state()
    found = refused(hub, hub.patch(f"/events/{STORED}", {"properties": {"price": 1}}))
    assert found.keys() == {"/properties/price"}
    found = refused(hub, hub.patch(f"/events/{STORED}", {"contextInfo": {"store": {"id": "1"}}}))
    assert found.keys() == {"/contextInfo/store"}
    assert hub.state() == before


def test_a_customer_takes_its_events_along(hub: Any) -> None:
    assert hub.delete(f"/customers/{CUSTOMER}").status_code == 200
    refused(hub, hub.get(f"/events/{STORED}"), 404)
