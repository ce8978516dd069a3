"""Retention: for how long events are kept, and their removal night after night.

A node's document holds `retention`: enabled, events {type: {months}} as far as set, and of the removal
`planned`, the ISO instant of the next one, and `whole`: it must look at every event. An aggregate node also
has `oldest` {type: date}: copies of older events are removed from it. A fixture's enabled nodes have no such
plan; they stand in their workspace's `unplanned` until its first call (`begin`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.configuration.catalogue import EVENT_TYPES
from simulator.vendors.contacthub.configuration.service import save, workspace
from simulator.vendors.contacthub.events import search
from simulator.vendors.contacthub.nodes import service as nodes
from simulator.vendors.contacthub.retention.periods import FIRST_MONTHS, earlier
from simulator.vendors.contacthub.state import EVENTS, NODES

SWEEP = "remove expired events"
Months = dict[str, int]
Policy = dict[str, dict[str, int]]


def of_workspace(world: World, workspace_id: str) -> Policy:
    """The months of every event type, in force where a node has none of its own."""
    return _shown(_months(world, workspace(world, workspace_id)["retention"]))


def change_workspace(world: World, workspace_id: str, given: Mapping[str, Any]) -> Policy:
    """Set the months of the types named."""
    world.assume(rules.PARTIAL_SETTINGS)
    document = workspace(world, workspace_id)
    document["retention"] |= _stored(given)
    save(world, document)
    for node in nodes.listed(world, workspace_id):
        _look_at_all(world, node)
    return of_workspace(world, workspace_id)


def of_node(world: World, node: Document) -> dict[str, Any]:
    """{enabled, events}: whether a node removes old events, and the months of every event type."""
    return {"enabled": node["retention"]["enabled"], "events": _shown(months(world, node))}


def change_node(
    world: World, node: Document, *, enabled: bool | None = None, events: Mapping[str, Any] | None = None
) -> None:
    """Set what is given; the node is kept."""
    world.assume(rules.PARTIAL_SETTINGS)
    retention = node["retention"]
    retention["events"] |= _stored(events or {})
    if enabled is not None:
        retention["enabled"] = enabled
    if not retention["enabled"]:
        retention |= {"planned": None, "whole": False}
    world.store.table(NODES).put(node)
    _look_at_all(world, node)


def months(world: World, node: Document) -> Months:
    """The months of every event type in a node."""
    general = workspace(world, node["workspace"])["retention"]
    return _months(world, {**general, **node["retention"]["events"]})


def status(world: World, workspace_id: str) -> dict[str, Any]:
    """By node and event type: how many events there are, and how many of them have expired."""
    world.assume(rules.RETENTION_STATUS)
    now = world.clock.now()
    return {node["id"]: _counts(world, node, now) for node in nodes.listed(world, workspace_id)}


def begin(world: World, workspace_id: str) -> None:
    """Have the expired events of a fixture's nodes removed at once, and every night from then on."""
    document = workspace(world, workspace_id)
    for node_id in document.pop("unplanned", []):
        node = world.store.table(NODES).get(node_id)
        if node is not None and node["retention"]["enabled"]:
            _plan(world, node, world.clock.now(), whole=True)
    save(world, document)


def sweep(world: World, planned: dict[str, Any]) -> None:
    """Remove what has expired in a node, and plan the next night. An item that was replaced does nothing."""
    node = world.store.table(NODES).get(planned["node"])
    if node is None or node["retention"].get("planned") != planned["at"]:
        return
    now = world.clock.now()
    periods = months(world, node)
    bounds = {count: earlier(now, count) for count in set(periods.values())}
    whole = node["retention"].get("whole")
    found = (
        world.store.table(EVENTS).find("node", node["id"]) if whole else _tonight(world, node, bounds, now)
    )
    for event in list(found):
        if _date(event) < bounds[periods[event["seen"]["type"]]]:
            _remove(world, node, event)
    if node["nodeType"] == nodes.AGGREGATE:
        _remove_copies(world, node, {kind: bounds[count] for kind, count in periods.items()})
    _plan(world, node, _midnight(now), whole=False)


def _remove(world: World, node: Document, event: Document) -> None:
    from simulator.vendors.contacthub.events import service as events  # noqa: PLC0415

    world.assume(rules.RETENTION_NIGHT)
    platform = Caller(node["workspace"], frozenset({"CLAB_OPERATOR"}), None, None, None)
    events.remove(world, platform, node["workspace"], event["id"])


def _remove_copies(world: World, node: Document, bounds: Mapping[str, datetime]) -> None:
    world.assume(rules.RETENTION_AGGREGATE)
    before = node["retention"].get("oldest", {})
    found = {kind: bound.isoformat(timespec="milliseconds") for kind, bound in bounds.items()}
    node["retention"]["oldest"] = {kind: max(oldest, before.get(kind, "")) for kind, oldest in found.items()}


def _tonight(
    world: World, node: Document, bounds: Mapping[int, datetime], now: datetime
) -> Iterator[Document]:
    """Events that can have expired since last night: of the days that passed a bound, or written since.

    So a night costs what expires in it, not what the node holds.
    """
    yesterday = now - timedelta(days=1)
    days = {f"written {yesterday.date()}"}
    for count, bound in bounds.items():
        day = earlier(yesterday, count).date()
        while day < bound.date():
            days.add(str(day))
            day += timedelta(days=1)
    known: set[str] = set()
    for name in sorted(days):
        for event in world.store.table(EVENTS).find("day", (node["id"], name)):
            if event["id"] not in known:
                known.add(event["id"])
                yield event


def _look_at_all(world: World, node: Document) -> None:
    """The months have changed, so the next removal must look at every event."""
    retention = node["retention"]
    if not retention["enabled"]:
        return
    if retention.get("planned") is None:
        _plan(world, node, _midnight(world.clock.now()), whole=True)
    elif not retention.get("whole"):
        retention["whole"] = True
        world.store.table(NODES).put(node)


def _plan(world: World, node: Document, due: datetime, *, whole: bool) -> None:
    at = due.isoformat()
    node["retention"] |= {"planned": at, "whole": whole}
    world.store.table(NODES).put(node)
    world.agenda.add(due, "contacthub", SWEEP, {"node": node["id"], "at": at})


def _midnight(now: datetime) -> datetime:
    """The one that comes next."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def _date(event: Document) -> datetime:
    return dates.parsed(event["date"])


def _counts(world: World, node: Document, now: datetime) -> dict[str, Any]:
    periods = months(world, node)
    by_type: dict[str, list[datetime]] = {kind: [] for kind in EVENT_TYPES}
    for event in search.of_node(world, node):
        by_type[event["seen"]["type"]].append(_date(event))
    return {kind: _count(found, periods[kind], now) for kind, found in by_type.items()}


def _count(found: list[datetime], count: int, now: datetime) -> dict[str, Any]:
    bound = earlier(now, count)
    expired = sum(day < bound for day in found)
    return {
        "months": count,
        "total": len(found),
        "valid": len(found) - expired,
        "expired": expired,
        "oldestDate": dates.shown(min(found)) if found else None,
    }


def _months(world: World, given: Mapping[str, Any]) -> Months:
    world.assume(rules.RETENTION_MONTHS)
    return FIRST_MONTHS | {kind: policy["months"] for kind, policy in given.items()}


def _stored(given: Mapping[str, Any]) -> Policy:
    return {kind: {"months": int(policy["months"])} for kind, policy in given.items()}


def _shown(periods: Months) -> Policy:
    return {kind: {"months": count} for kind, count in periods.items()}
