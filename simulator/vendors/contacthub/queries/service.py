"""Which customers of a node a search finds."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World


def select(
    world: World, node: Document, *, query: dict[str, Any] | None, external_id: str | None, sort: str | None
) -> list[Document]:
    """The customers that match, in order. Raises Invalid."""
    raise NotImplementedError
