"""Nodes of a workspace: found, made and changed."""

from __future__ import annotations

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub.state import NODES

ENTRY, AGGREGATE = "ENTRY", "AGGREGATE"


def node(world: World, workspace_id: str, node_id: str, kind: str | None = None) -> Document:
    """The node, of that kind if one is asked for. Raises NotFound."""
    found = world.store.table(NODES).get(node_id)
    if found is None or found["workspace"] != workspace_id or kind not in (None, found["nodeType"]):
        raise NotFound(f"node not found {node_id}")
    return found


def aggregates_of(world: World, entry_node_id: str) -> list[Document]:
    """The aggregate nodes that are computed from an entry node."""
    return world.store.table(NODES).find("entryNodes", entry_node_id)
