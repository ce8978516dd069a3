"""Events: written for a customer or a session, found by customer, node and date."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub.auth import Caller


def create(
    world: World, caller: Caller, workspace_id: str, body: dict[str, Any], client: dict[str, Any] | None
) -> str:
    """Record an event; its id. Raises Invalid, NotFound, TooLarge."""
    raise NotImplementedError


def remove(world: World, caller: Caller, workspace_id: str, event_id: str) -> None:
    """Delete an event. Raises NotFound."""
    raise NotImplementedError


def of_customer(world: World, customer: Document) -> list[Document]:
    """The events of a customer, newest first; of an aggregate customer, those of its entry customers."""
    raise NotImplementedError


def drop_customer(world: World, customer_id: str) -> None:
    """Delete all events of a customer."""
    raise NotImplementedError


def reconcile(world: World, node_id: str, session_value: str, customer_id: str) -> None:
    """Give a session's anonymous events to the customer it turned out to be."""
    raise NotImplementedError
