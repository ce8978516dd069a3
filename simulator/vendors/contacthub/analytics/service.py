"""The figures of a workspace, of its nodes and customers, as they are at the moment of asking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.analytics import facts
from simulator.vendors.contacthub.analytics.categories import category
from simulator.vendors.contacthub.analytics.ranges import (
    DAILY,
    LIMITS,
    MONTH,
    MONTHLY,
    YEAR,
    Range,
    asked_range,
)
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.configuration.service import workspace
from simulator.vendors.contacthub.events.search import Wanted
from simulator.vendors.contacthub.events.service import of_customer
from simulator.vendors.contacthub.state import SOURCES

Key = TypeVar("Key", str, tuple[str, str])
Asked = Mapping[str, Any]
Answer = dict[str, Any]
CURRENCY = "EUR"
SHOPS = {"ALL": ("ECOMMERCE", "RETAIL"), "ECOMMERCE": ("ECOMMERCE",), "RETAIL": ("RETAIL",)}
CHANNELS = {(True, True): "emailMobile", (True, False): "emailOnly", (False, True): "mobileOnly"}


# --- one customer ---


def event_categories(
    world: World, caller: Caller, workspace_id: str, customer_id: str, asked: Asked
) -> Answer:
    """{parameters, data}: a series of texts for each category of the customer's events."""
    mode = asked.get("mode", DAILY)
    within = asked_range(world, workspace_id, asked, YEAR, LIMITS[mode])
    customer = facts.customer(world, caller, workspace_id, customer_id)
    world.assume(rules.STATS_CATEGORIES)
    events = [event["seen"] for event in of_customer(world, customer)]
    found = _series(within, mode, ((category(e["type"]), dates.parsed(e["date"])) for e in events))
    data = [
        {"category": name, "type": "timeseries", "values": [p | {"value": str(p["value"])} for p in points]}
        for name, points in found.items()
    ]
    return {"parameters": within.shown() | {"mode": mode}, "data": data}


def buying_behaviors(
    world: World, caller: Caller, workspace_id: str, customer_id: str, asked: Asked
) -> Answer:
    """{parameters, data}: what the customer spent in the range."""
    within = asked_range(world, workspace_id, asked, YEAR)
    customer = facts.customer(world, caller, workspace_id, customer_id)
    world.assume(rules.STATS_MONEY)
    orders = [
        event["seen"]
        for event in of_customer(world, customer)
        if event["seen"]["type"] == "completedOrder"
        and within.start <= dates.parsed(event["seen"]["date"]) <= within.end
    ]
    figure = _money(world, workspace_id, "totalSpending", orders)
    return {"parameters": within.shown(), "data": [figure | {"revenue": facts.amount(orders, "revenue")}]}


# --- customers ---


def workspace_information(world: World, caller: Caller, workspace_id: str) -> Answer:
    """{id, name, status, customers}."""
    found = workspace(world, workspace_id)
    number = facts.number_of_customers(world, facts.nodes(world, caller, workspace_id, None))
    return {"id": found["id"], "name": found["name"], "status": found["status"], "customers": number}


def nodes_information(world: World, caller: Caller, workspace_id: str) -> list[Answer]:
    """[{id, name, type, customers, plan, send}]: each node, and the products it is linked to."""
    world.assume(rules.STATS_LINKS)
    sources = world.store.table(SOURCES).find("workspace", workspace_id)
    return [
        {
            "id": node["id"],
            "name": node["name"],
            "type": node["nodeType"],
            "customers": facts.number_of_customers(world, [node]),
            "plan": any(s["provider"] == "CONTACTPLAN" and node["id"] in s["nodes"] for s in sources),
            "send": _send(sources, node["id"]),
        }
        for node in facts.nodes(world, caller, workspace_id, None)
    ]


def _send(sources: list[Document], node_id: str) -> Answer | None:
    for source in sources:
        properties = source.get("properties") or {}
        if source["provider"] == "CONTACTSEND" and node_id in source["nodes"] and "userdbId" in properties:
            return {"groupPk": properties.get("groupPk") or 0, "userDbId": properties["userdbId"] or 0}
    return None


