"""The update stream: each change of a customer or an event has the next offset of its workspace."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World


def record(
    world: World, workspace_id: str, node_id: str, operation: str, kind: str, data: Document | dict[str, Any]
) -> None:
    """Append a change: `operation` CREATE, UPDATE or DELETE of `kind` CUSTOMER or EVENT."""
    raise NotImplementedError
