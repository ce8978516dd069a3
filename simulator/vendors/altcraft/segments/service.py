"""Segments: made, and the members of static ones, which are kept with the profiles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.profiles import events
from simulator.vendors.altcraft.state import PROFILES, SEGMENTS

ADDED = "segment_added"
REMOVED = "segment_removed"


def add(world: World, caller: Caller, sent: Mapping[str, Any]) -> int:
    """Make a segment and return its id. Raises NotFound for the database."""
    database = caller.database(world, sent["list_id"])
    for rule in (rules.SEGMENT_ANSWER, rules.SEGMENT_REQUIRED, rules.SEGMENT_CONDITIONS):
        world.assume(rule)
    segment: Document = {
        "id": world.store.next_id(SEGMENTS, "segment"),
        "name": sent["name"],
        "list_id": database["id"],
        "is_static": sent.get("is_static", False),
        "is_refresh_daily": sent.get("is_refresh_daily", False),
        "segment": sent.get("segment"),
    }
    world.store.table(SEGMENTS).put(segment)
    return int(segment["id"])


def add_member(world: World, caller: Caller, sent: Mapping[str, Any]) -> None:
    """Put a profile into a static segment (guide, Add and remove a profile from a static segment).

    Raises NotFound for database, segment or profile, Invalid for a segment that is not static.
    """
    segment, profile = _named(world, caller, sent)
    if segment["id"] in profile["segments"]:
        world.assume(rules.SEGSTATIC_REPEAT)
        return
    profile["segments"].append(segment["id"])
    _keep(world, profile, ADDED, sent)


def remove_member(world: World, caller: Caller, sent: Mapping[str, Any]) -> None:
    """Take a profile out of a static segment. Raises as add_member."""
    segment, profile = _named(world, caller, sent)
    if segment["id"] not in profile["segments"]:
        world.assume(rules.SEGSTATIC_REPEAT)
        return
    profile["segments"].remove(segment["id"])
    _keep(world, profile, REMOVED, sent)


def after(
    world: World, caller: Caller, profile: Document, into: Iterable[int], out_of: Iterable[int]
) -> list[int]:
    """The profile's segments once it is put `into` some and taken `out_of` others, as an import asks for.

    Raises NotFound for a segment that is not of its database, Invalid for one that is not static.
    """
    added = _listed(world, caller, profile["database"], into)
    removed = _listed(world, caller, profile["database"], out_of)
    return [id for id in dict.fromkeys([*profile["segments"], *added]) if id not in removed]


def _listed(world: World, caller: Caller, database: int, ids: Iterable[int]) -> list[int]:
    found = []
    for id in ids:
        try:
            found.append(int(_static(world, caller, database, id)["id"]))
        except NotFound:
            if world.assume(rules.SEGMENTS_UNKNOWN) == "refuse":
                raise
    return found


def _static(world: World, caller: Caller, database: int, id: int) -> Document:
    """A segment of the database that takes members. Raises NotFound, Invalid."""
    kept = caller.database(world, database)
    segment = caller.segment(world, id)
    if segment["list_id"] != kept["id"]:
        raise NotFound(f"segment {id} of database {kept['id']}")
    if not segment["is_static"]:
        world.assume(rules.SEGMENTS_DYNAMIC)
        told = f"segment {id} is not static"
        raise Invalid({"/segment_id": [told]}, told)
    return segment


def _named(world: World, caller: Caller, sent: Mapping[str, Any]) -> tuple[Document, Document]:
    """The segment and the profile that a request names."""
    segment = _static(world, caller, sent["db_id"], sent["segment_id"])
    return segment, caller.profile(world, sent["db_id"], sent["profile_id"])


def _keep(world: World, profile: Document, event: str, sent: Mapping[str, Any]) -> None:
    world.store.table(PROFILES).put(profile)
    if not sent.get("skip_triggers", False):
        events.note(world, profile, event, {"segment_id": int(sent["segment_id"])})
