"""The consent log: a row for each change of a leaf, for each export and each erasure."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub.auth import Caller


def changed(
    world: World,
    caller: Caller,
    customer: Document,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
) -> None:
    """Note every leaf of `consents` that differs."""
    raise NotImplementedError


def note(world: World, caller: Caller, customer: Document, kind: str, value: str) -> None:
    """Note that something happened to the customer's data as a whole."""
    raise NotImplementedError
