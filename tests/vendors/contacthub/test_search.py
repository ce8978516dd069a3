"""Search of customers: the grammar, its meaning, what is shown and in what order."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

ENTRY = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
GIULIA = "55555555-5555-4555-8555-555555555555"
PEOPLE: list[dict[str, Any]] = [
    {
        "externalId": "E-1",
        "base": {
            "firstName": "Anna",
            "dob": "1990-07-01",
            "contacts": {"email": "anna@example.com"},
            "jobs": [{"id": "1", "companyName": "Acme"}, {"id": "2", "companyName": "Prova"}],
        },
        "extended": {"points": 10},
        "tags": {"auto": [], "manual": ["x", "vip"]},
    },
    {
        "externalId": "E-2",
        "base": {
            "firstName": "bruno",
            "dob": "1970-01-01",
            "contacts": {"email": "bruno@example.com"},
        },
        "extended": {"points": 0},
    },
    {
        "externalId": "E-2",
        "base": {"firstName": "Carla", "contacts": {"email": "carla@example.org"}},
        "extended": {"points": -5, "favouriteShop": ""},
    },
]


@pytest.fixture
def people(hub: Any) -> Any:
    """Anna, bruno and Carla beside Giulia of the fixture, who was changed before them."""
    for person in PEOPLE:
        assert hub.post("/customers", {"nodeId": ENTRY, **person}).status_code == 201
    return hub


def search(hub: Any, **parameters: Any) -> Any:
    query = parameters.pop("query", None)
    parameters = {"nodeId": ENTRY, **parameters}
    if query is not None:
        parameters["query"] = query if isinstance(query, str) else json.dumps(query)
    return hub.get("/customers", query_string=parameters)


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [element["base"]["firstName"] for element in answer.json["elements"]]


def atom(attribute: str, operator: str, *value: Any) -> dict[str, Any]:
    condition = {"type": "atomic", "attribute": attribute, "operator": operator}
    return condition | ({"value": value[0]} if value else {})


def simple(condition: dict[str, Any]) -> dict[str, Any]:
    return {"type": "simple", "are": {"condition": condition}}


def asked(condition: dict[str, Any]) -> dict[str, Any]:
    return {"name": "", "query": simple(condition)}


def found(hub: Any, condition: dict[str, Any]) -> list[str]:
    return sorted(names(search(hub, query=asked(condition))))


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


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("base.firstName", "Anna Carla Giulia bruno"),
        ("base.firstName,desc", "bruno Giulia Carla Anna"),
        ("base.dob,asc", "bruno Giulia Anna Carla"),
        ("base.dob,DESC", "Anna Giulia bruno Carla"),
        ("extended.points,asc", "Carla bruno Anna Giulia"),
        ("registeredAt,asc", "Giulia Anna bruno Carla"),
    ],
)
def test_sort(people: Any, sort: str, expected: str) -> None:
    assert names(search(people, sort=sort)) == expected.split()


def test_pages(people: Any) -> None:
    answer = search(people, size=3, page=1)
    assert names(answer) == ["Giulia"]
    assert answer.json["page"] == {
        "size": 3,
        "number": 1,
        "totalElements": 4,
        "totalPages": 2,
        "totalUnfilteredElements": 4,
        "maxElements": 10000,
        "maxPages": 3334,
    }
    beyond = search(people, size=3, page=2_147_483_647)
    assert beyond.json["elements"] == []
    filtered = search(people, query=asked(atom("base.dob", "IS_NULL")))
    assert filtered.json["page"]["totalElements"] == 1
    assert filtered.json["page"]["totalUnfilteredElements"] == 4
    assert search(people).json["page"]["size"] == 10


def test_fields(people: Any) -> None:
    fields = (
        "base.firstName, base.contacts.email,tags.manual,base.jobs.companyName,nonsense.x,base.firstName.x"
    )
    answer = search(people, externalId="E-1", fields=fields)
    (anna,) = answer.json["elements"]
    assert anna.keys() == {"id", "base", "tags"}
    assert anna["base"].keys() == {"firstName", "contacts", "jobs"}
    assert anna["base"]["firstName"] == "Anna"
    assert anna["base"]["contacts"] == {"email": "anna@example.com"}
    assert anna["tags"] == {"auto": [], "manual": ["x", "vip"]}
    assert [job["companyName"] for job in anna["base"]["jobs"]] == ["Acme", "Prova"]
    assert search(people, fields="sourceInfo.updatedBy").status_code == 200
    whole = search(people, fields="base,base.firstName", externalId="E-1").json["elements"][0]["base"]
    assert whole["dob"] == "1990-07-01"
    twice = search(people, fields="base.firstName,base", externalId="E-1").json["elements"][0]["base"]
    assert twice == whole
    assert search(people, fields="", externalId="E-1").json["elements"][0]["registeredAt"]


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


@pytest.mark.parametrize(
    "parameters",
    [{"size": 51}, {"size": "x"}, {"page": -1}, {"sort": "nonsense"}, {"sort": "base.firstName,up"}],
)
def test_parameters_that_are_wrong(hub: Any, parameters: dict[str, Any]) -> None:
    answer = search(hub, **parameters)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["path"] == f"/{next(iter(parameters))}"


def test_node(hub: Any) -> None:
    assert hub.get("/customers").status_code == 400
    unknown = search(hub, nodeId="99999999-9999-4999-8999-999999999999")
    assert unknown.status_code == 404
    assert unknown.json["message"] == "node not found 99999999-9999-4999-8999-999999999999"


def test_rights(hub: Any) -> None:
    def status(token: str, node: str = ENTRY) -> int:
        answer = hub.get("/customers", token=token, query_string={"nodeId": node})
        return int(answer.status_code)

    assert status(hub.untrusted_token) == 200
    assert status("example-token-of-olga") == 200
    assert status("example-token-of-olga", AGGREGATE) == 403
    assert status(hub.dpo_token) == 403
    assert status("") == 401


def test_raw_brackets_in_the_query_string(hub: Any) -> None:
    text = quote(json.dumps(asked(atom("id", "IN", [GIULIA]))), safe="[]:,$")
    assert names(hub.get(f"/customers?nodeId={ENTRY}&query={text}")) == ["Giulia"]
