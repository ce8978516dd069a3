"""Recipient lists (CampaignType 2): created empty or with a first part, filled part by part.

Nothing is sent to them; the vendor's campaign wizard takes them as a source. Each part is a
document of its own (`recipients` in state.py), so that a part costs what it holds, however many came
before. All recipients of a part are kept as they came; `keys` holds, for each, the number and address
that tell duplicates. Who is in the list is derived: the first recipient of each key, in the order of
the parts, unless duplicates are allowed (campaign page, AllowDuplicates; infact.duplicate-address).

campaigns    as in sending/lifecycle.py, and `parts`, how many are expected; counts.recipients is the
             number of recipients in the list
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact import emails
from simulator.vendors.infact.sending import lifecycle
from simulator.vendors.infact.sending.service import mobile
from simulator.vendors.infact.state import CAMPAIGNS, RECIPIENTS, Customer

OPERATION = "createObsoleteCampaign"
PHONES = ("CellularPhone", "Phone2", "Phone3", "Phone4", "Phone5")
LIST = 2


def check_client(world: World, customer: Customer, client_id: str) -> None:
    """Raises Invalid for a ClientId that is not the login's own."""
    if client_id != customer.api_id:
        world.assume(rules.CLIENT_ID_OWNER)
        raise Invalid({"ClientId": [f"The ClientId {client_id!r} is not that of this login."]})


def keys_of(world: World, customer: Customer, campaign_id: str) -> list[int]:
    """Ids of the obsolete campaigns that a customer calls so, oldest first."""
    found = world.store.table(CAMPAIGNS).keys_of("caller_id", (customer.id, OPERATION, campaign_id))
    return sorted(int(key) for key in found)


def open(
    world: World, customer: Customer, campaign: Document, recipients: Sequence[Mapping[str, Any]]
) -> Document:
    """Store a new recipient list; recipients that came with it are its first part."""
    campaign["parts"] = max(campaign["request"].get("PartCount", 0), 1)
    campaign["state"] = "Collecting"
    if recipients:
        world.assume(rules.CONTAINER_RECIPIENTS)
        _put_part(world, customer, campaign, 1, recipients)
    campaign["assumed"] = world.assumed
    world.store.table(CAMPAIGNS).put(campaign)
    return campaign


def add(world: World, customer: Customer, request: Mapping[str, Any]) -> dict[str, Any]:
    """Store one part, in the place of an earlier one with its number.

    Returns {caller_id, part, parts, recipients}. Raises Invalid, or NotFound for the CampaignId.
    """
    check_client(world, customer, request["ClientId"])
    campaign = _newest(world, customer, request["CampaignId"])
    first = world.assume(rules.PART_NUMBERS)
    part = _part(first, request.get("PartNumber"), campaign["parts"])
    if not request["Recipients"]:
        world.assume(rules.NOTHING_TO_SEND)
        raise Invalid({"Recipients": ["The Recipients field is required."]})
    _put_part(world, customer, campaign, part, request["Recipients"])
    campaign["assumed"] = sorted({*campaign["assumed"], *world.assumed})
    world.store.table(CAMPAIGNS).put(campaign)
    return {
        "caller_id": campaign["caller_id"],
        "part": part + first - 1,
        "parts": campaign["parts"],
        "recipients": campaign["counts"]["recipients"],
    }


def listed(world: World, campaign: Document) -> list[dict[str, Any]]:
    """The recipients in a list: those of all parts in order, each key once unless duplicates are allowed."""
    duplicates = campaign["request"].get("AllowDuplicates", False)
    table = world.store.table(RECIPIENTS)
    parts = sorted(table.find("campaign", campaign["id"]), key=lambda part: part["part"])
    seen: set[str] = set()
    found = []
    for part in parts:
        for recipient, key in zip(part["recipients"], part["keys"], strict=True):
            if duplicates or key not in seen or not key:
                found.append(recipient)
            seen.add(key)
    return found


def _newest(world: World, customer: Customer, campaign_id: str) -> Document:
    found = [world.store.table(CAMPAIGNS)[key] for key in reversed(keys_of(world, customer, campaign_id))]
    if not found:
        raise NotFound(f"there is no campaign {campaign_id!r}")
    if len(found) > 1:
        world.assume(rules.CAMPAIGN_ID_TAKEN)
    for campaign in found:
        if campaign["type"] == LIST:
            return campaign
    raise Invalid({"CampaignId": ["The campaign is no recipient list: its CampaignType is not 2."]})


def _part(first: int, number: int | None, parts: int) -> int:
    """Which part is meant, counted from 1; parts carry numbers from `first` on (infact.part-numbers)."""
    part = (number or first) - first + 1
    if part > parts:
        last = parts + first - 1
        raise Invalid({"PartNumber": [f"The field PartNumber must be between {first} and {last}."]})
    return part


def _put_part(
    world: World,
    customer: Customer,
    campaign: Document,
    part: int,
    recipients: Sequence[Mapping[str, Any]],
) -> None:
    table = world.store.table(RECIPIENTS)
    before = table.get(f"{campaign['id']}/{part}")
    if before is not None:
        world.assume(rules.PART_AGAIN)
    keys = _keys(world, customer, recipients)
    old = before["keys"] if before else []
    if campaign["request"].get("AllowDuplicates"):
        more = len(keys) - len(old)
    else:
        world.assume(rules.DUPLICATE_ADDRESS)
        more = _gain(world, campaign["id"], part, old, keys)
    lifecycle.keep(world, campaign["id"], part, recipients, keys)
    campaign["counts"]["recipients"] += more
    if len(table.keys_of("campaign", campaign["id"])) == campaign["parts"]:
        campaign["state"] = "Ready"


def _gain(world: World, campaign: int, part: int, old: Sequence[str], new: Sequence[str]) -> int:
    """How many recipients the list gains when a part with `new` keys takes the place of one with `old`."""
    table = world.store.table(RECIPIENTS)
    own = f"{campaign}/{part}"

    def only_here(keys: set[str]) -> int:
        return sum(not any(holder != own for holder in table.keys_of("key", (campaign, key))) for key in keys)

    gained, lost = set(new) - set(old) - {""}, set(old) - set(new) - {""}
    return new.count("") - old.count("") + only_here(gained) - only_here(lost)


def _keys(world: World, customer: Customer, recipients: Sequence[Mapping[str, Any]]) -> list[str]:
    """Number and address of each, empty for who has neither: nobody equals those."""
    first_filled = world.assume(rules.PHONE_CHOICE) == "filled"
    keys = []
    for recipient in recipients:
        given = [recipient.get(name) for name in PHONES]
        phone = mobile(given, recipient.get("CountryCode") or customer.country, first_filled)
        email = emails.normalised(recipient.get("Email") or "")
        keys.append(f"{phone or ''} {email or ''}".strip(" "))
    return keys
