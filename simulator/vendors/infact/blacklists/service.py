"""Who must not be written to: one global list, and lists of each customer's own.

A customer's own entries stand under a form (POST /v1/Blacklist), or under a list that support
set up. A campaign respects the lists it selects (campaign page, SMSBlackList and EmailBlackList).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact import emails, phones
from simulator.vendors.infact.paging import page
from simulator.vendors.infact.state import BLACKLIST, CUSTOMERS, Customer

GLOBAL = "global"
HOME = "NO"
"""Country of short numbers where no customer is known (infact.blacklist-response)."""


@dataclass(frozen=True)
class Entry:
    """An address as a client writes it: a phone (a short one completed by `country`), an e-mail, or both."""

    phone: str | None
    country: str | None
    email: str | None


@dataclass(frozen=True)
class Selection:
    """The lists a campaign respects on one channel: some by name, or `every` one of a customer's own too."""

    names: frozenset[str] = frozenset()
    every: int | None = None

    def covers(self, listed: str) -> bool:
        own = self.every is not None and listed.startswith((f"form:{self.every}:", f"list:{self.every}:"))
        return own or listed in self.names


def check(world: World, phone: str, country: str | None) -> dict[str, Any]:
    """{phone: normalised, listed: whether on any list}. Raises Invalid for what is no phone."""
    number = _phone(world, phone, country or HOME)
    return {"phone": number, "listed": bool(world.store.table(BLACKLIST).keys_of("address", ("sms", number)))}


def add_custom(world: World, customer_id: int, form: int | None, entry: Entry) -> None:
    """Lists an address for a customer, under a form or none. Raises Invalid, also for an unknown customer."""
    customer = world.store.table(CUSTOMERS).get(customer_id)
    if customer is None:
        raise Invalid({"rc": [f"There is no customer {customer_id}."]})
    for channel, recipient in _addresses(world, entry, customer["country"]):
        _list(world, f"form:{customer_id}:{form or 0}", channel, recipient)


def add_global(world: World, customer: Customer, entry: Entry) -> None:
    """Lists an address for everybody, or refreshes it (infact.global-upsert). Raises Invalid."""
    world.assume(rules.GLOBAL_UPSERT)
    for channel, recipient in _addresses(world, entry, customer.country):
        _list(world, GLOBAL, channel, recipient)


def remove_global(world: World, customer: Customer, entry: Entry) -> None:
    """Takes an address off the global list. Raises Invalid, or NotFound for one not on it."""
    world.assume(rules.GLOBAL_UPSERT)
    table = world.store.table(BLACKLIST)
    for channel, recipient in _addresses(world, entry, customer.country):
        listed = table.first("entry", (GLOBAL, channel, recipient))
        if listed is None:
            raise NotFound(f"{recipient} is not on the global blacklist")
        table.delete(listed["id"])


def list_global(world: World, channel: str, start: int, count: int) -> list[dict[str, str]]:
    """Entries from id `start` on, at most `count`: {recipient, created, updated}, times local."""
    zone = ZoneInfo(world.assume(rules.TIME_ZONE))
    table = world.store.table(BLACKLIST)
    keys = page((int(key) for key in table.keys_of("list", (GLOBAL, channel))), start, count)
    return [
        {
            "recipient": entry["recipient"],
            "created": _local(entry["created"], zone),
            "updated": _local(entry["updated"], zone),
        }
        for entry in map(table.__getitem__, keys)
    ]


def selected(world: World, customer: int, model: Mapping[str, Any] | None) -> Selection:
    """The lists that a {Type, BlackListIds, FormIds} selects (infact.blacklist-types)."""
    kind = model["Type"] if model else None
    if model and kind != "None":
        world.assume(rules.BLACKLIST_TYPES)
    names = {GLOBAL} if kind in ("Global", "All") or _global_anyway(world, kind) else set()
    if model and kind == "Custom":
        names.update(_named(customer, model))
    return Selection(frozenset(names), customer if kind == "All" else None)


def selected_by_id(world: World, customer: int, list_id: int | None) -> Selection:
    """The lists that the obsolete API's BlackList selects (infact.old-blacklist)."""
    names = {GLOBAL} if _global_anyway(world, None) else set()
    if list_id:
        world.assume(rules.OLD_BLACKLIST)
        names.add(f"list:{customer}:{list_id}")
    return Selection(frozenset(names))


def listing(world: World, selection: Selection, channel: str, recipient: str) -> str | None:
    """In words, the first selected list that an address (normalised) is on; None where it is on none."""
    for entry in world.store.table(BLACKLIST).find("address", (channel, recipient)):
        if selection.covers(entry["list"]):
            return _in_words(entry["list"])
    return None


def _global_anyway(world: World, kind: str | None) -> bool:
    return kind != "None" and world.assume(rules.GLOBAL_BLACKLIST) == "always"


def _named(customer: int, model: Mapping[str, Any]) -> Iterable[str]:
    for number in model.get("BlackListIds") or ():
        yield f"list:{customer}:{number}"
    for number in model.get("FormIds") or ():
        yield f"form:{customer}:{number}"


def _in_words(listed: str) -> str:
    kind, _, rest = listed.partition(":")
    number = rest.rpartition(":")[2]
    return {"global": "the global blacklist", "list": f"blacklist {number}"}.get(
        kind, f"the blacklist of form {number}"
    )


def _addresses(world: World, entry: Entry, country: str) -> list[tuple[str, str]]:
    """(channel, normalised address) of each address named. Raises Invalid for none, or a bad one."""
    found = []
    if entry.phone:
        found.append(("sms", _phone(world, entry.phone, entry.country or country)))
    if entry.email:
        email = emails.normalised(entry.email)
        if email is None:
            world.assume(rules.EMAIL_FORM)
            raise Invalid({"Email": ["The Email field is not a valid e-mail address."]})
        found.append(("email", email))
    if not found:
        raise Invalid({"Phone": ["The Phone or the Email field is required."]})
    return found


def _phone(world: World, text: str, country: str) -> str:
    world.assume(rules.PHONE_FORM)
    number = phones.normalised(text, country)
    if number is None:
        raise Invalid({"Phone": ["The Phone field is not a valid phone number."]})
    return number


def _list(world: World, name: str, channel: str, recipient: str) -> None:
    table = world.store.table(BLACKLIST)
    now = world.clock.now().isoformat()
    known = table.first("entry", (name, channel, recipient))
    if known is None:
        number = world.store.next_id(BLACKLIST, "blacklist-entry")
        known = {"id": number, "list": name, "channel": channel, "recipient": recipient, "created": now}
    table.put({**known, "updated": now})


def _local(instant: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(instant).astimezone(zone).isoformat(timespec="microseconds")
