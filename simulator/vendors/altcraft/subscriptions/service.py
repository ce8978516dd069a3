"""Subscriptions of one profile: set, read, deleted softly, restored, ended by a message's reader."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.profiles import events
from simulator.vendors.altcraft.state import MESSAGES, PROFILES, RESOURCES
from simulator.vendors.altcraft.subscriptions import record
from simulator.vendors.altcraft.subscriptions.record import Subscription

Sent = Mapping[str, Any]

DELETED = "subscription_deleted"
RESTORED = "subscription_restored"


def set_one(world: World, caller: Caller, sent: Sent) -> None:
    """Add a subscription or change the one meant. Raises NotFound for database, profile or resource, and
    InvalidSubscription."""
    world.assume(rules.SET_ANSWER)
    database = caller.database(world, sent["db_id"])
    profile = caller.profile(world, database["id"], sent["profile_id"])
    caller.resource(world, sent["resource_id"])
    sub, event = record.merge(world, caller, database, profile, sent)
    sub |= {name: sent[name] for name in ("date", "ip", "url") if name in sent}
    keep(world, profile, sub, event, skip_triggers=sent.get("skip_triggers", False))


def list_of(world: World, caller: Caller, sent: Sent) -> list[dict[str, Any]]:
    """The subscriptions of a profile. Raises NotFound."""
    profile = caller.profile(world, sent["db_id"], sent["profile_id"])
    world.assume(rules.LIST_ORDER)
    world.assume(rules.CUSTOM_FIELDS_EMPTY)
    hidden = world.assume(rules.DELETED_HIDDEN)
    return [record.shown(sub) for sub in profile["subscriptions"] if not (sub["is_delete"] and hidden)]


def get(world: World, caller: Caller, sent: Sent) -> dict[str, Any]:
    """One subscription of a profile. Raises NotFound."""
    world.assume(rules.CUSTOM_FIELDS_EMPTY)
    _, sub = _named(world, caller, sent, deleted=not world.assume(rules.DELETED_HIDDEN))
    return record.shown(sub)


def delete(world: World, caller: Caller, sent: Sent) -> None:
    """Mark a subscription as deleted (guide, Delete subscription). Raises NotFound."""
    profile, sub = _named(world, caller, sent)
    sub["is_delete"] = True
    keep(world, profile, sub, DELETED)


def restore(world: World, caller: Caller, sent: Sent) -> None:
    """Bring a deleted subscription back as it was. Raises NotFound, also for one that is not deleted."""
    world.assume(rules.RESTORE_PATH)
    profile, sub = _named(world, caller, sent, deleted=True)
    if not sub["is_delete"]:
        raise NotFound("the subscription is not deleted")
    sub["is_delete"] = False
    keep(world, profile, sub, RESTORED)


def unsubscribe(world: World, caller: Caller, sent: Sent) -> str:
    """End the subscription that a message went to, or only its `categories`; returns the profile's id.

    Guide, Unsubscribe from resource. Raises NotFound for rtoken, smid or what the message went to.
    """
    world.assume(rules.UNSUB_MESSAGE)
    resources = world.store.table(RESOURCES).find("rtoken", sent["rtoken"])
    seen = [resource["id"] for resource in resources if caller.sees(resource)]
    message = world.store.table(MESSAGES).get(sent["smid"])
    if message is None or message["resource_id"] not in seen:
        raise NotFound(f"message {sent['smid']}" if seen else "rtoken")
    profile = world.store.table(PROFILES).get(message["profile"])
    if profile is None:
        raise NotFound(f"profile {message['profile']}")
    sub = record.find(profile, message["resource_id"], message["channel"], message["contact"])
    if sub is None:
        raise NotFound(f"the subscription of message {message['id']}")
    if sent.get("categories"):
        sub["cats"] = [category for category in sub["cats"] if category not in sent["categories"]]
    else:
        sub["status"] = "unsubscribed"
    keep(world, profile, sub, record.UPDATED)
    return str(profile["id"])


def keep(
    world: World, profile: Document, sub: Subscription, event: str, *, skip_triggers: bool = False
) -> None:
    """Store the profile, and what happened to its subscription unless triggers are skipped."""
    world.store.table(PROFILES).put(profile)
    if not skip_triggers:
        events.note(world, profile, event, record.shown(sub))


def _named(
    world: World, caller: Caller, sent: Sent, *, deleted: bool = False
) -> tuple[Document, Subscription]:
    """The profile and the subscription that a request means; with `deleted` also one that was deleted."""
    profile = caller.profile(world, sent["db_id"], sent["profile_id"])
    resource = caller.resource(world, sent["resource_id"])
    contact = record.contact_of(world, sent)
    sub = record.find(profile, resource["id"], sent["channel"], contact, deleted)
    if sub is None:
        world.assume(rules.GET_SUB_MISSING)
        world.assume(rules.SUBSCRIPTION_IDENTITY)
        raise NotFound(f"subscription to {sent['channel']} of resource {resource['id']}")
    return profile, sub
