"""What apps are answered: enough for the vendor's page and for its libraries."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules

TAKEN = {"success": True}
SENT = {"success": True, "message": "Track saved"}


def session(world: World, visitor: Document) -> dict[str, Any]:
    """The answer of Mobile init."""
    world.assume(rules.MOBILE_ANSWERS)
    return {"status": "ok", "success": True, "mobileId": visitor["id"]}


def sent(world: World, *, form: bool) -> dict[str, Any]:
    """The answer of a send, to a form or to JSON."""
    how = world.assume(rules.MOBILE_SENT)
    return {} if how == "empty" or (how == "by-body" and form) else SENT
