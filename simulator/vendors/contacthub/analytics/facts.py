"""What the figures are made of: customers, events and deletions of the nodes that a caller may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from decimal import Decimal

from simulator.kernel.errors import Forbidden
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.customers import service as customers
from simulator.vendors.contacthub.events.search import Wanted, of_customer
from simulator.vendors.contacthub.nodes.service import AGGREGATE, node
from simulator.vendors.contacthub.state import CUSTOMERS, EVENTS, NODES, UPDATES


def nodes(world: World, caller: Caller, workspace_id: str, node_id: str | None) -> list[Document]:
    """The node, or all that the caller may read. Raises NotFound, Forbidden."""
    if node_id is None:
        world.assume(rules.STATS_NODES)
        found = world.store.table(NODES).find("workspace", workspace_id)
        return [one for one in found if caller.may(one["id"], "R")]
    _permit(caller, node_id)
    return [node(world, workspace_id, node_id)]


def number_of_customers(world: World, of: Iterable[Document]) -> int:
    """How many customers nodes have; none of them is read."""
    table = world.store.table(CUSTOMERS)
    return sum(len(table.keys_of("node", one["id"])) for one in of)


def customers_of(world: World, of: Iterable[Document]) -> Iterator[Document]:
    """The customers of nodes, as shown."""
    for one in of:
        for customer in world.store.table(CUSTOMERS).find("node", one["id"]):
            yield customer["seen"]


def customer(world: World, caller: Caller, workspace_id: str, customer_id: str) -> Document:
    """The customer, for who may read its node. Raises NotFound, Forbidden."""
    found = customers.find(world, workspace_id, customer_id)
    _permit(caller, found["node"])
    return found


def events(world: World, caller: Caller, workspace_id: str, wanted: Wanted) -> Iterator[Document]:
    """The events that fit, as shown; an aggregate node's, if it is asked for, with those of its entry
    customers. Raises NotFound, Forbidden."""
    of = nodes(world, caller, workspace_id, wanted.node)
    copied = wanted.node is not None and of[0]["nodeType"] == AGGREGATE
    for event in _copied(world, of[0]) if copied else _own(world, of):
        if wanted.fits(event):
            yield event["seen"]


def _own(world: World, of: Iterable[Document]) -> Iterator[Document]:
    for one in of:
        yield from world.store.table(EVENTS).find("node", one["id"])


def _copied(world: World, aggregate: Document) -> Iterator[Document]:
    for found in world.store.table(CUSTOMERS).find("node", aggregate["id"]):
        yield from of_customer(world, found)


def deletions(world: World, of: Iterable[Document], kind: str) -> Iterator[tuple[Document, datetime]]:
    """What was deleted of a kind, CUSTOMER or EVENT, as it last was, and when."""
    for one in of:
        for update in world.store.table(UPDATES).find("deleted", (one["id"], kind)):
            yield update["data"], dates.parsed(update["time"])


def amount(orders: Iterable[Document], name: str) -> str:
    """The sum of a member of the orders' amounts, as text."""
    values = (((order["properties"].get("amount") or {}).get(name)) or 0 for order in orders)
    return f"{sum((Decimal(str(value)) for value in values), Decimal(0)):.2f}"


def _permit(caller: Caller, node_id: str) -> None:
    if not caller.may(node_id, "R"):
        raise Forbidden("Access is denied")
