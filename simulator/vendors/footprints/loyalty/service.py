"""Loyalty: the campaigns of a user, and the codes that they give to clients.

A code is free, then associated with a client, then redeemed or blocked (the vendor's page, Change Code
Status and Code List). No operation gives a code to a client: a fixture does, or a `PUT` to
/_simulator/state/footprints/codes/{id}; a lead does where footprints.codes-by-leads is chosen so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from simulator.kernel.errors import Conflict, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates, people
from simulator.vendors.footprints.auth import Caller
from simulator.vendors.footprints.customers import record as clients
from simulator.vendors.footprints.paging import page
from simulator.vendors.footprints.state import CAMPAIGNS, CLIENTS, CODES, LEADS, LOCATIONS, PEOPLE

LOYALTY = "drive_loyalty"
NO_CODE = "redeem code not found"
FINAL = {"redeemed": "code already redeemed", "blocked": "code blocked"}


class Campaign(NamedTuple):
    """A campaign with what is kept elsewhere: where it is, and how many codes it gave."""

    stored: Document
    location: Document | None
    total: int


class Code(NamedTuple):
    """A code with what it refers to."""

    stored: Document
    campaign: Document
    client: Document
    hostess: Document | None
    location: Document | None


def campaigns(world: World, caller: Caller) -> list[Campaign]:
    """The loyalty campaigns of the token's user (footprints.loyalty-campaigns-of-user)."""
    found = world.store.table(CAMPAIGNS).find("type", LOYALTY)
    if world.assume(rules.LOYALTY_CAMPAIGNS_OF_USER) == "associated" and caller.person:
        found = [campaign for campaign in found if caller.person in (campaign["people"] or [caller.person])]
    return [_campaign(world, campaign) for campaign in found]


def active_campaigns(world: World, caller: Caller) -> list[Campaign]:
    """Those of `campaigns` that have begun and not ended by the world's clock."""
    return [campaign for campaign in campaigns(world, caller) if _is_active(world, campaign.stored)]


def give(world: World, caller: Caller, lead: Document) -> None:
    """A free code for the client of a lead that names a campaign (footprints.codes-by-leads)."""
    campaign = world.store.table(CAMPAIGNS).get(lead["fields"].get("offlineCampaignId", ""))
    if campaign is None or campaign["type"] != LOYALTY or world.assume(rules.CODES_BY_LEADS) == "no":
        return
    codes = world.store.table(CODES)
    held = [code for code in codes.find("client", lead["client"]) if code["campaign"] == campaign["id"]]
    free = codes.first("free", campaign["id"])
    if free and _is_active(world, campaign) and not any(code["status"] == "associated" for code in held):
        given = {"status": "associated", "client": lead["client"], "hostess": _hostess_of(world, caller)}
        codes.put(free | given | {"changedAt": dates.now(world)})


def check(world: World, fields: Mapping[str, Any]) -> Code:
    """The code that a client has in a campaign. Raises NotFound for an unknown one of the three."""
    client = _client(world, fields)
    campaign = _campaign_named(world, fields["campaignInternalId"])
    given = [code for code in _codes_of(world, client) if code["campaign"] == campaign["id"]]
    associated = [code for code in given if code["status"] == "associated"]
    if world.assume(rules.CODE_CHECK) == "associated" or associated:
        given = associated
    if not given:
        raise NotFound(NO_CODE)
    return _code(world, given[0], campaign, client)


def change(world: World, caller: Caller, fields: Mapping[str, Any]) -> None:
    """Redeem the code that a client has, or block it; by whom is recorded.

    Raises NotFound for an unknown client, campaign or code, Conflict where the code is redeemed or blocked.
    """
    client = _client(world, fields)
    campaign = _campaign_named(world, fields["campaignInternalId"])
    codes = world.store.table(CODES)
    code = codes.first("code", (campaign["id"], fields["code"]))
    if code is None or code["status"] == "free" or code["client"] != client["id"]:
        raise NotFound(NO_CODE)
    if code["status"] in FINAL:
        world.assume(rules.FINAL_CODES)
        raise Conflict(FINAL[code["status"]])
    code["status"] = _becomes(world, campaign, fields.get("status"))
    code["changedAt"] = dates.now(world)
    code["hostess"] = _hostess_of(world, caller) or code.get("hostess")
    codes.put(code)


