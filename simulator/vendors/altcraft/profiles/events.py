"""What happens to profiles, in order: what the platform's triggers and scenarios would start from."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import dates
from simulator.vendors.altcraft.state import EVENTS


def note(world: World, profile: Document, type: str, data: dict[str, Any]) -> None:
    """Keep that this happened to the profile now. Not to be called where triggers are skipped.

    What is an event is a guess that no answer rests on: none shows events.
    """
    if not world.chosen(rules.EVENTS_WHEN):
        return
    world.store.table(EVENTS).put(
        {
            "id": world.store.next_id(EVENTS, "event"),
            "time": dates.now(world),
            "database": profile["database"],
            "profile": profile["id"],
            "type": type,
            "data": data,
        }
    )


def forget(world: World, profile_id: str) -> None:
    """Remove all that happened to a profile."""
    events = world.store.table(EVENTS)
    for key in events.keys_of("profile", profile_id):
        events.delete(key)
