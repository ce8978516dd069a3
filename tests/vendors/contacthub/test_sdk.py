"""The vendor's own Python library, `contacthub-sdk-python`: customers, lists, queries, errors."""

from __future__ import annotations

import copy
from datetime import date, datetime
from typing import Any

import pytest
from contacthub import Workspace
from contacthub.errors.api_error import APIError
from contacthub.errors.operation_not_permitted import OperationNotPermitted
from contacthub.models import Customer, Education, Properties
from contacthub.models.query import between_, in_, not_in_

from simulator.data import FixtureFiles

GIULIA = "55555555-5555-4555-8555-555555555555"


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


def test_an_object_is_deleted(node: Any) -> None:
    add(node, 3).delete()
    assert node.get_customers().total_elements == 1


def test_an_object_from_a_dictionary_is_posted(node: Any) -> None:
    wanted = {
        "externalId": "SDK-8",
        "base": {"dob": date(1990, 7, 1), "contacts": {"email": "a@example.org"}},
    }
    Customer.from_dict(node=node, attributes=wanted).post()
    found = node.get_customer(external_id="SDK-8")
    assert (found.base.dob, found.to_dict()["base"]["contacts"]["email"]) == ("1990-07-01", "a@example.org")


def test_what_an_object_lost_is_erased(node: Any) -> None:
    customer = node.get_customer(id=GIULIA)
    customer.base.contacts = Properties(email="giulia.esempio@example.com", phone="+390000000098")
    customer.base.lastName = None
    assert customer.get_mutation_tracker()["base"]["contacts"]["mobilePhone"] is None
    customer.patch()
    found = node.get_customer(id=GIULIA).base
    assert (found.lastName, found.contacts.mobilePhone, found.contacts.phone, found.firstName) == (
        None,
        None,
        "+390000000098",
        "Giulia",
    )


def test_lists_of_an_object_are_written_whole(node: Any) -> None:
    customer = node.get_customer(id=GIULIA)
    kinds, services = Customer.OTHER_CONTACT_TYPES, Customer.NOTIFICATION_SERVICES
    customer.base.contacts.otherContacts = [
        Properties(name=kind, type=kind, value=f"{number}@example.com")
        for number, kind in enumerate((kinds.MOBILE, kinds.PHONE, kinds.EMAIL, kinds.FAX, kinds.OTHER))
    ]
    customer.base.contacts.mobileDevices = [
        Properties(identifier=service, notificationService=service)
        for service in (services.APN, services.GCM, services.WNS, services.ADM, services.SNS)
    ]
    school_types = vars(Education.SCHOOL_TYPES)
    customer.base.educations = [
        Education(customer=customer, id=name, schoolType=value)
        for name, value in school_types.items()
        if not name.startswith("_")
    ]
    customer.patch()
    found = node.get_customer(id=GIULIA).base
    assert [contact.type for contact in found.contacts.otherContacts] == [
        "MOBILE",
        "PHONE",
        "EMAIL",
        "FAX",
        "OTHER",
    ]
    assert len(found.contacts.mobileDevices) == 5
    assert [education.id for education in found.educations] == [
        education.schoolType for education in found.educations
    ]


def test_time_zones_are_those_of_the_library(hub: Any) -> None:
    zones = {value for name, value in vars(Customer.TIMEZONES).items() if not name.startswith("_")}
    told = hub.get("/hub/v1/docs/schema/enums.json", token="").json["definitions"]["Timezone"]["enum"]
    assert set(told) - {None} == zones


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


def test_an_external_id_of_several_or_of_nobody_is_a_list(node: Any) -> None:
    add(node, 1)
    node.add_customer(externalId="SDK-1", base={"contacts": {"email": "altra@example.com"}})
    assert len(node.get_customer(external_id="SDK-1")) == 2
    nobody = node.get_customer(external_id="nobody")
    assert (len(nobody), nobody.total_elements, nobody.total_unfiltered_elements) == (0, 0, 3)


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
    assert names(between_(Customer.base.dob, datetime(1975, 1, 1), datetime(1986, 1, 1))) == ["Bea", "Giulia"]  # noqa: DTZ001
    assert names(not_in_("vip", Customer.tags.manual)) == ["Anna", "Bea", "Carlo"]
    assert names(Customer.base.lastName != None) == ["Giulia"]  # noqa: E711
    assert names(Customer.base.dob < date(1980, 6, 15)) == ["Anna"]
    assert names(Customer.base.dob <= date(1980, 6, 15)) == ["Anna", "Bea"]
    assert names(Customer.base.dob > date(1985, 4, 12)) == ["Carlo"]
    assert names(Customer.extended.points >= 100) == ["Giulia"]
    assert names(
        (Customer.base.firstName == "Anna") | (Customer.base.firstName == "Bea"),
        Customer.base.dob >= date(1980, 1, 1),
    ) == ["Bea"]
    anna = query.filter(Customer.base.firstName == "Anna")
    bea = query.filter(Customer.base.firstName == "Bea")
    assert len((anna | bea).all()) == 2
    assert len((anna & bea).all()) == 0
    carlo = query.filter(Customer.base.firstName == "Carlo")
    assert len((anna | bea | carlo).all()) == 3
    assert len(((anna | bea) & bea).all()) == 1
    assert len(query.all()) == 4
    with pytest.raises(OperationNotPermitted):
        (anna | bea).filter(Customer.base.firstName == "Anna")


def test_pages_of_a_query_follow_each_other(node: Any) -> None:
    for number in range(11):
        add(node, number, lastName="Folla")
    crowd = node.query(Customer).filter(Customer.base.lastName == "Folla").all()
    assert (crowd.size, len(crowd), crowd.total_pages) == (10, 10, 2)
    crowd.next_page()
    assert (len(crowd), crowd.page_number) == (1, 1)


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


def test_a_conflict_names_the_other(node: Any) -> None:
    other = add(node, 5)
    with pytest.raises(APIError, match=f"Conflict with exiting customer {GIULIA}.*/customers/{GIULIA}"):
        node.update_customer(other.id, base={"contacts": {"email": "giulia.esempio@example.com"}})


def test_a_conflict_can_be_forced_into_an_update(make_hub: Any, serve: Any) -> None:
    document = copy.deepcopy(dict(FixtureFiles().read("contacthub", "docs")))
    document["workspaces"][0]["configuration"]["customerUniquenessPolicy"] = "BLOCK"
    with serve(make_hub(document)) as node:
        wanted = {"base": {"firstName": "Gina", "contacts": {"email": "giulia.esempio@example.com"}}}
        with pytest.raises(APIError, match=r"409\. Message: Conflict with exiting customer"):
            node.add_customer(**copy.deepcopy(wanted))
        assert node.add_customer(force_update=True, **copy.deepcopy(wanted)).id == GIULIA
        assert node.get_customer(id=GIULIA).base.firstName == "Gina"
        wanted["base"]["firstName"] = "Giuliana"
        Customer(node=node, **wanted).post(force_update=True)
        assert node.get_customer(id=GIULIA).base.firstName == "Giuliana"
