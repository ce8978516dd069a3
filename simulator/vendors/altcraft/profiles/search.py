"""Searching a profile: the eleven modes of `matching` (guide, Import profile; help center, Matching)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.kernel.assumptions import Assumption
from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.profiles import values, wanted
from simulator.vendors.altcraft.state import PROFILES, contact_key, email_key, phone_key, value_keys

Sent = Mapping[str, Any]
Hits = list[Document]

KEYS: Mapping[str, Callable[[str], str]] = {"email": email_key, "phone": phone_key}
RULES = {"email": rules.EMAIL_CASE, "phone": rules.PHONE_COMPARE}


def find(world: World, database: Document, sent: Sent) -> Document | None:
    """The profile of the database that the search members of `sent` mean: matching, email, phone, profile_id,
    field_name, field_value, provider, subscription_id, channel, cc_data, resource_id, and `data` for what is
    not given beside it (`of_batch`: where nothing can be). Raises NoSearchValue where there is nothing to
    search for, Invalid."""
    found: dict[str, Document] = {}
    for hits in SEARCHES[wanted.mode(world, sent)](world, database, sent):
        for profile in sorted(hits, key=lambda hit: int(hit["number"])):
            found.setdefault(profile["id"], profile)
    if len(found) > 1 and world.assume(rules.SEVERAL_HITS) == "refuse":
        raise Invalid({"/matching": ["several profiles"]}, f"{len(found)} profiles match")
    return next(iter(found.values()), None)


def _by_email(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    emails = wanted.emails(world, sent)
    if _profile_too(world, sent):
        yield from _own(world, database, "email", emails)
    yield from _subscribed(world, database, sent, "email", emails)


def _by_profile_email(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    yield from _own(world, database, "email", wanted.emails(world, sent))


def _by_subscribed_email(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    yield from _subscribed(world, database, sent, "email", wanted.emails(world, sent, subscribed=True))


def _by_phone(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    phones = wanted.phones(world, sent)
    if _profile_too(world, sent):
        yield from _own(world, database, "phone", phones)
    yield from _subscribed(world, database, sent, "sms", phones)


def _by_subscribed_phone(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    yield from _subscribed(world, database, sent, "sms", wanted.phones(world, sent, subscribed=True))


def _by_email_or_phone(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    emails, phones = wanted.either(world, sent)
    yield from _own(world, database, "email", emails)
    yield from _own(world, database, "phone", phones)


def _by_subscribed_email_or_phone(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    emails, phones = wanted.either(world, sent, subscribed=True)
    yield from _subscribed(world, database, sent, "email", emails)
    yield from _subscribed(world, database, sent, "sms", phones)


def _by_id(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    profile = world.store.table(PROFILES).get(wanted.profile_id(world, sent))
    yield [profile] if profile is not None and profile["database"] == database["id"] else []


def _by_push(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    for contact in wanted.pushes(world, sent):
        yield _by_contact(world, database, sent, "push", contact)


def _by_custom_channel(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    for channel, cc_data in wanted.custom_contacts(world, sent):
        yield _by_contact(world, database, sent, channel, {"cc_data": cc_data})


def _by_field(world: World, database: Document, sent: Sent) -> Iterable[Hits]:
    world.assume(rules.FIELD_VALUE_TYPES)
    name = sent["field_name"]
    field = next((field for field in database["fields"] if field["name"] == name), None)
    if field is None:
        if world.assume(rules.UNKNOWN_FIELD_NAME) == "refuse":
            raise Invalid({"/field_name": ["no such field"]}, f"{name} is no field of the database")
        return
    keys = value_keys(values.read(world, field, wanted.field_value(world, field, sent)))
    if not keys:
        raise Invalid({"/field_value": ["nothing to search for"]}, f"{name} is not searched by such a value")
    first, *others = keys
    hits = world.store.table(PROFILES).find("value", (database["id"], name, first))
    yield [hit for hit in hits if set(others) <= set(value_keys(hit["fields"][name]))]


def _own(world: World, database: Document, index: str, texts: Iterable[str]) -> Iterable[Hits]:
    for text in texts:
        hits = world.store.table(PROFILES).find(index, (database["id"], KEYS[index](text)))
        yield _compared(world, RULES[index], text, hits)


def _subscribed(
    world: World, database: Document, sent: Sent, channel: str, texts: Iterable[str]
) -> Iterable[Hits]:
    name = "email" if channel == "email" else "phone"
    for text in texts:
        yield _compared(world, RULES[name], text, _by_contact(world, database, sent, channel, {name: text}))


def _by_contact(world: World, database: Document, sent: Sent, channel: str, contact: dict[str, Any]) -> Hits:
    """Profiles with such a subscription, which is not deleted, to the resource if the search has one."""
    profiles = world.store.table(PROFILES)
    key, resource = contact_key(channel, contact), sent.get("resource_id")
    if profiles.keys_of("contact", (database["id"], channel, key, True)):
        world.assume(rules.DELETED_MATCH)
    hits = profiles.find("contact", (database["id"], channel, key, False))
    return hits if resource is None else [hit for hit in hits if _has(hit, resource, channel, key)]


def _compared(world: World, rule: Assumption[bool], text: str, hits: Hits) -> Hits:
    """The hits; that another spelling is the same address or number is a guess."""
    if any(text not in _spellings(hit) for hit in hits):
        world.assume(rule)
    return hits


def _spellings(profile: Document) -> list[Any]:
    fields = profile["fields"]
    contacts = [value for sub in profile["subscriptions"] for value in sub["contact"].values()]
    return [fields.get("email"), *fields.get("phones", []), *contacts]


def _has(profile: Document, resource: int, channel: str, key: str) -> bool:
    return any(
        sub["resource_id"] == resource
        and sub["channel"] == channel
        and not sub["is_delete"]
        and contact_key(channel, sub["contact"]) == key
        for sub in profile["subscriptions"]
    )


def _profile_too(world: World, sent: Sent) -> bool:
    return sent.get("resource_id") is None or world.assume(rules.RESOURCE_NARROWS) == "subscriptions"


SEARCHES: Mapping[str, Callable[[World, Document, Sent], Iterable[Hits]]] = {
    "email": _by_email,
    "email_profile": _by_profile_email,
    "email_sub": _by_subscribed_email,
    "phone": _by_phone,
    "phone_sub": _by_subscribed_phone,
    "profile_id": _by_id,
    "push_sub": _by_push,
    "custom": _by_field,
    "custom_sub": _by_custom_channel,
    "email_phone": _by_email_or_phone,
    "email_phone_sub": _by_subscribed_email_or_phone,
}
