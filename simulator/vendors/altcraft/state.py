"""What Altcraft keeps: the shapes of its documents, and how they are found.

Instants are ISO 8601 in UTC with milliseconds and Z, as the answers print them.

accounts     id (number), quota (most profiles) or null
tokens       id (number), token, name, account, permissions [text], groups [id], active
databases    id (number), account, name, description, suppress_id, ui_tags [text], groups [{id, name}],
             fields [{name, title, type, required, dictionary or null}]: the custom ones; type is int, float,
             bool, date, unicode, tags, object, arr_object or version
resources    id (number), account, name, channels [text], dbs_ids [id], categories [name], rtoken, url,
             trk_domain, groups [{id, name}], raise_new (bool), fields {channel: [as of databases]}
segments     id (number), name, list_id (its database), is_static, is_refresh_daily, segment (as sent) or
             null
profiles     id (24 hex), database, number (in order of creation), fields {name: value}, createtime, segments
             [id], derived {name: value} (what only the platform sets), subscriptions: [{resource_id,
             channel, contact {email} or {phone} or {provider, subscription_id} or {cc_data}, status (word),
             priority, custom_fields, cats, date, ip, url, hash_id, xxh, is_delete}] in order of creation;
             date is an instant, or what subscriptions/set was given, whose form no page says
campaigns    id (kind/number), kind (trigger or workflow), number, database, name, active, type, message
             {resource_id, channel, subject or null, text} or null
messages     id (the smid), resource_id, profile, channel, contact, time
events       id (number), time, database, profile, type, data
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from simulator.kernel.store import Collection, Document, Index, on


def email_key(email: str) -> str:
    """What two spellings of an e-mail address have in common (altcraft.email-case)."""
    return email.strip().lower()


def phone_key(phone: str) -> str:
    """What two spellings of a phone number have in common (altcraft.phone-compare)."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")


def contact_key(channel: str, contact: dict[str, Any]) -> str:
    """What identifies a contact of a channel."""
    if channel == "email":
        return email_key(contact["email"])
    if channel == "sms":
        return phone_key(contact["phone"])
    if channel == "push":
        return f"{contact['provider']} {contact['subscription_id']}"
    return orjson.dumps(contact["cc_data"], option=orjson.OPT_SORT_KEYS).decode()


def _emails(profile: Document) -> Iterable[tuple[int, str]]:
    email = profile["fields"].get("email")
    return [(profile["database"], email_key(email))] if email else []


def _phones(profile: Document) -> Iterable[tuple[int, str]]:
    return [(profile["database"], phone_key(phone)) for phone in profile["fields"].get("phones", [])]


def _contacts(profile: Document) -> Iterable[tuple[int, str, str, bool]]:
    """Database, channel, contact, and whether the subscription is deleted."""
    return [
        (profile["database"], sub["channel"], contact_key(sub["channel"], sub["contact"]), sub["is_delete"])
        for sub in profile["subscriptions"]
    ]


def _subscriptions(profile: Document) -> Iterable[tuple[int, int, str, str, bool]]:
    """What operations on many ask for: database, resource, channel, status, and whether it is deleted."""
    return [
        (profile["database"], sub["resource_id"], sub["channel"], sub["status"], sub["is_delete"])
        for sub in profile["subscriptions"]
    ]


def value_keys(value: Any) -> list[str]:
    """By what a custom field is found: its text, or each of its tags (altcraft.field-value-types)."""
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, int | float | str):
        return [str(value)]
    return [tag for tag in value if isinstance(tag, str)] if isinstance(value, list) else []


def _values(profile: Document) -> Iterable[tuple[int, str, str]]:
    return [
        (profile["database"], name, key)
        for name, value in profile["fields"].items()
        if not name.startswith("_") and name not in ("email", "phones")
        for key in value_keys(value)
    ]


ACCOUNTS = Collection("altcraft/accounts")
TOKENS = Collection("altcraft/tokens", (on("token", unique=True),))
DATABASES = Collection("altcraft/databases")
RESOURCES = Collection("altcraft/resources", (on("rtoken"),))
SEGMENTS = Collection("altcraft/segments")
PROFILES = Collection(
    "altcraft/profiles",
    (
        on("database"),
        Index("email", _emails),
        Index("phone", _phones),
        Index("contact", _contacts),
        Index("value", _values),
        on("segments"),
        Index("subscription", _subscriptions),
    ),
)
CAMPAIGNS = Collection("altcraft/campaigns")
MESSAGES = Collection("altcraft/messages", (on("profile"),))
EVENTS = Collection("altcraft/events", (on("profile"),))
COLLECTIONS = (
    ACCOUNTS,
    TOKENS,
    DATABASES,
    RESOURCES,
    SEGMENTS,
    PROFILES,
    CAMPAIGNS,
    MESSAGES,
    EVENTS,
)