def customers_snapshot(world: World, caller: Caller, workspace_id: str, asked: Asked) -> Answer:
    """{parameters, data}: how many customers there are."""
    node_id = asked.get("nodeId")
    number = facts.number_of_customers(world, facts.nodes(world, caller, workspace_id, node_id))
    data = {
        "category": "CustomersSnapshot",
        "type": "keyValue",
        "values": [{"key": "total", "value": number}],
    }
    return {"parameters": {"nodeId": node_id}, "data": data}


def added_customers(world: World, caller: Caller, workspace_id: str, asked: Asked) -> Answer:
    """{parameters, data}: a series of the customers by registeredAt."""
    mode, node_id = asked.get("mode", MONTHLY), asked.get("nodeId")
    within = asked_range(world, workspace_id, asked, YEAR, LIMITS[mode])
    found = facts.customers_of(world, facts.nodes(world, caller, workspace_id, node_id))
    points = within.counted((dates.parsed(customer["registeredAt"]) for customer in found), mode)
    return {
        "parameters": within.shown() | {"mode": mode, "nodeId": node_id},
        "data": [{"category": "addedCustomers", "type": "timeseries", "values": points}],
    }


def communication_channels(world: World, caller: Caller, workspace_id: str, asked: Asked) -> Answer:
    """{parameters, data}: how many customers can be reached by what."""
    node_id = asked.get("nodeId")
    world.assume(rules.STATS_CHANNELS)
    counts = dict.fromkeys([*CHANNELS.values(), "notReachable"], 0)
    for customer in facts.customers_of(world, facts.nodes(world, caller, workspace_id, node_id)):
        contacts = (customer.get("base") or {}).get("contacts") or {}
        reach = (bool(contacts.get("email")), bool(contacts.get("mobilePhone")))
        counts[CHANNELS.get(reach, "notReachable")] += 1
    values = [{"key": key, "value": str(number)} for key, number in counts.items()]
    data = {"category": "communicationChannels", "type": "keyValue", "values": values}
    return {"parameters": {"nodeId": node_id}, "data": data}


# --- changes ---


def customers_trend(world: World, caller: Caller, workspace_id: str, asked: Asked) -> Answer:
    """{parameters, data}: a series of the customers added, changed or deleted."""
    within, parameters = _trend(world, workspace_id, asked)
    of = facts.nodes(world, caller, workspace_id, parameters["nodeId"])
    if parameters["type"] == "DELETED":
        instants = [at for _, at in facts.deletions(world, of, "CUSTOMER")]
    else:
        instants = [at for _, at in _changes(facts.customers_of(world, of), parameters["type"])]
    data = {"category": "customers", "type": "timeseries", "values": within.counted(instants, DAILY)}
    return {"parameters": parameters, "data": [data]}


def events_trend(world: World, caller: Caller, workspace_id: str, asked: Asked) -> Answer:
    """{parameters, data}: a series for each type of the events added, changed or deleted."""
    within, parameters = _trend(world, workspace_id, asked)
    node_id = parameters["nodeId"]
    if parameters["type"] == "DELETED":
        of = facts.nodes(world, caller, workspace_id, node_id)
        found = facts.deletions(world, of, "EVENT")
    else:
        events = facts.events(world, caller, workspace_id, Wanted(node=node_id))
        found = _changes(events, parameters["type"])
    series = _series(within, DAILY, ((event["type"], at) for event, at in found))
    data = [{"category": kind, "type": "timeseries", "values": points} for kind, points in series.items()]
    return {"parameters": parameters, "data": data}


def _trend(world: World, workspace_id: str, asked: Asked) -> tuple[Range, Answer]:
    world.assume(rules.STATS_CHANGES)
    kind = asked.get("type", "ADDED")
    within = asked_range(world, workspace_id, asked, MONTH, MONTH if kind == "DELETED" else YEAR)
    return within, within.shown() | {"nodeId": asked.get("nodeId"), "type": kind}


