"""Profiles: import, update, add, get, delete. Batches and campaigns do the same through these functions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.profiles import events, search, view, wanted, writing
from simulator.vendors.altcraft.state import MESSAGES, PROFILES

Sent = Mapping[str, Any]
"""The members of a request: what to search for, `data`, flags (guide, Import profile)."""


def import_one(world: World, caller: Caller, database: Document, sent: Sent) -> Document:
    """The profile that `sent` means, changed, or a new one (guide, Import profile).

    Raises Invalid, NotFound (by profile_id nothing is created), Conflict, LimitReached.
    """
    sent = _with_data(world, sent)
    found = _searched(world, database, sent)
    if found is not None:
        return writing.write(world, caller, database, found, sent)
    if wanted.mode(world, sent) == "profile_id":
        world.assume(rules.MISSING_BY_ID)
        raise _absent()
    data = dict(sent["data"])
    for name, value in wanted.to_write(world, database, sent).items():
        if data.get(name) is None and world.assume(rules.SEARCH_VALUE_WRITTEN):
            data[name] = value
    return writing.create(world, caller, database, {**sent, "data": data})


def update_one(world: World, caller: Caller, database: Document, sent: Sent) -> Document:
    """The profile that `sent` means, changed; none is created (guide, Update profile).

    Raises Invalid, NotFound, Conflict.
    """
    sent = _with_data(world, sent)
    return writing.write(world, caller, database, found(world, database, sent), sent)


def add_one(world: World, caller: Caller, database: Document, sent: Sent) -> Document:
    """A new profile, without a search (guide, Add profile). Raises Invalid, Conflict, LimitReached."""
    return writing.create(world, caller, database, _with_data(world, sent))


def found(world: World, database: Document, sent: Sent) -> Document:
    """The profile that `sent` means. Raises NotFound, Invalid."""
    profile = search.find(world, database, sent)
    if profile is None:
        raise _absent()
    return profile


def get(world: World, caller: Caller, sent: Sent) -> dict[str, Any]:
    """The profile as it is shown (guide, Get profile data). Raises NotFound, Invalid."""
    database = caller.database(world, sent["db_id"])
    return view.shown(world, found(world, database, sent))


def delete(world: World, caller: Caller, sent: Sent) -> str:
    """Remove the profile with its history and relations, and tell its id (guide, Delete profile).

    Raises NotFound, Invalid.
    """
    profile = found(world, caller.database(world, sent["db_id"]), sent)
    messages = world.store.table(MESSAGES)
    for key in messages.keys_of("profile", profile["id"]):
        messages.delete(key)
    events.forget(world, profile["id"])
    world.store.table(PROFILES).delete(profile["id"])
    return str(profile["id"])


def _searched(world: World, database: Document, sent: Sent) -> Document | None:
    """The profile, or None where one is to be created. Raises Invalid."""
    try:
        return search.find(world, database, sent)
    except wanted.NoSearchValue:
        if wanted.mode(world, sent) != "email" or world.assume(rules.NO_SEARCH_VALUE) == "refuse":
            raise
        return None


def _with_data(world: World, sent: Sent) -> Sent:
    """`sent`, whose data is an object. Raises Invalid."""
    if not isinstance(sent.get("data"), dict):
        world.assume(rules.NULL_DATA)
        raise Invalid({"/data": ["is no object"]}, "/data is no object")
    return sent


def _absent() -> NotFound:
    return NotFound("profile")
