"""Sessions: an anonymous id, tied to a customer; its value is unique in a node."""

from __future__ import annotations

from simulator.kernel.store import Document
from simulator.kernel.world import World


def assign(world: World, workspace_id: str, customer: Document, value: str) -> Document:
    """Tie a session to the customer. Raises Invalid (400) where the value is taken."""
    raise NotImplementedError


def drop(world: World, customer_id: str) -> None:
    """Remove all sessions of a customer."""
    raise NotImplementedError
