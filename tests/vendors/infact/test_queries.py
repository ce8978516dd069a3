"""Queries: which rows they select, in which order, and what they are told is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.vendors.infact.queries import service
from tests.vendors.infact.documents import customer, rows, table
from tests.vendors.infact.shop import BERGEN, NINE, OSLO, OWNER, ids, where

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
