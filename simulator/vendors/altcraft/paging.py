"""Lists of databases and resources: by id, in parts, the first id of the next part told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.store import Collection, Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.auth import Caller

FIRST, LIMIT = 1, 1000
"""Where a list begins and how much it gives, when not told (guide, Get list of databases, of resources)."""


def part(
    world: World, caller: Caller, collection: Collection, sent: Mapping[str, Any]
) -> tuple[list[Document], dict[str, int]]:
    """The documents that `sent` (from_id, limit, ui_tags, groups, groups_id) asks for, and the counters."""
    things = list(world.store.table(collection).scan())
    seen = [thing for thing in things if caller.sees(thing)]
    if len(seen) < len(things):
        world.assume(rules.TOKEN_GROUPS)
        world.assume(rules.TOTAL_COUNT)
    first, limit = int(sent.get("from_id", FIRST)), int(sent.get("limit", LIMIT))
    if any(sent.get(name) for name in ("ui_tags", "groups", "groups_id")):
        world.assume(rules.LIST_FILTERS)
        world.assume(rules.TOTAL_COUNT)
    wanted = sorted(
        (thing for thing in seen if thing["id"] >= first and _passes(thing, sent)), key=lambda t: int(t["id"])
    )
    given = wanted[:limit]
    if len(given) == len(wanted):
        world.assume(rules.NEXT_FROM_ID_END)
    after = given[-1]["id"] + 1 if given else first
    return given, {"next_from_id": after, "total_count": len(seen)}


def _passes(thing: Document, sent: Mapping[str, Any]) -> bool:
    """Whether it has one of the tags, one of the names and one of the ids of groups that are asked for."""
    has = {
        "ui_tags": thing.get("ui_tags", []),
        "groups": [group["name"] for group in thing["groups"]],
        "groups_id": [group["id"] for group in thing["groups"]],
    }
    return all(not sent.get(name) or set(sent[name]) & set(own) for name, own in has.items())
