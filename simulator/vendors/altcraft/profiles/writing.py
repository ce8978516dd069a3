"""Putting what was sent into a profile: fields, place, subscriptions, segments; then it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import Conflict, Invalid
from simulator.kernel.ids import digest, object_id
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import dates
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.errors import InvalidSubscription, LimitReached
from simulator.vendors.altcraft.profiles import events, fields, functions, geo
from simulator.vendors.altcraft.profiles.view import PLATFORM
from simulator.vendors.altcraft.segments import service as segments
from simulator.vendors.altcraft.state import ACCOUNTS, DATABASES, PROFILES, email_key
from simulator.vendors.altcraft.subscriptions import record

Sent = Mapping[str, Any]
"""data, skip_triggers, skip_invalid_subscriptions, detect_geo, add_to_segments, remove_from_segments."""

CREATED = "profile_created"
UPDATED = "profile_updated"


def create(world: World, caller: Caller, database: Document, sent: Sent) -> Document:
    """A new profile. Raises LimitReached, Invalid, Conflict, NotFound."""
    _check_quota(world, caller)
    profile: Document = {
        "id": object_id(world, "altcraft/id"),
        "database": database["id"],
        "number": world.store.sequence("altcraft/profile"),
        "fields": {},
        "createtime": dates.now(world),
        "segments": [],
        "derived": {"_acid": digest(world.token("altcraft/acid"), 20)},
        "subscriptions": [],
    }
    if any(functions.is_function(value) for value in sent["data"].values()):
        world.assume(rules.FUNCTIONS_ON_CREATE)
    return write(world, caller, database, profile, sent)


def write(world: World, caller: Caller, database: Document, profile: Document, sent: Sent) -> Document:
    """The profile, new or not, stored with what was sent. Raises Invalid, Conflict, NotFound."""
    event = UPDATED if profile["id"] in world.store.table(PROFILES) else CREATED
    before = {"fields": dict(profile["fields"]), "segments": profile["segments"]}
    _write_fields(world, database, profile, sent["data"])
    if sent.get("detect_geo"):
        _write_place(world, profile, sent["data"])
    if event == CREATED:
        _check_mandatory(world, database, profile)
    _check_email(world, profile)
    changed = _subscribe(world, caller, database, profile, sent)
    into, out_of = sent.get("add_to_segments", []), sent.get("remove_from_segments", [])
    profile["segments"] = segments.after(world, caller, profile, into, out_of)
    world.store.table(PROFILES).put(profile)
    if not sent.get("skip_triggers"):
        _note_fields(world, event, before["fields"], profile)
        for sub, kind in changed:
            events.note(world, profile, kind, record.shown(sub))
        _note_segments(world, before["segments"], profile)
    return profile


def _note_fields(world: World, event: str, before: Mapping[str, Any], profile: Document) -> None:
    after = profile["fields"]
    differing = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    events.note(world, profile, event, {"fields": differing})


def _note_segments(world: World, before: list[int], profile: Document) -> None:
    after = profile["segments"]
    for kind, ids_ in (
        (segments.ADDED, set(after) - set(before)),
        (segments.REMOVED, set(before) - set(after)),
    ):
        for id in sorted(ids_):
            events.note(world, profile, kind, {"segment_id": id})


def _write_fields(world: World, database: Document, profile: Document, data: Mapping[str, Any]) -> None:
    known, kept = fields.of_database(database), profile["fields"]
    for name, value in data.items():
        if name == "subscriptions" or name in PLATFORM:
            continue
        field = known.get(name) or fields.unknown(world, name)
        if field is None:
            continue
        held = fields.apply(world, field, kept.get(name), value)
        if held is None:
            kept.pop(name, None)
        else:
            kept[name] = held


def _write_place(world: World, profile: Document, data: Mapping[str, Any]) -> None:
    """Fields of place by the addresses that were sent, but for what was sent itself."""
    kept = profile["fields"]
    ip, registered_from = (kept.get(name) if name in data else None for name in ("_ip", "_regip"))
    for name, value in geo.detected(world, ip, registered_from).items():
        if name in PLATFORM:
            profile["derived"][name] = value
        elif data.get(name) is None:
            kept[name] = value


def _check_mandatory(world: World, database: Document, profile: Document) -> None:
    missing = [f["name"] for f in database["fields"] if f["required"] and f["name"] not in profile["fields"]]
    if missing and world.assume(rules.MANDATORY_FIELD) == "refuse":
        raise Invalid(
            {f"/data/{missing[0]}": ["is mandatory"]}, f"{missing[0]} is mandatory in this database"
        )


def _check_email(world: World, profile: Document) -> None:
    email = profile["fields"].get("email")
    if email is None:
        return
    if email != email_key(email):
        world.assume(rules.EMAIL_CASE)
    holders = world.store.table(PROFILES).keys_of("email", (profile["database"], email_key(email)))
    if any(holder != profile["id"] for holder in holders):
        world.assume(rules.EMAIL_COLLISION)
        raise Conflict(f"email {email} belongs to another profile")


def _check_quota(world: World, caller: Caller) -> None:
    account = world.store.table(ACCOUNTS).get(caller.account)
    if account is None or account["quota"] is None:
        return
    profiles = world.store.table(PROFILES)
    databases = [d["id"] for d in world.store.table(DATABASES).scan() if d["account"] == caller.account]
    if sum(profiles.count("database", database) for database in databases) >= account["quota"]:
        world.assume(rules.TARIFF_LIMIT)
        raise LimitReached


def _subscribe(
    world: World, caller: Caller, database: Document, profile: Document, sent: Sent
) -> list[tuple[dict[str, Any], str]]:
    """Each subscription that was sent, as it is now, and the type of its event."""
    given = sent["data"].get("subscriptions") or []
    if not isinstance(given, list):
        raise Invalid({"/data/subscriptions": ["is no list"]}, "/data/subscriptions is no list")
    skip = sent.get("skip_invalid_subscriptions", False)
    changed = []
    for sub in given:
        try:
            changed.append(record.merge(world, caller, database, profile, sub))
        except InvalidSubscription:
            if not skip:
                raise
            world.assume(rules.INVALID_SUBSCRIPTION)
    return changed
