"""One subscription of a profile: how it is recognised, added, changed and shown.

It lives in its profile's document (state.py); whoever changes it stores the profile.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.ids import digest
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import dates, shapes
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.errors import InvalidSubscription, UnknownResource
from simulator.vendors.altcraft.profiles import fields
from simulator.vendors.altcraft.resources.fields import field
from simulator.vendors.altcraft.state import contact_key
from simulator.vendors.altcraft.subscriptions.status import KEEP, word

Subscription = dict[str, Any]

CONTACTS = {"email": ("email",), "sms": ("phone",), "push": ("provider", "subscription_id")}
OLDER = {"email": "email_data", "sms": "sms_data", "push": "push_data"}
KNOWN_CC_DATA = ("telegram_bot", "whatsapp", "viber")

ADDED = "subscription_added"
UPDATED = "subscription_updated"


def merge(
    world: World, caller: Caller, database: Document, profile: Document, sent: Any
) -> tuple[Subscription, str]:
    """Add the subscription `sent` to `profile`, which has its id, or change the one that it means.

    Returns it as it stands in the profile, and ADDED or UPDATED, the type of the event; its data is `shown`.
    Raises InvalidSubscription; nothing is changed then.
    """
    resource = _checked(world, caller, database, sent)
    channel, contact = sent["channel"], contact_of(world, sent)
    old = find(profile, resource["id"], channel, contact, deleted=True)
    alike = (resource["id"], channel)
    if old is None and alike in [(sub["resource_id"], sub["channel"]) for sub in profile["subscriptions"]]:
        world.assume(rules.SUBSCRIPTION_IDENTITY)
    if old is not None and old["is_delete"] and not world.assume(rules.SET_REVIVES):
        raise InvalidSubscription({}, "the subscription is deleted")
    sub = old or _new(world, profile, resource, channel, contact)
    changed = {
        "status": _status(world, sent, sub),
        "priority": _priority(world, sent, sub),
        "cats": _cats(world, sent, sub),
        "custom_fields": _custom_fields(world, resource, sent, sub),
        "is_delete": False,
    }
    sub.update(changed)
    if old is None:
        profile["subscriptions"].append(sub)
    return sub, ADDED if old is None else UPDATED


def find(
    profile: Document, resource_id: int, channel: str, contact: Mapping[str, Any], deleted: bool = False
) -> Subscription | None:
    """The profile's subscription to that channel of the resource with that contact, as it stands in the
    profile; with `deleted` also if it was deleted."""
    wanted = resource_id, channel, contact_key(channel, dict(contact))
    for sub in profile["subscriptions"]:
        identity = sub["resource_id"], sub["channel"], contact_key(sub["channel"], sub["contact"])
        if identity == wanted and (deleted or not sub["is_delete"]):
            found: Subscription = sub
            return found
    return None


def contact_of(world: World, sent: Mapping[str, Any]) -> dict[str, Any]:
    """The contact in `sent`, of any form: {email}, {phone}, {provider, subscription_id} or {cc_data}."""
    channel = sent["channel"]
    names = CONTACTS.get(channel)
    if names is None:
        if channel not in KNOWN_CC_DATA:
            world.assume(rules.NOTIFY_CONTACT)
        return {"cc_data": sent["cc_data"]}
    nested = sent.get(OLDER[channel], {})
    if nested and channel != "email":
        world.assume(rules.OLDER_CONTACTS)
    if nested and any(name in sent for name in names):
        world.assume(rules.BOTH_FORMS)
    return {name: sent[name] if name in sent else nested[name] for name in names}


def shown(sub: Subscription) -> dict[str, Any]:
    """The subscription as answers have it."""
    view = {"resource_id": sub["resource_id"], "channel": sub["channel"], **sub["contact"]}
    view |= {"priority": sub["priority"], "status": sub["status"]}
    view |= {name: sub[name] for name in ("custom_fields", "cats") if sub[name]}
    return view | ({"is_delete": True} if sub["is_delete"] else {})


def _checked(world: World, caller: Caller, database: Document, sent: Any) -> Document:
    """The resource of the subscription `sent`, which is right for it. Raises InvalidSubscription."""
    found = shapes.violations("Subscription", _without_fields(sent))
    if found:
        told = f"{found[0].pointer} {found[0].message}".strip()
        raise InvalidSubscription({v.pointer: [v.message] for v in found}, told)
    try:
        resource = caller.resource(world, sent["resource_id"])
    except NotFound as error:
        raise UnknownResource({"/resource_id": [error.detail]}, error.detail) from error
    name = f"resource {resource['id']}"
    if sent["channel"] not in resource["channels"]:
        _refuse("/channel", f"{name} has no channel {sent['channel']}")
    if database["id"] not in resource["dbs_ids"]:
        _refuse("/resource_id", f"{name} has no database {database['id']}")
    for category in sent.get("cats", []):
        if category not in resource["categories"]:
            _refuse("/cats", f"{name} has no category {category}")
    return resource


def _without_fields(sent: Any) -> Any:
    """`sent`, without custom fields, each of which is held to its type when it is written."""
    has = isinstance(sent, dict) and isinstance(sent.get("custom_fields"), dict)
    return sent | {"custom_fields": {}} if has else sent


def _check_value(name: str, value: Any) -> None:
    """A field that has no type is held to what the contract says of all. Raises Invalid."""
    found = shapes.violations("CustomFieldValue", value)
    if found:
        raise Invalid({name: [found[0].message]}, f"{name} {found[0].message}")


def _refuse(pointer: str, told: str) -> None:
    raise InvalidSubscription({pointer: [told]}, told)


def _new(
    world: World, profile: Document, resource: Document, channel: str, contact: dict[str, Any]
) -> Subscription:
    """A subscription as it is before anything that was sent with it."""
    others = profile["subscriptions"]
    priority = 0
    if world.assume(rules.NEW_PRIORITY) == "lowest" and not resource["raise_new"]:
        priority = 1 + max((sub["priority"] for sub in others), default=-1)
    return {
        "resource_id": resource["id"],
        "channel": channel,
        "contact": contact,
        "status": None,
        "priority": priority,
        "custom_fields": {},
        "cats": [],
        "date": dates.now(world),
        "ip": None,
        "url": None,
        **marks(profile["id"], resource["id"], channel, contact),
        "is_delete": False,
    }


def marks(profile: str, resource: int, channel: str, contact: dict[str, Any]) -> dict[str, str]:
    """{hash_id, xxh}: they follow from what makes it this subscription."""
    identity = f"{profile} {resource} {channel} {contact_key(channel, contact)}"
    return {"hash_id": digest(identity, 8), "xxh": digest(identity, 16)}


def _status(world: World, sent: Mapping[str, Any], sub: Subscription) -> str:
    status = sent.get("status", KEEP)
    if status != KEEP:
        return word(status)
    if "status" in sent:
        world.assume(rules.MINUS_ONE)
    return sub["status"] or world.assume(rules.NEW_STATUS)


def _priority(world: World, sent: Mapping[str, Any], sub: Subscription) -> int:
    if sent.get("priority") == KEEP:
        world.assume(rules.MINUS_ONE)
    priority = sent.get("priority", KEEP)
    return int(sub["priority"] if priority == KEEP else priority)


def _cats(world: World, sent: Mapping[str, Any], sub: Subscription) -> list[str]:
    if "cats" not in sent:
        return list(sub["cats"])
    kept = sub["cats"] if world.assume(rules.CATS) == "add" else []
    return list(dict.fromkeys([*kept, *sent["cats"]]))


def _custom_fields(
    world: World, resource: Document, sent: Mapping[str, Any], sub: Subscription
) -> dict[str, Any]:
    """The fields after what is sent for them, values or functions (guide, Subscription fields functional
    update); those of no such name are the database's case too. Raises InvalidSubscription."""
    held = deepcopy(sub["custom_fields"])
    try:
        for name, value in sent.get("custom_fields", {}).items():
            own = field(resource, sub["channel"], name)
            if own is None:
                _check_value(name, value)
            known = own or fields.unknown(world, name)
            if known is not None:
                held[name] = fields.apply(world, known, held.get(name), value)
    except Invalid as error:
        raise InvalidSubscription(error.fields, error.detail) from error
    return {name: value for name, value in held.items() if value is not None}
