"""Search of customers: the grammar of queries and its meaning."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.vendors.contacthub.searching import (
    AGGREGATE,
    ENTRY,
    GIULIA,
    asked,
    atom,
    found,
    names,
    search,
    simple,
)


def test_the_last_changed_comes_first(people: Any) -> None:
    assert names(search(people)) == ["Carla", "bruno", "Anna", "Giulia"]
    people.move_to("2024-03-02T08:00:00Z")
    assert people.patch(f"/customers/{GIULIA}", {"extra": "x"}).status_code == 200
    assert names(search(people)) == ["Giulia", "Carla", "bruno", "Anna"]


def test_nobody_of_another_node_is_found(people: Any) -> None:
    answer = search(people, nodeId=AGGREGATE)
    assert answer.json["page"]["totalElements"] == 4
    assert {element["nodeId"] for element in answer.json["elements"]} == {AGGREGATE}


def test_external_id(people: Any) -> None:
    assert names(search(people, externalId="E-2")) == ["Carla", "bruno"]
    assert search(people, externalId="nobody").json["elements"] == []
    assert names(search(people, externalId="E-2", query=asked(atom("base.dob", "IS_NULL")))) == ["Carla"]


@pytest.mark.parametrize(
    ("attribute", "operator", "value", "expected"),
    [
        ("base.firstName", "EQUALS", "Anna", "Anna"),
        ("base.firstName", "EQUALS", "anna", ""),
        ("base.firstName", "NOT_EQUALS", "Anna", "Carla Giulia bruno"),
        ("base.contacts.email", "EQUALS", "anna@example.com", "Anna"),
        ("base.contacts.email", "EQUALS", "ANNA@example.com", ""),
        ("externalId", "EQUALS", "E-2", "Carla bruno"),
        ("id", "EQUALS", GIULIA, "Giulia"),
        ("id", "EQUALS", "nobody", ""),
        ("nodeId", "IN", [ENTRY, "other"], "Anna Carla Giulia bruno"),
        ("extended.points", "EQUALS", 10, "Anna"),
        ("extended.points", "EQUALS", 10.0, "Anna"),
        ("extended.points", "EQUALS", "10", ""),
        ("extended.points", "EQUALS", True, ""),
        ("extended.points", "GT", 0, "Anna Giulia"),
        ("extended.points", "GTE", 0, "Anna Giulia bruno"),
        ("extended.points", "LT", 0, "Carla"),
        ("extended.points", "LTE", 0, "Carla bruno"),
        ("extended.points", "BETWEEN", [-5, 10], "Anna Carla bruno"),
        ("base.dob", "BETWEEN", ["1900-01-01T00:00:00Z", "1990-07-01T00:00:00Z"], "Anna Giulia bruno"),
        ("base.dob", "BETWEEN", [0, 86_400_000], "bruno"),
        ("base.dob", "EQUALS", "1990-07-01T02:00:00+02:00", "Anna"),
        ("base.dob", "EQUALS", 0, "bruno"),
        ("base.dob", "GT", "1985-04-12", "Anna"),
        ("base.dob", "GT", 1e300, ""),
        ("base.dob", "LT", "9999-99-99", "Anna Giulia bruno"),
        ("registeredAt", "LT", "2024-02-01", "Giulia"),
        ("base.firstName", "GT", "C", "Carla Giulia bruno"),
        ("base.firstName", "GT", 5, ""),
        ("tags.manual", "IN", "x", "Anna"),
        ("tags.manual", "IN", "v", ""),
        ("tags.manual", "NOT_IN", "vip", "Carla bruno"),
        ("tags.manual", "EQUALS", "vip", "Anna Giulia"),
        ("tags.manual", "EQUALS", ["x", "vip"], "Anna"),
        ("base.contacts.email", "IN", "@example.com", "Anna Giulia bruno"),
        ("base.contacts.email", "NOT_IN", "@example.com", "Carla"),
        ("base.jobs.companyName", "EQUALS", "Prova", "Anna"),
        ("base.jobs.companyName", "IN", "Prov", ""),
        ("base.jobs.companyName", "NOT_EQUALS", "Prova", "Carla Giulia bruno"),
        ("base.contacts.email", "LIKE", "*@example.*", "Anna Carla Giulia bruno"),
        ("base.contacts.email", "LIKE", "%@example.com", "Anna Giulia bruno"),
        ("base.contacts.email", "LIKE", "anna*", "Anna"),
        ("base.contacts.email", "LIKE", "anna*com*com", ""),
        ("base.contacts.email", "LIKE", "example.org", "Carla"),
        ("base.contacts.email", "LIKE", 5, ""),
        ("enabled", "EQUALS", True, "Anna Carla Giulia bruno"),
        ("enabled", "EQUALS", 1, ""),
        ("consents.marketing.automatic.email.status", "EQUALS", True, "Giulia"),
        ("extended.unknown", "EQUALS", "x", ""),
        ("base.firstName", "GT", None, ""),
        ("base.firstName", "IS_NOT_NULL", "", "Anna Carla Giulia bruno"),
        ("base.dob", "IS_NULL", None, "Carla"),
        ("base.jobs", "IS_NULL", None, "Carla Giulia bruno"),
        ("base.address", "IS_NOT_NULL", None, "Giulia"),
        ("base.address.geo", "IS_NULL", None, "Anna Carla Giulia bruno"),
    ],
)
def test_operators(people: Any, attribute: str, operator: str, value: Any, expected: str) -> None:
    assert found(people, atom(attribute, operator, value)) == expected.split()


def test_values_that_clients_leave_out(people: Any) -> None:
    assert found(people, atom("base.dob", "IS_NULL")) == ["Carla"]
    assert found(people, atom("extended.points", "EQUALS")) == ["bruno"]
    assert found(people, atom("extended.points", "GTE")) == []
    assert found(people, atom("extended.favouriteShop", "NOT_EQUALS")) == []


def test_case_is_an_assumption(make_hub: Any) -> None:
    hub = make_hub(search_case="insensitive")
    for email in ("GIULIA.esempio@example.com", "giulia.esempio@example.com"):
        assert found(hub, atom("base.contacts.email", "EQUALS", email)) == ["Giulia"]
    assert found(hub, atom("base.firstName", "LIKE", "gi*A")) == ["Giulia"]
    assert found(hub, atom("base.firstName", "IN", "IUL")) == ["Giulia"]
    assert found(hub, atom("externalId", "EQUALS", "crm-0001")) == ["Giulia"]


def test_composite_conditions(people: Any) -> None:
    example = atom("base.contacts.email", "LIKE", "*.com")
    rich = atom("extended.points", "GT", 5)
    both = {"type": "composite", "conjunction": "and", "conditions": [example, rich]}
    either = {"type": "composite", "conjunction": "or", "conditions": [atom("base.dob", "IS_NULL"), both]}
    assert found(people, both) == ["Anna", "Giulia"]
    assert found(people, either) == ["Anna", "Carla", "Giulia"]


@pytest.mark.parametrize(
    ("conjunction", "expected"),
    [
        ("INTERSECT", ["Giulia"]),
        ("UNION", ["Anna", "Giulia", "bruno"]),
        ("EXCEPT", ["Anna"]),
    ],
)
def test_combined_queries(people: Any, conjunction: str, expected: list[str]) -> None:
    parts = [
        simple(atom("tags.manual", "IN", "vip")),
        simple(atom("base.dob", "LT", "1990-01-01")) | {"name": "older"},
    ]
    query = {"query": {"type": "combined", "conjunction": conjunction, "queries": parts}}
    assert sorted(names(search(people, query=query))) == expected


def test_except_takes_away_all_that_follow(people: Any) -> None:
    parts = [
        simple(atom("enabled", "EQUALS", True)),
        simple(atom("base.firstName", "EQUALS", "Anna")),
        {
            "type": "combined",
            "conjunction": "UNION",
            "queries": [simple(atom("base.firstName", "EQUALS", "Carla"))],
        },
    ]
    query = {"query": {"type": "combined", "conjunction": "EXCEPT", "queries": parts}}
    assert sorted(names(search(people, query=query))) == ["Giulia", "bruno"]


def test_what_customers_did(people: Any) -> None:
    did: dict[str, Any] = {"event": {"name": "viewedPage"}}

    def who(**members: Any) -> list[str]:
        query = {"query": {"type": "simple", "did": did | members}}
        return sorted(names(search(people, query=query)))

    assert who() == ["Giulia"]
    assert who(condition=atom("properties.title", "EQUALS", "Home")) == ["Giulia"]
    assert who(condition=atom("properties.title", "EQUALS", "Shop")) == []
    assert who(timeframe=atom("date", "BETWEEN", ["2024-02-20", "2024-02-21"])) == ["Giulia"]
    assert who(timeframe=atom("date", "GT", "2024-02-21")) == []
    did["event"] = {"name": "clickedLink"}
    assert who() == []
    query = {"type": "simple", "did": {"event": {"name": "viewedPage"}}}
    aggregate = search(people, nodeId=AGGREGATE, query={"query": query})
    assert names(aggregate) == ["Giulia"]
    query |= {"are": {"condition": atom("base.firstName", "EQUALS", "Anna")}}
    assert names(search(people, query={"query": query})) == []


@pytest.mark.parametrize("member", ["base.contacts.email", "externalId", "id"])
def test_indexes_find_what_a_scan_finds(people: Any, member: str) -> None:
    """An equality beside another condition, and one that an index cannot answer."""
    by_index = {"externalId": "E-1", "id": GIULIA, "base.contacts.email": "bruno@example.com"}
    equal = atom(member, "EQUALS", by_index[member])
    either = {"type": "composite", "conjunction": "or", "conditions": [equal, atom("id", "IS_NULL")]}
    both = {"type": "composite", "conjunction": "and", "conditions": [atom("id", "IS_NOT_NULL"), equal]}
    assert found(people, equal) == found(people, either) == found(people, both) != []
    contradiction = {"type": "composite", "conjunction": "and", "conditions": [equal, atom("id", "IS_NULL")]}
    assert found(people, contradiction) == []


def test_an_instant_is_found_in_any_spelling(hub: Any) -> None:
    person = {"nodeId": ENTRY, "externalId": "2024-01-01", "base": {"contacts": {"email": "d@example.com"}}}
    assert hub.post("/customers", person).status_code == 201
    same = asked(atom("externalId", "EQUALS", "2024-01-01T00:00:00Z"))
    assert len(search(hub, query=same).json["elements"]) == 1


def test_id_of_another_nodes_customer_is_not_found(people: Any) -> None:
    assert names(search(people, nodeId=AGGREGATE, query=asked(atom("id", "EQUALS", GIULIA)))) == []


def nested(depth: int) -> str:
    opening = '{"type": "composite", "conjunction": "and", "conditions": ['
    condition = f"{opening * depth}{json.dumps(atom('base.firstName', 'EQUALS', 'Giulia'))}{']}' * depth}"
    return '{"query": {"type": "simple", "are": {"condition": ' + condition + "}}}"


def test_nesting_is_bounded(hub: Any) -> None:
    assert names(search(hub, query=nested(50))) == ["Giulia"]
    assert search(hub, query=nested(500)).status_code == 400
    assert search(hub, query="[" * 5000).status_code == 400
    assert search(hub, query=nested(50).replace("EQUALS", "IS")).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "5",
        "null",
        "",
        "{}",
        {"query": {}},
        {"query": {"type": "simple"}},
        {"query": {"type": "combined", "conjunction": "UNION", "queries": []}},
        {"query": {"type": "combined", "conjunction": "OR", "queries": [simple(atom("id", "IS_NULL"))]}},
        asked(atom("base.nonsense", "EQUALS", "x")),
        asked(atom("base.firstName", "IS", "x")),
        asked(atom("base.firstName", "EQUALS", {"x": 1})),
        asked(atom("base.dob", "BETWEEN", ["1990-01-01"])),
        asked(atom("base.dob", "BETWEEN")),
        asked(atom("base.dob", "BETWEEN", [None, None])),
        {"query": {"type": "simple", "did": {"event": {"name": "nonsense"}}}},
    ],
)
def test_queries_that_are_wrong(hub: Any, query: Any) -> None:
    answer = search(hub, query=query)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["path"].startswith("/query")


def test_a_fault_deep_in_a_query_is_named(hub: Any) -> None:
    query = asked(
        {"type": "composite", "conjunction": "and", "conditions": [atom("base.nonsense", "EQUALS", 1)]}
    )
    (error,) = search(hub, query=query).json["errors"]
    assert error["path"] == "/query/query/are/condition/conditions/0/attribute"


def test_extended_names_may_have_any_character_but_a_dot(hub: Any) -> None:
    """Seen to fail with names held to letters, digits, `_` and `-`."""
    path = "/configuration/properties/extended"
    definitions = hub.get(path, token=hub.admin_token).json
    name = "taglia più comoda"
    definitions[name] = {"type": "integer", "contactlabProperties": {"label": None, "enabled": True}}
    assert hub.put(path, definitions, token=hub.admin_token).status_code == 200
    assert hub.patch(f"/customers/{GIULIA}", {"extended": {name: 42}}).status_code == 200
    assert found(hub, atom(f"extended.{name}", "EQUALS", 42)) == ["Giulia"]
    assert found(hub, atom(f"extended.{name}", "GT", 42)) == []
    sorted_by_it = search(hub, sort=f"extended.{name},desc", fields=f"extended.{name}")
    assert sorted_by_it.json["elements"] == [{"id": GIULIA, "extended": {name: 42}}]
    assert search(hub, query=asked(atom("extended..x", "IS_NULL"))).status_code == 400