def _changes(found: Iterable[Document], kind: str) -> Iterator[tuple[Document, datetime]]:
    for seen in found:
        if kind == "ADDED":
            yield seen, dates.parsed(seen["registeredAt"])
        elif seen["updatedAt"] and seen["updatedAt"] != seen["registeredAt"]:
            yield seen, dates.parsed(seen["updatedAt"])


# --- events by their date ---


def types_and_contexts(world: World, caller: Caller, workspace_id: str, asked: Asked) -> Answer:
    """{parameters, data}: a series for each type and context of the events."""
    node_id, context = asked.get("nodeId"), asked.get("context", "ALL")
    within = asked_range(world, workspace_id, asked, MONTH, YEAR)
    contexts = frozenset() if context == "ALL" else frozenset((context,))
    wanted = Wanted(node=node_id, contexts=contexts, first=within.start, last=within.end)
    events = facts.events(world, caller, workspace_id, wanted)
    series = _series(within, DAILY, (((e["type"], e["context"]), dates.parsed(e["date"])) for e in events))
    data = [
        {"category": kind, "context": place, "type": "timeseries", "values": points}
        for (kind, place), points in series.items()
    ]
    return {"parameters": within.shown() | {"nodeId": node_id, "context": context}, "data": data}


def kpi_purchases(world: World, caller: Caller, workspace_id: str, asked: Asked) -> Answer:
    """{parameters, data}: the revenue of shops online and on the street."""
    shop = asked.get("type", "ALL")
    within, wanted = _dated(world, workspace_id, asked, "completedOrder", SHOPS[shop])
    orders = list(facts.events(world, caller, workspace_id, wanted))
    parameters = within.shown() | {"nodeId": asked.get("nodeId"), "type": shop}
    return {"parameters": parameters, "data": [_money(world, workspace_id, "totalRevenue", orders)]}


def kpi_ecommerce(world: World, caller: Caller, workspace_id: str, asked: Asked) -> Answer:
    """{parameters, data}: the sales of the online shop."""
    within, wanted = _dated(world, workspace_id, asked, "completedOrder", ("ECOMMERCE",))
    orders = list(facts.events(world, caller, workspace_id, wanted))
    return {"parameters": within.shown(), "data": [_money(world, workspace_id, "totalSales", orders)]}


def kpi_web(world: World, caller: Caller, workspace_id: str, asked: Asked) -> Answer:
    """{parameters, data}: the page views."""
    within, wanted = _dated(world, workspace_id, asked, "viewedPage", ("WEB",))
    views = list(facts.events(world, caller, workspace_id, wanted))
    values = [{"key": "pageViews", "value": len(views)}]
    data = {"name": "pageViews", "category": "eventsKPI", "type": "keyValue", "values": values}
    return {"parameters": within.shown() | {"nodeId": asked.get("nodeId")}, "data": [data]}


def _dated(
    world: World, workspace_id: str, asked: Asked, kind: str, contexts: Iterable[str]
) -> tuple[Range, Wanted]:
    world.assume(rules.STATS_KPI)
    within = asked_range(world, workspace_id, asked, MONTH)
    kinds, places = frozenset((kind,)), frozenset(contexts)
    return within, Wanted(
        node=asked.get("nodeId"), types=kinds, contexts=places, first=within.start, last=within.end
    )


def _money(world: World, workspace_id: str, name: str, orders: list[Document]) -> Answer:
    world.assume(rules.STATS_MONEY)
    total = facts.amount(orders, "total")
    currency = workspace(world, workspace_id)["configuration"].get("currency") or CURRENCY
    return {"name": name, "type": "currency", "currency": currency, "value": total, "total": total}


def _series(within: Range, mode: str, found: Iterable[tuple[Key, datetime]]) -> dict[Key, list[Answer]]:
    """A series for each key that has something in the range, in the keys' order."""
    instants: dict[Key, list[datetime]] = defaultdict(list)
    for key, at in found:
        if within.start <= at <= within.end:
            instants[key].append(at)
    return {key: within.counted(instants[key], mode) for key in sorted(instants)}
