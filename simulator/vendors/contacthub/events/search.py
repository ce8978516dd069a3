"""Which events a search finds: read by customer or by node, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.configuration.catalogue import mode
from simulator.vendors.contacthub.events.shelves import Shelves, newest_first
from simulator.vendors.contacthub.nodes.aggregates import shows
from simulator.vendors.contacthub.nodes.service import AGGREGATE, node
from simulator.vendors.contacthub.state import CUSTOMERS, EVENTS, NODES


@dataclass(frozen=True)
class Wanted:
    """What to search for; None and an empty set are no filter. Both ends of the dates belong to it."""

    customer: str | None = None
    node: str | None = None
    types: frozenset[str] = frozenset()
    contexts: frozenset[str] = frozenset()
    mode: str | None = None
    first: datetime | None = None
    last: datetime | None = None

    @property
    def by_date_only(self) -> bool:
        return not self.types and not self.contexts and self.mode is None

    def fits(self, event: Document) -> bool:
        seen = event["seen"]
        if self.types and seen["type"] not in self.types:
            return False
        if self.contexts and seen["context"] not in self.contexts:
            return False
        if self.mode is not None and mode(seen["type"]) != self.mode:
            return False
        first, last = _sortable(self.first), _sortable(self.last)
        return (first is None or first <= event["date"]) and (last is None or event["date"] <= last)


def select(world: World, caller: Caller, workspace_id: str, wanted: Wanted, most: int) -> Sequence[Document]:
    """The events that fit, newest first: at most `most`, and what the caller may read."""
    if wanted.mode is not None:
        world.assume(rules.EVENT_MODES)
    if wanted.customer is not None:
        found = _of_customer_in_node(world, caller, workspace_id, wanted.customer, wanted.node)
    elif wanted.node is not None:
        of = node(world, workspace_id, wanted.node)
        if of["nodeType"] != AGGREGATE and wanted.by_date_only and caller.may(of["id"], "R"):
            ends = [_sortable(end) for end in (wanted.first, wanted.last)]
            return Shelves(world.store.table(EVENTS), of["id"], ends[0], ends[1], most)
        found = _of_node(world, caller, of)
    else:
        found = _of_workspace(world, caller, workspace_id)
    return newest_first(event for event in found if wanted.fits(event))[:most]


def of_customer(world: World, customer: Document) -> list[Document]:
    """The events of a customer, newest first; of an aggregate customer, also those of its entry customers."""
    return newest_first(_events(world, customer))


def _events(world: World, customer: Document) -> Iterator[Document]:
    yield from world.store.table(EVENTS).find("customer", customer["id"])
    yield from _copies(world, customer, customer.get("entries", ()))


def _copies(world: World, whole: Document, entries: Sequence[str]) -> Iterator[Document]:
    """The events of entry customers as their aggregate customer shows them."""
    if not entries:
        return
    world.assume(rules.EVENT_COPIES)
    of = world.store.table(NODES)[whole["node"]]
    for entry in entries:
        for event in world.store.table(EVENTS).find("customer", entry):
            if shows(of, event):
                yield _copy(event, whole)


def _copy(event: Document, whole: Document) -> Document:
    seen = event["seen"] | {"customerId": whole["id"], "origin": "DUPLICATE"}
    return event | {"customer": whole["id"], "node": whole["node"], "seen": seen}


def _of_customer_in_node(
    world: World, caller: Caller, workspace_id: str, customer_id: str, node_id: str | None
) -> Iterator[Document]:
    customer = world.store.table(CUSTOMERS).get(customer_id)
    if customer is None or customer["workspace"] != workspace_id:
        world.assume(rules.EVENT_OF_NOBODY)
        return
    node_id = node_id or customer["node"]
    if not caller.may(node_id, "R"):
        return
    if node_id == customer["node"]:
        yield from _events(world, customer)
        return
    for whole in world.store.table(CUSTOMERS).find("entries", customer_id):
        if whole["node"] == node_id:
            yield from _copies(world, whole, [customer_id])


def _of_node(world: World, caller: Caller, of: Document) -> Iterator[Document]:
    return of_node(world, of) if caller.may(of["id"], "R") else iter(())


def of_node(world: World, of: Document) -> Iterator[Document]:
    """The events of a node, in any order; of an aggregate node, also the copies that it shows."""
    if of["nodeType"] != AGGREGATE:
        yield from world.store.table(EVENTS).find("node", of["id"])
        return
    for customer in world.store.table(CUSTOMERS).find("node", of["id"]):
        yield from _events(world, customer)


def _of_workspace(world: World, caller: Caller, workspace_id: str) -> Iterator[Document]:
    for of in world.store.table(NODES).find("workspace", workspace_id):
        if caller.may(of["id"], "R"):
            yield from world.store.table(EVENTS).find("node", of["id"])


def _sortable(instant: datetime | None) -> str | None:
    """An instant as events have it: with milliseconds, so that they are found by what was sent."""
    return None if instant is None else instant.astimezone(UTC).isoformat(timespec="milliseconds")
