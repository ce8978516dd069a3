"""The vendor's own Python library: parts of customers, tags, sessions, events."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from contacthub.errors.api_error import APIError
from contacthub.models import Education, Event, Job, Like, Properties
from contacthub.models.subscription import Subscription

GIULIA = "55555555-5555-4555-8555-555555555555"


# --- parts of a customer ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        ("education", {"id": "e1", "schoolName": "Liceo", "isCurrent": True}, {"schoolName": "Politecnico"}),
        ("job", {"id": "j1", "companyName": "Esempio", "startDate": "2020-01-01"}, {"companyName": "Prova"}),
        ("like", {"id": "l1", "name": "Trekking", "category": "sport"}, {"name": "Vela"}),
        (
            "subscription",
            {"id": "s1", "name": "Novità", "subscribed": True},
            {"name": "Sconti", "subscribed": False},
        ),
    ],
)
def test_parts_are_added_read_changed_and_removed(
    node: Any, kind: str, first: dict[str, Any], second: dict[str, Any]
) -> None:
    made = getattr(node, f"add_{kind}")(GIULIA, **first)
    assert made.to_dict().items() >= first.items()
    get = getattr(node, f"get_customer_{kind}")
    assert get(GIULIA, first["id"]).to_dict() == made.to_dict()
    changed = getattr(node, f"update_{kind}")(GIULIA, first["id"], **second)
    assert changed.to_dict().items() >= second.items()
    getattr(node, f"remove_{kind}")(GIULIA, first["id"])
    with pytest.raises(APIError, match="Status code: 404"):
        get(GIULIA, first["id"])


@pytest.mark.parametrize(
    ("kind", "first", "second"),
    [
        (Education, {"id": "e3", "schoolName": "Liceo"}, {"schoolName": "Politecnico"}),
        (Job, {"id": "j3", "companyName": "Esempio"}, {"companyName": "Prova"}),
        (Like, {"id": "l3", "name": "Vela"}, {"name": "Trekking"}),
        (
            Subscription,
            {"id": "s3", "subscribed": True, "kind": Subscription.KINDS.SERVICE},
            {"subscribed": False, "endDate": datetime(2024, 3, 1, 9, tzinfo=UTC)},
        ),
    ],
)
def test_objects_of_parts_are_posted_put_and_deleted(
    node: Any, kind: Any, first: dict[str, Any], second: dict[str, Any]
) -> None:
    customer = node.get_customer(id=GIULIA)
    part = kind(customer=customer, **first)
    part.post()
    assert customer.to_dict()["base"][part.entity_name][-1].items() >= first.items()
    for name, value in second.items():
        setattr(part, name, value)
    part.put()
    (held,) = [p for p in held_parts(node, part.entity_name) if p["id"] == first["id"]]
    dated = {"endDate": "2024-03-01T09:00:00.000+0000"} if "endDate" in second else {}
    assert held.items() >= (first | second | dated).items()
    part.delete()
    assert [p["id"] for p in held_parts(node, part.entity_name) if p["id"] == first["id"]] == []


def held_parts(node: Any, name: str) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = node.get_customer(id=GIULIA).to_dict()["base"][name]
    return parts


def test_parts_as_objects(node: Any) -> None:
    customer = node.get_customer(id=GIULIA)
    Education(customer=customer, id="e2", schoolName="Liceo").post()
    Job(customer=customer, id="j2", companyName="Esempio", startDate=date(2020, 1, 1)).post()
    Like(customer=customer, id="l2", name="Vela").post()
    found = node.get_customer(id=GIULIA).base
    assert [found.educations[0].schoolName, found.jobs[0].startDate, found.likes[0].name] == [
        "Liceo",
        "2020-01-01",
        "Vela",
    ]


def test_tags_come_and_go(node: Any) -> None:
    node.add_tag(GIULIA, "nuova")
    assert node.get_customer(id=GIULIA).tags.manual == ["vip", "nuova"]
    node.remove_tag(GIULIA, "vip")
    assert node.get_customer(id=GIULIA).tags.manual == ["nuova"]
    with pytest.raises(ValueError, match="Tag not in"):
        node.remove_tag(GIULIA, "vip")


# --- sessions and events ----------------------------------------------------------------------


def test_events_of_a_session_become_the_customers(node: Any) -> None:
    session = node.create_session_id()
    back = {"type": "SESSION_ID", "value": session, "nodeId": node.node_id}
    page = {
        "type": Event.TYPES.VIEWED_PAGE,
        "context": Event.CONTEXTS.WEB,
        "properties": {"title": "Chi siamo"},
    }
    node.add_event(bringBackProperties=back, **page)
    assert len(node.get_events(GIULIA)) == 1
    assert node.add_customer_session(GIULIA, session) == session
    titles = [event.properties.title for event in node.get_events(GIULIA)]
    assert titles == ["Chi siamo", "Home"]


def test_events_are_filtered_and_read(node: Any) -> None:
    event = Event(node=node, customerId=GIULIA, type=Event.TYPES.LOGGED_IN, context=Event.CONTEXTS.MOBILE)
    event.properties = {}
    event.date = datetime(2024, 2, 1, 12, tzinfo=UTC)
    event.post()
    (found,) = node.get_events(GIULIA, event_type=Event.TYPES.LOGGED_IN, event_mode=Event.MODES.ACTIVE)
    assert (found.date, found.context) == ("2024-02-01T12:00:00.000+0000", "MOBILE")
    assert node.get_event(found.id).to_dict()["customerId"] == GIULIA
    before = node.get_events(GIULIA, date_to=datetime(2024, 2, 10, tzinfo=UTC))
    assert [event.id for event in before] == [found.id]
    assert [event.type for event in node.get_customer(id=GIULIA).get_events()] == ["viewedPage", "loggedIn"]


def test_events_find_their_customer_by_external_id(node: Any) -> None:
    back = {"type": "EXTERNAL_ID", "value": "SDK-77", "nodeId": node.node_id}
    node.add_event(
        type=Event.TYPES.LOGGED_IN, context=Event.CONTEXTS.WEB, properties={}, bringBackProperties=back
    )
    customer = node.get_customer(external_id="SDK-77")
    assert len(customer.get_events()) == 1


def test_an_event_needs_no_node_to_find_its_customer(node: Any) -> None:
    Event(
        node=node,
        type=Event.TYPES.SEARCHED,
        context=Event.CONTEXTS.ECOMMERCE,
        properties=Properties(keyword="sciarpa", resultCount=2),
        bringBackProperties=Properties(type="EXTERNAL_ID", value="CRM-0001"),
        tracking={"ga": {"utm_source": "newsletter"}},
    ).post()
    (found,) = node.get_events(GIULIA, context=Event.CONTEXTS.ECOMMERCE)
    assert (found.properties.keyword, found.tracking.ga.utm_source) == ("sciarpa", "newsletter")


def test_events_come_in_pages(node: Any) -> None:
    first = datetime(2024, 2, 1, tzinfo=UTC)
    for hour in range(4):
        event = {"type": Event.TYPES.LOGGED_OUT, "context": Event.CONTEXTS.OTHER, "properties": {}}
        node.add_event(customerId=GIULIA, date=first + timedelta(hours=hour), **event)
    events = node.get_events(
        GIULIA, date_from=first + timedelta(hours=1), date_to="2024-02-01T03:00:00Z", size=2
    )
    seen = [event.date[11:13] for event in events]
    events.next_page()
    assert [*seen, *(event.date[11:13] for event in events)] == ["03", "02", "01"]
    assert (events.total_elements, events.total_pages) == (3, 2)


def test_modes_and_contexts_of_the_library(node: Any) -> None:
    contexts = [value for name, value in vars(Event.CONTEXTS).items() if not name.startswith("_")]
    for context in contexts:
        node.add_event(customerId=GIULIA, type=Event.TYPES.CAMPAIGN_SENT, context=context, properties={})
    assert len(contexts) == 9
    passive = node.get_events(GIULIA, event_mode=Event.MODES.PASSIVE)
    assert sorted(event.context for event in passive) == sorted(contexts)


def test_types_of_the_library(node: Any) -> None:
    """Two of its 37 names are older than the vendor's reference, which writes them with a small l."""
    known = {value for name, value in vars(Event.TYPES).items() if not name.startswith("_")}
    assert len(known) == 37
    old = {"addedWishList", "removedWishList"}
    for kind in sorted(known - old):
        node.add_event(customerId=GIULIA, type=kind, context=Event.CONTEXTS.WEB, properties={})
    for kind in sorted(old):
        with pytest.raises(APIError, match=r"Status code: 400.*'/type'"):
            node.add_event(customerId=GIULIA, type=kind, context=Event.CONTEXTS.WEB, properties={})
