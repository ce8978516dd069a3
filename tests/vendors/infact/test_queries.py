"""Queries: which rows they select, in which order, and what they are told is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.kernel.errors import NotFound
from simulator.vendors.infact.queries import service
from simulator.vendors.infact.state import Customer
from tests.vendors.infact.documents import customer, rows, table

SHOP = customer(
    1,
    table(
        "members",
        {
            "id": "Integer",
            "name": "ShortString",
            "city": "ShortString",
            "zip": "Integer",
            "born": "Date",
            "seen": "DateTime",
            "phone": "Mobile",
            "active": "Boolean",
            "score": "Decimal",
            "note": "Dictionary",
            "friend": "Integer",
        },
        relations=[
            {"name": "visits", "object": "visits", "local": "id", "foreign": "member"},
            {"name": "odd", "object": "members", "local": "zip", "foreign": "friend"},
        ],
        rows=rows(
            "id name city zip born seen phone active score note friend",
            (4, "Dag", None, None, None, None, None, None, None, None, None),
            (1, "Anna", "Oslo", 151, "1980-05-06", "2022-06-01T10:00:00", "40000001", True, 1.5, "x", 2),
            (2, "Bent", "Bergen", 5003, "1990-01-01", "2022-06-02T10:00:00", "40000002", False, 2, 7, 2),
            (3, "Carl", "oslo", 151, "1980-05-07", "2022-06-03T10:00:00", "40000003", True, -3, True, 1),
            (5, "", "Oslo", 9, "2000-02-29", "2022-06-04T10:00:00", "40000001", False, 10, 1, 9),
            tags={1: ["a", "b"], 2: ["b"], 3: ["B", "c"]},
        ),
    ),
    table(
        "visits",
        {"id": "Integer", "member": "Integer", "shop": "Integer", "amount": "Integer"},
        relations=[
            {"name": "members", "object": "members", "local": "member", "foreign": "id"},
            {"name": "shops", "object": "shops", "local": "shop", "foreign": "id"},
        ],
        rows=rows(
            "id member shop amount",
            (1, 1, 10, 100),
            (2, 1, 11, 5),
            (3, 2, 11, 50),
            (4, 3, 10, None),
            (5, None, 10, 999),
            tags={2: ["late"]},
        ),
    ),
    table("shops", {"id": "Integer", "city": "String"}, rows=rows("id city", (10, "Oslo"), (11, "Bergen"))),
)
OWNER = Customer(1, "client-1", "NO")


@pytest.fixture
def shop(make_infact: Any) -> Any:
    return make_infact({"customers": [SHOP, customer(2, table("theirs", {"id": "Integer"}))]})


def ids(infact: Any, *filters: dict[str, Any], object_name: str = "members", **more: Any) -> list[int]:
    query = {"ObjectName": object_name, "Filter": list(filters), **more}
    with infact.world.entered():
        service.check(infact.world, OWNER, 1, query)
        return [row["id"] for row in service.select(infact.world, OWNER, 1, query)]


def where(path: str, predicate: str, value: Any = None, top: Any = None, **more: Any) -> dict[str, Any]:
    return {"Path": path, "Operations": [{"Predicate": predicate, "Value": value, "MaxValue": top}], **more}


# --- predicates ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (where("city", "Equals", "Oslo"), [1, 5]),
        (where("city", "Equals", None), [4]),
        (where("city", "NotEquals", "Oslo"), [2, 3, 4]),
        (where("city", "NotEquals", None), [1, 2, 3, 5]),
        (where("zip", "Equals", "151"), [1, 3]),
        (where("zip", "Equals", 151.0), [1, 3]),
        (where("zip", "Equals", ""), [4]),
        (where("born", "Equals", "1980-05-06T23:00:00"), [1]),
        (where("phone", "Equals", "400 00 001"), [1, 5]),
        (where("active", "Equals", 1), [1, 3]),
        (where("active", "NotEquals", True), [2, 4, 5]),
        (where("note", "Equals", 1), [5]),
        (where("note", "Equals", True), [3]),
        (where("note", "In", ["x", 7.0]), [1, 2]),
        (where("city", "In", ["Oslo", "Bergen"]), [1, 2, 5]),
        (where("city", "In", "Oslo"), [1, 5]),
        (where("city", "In", ["Oslo", None]), [1, 4, 5]),
        (where("city", "In", []), []),
        (where("city", "NotIn", []), [1, 2, 3, 4, 5]),
        (where("city", "NotIn", ["Oslo", "oslo"]), [2, 4]),
        (where("zip", "Greater", 151), [2]),
        (where("zip", "GreaterThan", "150"), [1, 2, 3]),
        (where("zip", "GreaterOrEquals", 151), [1, 2, 3]),
        (where("zip", "GreaterThanOrEqual", 5004), []),
        (where("zip", "Less", 151), [5]),
        (where("zip", "LessThan", 9), []),
        (where("zip", "LessOrEquals", 151), [1, 3, 5]),
        (where("zip", "LessThanOrEqual", 9), [5]),
        (where("zip", "Between", 9, 151), [1, 3, 5]),
        (where("zip", "Between", 151, 9), []),
        (where("born", "Between", "1980-05-06", "1980-05-07"), [1, 3]),
        (where("seen", "Greater", "2022-06-03T08:00:00Z"), [5]),
        (where("score", "Less", 2), [1, 3]),
        (where("name", "Greater", "B"), [2, 3, 4]),
        (where("active", "Greater", False), [1, 3]),
        (where("note", "Greater", 0), [2, 5]),
        (where("note", "Less", "y"), [1]),
        (where("city", "Contains", "OS"), [1, 3, 5]),
        (where("city", "NotContains", "os"), [2, 4]),
        (where("city", "StartsWith", "b"), [2]),
        (where("city", "EndsWith", "LO"), [1, 3, 5]),
        (where("phone", "Contains", 4740000001), [1, 5]),
        (where("note", "Contains", "X"), [1]),
        (where("city", "IsNull"), [4]),
        (where("city", "IsNotNull"), [1, 2, 3, 5]),
        (where("name", "IsNull"), []),
        (where("name", "IsEmpty"), [5]),
        (where("name", "IsNotEmpty"), [1, 2, 3, 4]),
        (where("zip", "IsEmpty"), [4]),
    ],
    ids=json.dumps,
)
def test_predicates(shop: Any, condition: dict[str, Any], found: list[int]) -> None:
    assert ids(shop, condition) == found


# --- tags and related objects -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        (where("__tags.tag", "In", ["b"]), [1, 2]),
        (where("__tags.tag", "Equals", "B"), [3]),
        (where("__tags.tag", "StartsWith", "b"), [1, 2, 3]),
        (where("__tags.tag", "NotEquals", "b"), [3, 4, 5]),
        (where("__tags.tag", "NotIn", ["a", "c"]), [2, 4, 5]),
        (where("__tags.tag", "NotContains", "B"), [4, 5]),
        (where("__tags.tag", "IsNull"), [4, 5]),
        (where("__tags.tag", "IsNotNull"), [1, 2, 3]),
        ({"Path": "__tags"}, [1, 2, 3]),
        ({"Path": "__tags", "Filters": [where("tag", "Equals", "c")]}, [3]),
        (where("visits.amount", "Greater", 10), [1, 2]),
        (where("visits.amount", "NotEquals", 5), [2, 3, 4, 5]),
        (where("visits.amount", "IsNull"), [3, 4, 5]),
        (where("visits.shops.city", "Equals", "Oslo"), [1, 3]),
        (where("visits.__tags.tag", "Equals", "late"), [2]),
        (where("visits.members.visits.amount", "Equals", 5), [1]),
        ({"Path": "visits"}, [1, 2, 3]),
        ({"Path": "odd"}, [5]),
        ({"Path": "visits.shops", "Filters": [where("city", "Equals", "Bergen")]}, [1, 2]),
        # one visit that is both, against any two visits
        ({"Path": "visits", "Filters": [where("shop", "Equals", 10), where("amount", "Equals", 5)]}, []),
        ({"Filters": [where("visits.shop", "Equals", 10), where("visits.amount", "Equals", 5)]}, [1]),
        # in a filter on a relation, groups and paths stay with the related row
        (
            {
                "Path": "visits",
                "Filters": [
                    {"Filters": [where("amount", "IsNull"), where("amount", "Less", 10, UseOr=True)]},
                    where("shops.city", "Equals", "Bergen"),
                ],
            },
            [1],
        ),
    ],
    ids=json.dumps,
)
def test_related_rows(shop: Any, condition: dict[str, Any], found: list[int]) -> None:
    assert ids(shop, condition) == found


def test_every_object_can_be_queried(shop: Any) -> None:
    assert ids(shop, where("members.city", "Equals", "Oslo"), object_name="visits") == [1, 2]
    assert ids(shop, where("members.id", "IsNull"), object_name="visits") == [5]


# --- joining elements -----------------------------------------------------------------------------

OSLO, BERGEN, NINE = (
    where("city", "Equals", "Oslo"),
    where("city", "Equals", "Bergen"),
    where("zip", "Equals", 9),
)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ([], [1, 2, 3, 4, 5]),
        ([{}], [1, 2, 3, 4, 5]),
        ([{"Path": "city"}], [1, 2, 3, 4, 5]),
        ([OSLO, NINE], [5]),
        ([OSLO, {**BERGEN, "UseOr": True}], [1, 2, 5]),
        ([{**OSLO, "UseOr": True}, BERGEN], []),
        # (Bergen or Oslo) and 9, from left to right
        ([BERGEN, {**OSLO, "UseOr": True}, NINE], [5]),
        # Bergen or (Oslo and 9), by a group
        ([BERGEN, {"UseOr": True, "Filters": [OSLO, NINE]}], [2, 5]),
        # children join what their parent says itself
        ([{**BERGEN, "Filters": [{**NINE, "UseOr": True}, None]}], [2, 5]),
        ([{**OSLO, "Filters": [NINE]}], [5]),
        # an element that says nothing is passed over
        ([OSLO, {"UseOr": True}, {"Path": "zip", "UseOr": True, "Operations": []}], [1, 5]),
        ([{}, {**OSLO, "UseOr": True}], [1, 5]),
    ],
    ids=json.dumps,
)
def test_joining(shop: Any, filters: list[Any], found: list[int]) -> None:
    assert ids(shop, *filters) == found


def test_operations_of_one_path_join_from_left_to_right(shop: Any) -> None:
    operations = [
        {"Predicate": "Equals", "Value": "Oslo"},
        {"Predicate": "Equals", "Value": "Bergen", "UseOr": True},
        {"Predicate": "StartsWith", "Value": "o"},
    ]
    assert ids(shop, {"Path": "city", "Operations": operations}) == [1, 5]


@st.composite
def trees(draw: Any, depth: int = 3) -> dict[str, Any]:
    """A filter over `id`, its own comparisons and those below."""
    node: dict[str, Any] = {"UseOr": draw(st.booleans())}
    if draw(st.booleans()):
        node["Path"] = "id"
        node["Operations"] = [
            {"Predicate": "In", "Value": draw(st.lists(st.integers(1, 5))), "UseOr": draw(st.booleans())}
            for _ in range(draw(st.integers(0, 3)))
        ]
    if depth:
        node["Filters"] = draw(st.lists(trees(depth - 1) | st.none(), max_size=3))
    return node


def model(
    nodes: list[dict[str, Any] | None], start: tuple[set[int] | None, ...] = (None,)
) -> set[int] | None:
    """The rows a list of filters keeps, by sets; None where it says nothing."""
    kept = start[0]
    for node in nodes:
        if node is None:
            continue
        own: set[int] | None = None
        for operation in node.get("Operations") or []:
            own = join(own, operation["UseOr"], set(operation["Value"]))
        kept = join(kept, node["UseOr"], model(node.get("Filters") or [], (own,)))
    return kept


def join(left: set[int] | None, use_or: bool, right: set[int] | None) -> set[int] | None:
    if left is None or right is None:
        return right if left is None else left
    return left | right if use_or else left & right


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(trees(), max_size=3))
def test_joining_agrees_with_a_model_of_sets(shop: Any, nodes: list[dict[str, Any]]) -> None:
    kept = model(list(nodes))
    assert ids(shop, *nodes) == sorted({1, 2, 3, 4, 5} if kept is None else kept)


# --- order, groups, count, self join ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"Order": [{"Name": "zip"}]}, [5, 1, 3, 2, 4]),
        ({"Order": [{"Name": "zip", "Direction": "Desc"}]}, [2, 1, 3, 5, 4]),
        ({"Order": [{"Name": "zip"}, {"Name": "name", "Direction": "Desc"}]}, [5, 3, 1, 2, 4]),
        ({"Order": [{"Name": "note"}]}, [3, 5, 2, 1, 4]),
        ({"GroupBy": ["zip"]}, [1, 2, 4, 5]),
        ({"GroupBy": ["zip"], "Order": [{"Name": "name", "Direction": "Desc"}]}, [4, 3, 2, 5]),
        ({"GroupBy": ["zip", "city"]}, [1, 2, 3, 4, 5]),
        ({"GroupBy": ["note"]}, [1, 2, 3, 4, 5]),
        ({"Count": 2}, [1, 2]),
        ({"Count": 0}, [1, 2, 3, 4, 5]),
        ({"Count": 99}, [1, 2, 3, 4, 5]),
        ({"Count": 2, "GroupBy": ["phone"], "Order": [{"Name": "zip"}]}, [5, 3]),
        ({"SelfJoin": [{"Parent": "phone", "Child": "phone"}]}, [1, 5]),
        ({"SelfJoin": [{"Parent": "friend", "Child": "id"}]}, [1, 3]),
        ({"SelfJoin": [{"Parent": "id", "Child": "friend"}]}, [1, 2]),
        ({"SelfJoin": [{"Parent": "phone", "Child": "phone"}, {"Parent": "zip", "Child": "zip"}]}, []),
        ({"SelfJoin": [], "GroupBy": None, "Order": None, "Filter": None}, [1, 2, 3, 4, 5]),
        ({"IsDictionary": True, "Name": "label"}, [1, 2, 3, 4, 5]),
    ],
    ids=json.dumps,
)
def test_rows_are_joined_ordered_grouped_and_counted(shop: Any, more: Any, found: list[int]) -> None:
    assert ids(shop, **more) == found


def test_null_is_joined_with_nothing(shop: Any) -> None:
    assert ids(shop, object_name="visits", SelfJoin=[{"Parent": "amount", "Child": "member"}]) == []


def test_a_row_is_joined_with_rows_that_the_filter_leaves_out(shop: Any) -> None:
    join = [{"Parent": "phone", "Child": "phone"}]
    assert ids(shop, where("id", "Equals", 5), SelfJoin=join) == [5]


def test_rows_come_as_they_are_stored(shop: Any) -> None:
    with shop.world.entered():
        query = {"ObjectName": "visits", "Filter": [where("id", "Equals", 3)]}
        assert service.select(shop.world, OWNER, 1, query) == [
            {"id": 3, "values": {"id": 3, "member": 2, "shop": 11, "amount": 50}, "tags": ["late"]}
        ]


def test_a_query_is_evaluated_when_it_is_asked(shop: Any) -> None:
    shop.post("/datasources/1/objects/members/data", {"id": 9, "city": "Oslo"})
    assert ids(shop, OSLO) == [1, 5, 9]


# --- what is wrong ---------------------------------------------------------------------------------------


def test_the_datasource_is_the_customers_own(shop: Any) -> None:
    with shop.world.entered():
        for datasource in (2, 3):
            with pytest.raises(NotFound):
                service.check(shop.world, OWNER, datasource, {"ObjectName": "theirs"})


def campaign(query: Any) -> dict[str, Any]:
    return {
        "Type": "SMS",
        "Name": "x",
        "PhoneName": "phone",
        "CountryCode": "NO",
        "SMSTemplateId": 1,
        "Query": query,
    }


def members(**more: Any) -> dict[str, Any]:
    return {"ObjectName": "members", **more}


OPERATION = "Query.Filter[0].Operations[0]"
CIRCLE = ".".join(["visits", "members"] * 5)


@pytest.mark.parametrize(
    ("query", "places"),
    [
        (None, {"Query"}),
        ([], {"Query"}),
        ("x", {"Query"}),
        ({}, {"Query.ObjectName"}),
        ({"ObjectName": ""}, {"Query.ObjectName"}),
        ({"ObjectName": 1}, {"Query.ObjectName"}),
        ({"ObjectName": "theirs"}, {"Query.ObjectName"}),
        ({"ObjectName": "Members"}, {"Query.ObjectName"}),
        ({"ObjectName": "__tags"}, {"Query.ObjectName"}),
        (members(Count=-1), {"Query.Count"}),
        (members(Count=1.5), {"Query.Count"}),
        (members(Count=1e30), {"Query.Count"}),
        (members(Count="2"), {"Query.Count"}),
        (members(Filter={}), {"Query.Filter"}),
        (members(Filter=[None]), {"Query.Filter[0]"}),
        (members(Filter=["x"]), {"Query.Filter[0]"}),
        (members(Filter=[{"Path": ["city"]}]), {"Query.Filter[0].Path"}),
        (members(Filter=[{"Path": "town"}]), {"Query.Filter[0].Path"}),
        (members(Filter=[{"Path": "City"}]), {"Query.Filter[0].Path"}),
        (members(Filter=[{"Path": "city."}]), {"Query.Filter[0].Path"}),
        (members(Filter=[{"Path": "__tags.tags"}]), {"Query.Filter[0].Path"}),
        (members(Filter=[{"Path": "visits.town"}]), {"Query.Filter[0].Path"}),
        (members(Filter=[{"Path": "." * 1000}]), {"Query.Filter[0].Path"}),
        (members(Filter=[where(f"{CIRCLE}.city", "Equals", "Oslo")]), {"Query.Filter[0].Path"}),
        (members(Filter=[{"Operations": [{"Predicate": "IsNull"}]}]), {"Query.Filter[0].Path"}),
        (members(Filter=[where("visits", "IsNull")]), {"Query.Filter[0].Operations"}),
        (members(Filter=[{"Path": "city", "Operations": {}}]), {"Query.Filter[0].Operations"}),
        (members(Filter=[{"Path": "city", "Operations": [None]}]), {OPERATION}),
        (members(Filter=[{"Path": "city", "Operations": [{}]}]), {f"{OPERATION}.Predicate"}),
        (members(Filter=[where("city", "Like", "x")]), {f"{OPERATION}.Predicate"}),
        (members(Filter=[{"Path": "city", "UseOr": "yes"}]), {"Query.Filter[0].UseOr"}),
        (members(Filter=[where("city", "Equals", ["Oslo"])]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("city", "Equals", {})]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("zip", "Equals", "x")]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("zip", "In", [1, "x"])]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("zip", "In", None)]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("zip", "In", [[1]])]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("zip", "Greater")]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("zip", "Between", 1)]), {f"{OPERATION}.MaxValue"}),
        (members(Filter=[where("zip", "Between", None, 1)]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("zip", "Between", 1, "x")]), {f"{OPERATION}.MaxValue"}),
        (members(Filter=[where("zip", "Contains", "1")]), {f"{OPERATION}.Predicate"}),
        (members(Filter=[where("born", "StartsWith", "1")]), {f"{OPERATION}.Predicate"}),
        (members(Filter=[where("city", "Contains")]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("city", "Contains", ["x"])]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("born", "Equals", "Birthday")]), {f"{OPERATION}.Value"}),
        (members(Filter=[where("phone", "Equals", "x")]), {f"{OPERATION}.Value"}),
        (
            members(Filter=[{"Filters": [None, {"Path": "x"}]}, where("zip", "Equals", "y")]),
            {"Query.Filter[0].Filters[1].Path", "Query.Filter[1].Operations[0].Value"},
        ),
        (members(Filter=[{"Path": "visits", "Filters": [OSLO]}]), {"Query.Filter[0].Filters[0].Path"}),
        (members(Order=[{}]), {"Query.Order[0].Name"}),
        (members(Order=[{"Name": "town"}]), {"Query.Order[0].Name"}),
        (members(Order=[{"Name": "visits.amount"}]), {"Query.Order[0].Name"}),
        (members(Order=[{"Name": "city", "Direction": "Up"}]), {"Query.Order[0].Direction"}),
        (members(Order=[None]), {"Query.Order[0]"}),
        (members(GroupBy=["town", "city"]), {"Query.GroupBy[0]"}),
        (members(GroupBy=[None]), {"Query.GroupBy[0]"}),
        (members(GroupBy="city"), {"Query.GroupBy"}),
        (members(SelfJoin=[{"Parent": "city", "Child": "town"}]), {"Query.SelfJoin[0].Child"}),
        (members(SelfJoin=[{"Child": "city"}]), {"Query.SelfJoin[0].Parent"}),
        (
            members(SelfJoin=[{"Parent": "city", "Child": "city", "Type": "Less"}]),
            {"Query.SelfJoin[0].Type"},
        ),
        (members(IsDictionary="yes"), {"Query.IsDictionary"}),
        (members(Name=1), {"Query.Name"}),
    ],
    ids=lambda value: json.dumps(value)[:80] if not isinstance(value, set) else "",
)
def test_a_wrong_query_is_refused_where_it_is_wrong(shop: Any, query: Any, places: set[str]) -> None:
    auth = shop.bearer
    before = shop.state()
    answer = shop.post("/datasources/1/campaign", campaign(query), auth=auth)
    assert answer.status_code == 400, answer.text
    assert set(answer.json["errors"]) == places
    assert all(messages for messages in answer.json["errors"].values())
    assert shop.state() == before


@pytest.mark.parametrize("depth", [1, 30, 31, 60, 500, 10_000])
def test_filters_nest_as_deep_as_the_framework_reads(shop: Any, depth: int) -> None:
    inner = b'{"Filters":[' * (depth - 1) + b'{"Path":"city"}' + b"]}" * (depth - 1)
    text = json.dumps(campaign(members(Filter=["HERE"]))).encode().replace(b'"HERE"', inner)
    answer = shop.post("/datasources/1/campaign", data=text, content_type="application/json")
    assert answer.status_code == (200 if depth <= 31 else 400)


def test_a_wide_query_is_taken(shop: Any) -> None:
    filters = [{**where("id", "Equals", n), "UseOr": True} for n in range(2000)]
    assert shop.post("/datasources/1/campaign", campaign(members(Filter=filters))).status_code == 200
    assert ids(shop, *filters) == [1, 2, 3, 4, 5]


def test_keys_and_names_of_enums_match_in_any_case(shop: Any) -> None:
    query = {
        "objectname": "members",
        "FILTER": [
            {"path": "city", "operations": [{"predicate": "equals", "value": "Oslo", "useor": False}]}
        ],
        "order": [{"name": "zip", "direction": "DESC"}],
    }
    answer = shop.post("/datasources/1/campaign", campaign(query))
    assert answer.status_code == 200
    assert {"infact.key-spelling", "infact.enum-names"} <= set(
        answer.headers["X-Simulator-Assumed"].split(", ")
    )
    assert [message["to"] for message in shop.sent] == ["+4740000001"]


@pytest.mark.parametrize(
    ("query", "assumed"),
    [
        (members(), set()),
        (members(Filter=[where("zip", "Equals", 1)]), set()),
        (members(Filter=[where("__tags.tag", "In", ["a"])]), {"related-paths", "text-case"}),
        (members(Filter=[where("zip", "IsNull")]), {"predicates"}),
        (members(Filter=[where("zip", "Less", 1)]), {"predicates", "null-rows"}),
        (members(Filter=[NINE, {**NINE, "UseOr": True}]), {"use-or"}),
        (members(Filter=[where("seen", "Equals", "2022-01-01T00:00:00Z")]), {"time-zone"}),
        (members(Order=[{"Name": "zip"}]), {"order-nulls"}),
        (members(GroupBy=["zip"]), {"group-by"}),
        (members(Count=1), {"count-limit"}),
        (members(SelfJoin=[{"Parent": "id", "Child": "zip"}]), {"self-join"}),
        (members(IsDictionary=True), {"is-dictionary"}),
    ],
    ids=lambda value: json.dumps(value)[:80] if not isinstance(value, set) else "",
)
def test_a_query_says_what_it_rests_on(shop: Any, query: Any, assumed: set[str]) -> None:
    with shop.world.entered():
        service.check(shop.world, OWNER, 1, query)
        assert set(shop.world.assumed) == {f"infact.{rule}" for rule in assumed}


# --- size ------------------------------------------------------------------------------------------------


def test_relations_and_self_joins_are_looked_up_not_searched(make_infact: Any) -> None:
    """Ten thousand rows related to as many: minutes if each were compared with each."""
    relation = {"name": "twins", "object": "people", "local": "next", "foreign": "id"}
    people = rows("id next", *((n, n + 1) for n in range(10_000)))
    kinds = {"id": "Integer", "next": "Integer"}
    infact = make_infact(
        {"customers": [customer(1, table("people", kinds, relations=[relation], rows=people))]}
    )
    assert ids(infact, {"Path": "twins"}, object_name="people") == list(range(9_999))
    join = [{"Parent": "next", "Child": "id"}]
    assert ids(infact, object_name="people", SelfJoin=join) == list(range(9_999))
