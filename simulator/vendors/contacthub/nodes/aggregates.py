"""Aggregate customers: one for all entry customers that an aggregate node takes for the same.

An aggregate customer is found by its match key, and by the entry customers it is made of: a write
costs what the few customers merged with it cost, however many the node holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates, ids
from simulator.vendors.contacthub.nodes.keys import match_keys, value_at
from simulator.vendors.contacthub.nodes.merging import merged
from simulator.vendors.contacthub.state import CUSTOMERS, NODES, WORKSPACES

ACTIVE = "ACTIVE"
LAST = 1_000_000
INSTANT = timedelta(milliseconds=1)


def sync(world: World, customer: Document) -> None:
    """Bring the aggregate customers up to date after `customer`, of an entry node, was written."""
    for node in world.store.table(NODES).find("entryNodes", customer["node"]):
        if node["state"] == ACTIVE:
            _place(world, node, customer)


def gone(world: World, customer: Document) -> None:
    """Bring the aggregate customers up to date after `customer`, of an entry node, was deleted."""
    for held in of_entry(world, customer):
        _leave(world, world.store.table(NODES)[held["node"]], held, customer)


def of_entry(world: World, customer: Document) -> list[Document]:
    """The aggregate customers that an entry customer is part of, at most one for each aggregate node."""
    return world.store.table(CUSTOMERS).find("entries", customer["id"])


def shows(node: Document, event: Document) -> bool:
    """Whether an aggregate node has a copy of an entry customer's event: its own retention may have
    removed it (retention.service)."""
    oldest: str = node["retention"].get("oldest", {}).get(event["seen"]["type"], "")
    return bool(event["date"] >= oldest)


def build(world: World, node: Document) -> None:
    """The customers of an aggregate node that has none yet: those of its entry nodes, merged."""
    groups: dict[str, list[Document]] = {}
    for customer in _entry_customers(world, node):
        if not _excluded(node["exclusionFilters"], customer):
            keys = match_keys(node["matchingProperties"], customer["seen"])
            # a match key is JSON text, so it is never like an id
            groups.setdefault(keys[0] if keys else customer["id"], []).append(customer)
    for customers in groups.values():
        document = _blank(world, node, match_keys(node["matchingProperties"], customers[0]["seen"]))
        document["entries"] = [customer["id"] for customer in customers]
        _refresh(world, node, document)


def refilter(world: World, node: Document, before: Sequence[Mapping[str, str]] | None) -> None:
    """Take in and leave out entry customers, after an active node had other exclusion filters `before`."""
    for customer in _entry_customers(world, node):
        if _excluded(before, customer) != _excluded(node["exclusionFilters"], customer):
            _place(world, node, customer)


def remerge(world: World, workspace_id: str) -> None:
    """Merge all that is made of several customers once more, after the merge policies changed."""
    for node in world.store.table(NODES).find("workspace", workspace_id):
        if node.get("state") != ACTIVE:
            continue
        world.assume(rules.AGGREGATE_ANEW)
        for document in world.store.table(CUSTOMERS).find("node", node["id"]):
            if len(document["entries"]) > 1:
                _refresh(world, node, document)


def reorder(world: World, entry_node: Document) -> None:
    """Merge once more what the customers of an entry node are part of, after its source priority changed."""
    table = world.store.table(CUSTOMERS)
    if not world.store.table(NODES).keys_of("entryNodes", entry_node["id"]):
        return
    world.assume(rules.AGGREGATE_ANEW)
    held = {key for c in table.find("node", entry_node["id"]) for key in table.keys_of("entries", c["id"])}
    for key in sorted(held, key=str):
        document = table[key]
        _refresh(world, world.store.table(NODES)[document["node"]], document)


def _entry_customers(world: World, node: Document) -> list[Document]:
    table = world.store.table(CUSTOMERS)
    return [customer for entry in node["entryNodes"] for customer in table.find("node", entry)]


def _excluded(filters: Sequence[Mapping[str, str]] | None, customer: Document) -> bool:
    return any(_hit(condition, customer["seen"]) for condition in filters or ())


def _hit(condition: Mapping[str, str], seen: Mapping[str, Any]) -> bool:
    found = value_at(seen, condition["property"])
    texts = [text for text in (found if isinstance(found, list) else [found]) if isinstance(text, str)]
    if condition["pattern"] == "START_WITH":
        return any(text.startswith(condition["value"]) for text in texts)
    return any(condition["value"] in text for text in texts)


def _place(world: World, node: Document, customer: Document) -> None:
    """Move an entry customer to where it belongs, and merge there and where it was."""
    held = next((found for found in of_entry(world, customer) if found["node"] == node["id"]), None)
    target = None
    if not _excluded(node["exclusionFilters"], customer):
        target = _target(world, node, customer, held)
    if held is not None and (target is None or held["id"] != target["id"]):
        _leave(world, node, held, customer)
    if target is not None:
        if customer["id"] not in target["entries"]:
            target["entries"].append(customer["id"])
        _refresh(world, node, target)


def _target(world: World, node: Document, customer: Document, held: Document | None) -> Document:
    keys = match_keys(node["matchingProperties"], customer["seen"])
    found = world.store.table(CUSTOMERS).first("match", (node["id"], keys[0])) if keys else None
    if found is not None:
        return found
    if held is not None and held["entries"] == [customer["id"]]:
        return held | {"match": keys}
    return _blank(world, node, keys)


def _leave(world: World, node: Document, held: Document, customer: Document) -> None:
    held["entries"].remove(customer["id"])
    _refresh(world, node, held)


def _refresh(world: World, node: Document, document: Document) -> None:
    """Store an aggregate customer as its entry customers make it; without any it is gone."""
    table = world.store.table(CUSTOMERS)
    # those that are still there: one may have been deleted by hand
    document["entries"] = [key for key in document["entries"] if key in table]
    entries = [table[key] for key in document["entries"]]
    seen = document["seen"]
    if not entries:
        last = table.get(document["id"])
        if last is not None:
            table.delete(last["id"])
            _forget(world, last)
            tell(world, last, "DELETE")
        return
    world.assume(rules.AGGREGATE_MERGE)
    definitions = world.store.table(WORKSPACES)[node["workspace"]].get("customerExtended") or {}
    contents = merged([entry["seen"] for entry in _ordered(world, entries)], definitions)
    is_new = seen["version"] == 0
    if not is_new and all(seen[name] == value for name, value in contents.items()):
        table.put(document)
        return
    now = dates.shown(world.clock.now())
    if not is_new and now <= seen["updatedAt"]:
        now = dates.shown(dates.parsed(seen["updatedAt"]) + INSTANT)
    seen |= contents | {"version": seen["version"] + 1, "updatedAt": now}
    table.put(document)
    tell(world, document, "CREATE" if is_new else "UPDATE")


def tell(world: World, document: Document, operation: str) -> None:
    """Let the update stream say how an aggregate customer is now, or was when it was deleted."""
    from simulator.vendors.contacthub.customers import service as customers  # noqa: PLC0415
    from simulator.vendors.contacthub.updates import service as updates  # noqa: PLC0415

    of, parts = (document["workspace"], document["node"]), document["entries"]
    told = customers.viewer(world, document["workspace"])(document)
    updates.record(world, *of, operation, "CUSTOMER", told, parts=parts)


def _ordered(world: World, entries: Sequence[Document]) -> list[Document]:
    """The most trusted first: by the last writer's place in its node's sourcePriority, then the newest."""
    nodes = {entry["node"] for entry in entries}
    priorities = {key: world.store.table(NODES)[key]["sourcePriority"] for key in nodes}

    def rank(entry: Document) -> int:
        priority = priorities[entry["node"]]
        source = (entry["seen"].get("sourceInfo") or {}).get("updatedBy")
        return priority.index(source) if source in priority else LAST

    oldest = sorted(entries, key=lambda entry: int(entry["seen"]["intId"]))
    newest = sorted(oldest, key=lambda entry: str(entry["seen"]["updatedAt"]), reverse=True)
    return sorted(newest, key=rank)


def _blank(world: World, node: Document, keys: list[str]) -> Document:
    own, now = ids.new(world), dates.shown(world.clock.now())
    seen = {
        "id": own,
        "intId": world.store.sequence("contacthub/customer"),
        "nodeId": node["id"],
        "registeredAt": now,
        "updatedAt": now,
        "version": 0,
        "deleted": 0,
        "sourceInfo": {"registeredBy": None, "updatedBy": None},
    }
    return {
        "id": own,
        "workspace": node["workspace"],
        "node": node["id"],
        "seen": seen,
        "match": keys,
        "entries": [],
    }


def _forget(world: World, document: Document) -> None:
    from simulator.vendors.contacthub.events import service as events  # noqa: PLC0415
    from simulator.vendors.contacthub.sessions import service as sessions  # noqa: PLC0415

    events.drop_customer(world, document["id"])
    sessions.drop(world, document["id"])
