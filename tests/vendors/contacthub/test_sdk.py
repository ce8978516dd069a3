"""The vendor's own Python library, `contacthub-sdk-python`, against a server that listens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from contacthub import Workspace
from contacthub.errors.api_error import APIError
from contacthub.errors.operation_not_permitted import OperationNotPermitted
from contacthub.models import Customer, Education, Event, Job, Like
from contacthub.models.query import between_, in_
from werkzeug.serving import make_server

GIULIA = "55555555-5555-4555-8555-555555555555"


@pytest.fixture
def node(hub: Any) -> Iterator[Any]:
    """The entry node of the fixture `docs`, as the library has it."""
    server = make_server("127.0.0.1", 0, hub.client.application, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        base_url = f"http://127.0.0.1:{server.server_port}/contacthub/hub/v1/workspaces"
        yield Workspace(hub.workspace_id, hub.token, base_url=base_url).get_node(hub.node_id)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def add(node: Any, number: int, **base: Any) -> Any:
    contacts = {"email": f"persona.{number}@example.com"}
    return node.add_customer(externalId=f"SDK-{number}", base={"contacts": contacts, **base})


# --- customers --------------------------------------------------------------------------------


def test_a_customer_is_found_by_both_ids(node: Any) -> None:
    customer = node.get_customer(id=GIULIA)
    assert (customer.base.firstName, customer.base.contacts.email) == ("Giulia", "giulia.esempio@example.com")
    assert node.get_customer(external_id="CRM-0001").id == GIULIA


def test_a_customer_is_added_changed_replaced_and_deleted(node: Any) -> None:
    customer = add(node, 1, firstName="Luca", lastName="Prova")
    assert customer.id
    assert customer.base.subscriptions == []

    changed = node.update_customer(customer.id, base={"firstName": "Lucio"})
    assert (changed.base.firstName, changed.base.lastName) == ("Lucio", "Prova")

    whole = {"nodeId": node.node_id, "base": {"contacts": {"email": "persona.1@example.com"}}}
    replaced = node.update_customer(customer.id, full_update=True, **whole)
    assert (replaced.base.firstName, replaced.externalId) == (None, None)

    node.delete_customer(id=customer.id)
    with pytest.raises(APIError, match="Status code: 404"):
        node.get_customer(id=customer.id)


def test_an_object_knows_what_changed_of_it(node: Any) -> None:
    customer = node.get_customer(id=GIULIA)
    customer.base.contacts.phone = "+390000000099"
    customer.extra = "note"
    customer.patch()
    found = node.get_customer(id=GIULIA)
    assert (found.base.contacts.phone, found.extra, found.base.lastName) == (
        "+390000000099",
        "note",
        "Esempio",
    )


def test_an_object_is_put_as_it_was_got(node: Any) -> None:
    customer = node.get_customer(id=GIULIA)
    customer.base.firstName = "Giulietta"
    customer.put()
    found = node.get_customer(id=GIULIA)
    assert (found.base.firstName, found.base.contacts.email) == ("Giulietta", "giulia.esempio@example.com")
    assert found.base.address.city == "Milano"


def test_a_new_object_is_posted(node: Any) -> None:
    customer = Customer(node=node)
    customer.base.contacts.email = "nuova@example.com"
    customer.base.firstName = "Nuova"
    customer.post()
    (found,) = node.query(Customer).filter(Customer.base.contacts.email == "nuova@example.com").all()
    assert found.base.firstName == "Nuova"


def test_the_same_address_again_is_merged(node: Any) -> None:
    first, second = add(node, 2, firstName="Anna"), add(node, 2, lastName="Campione")
    assert first.id == second.id
    assert (second.base.firstName, second.base.lastName) == ("Anna", "Campione")


# --- lists and queries ------------------------------------------------------------------------


def test_pages_follow_each_other(node: Any) -> None:
    for number in range(11):
        add(node, number)
    customers = node.get_customers(size=5)
    assert (customers.total_elements, customers.total_pages, len(customers)) == (12, 3, 5)
    seen = {customer.id for customer in customers}
    for _ in range(2):
        customers.next_page()
        seen |= {customer.id for customer in customers}
    assert len(seen) == 12
    with pytest.raises(OperationNotPermitted):
        customers.next_page()
    customers.previous_page()
    assert customers.page_number == 1


def test_fields_are_chosen(node: Any) -> None:
    (customer,) = node.get_customers(external_id="CRM-0001", fields=["base.firstName"])
    assert customer.base.firstName == "Giulia"
    assert "lastName" not in customer.to_dict()["base"]


def test_the_query_builder(node: Any) -> None:
    for number, (first, born) in enumerate(
        (("Anna", "1970-01-01"), ("Bea", "1980-06-15"), ("Carlo", "1990-01-01"))
    ):
        add(node, number, firstName=first, dob=born)
    query = node.query(Customer)

    def names(*criteria: Any) -> list[str]:
        asked = query
        for criterion in criteria:
            asked = asked.filter(criterion)
        return sorted(customer.base.firstName for customer in asked.all())

    assert names(Customer.base.firstName == "Anna") == ["Anna"]
    assert names((Customer.base.firstName == "Anna") | (Customer.base.firstName == "Bea")) == ["Anna", "Bea"]
    assert names(Customer.base.firstName != "Anna", Customer.base.lastName == None) == ["Bea", "Carlo"]  # noqa: E711
    assert names(in_("vip", Customer.tags.manual)) == ["Giulia"]
    assert names(between_(Customer.base.dob, "1975-01-01", "1986-01-01")) == ["Bea", "Giulia"]
    assert names(Customer.extended.points >= 100) == ["Giulia"]
    anna = query.filter(Customer.base.firstName == "Anna")
    bea = query.filter(Customer.base.firstName == "Bea")
    assert len((anna | bea).all()) == 2
    assert len((anna & bea).all()) == 0
    assert len(query.all()) == 4


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


# --- errors -----------------------------------------------------------------------------------


def test_errors_say_what_is_wrong(node: Any) -> None:
    with pytest.raises(APIError, match=r"Status code: 400.*/base/dob"):
        add(node, 1, dob="yesterday")
    with pytest.raises(APIError, match="Status code: 404"):
        node.get_event("not-existing")
    stranger = Workspace(node.workspace.workspace_id, "nobody", base_url=node.workspace.base_url)
    with pytest.raises(APIError, match=r"401\. Message: The client is not authorized to access the API"):
        stranger.get_node(node.node_id).get_customers()
    elsewhere = Workspace("elsewhere", node.workspace.token, base_url=node.workspace.base_url)
    with pytest.raises(APIError, match=r"403\. Message: workspace not found: elsewhere"):
        elsewhere.get_node(node.node_id).get_customers()
    with pytest.raises(APIError, match=r"404\. Message: node not found nowhere"):
        node.workspace.get_node("nowhere").get_customers()


def test_a_conflict_can_be_forced_into_an_update(hub: Any, node: Any) -> None:
    other = add(node, 5)
    with pytest.raises(APIError, match="Conflict with exiting customer"):
        node.update_customer(other.id, base={"contacts": {"email": "giulia.esempio@example.com"}})
