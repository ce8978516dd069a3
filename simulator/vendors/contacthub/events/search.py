"""Which events a search finds: read by customer or by node, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.configuration.catalogue import mode
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

    def fits(self, event: Document) -> bool:
        seen = event["seen"]
        if self.types and seen["type"] not in self.types:
            return False
        if self.contexts and seen["context"] not in self.contexts:
            return False
        if self.mode is not None and mode(seen["type"]) != self.mode:
            return False
        if self.first is None and self.last is None:
            return True
        date = datetime.fromisoformat(event["date"])
        return (self.first is None or _floored(self.first) <= date) and (
            self.last is None or date <= self.last
        )


def select(world: World, caller: Caller, workspace_id: str, wanted: Wanted) -> list[Document]:
    """The events that fit, newest first: at most what the caller may read."""
    if wanted.mode is not None:
        world.assume(rules.EVENT_MODES)
    if wanted.customer is not None:
        found = _of_customer_in_node(world, caller, workspace_id, wanted.customer, wanted.node)
    elif wanted.node is not None:
        found = _of_node(world, caller, node(world, workspace_id, wanted.node))
    else:
        found = _of_workspace(world, caller, workspace_id)
    return newest_first(event for event in found if wanted.fits(event))


def of_customer(world: World, customer: Document) -> list[Document]:
    """The events of a customer, newest first; of an aggregate customer, also those of its entry customers."""
    return newest_first(_events(world, customer))


def newest_first(events: Iterable[Document]) -> list[Document]:
    """By date; at the same instant, what was registered last comes first."""
    return sorted(
        events,
        key=lambda event: (event["date"], event["seen"]["registeredAt"], event.get("number", 0)),
        reverse=True,
    )


def _events(world: World, customer: Document) -> Iterator[Document]:
    table = world.store.table(EVENTS)
    yield from table.find("customer", customer["id"])
    for entry in customer.get("entries", ()):
        world.assume(rules.EVENT_COPIES)
        for event in table.find("customer", entry):
            yield _copy(event, customer)


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
            yield from (_copy(e, whole) for e in world.store.table(EVENTS).find("customer", customer_id))


def _of_node(world: World, caller: Caller, of: Document) -> Iterator[Document]:
    if not caller.may(of["id"], "R"):
        return
    if of["nodeType"] != AGGREGATE:
        yield from world.store.table(EVENTS).find("node", of["id"])
        return
    for customer in world.store.table(CUSTOMERS).find("node", of["id"]):
        yield from _events(world, customer)


def _of_workspace(world: World, caller: Caller, workspace_id: str) -> Iterator[Document]:
    for of in world.store.table(NODES).find("workspace", workspace_id):
        if caller.may(of["id"], "R"):
            yield from world.store.table(EVENTS).find("node", of["id"])


def _floored(instant: datetime) -> datetime:
    # events are kept with milliseconds, and are found by the instant that was sent
    return instant.astimezone(UTC).replace(microsecond=instant.microsecond // 1000 * 1000)