def list_page(world: World, fields: Mapping[str, Any]) -> tuple[list[Code], int]:
    """A page of the codes given out, last changed first, and how many there are on all pages."""
    world.assume(rules.CODE_LIST)
    number, size = fields.get("page", 1), world.assume(rules.CODES_PAGE_SIZE)
    wanted = _wanted_campaigns(world, fields.get("campaignInternalId"))
    term = fields.get("searchTerm", "").lower()
    people = world.store.table(CLIENTS)
    found = [
        code
        for campaign in wanted
        for code in world.store.table(CODES).find("given", campaign)
        if term in code["code"].lower() and code["client"] in people
    ]
    shown = page(_last_changed_first(found), number, size)
    return [_code(world, code, wanted[code["campaign"]]) for code in shown], len(found)


def history(world: World, fields: Mapping[str, Any]) -> list[Code]:
    """The codes that a client has or had, but for blocked ones. Raises NotFound for an unknown client."""
    world.assume(rules.PRIZE_HISTORY)
    client = _client(world, fields)
    known = {campaign["id"]: campaign for campaign in world.store.table(CAMPAIGNS).find("type", LOYALTY)}
    return [
        _code(world, code, known[code["campaign"]], client)
        for code in _codes_of(world, client)
        if code["status"] != "blocked" and code["campaign"] in known
    ]


def expiry(campaign: Document) -> str:
    """When the codes of a campaign expire; with the campaign where it says nothing."""
    return str(campaign["fields"].get("expireCodesDate") or campaign["endDate"])


def _is_active(world: World, campaign: Document) -> bool:
    """Whether a campaign has begun and not ended by the world's clock (footprints.active-campaign)."""
    last = world.assume(rules.ACTIVE_CAMPAIGN)
    end = expiry(campaign) if last == "expireCodesDate" else campaign["endDate"]
    return bool(campaign["startDate"] <= dates.now(world) <= end)


def _becomes(world: World, campaign: Document, wanted: str | None) -> str:
    """What an associated code is changed to. Raises Conflict."""
    world.assume(rules.CODE_TARGET)
    expired = expiry(campaign) < dates.now(world)
    if wanted == "blocked" or not expired:
        return wanted or "redeemed"
    rule = world.assume(rules.EXPIRED_CODES)
    if rule == "refused":
        raise Conflict("code expired")
    return wanted or rule


def _hostess_of(world: World, caller: Caller) -> str | None:
    """The hostess that the token is for."""
    world.assume(rules.CODE_HOSTESS)
    person = world.store.table(PEOPLE).get(caller.person) if caller.person else None
    return str(person["id"]) if person and people.is_hostess(person) else None


def _client(world: World, fields: Mapping[str, Any]) -> Document:
    world.assume(rules.UNKNOWN_IN_LOYALTY)
    client = clients.find(world, fields["userEmail"], fields["userPhone"])
    if client is None:
        raise NotFound("Client not found")
    return client


def _campaign_named(world: World, internal_id: str) -> Document:
    campaign = world.store.table(CAMPAIGNS).first("internalId", internal_id)
    if campaign is None:
        raise NotFound("Campaign not found")
    return campaign


def _wanted_campaigns(world: World, internal_id: str | None) -> dict[str, Document]:
    """The loyalty campaign of that id, or all, by their own ids."""
    found = world.store.table(CAMPAIGNS).find("type", LOYALTY)
    return {
        campaign["id"]: campaign
        for campaign in found
        if internal_id is None or campaign["internalId"] == internal_id
    }


def _codes_of(world: World, client: Document) -> list[Document]:
    """The codes that a client was given, last changed first."""
    found = world.store.table(CODES).find("client", client["id"])
    return _last_changed_first(code for code in found if code["status"] != "free")


def _last_changed_first(codes: Iterable[Document]) -> list[Document]:
    return sorted(codes, key=lambda code: (code["changedAt"], code["id"]), reverse=True)


def _campaign(world: World, campaign: Document) -> Campaign:
    if world.assume(rules.CAMPAIGN_TOTAL) == "codes":
        total = world.store.table(CODES).count("given", campaign["id"])
    else:
        total = world.store.table(LEADS).count("offlineCampaignId", campaign["id"])
    return Campaign(campaign, _named(world, campaign["locationId"]), total)


def _code(world: World, code: Document, campaign: Document, client: Document | None = None) -> Code:
    hostess = world.store.table(PEOPLE).get(code["hostess"]) if code.get("hostess") else None
    location = _named(world, code.get("location") or campaign["locationId"])
    return Code(code, campaign, client or world.store.table(CLIENTS)[code["client"]], hostess, location)


def _named(world: World, location: str | None) -> Document | None:
    return world.store.table(LOCATIONS).get(location) if location else None
