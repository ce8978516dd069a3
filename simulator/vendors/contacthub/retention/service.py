"""Retention: which events are too old, and their removal night after night."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World

SWEEP = "remove expired events"


def plan(world: World, node: Document) -> None:
    """Begin removing expired events of a node whose retention is enabled, if that was not planned yet."""


def sweep(world: World, data: dict[str, Any]) -> None:
    """Remove what has expired in a node, and plan the next night."""
