"""Aggregate customers: one for all entry customers that an aggregate node takes for the same."""

from __future__ import annotations

from simulator.kernel.store import Document
from simulator.kernel.world import World


def sync(world: World, customer: Document) -> None:
    """Bring the aggregate customers up to date after `customer`, of an entry node, was written."""


def gone(world: World, customer: Document) -> None:
    """Bring the aggregate customers up to date after `customer`, of an entry node, was deleted."""


def of_entry(world: World, customer: Document) -> list[Document]:
    """The aggregate customers that an entry customer is part of, at most one for each aggregate node."""
    from simulator.vendors.contacthub.state import CUSTOMERS  # noqa: PLC0415

    return world.store.table(CUSTOMERS).find("entries", customer["id"])
