"""Profiles and what is theirs, from a fixture's short form to stored documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.errors import DomainError
from simulator.kernel.ids import digest
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import dates
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.profiles import writing
from simulator.vendors.altcraft.state import DATABASES, EVENTS, MESSAGES, PROFILES, RESOURCES
from simulator.vendors.altcraft.subscriptions import record

Given = Mapping[str, Any]


def profiles(world: World, given: Iterable[Given]) -> None:
    """Each written as profiles/add writes it. Raises ValueError naming the one that is refused."""
    for index, profile in enumerate(given):
        try:
            _profile(world, profile)
        except DomainError as error:
            raise ValueError(f"profiles[{index}]: {error.detail}") from error


def _profile(world: World, given: Given) -> None:
    database = world.store.table(DATABASES)[given["database"]]
    number = world.store.sequence("altcraft/profile")
    id = given.get("id", digest(f"profile {number}", 24))
    profile: Document = {
        "id": id,
        "database": database["id"],
        "number": number,
        "fields": {},
        "createtime": dates.read(given.get("createtime", dates.now(world))),
        "segments": [],
        "derived": {"_acid": given.get("acid", digest(id, 20))},
        "subscriptions": [],
    }
    sent = {"data": given["data"], "add_to_segments": given.get("segments", []), "skip_triggers": True}
    writing.write(world, _owner(world, database["account"]), database, profile, sent)
    for sub in given["data"].get("subscriptions", []):
        _tell(world, profile, sub)
    world.store.table(PROFILES).put(profile)


def _owner(world: World, account: int) -> Caller:
    """Somebody who sees all of the account."""
    things = [thing for part in (DATABASES, RESOURCES) for thing in world.store.table(part).scan()]
    groups = {group["id"] for thing in things for group in thing["groups"]}
    return Caller(account, frozenset(), frozenset(groups))


def _tell(world: World, profile: Document, given: Given) -> None:
    """What the platform notes of a subscription, and nobody can send with a profile."""
    contact = record.contact_of(world, given)
    sub = record.find(profile, given["resource_id"], given["channel"], contact, deleted=True)
    if sub is not None:
        sub |= {name: given[name] for name in ("ip", "url", "is_delete") if name in given}
        sub["date"] = dates.read(given.get("date", profile["createtime"]))


def messages(world: World, given: Iterable[Given]) -> None:
    """Messages that profiles got."""
    for message in given:
        stored = {name: message[name] for name in ("id", "resource_id", "profile", "channel")}
        contact, time = record.contact_of(world, message), dates.read(message["time"])
        world.store.table(MESSAGES).put({**stored, "contact": contact, "time": time})


def events(world: World, given: Iterable[Given]) -> None:
    """What happened to profiles, in order."""
    for event in given:
        profile = world.store.table(PROFILES)[event["profile"]]
        world.store.table(EVENTS).put(
            {
                "id": world.store.next_id(EVENTS, "event"),
                "time": dates.read(event["time"]),
                "database": profile["database"],
                "profile": profile["id"],
                "type": event["type"],
                "data": event.get("data", {}),
            }
        )
