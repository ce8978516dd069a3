"""Subscriptions of many profiles: listed in parts, suspended and unsuspended. All are found by index."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from heapq import nsmallest
from typing import Any

from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.profiles import events
from simulator.vendors.altcraft.state import DATABASES, PROFILES, RESOURCES
from simulator.vendors.altcraft.subscriptions import record
from simulator.vendors.altcraft.subscriptions.record import Subscription
from simulator.vendors.altcraft.subscriptions.status import STATUSES, word

Sent = Mapping[str, Any]
Key = tuple[int, int, str, str, bool]
"""Database, resource, channel, status, whether deleted: as the index `subscription` has them."""

CURSOR = re.compile(r"([0-9a-f]{24})\.([0-9a-f]{16})")


def list_all(world: World, caller: Caller, sent: Sent) -> tuple[list[dict[str, Any]], str]:
    """A part of the subscriptions to a resource, and where the next one begins; empty at the end.

    Guide, Get all subscriptions. Raises NotFound for resource and database, Invalid for a foreign from_id.
    """
    wanted = set(_listed(world, caller, sent))
    first = _cursor(world, sent)
    limit = int(sent["limit"]) if "limit" in sent else world.assume(rules.LIST_ALL_LIMIT)
    for rule in (rules.LIST_ORDER, rules.CUSTOM_FIELDS_EMPTY, rules.XXH_HASH_ID):
        world.assume(rule)
    # each profile has one at least, but the first, whose may all have been given before
    ids = nsmallest(limit + 2, (id for id in _profile_ids(world, wanted) if id >= first[0]))
    found: list[dict[str, Any]] = []
    for item in _items(world, ids, wanted):
        if (item["profile_id"], item["_xxh"]) < first:
            continue
        if len(found) == limit:
            return found, f"{item['profile_id']}.{item['_xxh']}"
        found.append(item)
    return found, ""


def change_all(world: World, caller: Caller, sent: Sent, before: str, after: str) -> int:
    """Give all subscriptions of the database with the status `before` the status `after`; returns how many.

    Only those of a channel, to a resource, or both, where `sent` says so (guide, Suspend all subscriptions).
    Raises NotFound for database and resource.
    """
    database = caller.database(world, sent["db_id"])
    if "resource_id" in sent:
        resources = [caller.resource(world, sent["resource_id"])]
    else:
        resources = list(world.store.table(RESOURCES).scan())
    wanted = {
        (database["id"], resource["id"], channel, before, False)
        for resource in resources
        for channel in _channels(resource, sent)
    }
    changed = 0
    for profile in [world.store.table(PROFILES)[id] for id in sorted(_profile_ids(world, wanted))]:
        meant = [sub for sub in profile["subscriptions"] if _key(profile, sub) in wanted]
        for sub in meant:
            sub["status"] = after
            events.note(world, profile, record.UPDATED, record.shown(sub))
        world.store.table(PROFILES).put(profile)
        changed += len(meant)
    return changed


def _listed(world: World, caller: Caller, sent: Sent) -> Iterator[Key]:
    """The keys of what list_all is to give."""
    resource = caller.resource(world, sent["resource_id"])
    if "db_id" in sent:
        databases = [caller.database(world, sent["db_id"])]
    else:
        databases = [one for one in world.store.table(DATABASES).scan() if caller.sees(one)]
    statuses = [word(sent["status"])] if "status" in sent else STATUSES
    deleted = [False] if world.assume(rules.DELETED_HIDDEN) else [False, True]
    for database in databases:
        for channel in _channels(resource, sent):
            for status in statuses:
                for gone in deleted:
                    yield database["id"], resource["id"], channel, status, gone


def _channels(resource: Document, sent: Sent) -> list[str]:
    return [sent["channel"]] if "channel" in sent else list(resource["channels"])


def _key(profile: Document, sub: Subscription) -> Key:
    return profile["database"], sub["resource_id"], sub["channel"], sub["status"], sub["is_delete"]


def _profile_ids(world: World, wanted: Iterable[Key]) -> set[str]:
    profiles = world.store.table(PROFILES)
    return {str(id) for key in wanted for id in profiles.keys_of("subscription", key)}


def _items(world: World, ids: Iterable[str], wanted: set[Key]) -> Iterator[dict[str, Any]]:
    """The subscriptions of the profiles that are wanted, by their _xxh, as list_all shows them."""
    for id in ids:
        profile = world.store.table(PROFILES)[id]
        for sub in sorted(profile["subscriptions"], key=lambda sub: str(sub["xxh"])):
            if _key(profile, sub) in wanted:
                owner = {"db_id": profile["database"], "profile_id": id}
                yield {**owner, "_xxh": sub["xxh"], "hash_id": sub["hash_id"], **record.shown(sub)}


def _cursor(world: World, sent: Sent) -> tuple[str, str]:
    """The profile id and _xxh to begin with. Raises Invalid."""
    world.assume(rules.LIST_ALL_CURSOR)
    if not sent.get("from_id"):
        return "", ""
    found = CURSOR.fullmatch(sent["from_id"])
    if found is None:
        raise Invalid({"/from_id": ["is no next_from_id"]}, "/from_id is no next_from_id of an answer")
    return found[1], found[2]
