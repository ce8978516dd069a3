"""What a request searches for: the mode, and the value beside the data or, where it is left out, in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.profiles import functions
from simulator.vendors.altcraft.profiles.values import Field

Sent = Mapping[str, Any]
EMAIL_MODES = ("email", "email_profile", "email_phone")
PLAIN_CHANNELS = ("email", "sms", "push")
"""Those without cc_data."""
PHONE_MODES = ("phone", "email_phone")


class NoSearchValue(Invalid):
    """There is nothing to search for."""

    def __init__(self, name: str) -> None:
        super().__init__(
            {f"/{name}": ["is required"]}, f"/{name} is required: there is nothing to search for"
        )


def mode(world: World, sent: Sent) -> str:
    """`matching`, or which one is meant where it is left out (altcraft.matching-left-out)."""
    if sent.get("matching"):
        return str(sent["matching"])
    if sent.get("email"):
        return "email"  # the default (guide, Import profile)
    world.assume(rules.MATCHING_LEFT_OUT)
    return "profile_id" if sent.get("profile_id") else "email"


def emails(world: World, sent: Sent, *, subscribed: bool = False) -> list[str]:
    """Addresses to search for; `subscribed` if among subscriptions only. Raises NoSearchValue."""
    found = _emails(world, sent, subscribed)
    if not found:
        raise NoSearchValue("email")
    return found


def phones(world: World, sent: Sent, *, subscribed: bool = False) -> list[str]:
    """Numbers to search for, in order; `subscribed` if among subscriptions only. Raises NoSearchValue."""
    found = _phones(world, sent, subscribed)
    if not found:
        raise NoSearchValue("phone")
    return found


def either(world: World, sent: Sent, *, subscribed: bool = False) -> tuple[list[str], list[str]]:
    """Addresses and numbers to search for, of which one is enough. Raises NoSearchValue."""
    world.assume(rules.EMAIL_PHONE_EITHER)
    if sent.get("email") or sent.get("phone"):
        given = [[sent[name]] if sent.get(name) else [] for name in ("email", "phone")]
        return given[0], given[1]
    found = _emails(world, sent, subscribed), _phones(world, sent, subscribed)
    if not any(found):
        raise NoSearchValue("email")
    return found


def profile_id(world: World, sent: Sent) -> str:
    """The id to search for. Raises NoSearchValue."""
    found = sent.get("profile_id") or _data(world, sent).get("profile_id")
    if not isinstance(found, str) or not found:
        raise NoSearchValue("profile_id")
    return found


def field_value(world: World, field: Field, sent: Sent) -> Any:
    """The value to search for in the field, tags as a list. Raises NoSearchValue."""
    if sent.get("field_value") is not None:
        found = sent["field_value"]
        if field["type"] == "tags" and isinstance(found, str):
            return [tag.strip() for tag in found.split(",") if tag.strip()]
        return found
    found = _plain(_data(world, sent).get(field["name"]))
    if found is None:
        raise NoSearchValue("field_value")
    return found


def pushes(world: World, sent: Sent) -> list[dict[str, str]]:
    """Push contacts to search for. Raises NoSearchValue."""
    world.assume(rules.PUSH_SUB_KEYS)
    names = ("provider", "subscription_id")
    if all(sent.get(name) for name in names):
        return [{name: sent[name] for name in names}]
    found = [_contact(sub, "push_data") for sub in _subscriptions(world, sent, "push")]
    told = [{name: sub[name] for name in names} for sub in found if all(_is_text(sub.get(n)) for n in names)]
    if not told:
        raise NoSearchValue("subscription_id")
    return told


def custom_contacts(world: World, sent: Sent) -> list[tuple[str, dict[str, Any]]]:
    """Channels and contacts on them to search for. Raises NoSearchValue, Invalid."""
    world.assume(rules.CUSTOM_SUB_KEYS)
    if sent.get("channel") in PLAIN_CHANNELS:
        raise Invalid({"/channel": ["has no cc_data"]}, f"/channel {sent['channel']} has no cc_data")
    if sent.get("channel") and sent.get("cc_data"):
        return [(sent["channel"], sent["cc_data"])]
    found = [
        (sub["channel"], sub["cc_data"])
        for sub in _subscriptions(world, sent, sent.get("channel"))
        if _is_text(sub.get("channel")) and sub["channel"] not in PLAIN_CHANNELS
        if isinstance(sub.get("cc_data"), dict)
    ]
    if not found:
        raise NoSearchValue("cc_data")
    return found


def to_write(world: World, database: Document, sent: Sent) -> dict[str, Any]:
    """What a new profile gets from the search itself, by field (altcraft.search-value-written)."""
    found: dict[str, Any] = {}
    searched = mode(world, sent)
    if searched in EMAIL_MODES and sent.get("email"):
        found["email"] = sent["email"]
    if searched in PHONE_MODES and sent.get("phone"):
        found["phones"] = [sent["phone"]]
    if searched == "custom" and sent.get("field_value") is not None:
        name = sent["field_name"]
        known = (field for field in database["fields"] if field["name"] == name)
        found[name] = field_value(world, next(known, {"name": name, "type": "any"}), sent)
    return found


def _emails(world: World, sent: Sent, subscribed: bool) -> list[str]:
    if sent.get("email"):
        return [sent["email"]]
    own = _texts(_data(world, sent).get("email"))
    subs = [_contact(sub, "email_data").get("email") for sub in _subscriptions(world, sent, "email")]
    return _first(own, [email for email in subs if _is_text(email)], subscribed)


def _phones(world: World, sent: Sent, subscribed: bool) -> list[str]:
    if sent.get("phone"):
        return [sent["phone"]]
    own = _texts(_data(world, sent).get("phones"))
    subs = [_contact(sub, "sms_data").get("phone") for sub in _subscriptions(world, sent, "sms")]
    return _first(own, [phone for phone in subs if _is_text(phone)], subscribed)


def _first(own: list[str], subs: list[Any], subscribed: bool) -> list[str]:
    """The data's own values or those of its subscriptions, whichever stand nearer to what is searched."""
    return (subs or own) if subscribed else (own or subs)


def _data(world: World, sent: Sent) -> Mapping[str, Any]:
    """Where a value stands that is not given beside the data; in a batch it cannot be given there."""
    data = sent.get("data")
    rule = rules.BATCH_SEARCH_VALUE if sent.get("of_batch") else rules.SEARCH_VALUE_IN_DATA
    return data if world.assume(rule) and isinstance(data, dict) else {}


def _subscriptions(world: World, sent: Sent, channel: str | None) -> list[dict[str, Any]]:
    found = _data(world, sent).get("subscriptions")
    subs = found if isinstance(found, list) else []
    return [sub for sub in subs if isinstance(sub, dict) and channel in (None, sub.get("channel"))]


def _contact(sub: dict[str, Any], older: str) -> dict[str, Any]:
    nested = sub.get(older)
    return (nested if isinstance(nested, dict) else {}) | sub


def _plain(value: Any) -> Any:
    """What a field is to hold, also where a function says it."""
    return value.get("value") if functions.is_function(value) else value


def _texts(value: Any) -> list[str]:
    found = _plain(value)
    return [text for text in (found if isinstance(found, list) else [found]) if _is_text(text)]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""
