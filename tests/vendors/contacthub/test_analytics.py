"""Analytics: every figure is counted from what there is; ranges have defaults and silent limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.vendors.contacthub.analytics.categories import CATEGORY, category

GIULIA = "55555555-5555-4555-8555-555555555555"
VIEW = "66666666-6666-4666-8666-666666666666"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
UUID = "99999999-9999-4999-8999-999999999999"
READER = "example-token-of-olga"
NOW, MONTH_AGO, YEAR_AGO = (f"{day}T08:00:00.000+0000" for day in ("2024-03-01", "2024-02-01", "2023-03-01"))
DATED = (
    "added-customers",
    "customers",
    "events",
    "events/type-context-distribution",
    "events/kpi/purchases",
    "events/kpi/ecommerce",
    "events/kpi/web",
)


def stats(hub: Any, path: str, **query: str) -> dict[str, Any]:
    answer = hub.get(f"/stats/{path}", query_string=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def of_giulia(hub: Any, path: str, **query: str) -> dict[str, Any]:
    answer = hub.get(f"/customers/{GIULIA}/stats/{path}", query_string=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json)


def nonzero(points: list[dict[str, Any]]) -> dict[str, int]:
    return {point["datetime"]: int(point["value"]) for point in points if int(point["value"])}


def add_customer(hub: Any, email: str | None = None, **contacts: str) -> str:
    base = {"contacts": contacts | {"email": email or f"{len(hub.kept('customers'))}@example.com"}}
    answer = hub.post("/customers", {"nodeId": hub.node_id, "base": base})
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def order(hub: Any, total: float, revenue: float, context: str = "ECOMMERCE", **more: Any) -> str:
    body = {
        "customerId": GIULIA,
        "type": "completedOrder",
        "context": context,
        "properties": {"orderId": "O-1", "amount": {"total": total, "revenue": revenue}},
    }
    answer = hub.post("/events", body | more)
    assert answer.status_code == 202, answer.text
    return str(answer.json["id"])


# --- counts of customers ---


def test_workspace_and_nodes_count_customers(hub: Any) -> None:
    before = stats(hub, "workspace")
    assert (before["id"], before["name"], before["status"]) == (hub.workspace_id, "Example shop", "ENABLED")
    nodes = stats(hub, "nodes")
    assert nodes["page"] | {"totalElements": 2, "totalPages": 1, "size": 50} == nodes["page"]
    entry, aggregate = nodes["elements"]
    assert entry == {
        "id": hub.node_id,
        "name": "Example node",
        "type": "ENTRY",
        "customers": entry["customers"],
        "plan": False,
        "send": {"groupPk": 1, "userDbId": 70},
    }
    assert (aggregate["type"], aggregate["send"]) == ("AGGREGATE", None)
    assert before["customers"] == entry["customers"] + aggregate["customers"]
    assert stats(hub, "customers-snapshot")["data"]["values"] == [
        {"key": "total", "value": before["customers"]}
    ]
    add_customer(hub)
    of_node = stats(hub, "customers-snapshot", nodeId=hub.node_id)
    assert of_node["parameters"] == {"nodeId": hub.node_id}
    assert of_node["data"]["values"][0]["value"] == entry["customers"] + 1


def test_channels_tell_who_can_be_reached(hub: Any) -> None:
    def counts() -> dict[str, int]:
        found = stats(hub, "communication-channels", nodeId=hub.node_id)["data"]["values"]
        return {value["key"]: int(value["value"]) for value in found}

    assert counts() == {"emailMobile": 1, "emailOnly": 0, "mobileOnly": 0, "notReachable": 0}
    only_mail = add_customer(hub)
    assert counts()["emailOnly"] == 1
    assert hub.delete(f"/customers/{only_mail}").status_code in (200, 204)
    assert counts()["emailOnly"] == 0


def test_added_customers_by_month(hub: Any) -> None:
    found = stats(hub, "added-customers", nodeId=hub.node_id)
    assert found["parameters"] == {"start": YEAR_AGO, "end": NOW, "mode": "MONTHLY", "nodeId": hub.node_id}
    [series] = found["data"]
    assert (series["category"], series["type"]) == ("addedCustomers", "timeseries")
    days = [point["datetime"] for point in series["values"]]
    assert (days[0], days[-1], len(days)) == ("2023-03-01", "2024-03-01", 13)
    assert nonzero(series["values"]) == {"2024-01-01": 1}


def test_added_customers_by_week_begin_on_monday(hub: Any) -> None:
    found = stats(hub, "added-customers", mode="WEEKLY", start="2024-01-10T00:00:00Z", nodeId=hub.node_id)
    days = [point["datetime"] for point in found["data"][0]["values"]]
    assert (days[0], days[-1], len(days)) == ("2024-01-08", "2024-02-26", 8)
    assert nonzero(found["data"][0]["values"]) == {"2024-01-15": 1}


def test_days_are_those_of_the_workspace(hub: Any) -> None:
    hub.move_to("2024-03-10T23:30:00Z")
    add_customer(hub)
    [series] = stats(hub, "customers", nodeId=hub.node_id)["data"]
    assert nonzero(series["values"]) == {"2024-03-11": 1}


# --- ranges ---


@pytest.mark.parametrize(
    ("mode", "earliest"), [("DAILY", "2023-03-01"), ("WEEKLY", "2019-03-01"), ("MONTHLY", "2014-03-01")]
)
def test_too_long_a_range_has_its_start_moved(hub: Any, mode: str, earliest: str) -> None:
    asked = {"mode": mode, "start": "1990-01-01T00:00:00Z"}
    for found in (
        stats(hub, "added-customers", **asked),
        of_giulia(hub, "event-category-distribution", **asked),
    ):
        assert found["parameters"]["start"] == f"{earliest}T08:00:00.000+0000"
        assert found["parameters"]["end"] == NOW


@pytest.mark.parametrize(
    ("kind", "earliest"), [("ADDED", YEAR_AGO), ("UPDATED", YEAR_AGO), ("DELETED", MONTH_AGO)]
)
@pytest.mark.parametrize("path", ["customers", "events"])
def test_changes_reach_a_year_back_deletions_a_month(hub: Any, path: str, kind: str, earliest: str) -> None:
    found = stats(hub, path, type=kind, start="1990-01-01T00:00:00Z")
    assert found["parameters"] == {"start": earliest, "end": NOW, "nodeId": None, "type": kind}


@pytest.mark.parametrize("path", [path for path in DATED if path != "added-customers"])
def test_ranges_are_the_last_month_by_default(hub: Any, path: str) -> None:
    parameters = stats(hub, path)["parameters"]
    assert (parameters["start"], parameters["end"]) == (MONTH_AGO, NOW)


@pytest.mark.parametrize("path", DATED)
def test_a_range_that_ends_before_it_begins_holds_nothing(hub: Any, path: str) -> None:
    asked = {"start": "2024-02-25T00:00:00Z", "end": "2024-02-15T00:00:00Z"}
    found = stats(hub, path, **asked)
    assert found["parameters"]["start"] == "2024-02-25T00:00:00.000+0000"
    for series in found["data"]:
        assert series.get("values", []) in ([], [{"key": "pageViews", "value": 0}])
        assert series.get("total", "0.00") == "0.00"


def test_month_ends_are_kept_within_their_month(hub: Any) -> None:
    found = stats(hub, "events/kpi/web", end="2024-03-31T12:00:00Z")
    assert found["parameters"]["start"] == "2024-02-29T12:00:00.000+0000"


@pytest.mark.parametrize(
    "asked",
    [
        {"start": "yesterday"},
        {"end": "2024-02-30T00:00:00Z"},
        {"mode": "HOURLY"},
        {"nodeId": "no-uuid"},
    ],
)
def test_wrong_parameters_are_refused(hub: Any, asked: dict[str, str]) -> None:
    answer = hub.get("/stats/added-customers", query_string=asked)
    assert answer.status_code in (400, 404)
    assert hub.get("/stats/customers", query_string={"type": "LOST"}).status_code == 400


# --- changes ---


def test_customers_added_updated_and_deleted(hub: Any) -> None:
    hub.move_to("2024-03-05T08:00:00Z")
    gone = add_customer(hub)
    hub.move_to("2024-03-06T08:00:00Z")
    assert hub.patch(f"/customers/{GIULIA}", {"base": {"lastName": "Nuova"}}).status_code == 200
    hub.move_to("2024-03-07T08:00:00Z")
    assert hub.delete(f"/customers/{gone}").status_code in (200, 204)
    add_customer(hub)

    def counted(kind: str) -> dict[str, int]:
        [series] = stats(hub, "customers", type=kind, nodeId=hub.node_id)["data"]
        assert (series["category"], len(series["values"])) == ("customers", 30)
        return nonzero(series["values"])

    assert counted("ADDED") == {"2024-03-07": 1}
    assert counted("UPDATED") == {"2024-03-06": 1}
    assert counted("DELETED") == {"2024-03-07": 1}


def test_events_added_and_deleted_by_type(hub: Any) -> None:
    order(hub, 10, 5)
    found = stats(hub, "events")
    assert [series["category"] for series in found["data"]] == ["completedOrder", "viewedPage"]
    assert nonzero(found["data"][0]["values"]) == {"2024-03-01": 1}
    assert nonzero(found["data"][1]["values"]) == {"2024-02-20": 1}
    assert stats(hub, "events", type="DELETED")["data"] == []
    assert hub.delete(f"/customers/{GIULIA}").status_code in (200, 204)
    gone = stats(hub, "events", type="DELETED")["data"]
    assert [series["category"] for series in gone] == ["completedOrder", "viewedPage"]
    assert stats(hub, "events")["data"] == []


# --- events by date ---


def test_what_was_forgotten_is_counted_as_deleted(hub: Any) -> None:
    assert hub.post(f"/customers/{GIULIA}/forget", token=hub.dpo_token).status_code == 200
    (series,) = stats(hub, "events", type="DELETED")["data"]
    assert (series["category"], sum(point["value"] for point in series["values"])) == ("viewedPage", 1)
    (series,) = stats(hub, "customers", type="DELETED", nodeId=hub.node_id)["data"]
    assert sum(point["value"] for point in series["values"]) == 1


def test_events_by_type_and_context(hub: Any) -> None:
    order(hub, 10, 5, "RETAIL", date="2024-02-10T10:00:00Z")
    order(hub, 10, 5, "RETAIL", date="2023-12-10T10:00:00Z")
    found = stats(hub, "events/type-context-distribution")
    assert [(series["category"], series["context"]) for series in found["data"]] == [
        ("completedOrder", "RETAIL"),
        ("viewedPage", "WEB"),
    ]
    assert nonzero(found["data"][0]["values"]) == {"2024-02-10": 1}
    web = stats(hub, "events/type-context-distribution", context="WEB", nodeId=hub.node_id)
    assert web["parameters"]["context"] == "WEB"
    assert [series["context"] for series in web["data"]] == ["WEB"]


def test_an_aggregate_node_has_its_entry_customers_events(hub: Any) -> None:
    order(hub, 10, 5)
    of_aggregate = stats(hub, "events", nodeId=AGGREGATE)["data"]
    assert of_aggregate == stats(hub, "events", nodeId=hub.node_id)["data"] == stats(hub, "events")["data"]
    assert len(of_aggregate) == 2


def test_kpis(hub: Any) -> None:
    order(hub, 61.1, 50)
    order(hub, 0.2, 0.1, "RETAIL")
    order(hub, 500, 400, "WEB")
    order(hub, 7, 7, date="2023-03-01T10:00:00Z")

    def total(path: str, **query: str) -> tuple[str, str]:
        [figure] = stats(hub, path, **query)["data"]
        assert (figure["type"], figure["currency"]) == ("currency", "EUR")
        return figure["name"], figure["total"]

    assert total("events/kpi/purchases") == ("totalRevenue", "61.30")
    assert total("events/kpi/purchases", type="RETAIL") == ("totalRevenue", "0.20")
    assert total("events/kpi/ecommerce", nodeId=hub.node_id) == ("totalSales", "61.10")
    assert total("events/kpi/ecommerce", start="2023-01-01T00:00:00Z") == ("totalSales", "68.10")
    assert stats(hub, "events/kpi/web")["data"][0]["values"] == [{"key": "pageViews", "value": 1}]


def test_buying_behaviors_of_a_customer(hub: Any) -> None:
    order(hub, 61, 50)
    found = of_giulia(hub, "buying-behaviors")
    assert found["parameters"] == {"start": YEAR_AGO, "end": NOW}
    assert found["data"] == [
        {
            "name": "totalSpending",
            "type": "currency",
            "currency": "EUR",
            "value": "61.00",
            "total": "61.00",
            "revenue": "50.00",
        }
    ]
    assert of_giulia(hub, "buying-behaviors", end="2024-02-01T00:00:00Z")["data"][0]["total"] == "0.00"


def test_categories_of_a_customers_events(hub: Any) -> None:
    order(hub, 61, 50)
    found = of_giulia(hub, "event-category-distribution", mode="MONTHLY")
    assert found["parameters"] == {"start": YEAR_AGO, "end": NOW, "mode": "MONTHLY"}
    assert [series["category"] for series in found["data"]] == ["order", "web"]
    assert [len(series["values"]) for series in found["data"]] == [13, 13]
    assert {point["value"] for point in found["data"][1]["values"]} == {"0", "1"}


def test_every_event_type_has_a_category() -> None:
    assert category("viewedPage") == "web"
    assert category("surveyCompiled") == "other"
    assert len(CATEGORY) == 45


# --- who may ---


def test_who_may_see_figures(hub: Any) -> None:
    assert hub.get("/stats/workspace", token=hub.untrusted_token).status_code == 403
    assert hub.get("/stats/workspace", token=READER).status_code == 200
    assert hub.get(f"/stats/customers-snapshot?nodeId={AGGREGATE}", token=READER).status_code == 403
    assert hub.get(f"/stats/events?nodeId={AGGREGATE}", token=READER).status_code == 403
    assert hub.get(f"/stats/customers-snapshot?nodeId={UUID}").status_code == 404
    assert hub.get(f"/customers/{UUID}/stats/buying-behaviors").status_code == 404


def test_figures_without_node_are_of_what_one_may_read(hub: Any) -> None:
    own = stats(hub, "customers-snapshot", nodeId=hub.node_id)["data"]
    assert hub.get("/stats/customers-snapshot", token=READER).json["data"] == own
    assert [node["id"] for node in hub.get("/stats/nodes", token=READER).json["elements"]] == [hub.node_id]


# --- every range ---

INSTANTS = st.integers(-5_364_576_000_000, 32_503_000_000_000).map(
    lambda at: (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=at)).strftime("%Y-%m-%dT%H:%M:%SZ")
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    asked=st.fixed_dictionaries({}, optional={"start": INSTANTS, "end": INSTANTS}),
    mode=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
)
def test_a_series_has_every_step_once(hub: Any, asked: dict[str, str], mode: str) -> None:
    found = stats(hub, "added-customers", mode=mode, **asked)
    days = [datetime.fromisoformat(point["datetime"]) for point in found["data"][0]["values"]]
    gaps = {later - earlier for earlier, later in pairwise(days)}
    widths = {"DAILY": {1}, "WEEKLY": {7}, "MONTHLY": {28, 29, 30, 31}}[mode]
    assert gaps <= {timedelta(days=width) for width in widths}
    parameters = found["parameters"]
    assert bool(days) == (parameters["start"] <= parameters["end"])
