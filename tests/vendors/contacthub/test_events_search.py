"""Which events a search finds, and in which order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.vendors.contacthub.state import EVENTS

CUSTOMER = "55555555-5555-4555-8555-555555555555"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
STORED = "66666666-6666-4666-8666-666666666666"
NOBODY = "99999999-9999-4999-8999-999999999999"


def create(hub: Any, **changes: Any) -> str:
    body = {"customerId": CUSTOMER, "type": "viewedPage", "context": "WEB", "properties": {}} | changes
    response = hub.post("/events", {name: value for name, value in body.items() if value is not None})
    assert response.status_code == 202, response.json
    return str(response.json["id"])


def anonymous(hub: Any, value: str = "nobody", **changes: Any) -> str:
    back = {"type": "SESSION_ID", "value": value, "nodeId": hub.node_id}
    return create(hub, customerId=None, bringBackProperties=back, **changes)


def found(hub: Any, query: str = "", **options: Any) -> list[str]:
    response = hub.get(f"/events?{query}", **options)
    assert response.status_code == 200, response.json
    return [event["id"] for event in response.json["elements"]]


def test_newest_first(hub: Any) -> None:
    oldest = create(hub, date="2020-01-01T00:00:00Z")
    first = create(hub)
    second = create(hub)
    middle = create(hub, date="2024-02-25T00:00:00+02:00")
    assert found(hub) == [second, first, middle, STORED, oldest]
    assert found(hub, f"customerId={CUSTOMER}") == [second, first, middle, STORED, oldest]


def test_a_change_of_date_moves_an_event(hub: Any) -> None:
    later = create(hub)
    hub.patch(f"/events/{STORED}", {"date": "2024-03-01T09:00:00Z"})
    assert found(hub) == [STORED, later]


def test_pages(hub: Any) -> None:
    ids = [create(hub, date=f"2024-02-0{day}T00:00:00Z") for day in range(1, 8)]
    response = hub.get("/events?size=3&page=2").json
    assert [event["id"] for event in response["elements"]] == ids[1::-1]
    assert response["page"] == {
        "size": 3,
        "totalElements": 8,
        "totalUnfilteredElements": 8,
        "totalPages": 3,
        "number": 2,
        "maxElements": 10000,
        "maxPages": 3334,
    }
    assert hub.get("/events").json["page"]["size"] == 10
    assert found(hub, "size=3&page=3") == []
    assert found(hub, "size=0") == []


def test_types_and_contexts_may_be_several(hub: Any) -> None:
    login = create(hub, type="loggedIn", context="MOBILE")
    search = create(hub, type="searched", context="ECOMMERCE")
    assert found(hub, "type=viewedPage") == [STORED]
    assert found(hub, "type=loggedIn,viewedPage") == [login, STORED]
    assert found(hub, "context=MOBILE,ECOMMERCE") == [search, login]
    assert found(hub, "type=searched&context=MOBILE") == []


def test_modes(hub: Any) -> None:
    sent = create(hub, type="campaignSent")
    assert found(hub, "mode=PASSIVE") == [sent]
    assert found(hub, "mode=ACTIVE") == [STORED]


def test_both_ends_of_the_dates_belong_to_them(hub: Any) -> None:
    at = "2024-02-20T10:00:00.000Z"
    assert found(hub, f"dateFrom={at}&dateTo={at}") == [STORED]
    assert found(hub, "dateFrom=2024-02-20T12:00:00%2B02:00") == [STORED]
    assert found(hub, "dateFrom=2024-02-20T10:00:00.001Z") == []
    assert found(hub, "dateTo=2024-02-20T09:59:59.999Z") == []


def test_an_instant_is_found_by_what_was_sent(hub: Any) -> None:
    sent = "2024-02-28T10:00:00.123456789Z"
    event_id = create(hub, date=sent)
    assert found(hub, f"dateFrom={sent}&dateTo={sent}") == [event_id]


def test_events_of_nobody_show_where_no_customer_is_asked_for(hub: Any) -> None:
    event_id = anonymous(hub)
    assert found(hub, f"nodeId={hub.node_id}") == [event_id, STORED]
    assert found(hub) == [event_id, STORED]
    assert found(hub, f"customerId={CUSTOMER}") == [STORED]


def test_a_customer_nobody_knows_has_none(hub: Any) -> None:
    assert found(hub, f"customerId={NOBODY}") == []
    assert found(hub, "customerId=x") == []


def test_a_node_nobody_knows_is_404(hub: Any) -> None:
    assert hub.get(f"/events?nodeId={NOBODY}").status_code == 404


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("type=nothing", "/type"),
        ("type=viewedPage,", "/type"),
        ("context=web", "/context"),
        ("mode=active", "/mode"),
        ("dateFrom=2024-02-30T00:00:00Z", "/dateFrom"),
        ("dateTo=2024-02-01", "/dateTo"),
        ("size=51", "/size"),
        ("page=-1", "/page"),
    ],
)
def test_what_cannot_be_read_is_refused(hub: Any, query: Any, path: Any) -> None:
    response = hub.get(f"/events?{query}")
    assert response.status_code == 400
    assert [error["path"] for error in response.json["errors"]] == [path]


def test_an_aggregate_node_shows_the_events_of_its_entries(hub: Any) -> None:
    anonymous(hub)
    response = hub.get(f"/events?nodeId={AGGREGATE}").json
    (event,) = response["elements"]
    assert (event["id"], event["origin"]) == (STORED, "DUPLICATE")
    whole = event["customerId"]
    assert hub.get(f"/customers/{whole}").json["nodeId"] == AGGREGATE
    assert hub.get(f"/events?customerId={whole}").json["elements"] == [event]
    assert found(hub, f"customerId={CUSTOMER}&nodeId={AGGREGATE}") == [STORED]
    assert found(hub, f"customerId={whole}&nodeId={hub.node_id}") == []
    assert hub.put(f"/events/{STORED}", event).status_code == 202


def test_events_of_the_aggregate_customer_itself(hub: Any) -> None:
    whole = hub.get(f"/events?nodeId={AGGREGATE}").json["elements"][0]["customerId"]
    own = create(hub, customerId=whole)
    assert found(hub, f"customerId={whole}") == [own, STORED]
    assert found(hub, f"nodeId={AGGREGATE}") == [own, STORED]
    assert found(hub, f"nodeId={hub.node_id}") == [STORED]


def test_a_source_sees_its_nodes_only(hub: Any) -> None:
    created = hub.post(
        "/configuration/nodes/entries",
        {"name": "Another", "uniqueCustomer": {"properties": ["externalId"], "caseSensitive": True}},
        token=hub.admin_token,
    )
    assert created.status_code == 201, created.json
    node_id = created.json["id"]
    back = {"type": "SESSION_ID", "value": "there", "nodeId": node_id}
    body = {"bringBackProperties": back, "type": "viewedPage", "context": "WEB", "properties": {}}
    assert hub.post("/events", body).status_code == 403
    there = hub.post("/events", body, token=hub.admin_token).json["id"]
    assert found(hub) == [STORED]
    assert found(hub, f"nodeId={node_id}") == []
    assert hub.get(f"/events/{there}").status_code == 403
    assert found(hub, token=hub.admin_token) == [there, STORED]
    body = {"nodeId": node_id, "externalId": "them"}
    customer = hub.post("/customers", body, token=hub.admin_token).json["id"]
    event = {"customerId": customer, "type": "loggedIn", "context": "WEB", "properties": {}}
    assert hub.post("/events", event, token=hub.admin_token).status_code == 202
    assert hub.post("/events", event).status_code == 403
    assert found(hub, f"customerId={customer}") == []
    assert len(found(hub, f"customerId={customer}", token=hub.admin_token)) == 1


def test_a_customers_events_are_all_that_is_read(hub: Any, monkeypatch: Any) -> None:
    for number in range(30):
        anonymous(hub, f"session-{number}")
    with hub.world.entered():
        table = hub.world.store.table(EVENTS)
    read: list[str] = []
    inner = type(table).find

    def find(self: Any, index: Any, value: Any) -> Any:
        documents = inner(self, index, value)
        if self.name == EVENTS.name:
            read.extend(document["id"] for document in documents)
        return documents

    def scan(_self: Any) -> Any:
        raise AssertionError("all events were read")

    monkeypatch.setattr(type(table), "find", find)
    monkeypatch.setattr(type(table), "scan", scan)
    assert found(hub, f"customerId={CUSTOMER}") == [STORED]
    assert read == [STORED]


def plant(hub: Any, dates: list[str]) -> None:
    """Page views of nobody at these instants, besides those that are there."""
    with hub.world.entered(), hub.world.store.transaction():
        table = hub.world.store.table(EVENTS)
        stored = table[STORED] | {"customer": None}
        for number, date in enumerate(dates):
            seen = stored["seen"] | {"id": f"e{number}", "customerId": None}
            table.put(stored | {"id": f"e{number}", "date": date, "number": number, "seen": seen})


def test_a_page_of_a_node_is_all_that_is_read(make_hub: Any, monkeypatch: Any) -> None:
    hub = make_hub(judged=False)
    plant(
        hub, [f"20{year}-0{month}-15T10:00:00.000+00:00" for year in range(10, 40) for month in range(1, 10)]
    )
    with hub.world.entered():
        table = hub.world.store.table(EVENTS)
    read: list[str] = []
    inner = type(table).__getitem__

    def get(self: Any, key: Any) -> Any:
        document = inner(self, key)
        if self.name == EVENTS.name:
            read.append(document["id"])
        return document

    monkeypatch.setattr(type(table), "__getitem__", get)
    response = hub.get(f"/events?nodeId={hub.node_id}&size=5&page=20").json
    assert (len(response["elements"]), response["page"]["totalElements"]) == (5, 271)
    assert len(read) < 30


INSTANTS = st.builds(
    "20{:02}-{:02}-{:02}T{:02}:00:0{}.000+00:00".format,
    st.integers(23, 24),
    st.integers(1, 2),
    st.integers(1, 2),
    st.integers(0, 23),
    st.integers(0, 2),
)


@given(
    dates=st.lists(INSTANTS, min_size=30, max_size=90),
    ends=st.tuples(st.none() | INSTANTS, st.none() | INSTANTS),
    size=st.integers(0, 50),
    page=st.integers(0, 4),
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_shelves_hold_what_reading_everything_finds(
    make_hub: Any, dates: Any, ends: Any, size: Any, page: Any
) -> None:
    hub = make_hub(judged=False)
    plant(hub, dates)
    query = f"nodeId={hub.node_id}&size={size}&page={page}"
    for name, end in zip(("dateFrom", "dateTo"), ends, strict=True):
        query += f"&{name}={end.replace('+', '%2B')}" if end else ""
    # a filter that all events pass takes the other way
    assert hub.get(f"/events?{query}").json == hub.get(f"/events?{query}&type=viewedPage").json
