"""Queries that are refused, what of them is told, and what a query rests on."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator.kernel.errors import NotFound
from simulator.vendors.infact.queries import service
from tests.vendors.infact.shop import NINE, OSLO, OWNER, ids, where


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
