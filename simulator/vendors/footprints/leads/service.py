"""Leads: made, changed, rated, lost and listed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, tzinfo
from typing import Any

from simulator.kernel.store import Document, Key
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates, paging
from simulator.vendors.footprints.auth import Caller
from simulator.vendors.footprints.customers import record as clients
from simulator.vendors.footprints.errors import broken
from simulator.vendors.footprints.ids import new_id
from simulator.vendors.footprints.leads import record
from simulator.vendors.footprints.loyalty import service as loyalty
from simulator.vendors.footprints.state import APPLICATIONS, CONTRACTS, LEADS, VARIABLES

Fields = Mapping[str, Any]

OF_A_LEAD = (
    "offlineCampaignId",
    "offerCategoryId",
    "offerId",
    "locationId",
    "consultantId",
    "channelId",
    "userFirstName",
    "userLastName",
    "userEmail",
    "userPhone",
    "nps",
    "userSex",
    "userCity",
    "userCounty",
    "userCountry",
    "userAddress",
    "userFamilyDetails",
    "userChildren",
    "userIndustry",
    "userCompanyName",
    "userCompanyAddress",
    "userJob",
    "userJobDescription",
    "userIncome",
    "userBirthday",
    "userExternalId",
    "userDistrict",
    "facebookUrl",
    "imageUrl",
    "tags",
    "marketingChannels",
    "customDetails",
    "userComments",
    "hasKids",
    "noOfKids",
    "agreeTandc",
    "agreePrivacy",
    "agreedTargetedMessages",
    "agreeToCollect",
    "isAdult",
)
"""Add Lead's fields that are kept under their names."""
OF_A_PROSPECT = (
    "avandorUserId",
    "avandorSession",
    "userFirstName",
    "userLastName",
    "companyName",
    "companyType",
    "userCountry",
    "userAddress",
    "userPosition",
    "userPhone",
    "userEmail",
    "companyWebsite",
    "potentialScore",
)
CHANGEABLE = (
    "userCompanyName",
    "userCompanyAddress",
    "skuId",
    "channelId",
    "skuExternalId",
    "tags",
    "consultantId",
    "locationId",
    "offerCategoryId",
    "offerId",
)
"""Update Lead's fields but the status and those of a contract."""
OF_A_CONTRACT = {
    "contractNumber": "number",
    "contractValue": "value",
    "contractDate": "date",
    "contractDescription": "description",
}
"""Update Lead's fields of a contract, and their names in the stored one."""
OTHER_NAMES = {"userFamilyDetalis", "createdAt", "timezone"}
"""Add Lead's fields that are not kept under their names."""


@dataclass(frozen=True)
class Page:
    """Leads of one page, of how many, and how many a page has."""

    leads: list[Document]
    total: int
    size: int


def add(world: World, caller: Caller, fields: Fields) -> Document:
    """A new lead, of the client with its e-mail address and phone number. Raises BrokenRules."""
    zone = _zone(world, fields)
    created = dates.read(fields["createdAt"], zone) if "createdAt" in fields else None
    world.assume(rules.UNKNOWN_IDS)
    lead = record.make(world, caller.application, "lead", _kept(world, fields), created)
    loyalty.give(world, caller, lead)
    return lead


def _zone(world: World, fields: Fields) -> tzinfo:
    if "timezone" not in fields:
        return UTC
    world.assume(rules.TIMEZONE)
    zone = dates.zone(fields["timezone"])
    if zone is None:
        raise broken("any.invalid", "timezone", "must be a valid timezone")
    return zone


def _kept(world: World, fields: Fields) -> dict[str, Any]:
    """What a new lead keeps: the fields of Add Lead, and custom variables that are declared."""
    kept = {name: fields[name] for name in OF_A_LEAD if name in fields}
    kept |= clients.family_details(world, fields)
    variables = world.store.table(VARIABLES)
    others = fields.keys() - kept.keys() - OTHER_NAMES
    return kept | {name: fields[name] for name in sorted(others) if name in variables}


def add_prospect(world: World, caller: Caller, fields: Fields) -> Document:
    """A new lead that is only a prospect."""
    world.assume(rules.PROSPECTS)
    kept = {name: fields[name] for name in OF_A_PROSPECT if name in fields}
    return record.make(world, caller.application, "prospect", kept)


def change(world: World, lead_id: str, fields: Fields) -> tuple[Document, bool]:
    """The lead with what was sent, and whether it had a consultant before.

    Raises NotFound, and BrokenRules for a contract of who is no customer.
    """
    lead = record.found(world, lead_id)
    status = fields.get("status", lead["status"])
    terms = {name: fields[name] for name in OF_A_CONTRACT if name in fields}
    if terms and status != "customer":
        if world.assume(rules.CONTRACT_FIELDS) == "refused":
            raise broken("any.unknown", next(iter(terms)), "is not allowed")
        terms = {}
    world.assume(rules.ASSIGNED_BEFORE)
    assigned = "consultantId" in lead["fields"]
    lead["fields"] |= {name: fields[name] for name in CHANGEABLE if name in fields}
    record.move_to(world, lead, status)
    if terms:
        lead["contract"] = _contracted(world, lead, terms)
    record.keep(world, lead)
    return lead, assigned


def _contracted(world: World, lead: Document, terms: Fields) -> str:
    """The id of the lead's contract, made or changed by its terms as sent."""
    world.assume(rules.CONTRACT)
    contracts = world.store.table(CONTRACTS)
    now = dates.now(world)
    contract = contracts.first("lead", lead["id"]) or {
        "id": new_id(world),
        "lead": lead["id"],
        "number": None,
        "value": None,
        "date": None,
        "description": None,
        "createdAt": now,
    }
    for name, value in terms.items():
        contract[OF_A_CONTRACT[name]] = dates.read(value) if name == "contractDate" else value
    contracts.put(contract | {"updatedAt": now})
    contract_id: str = contract["id"]
    return contract_id


def rate(world: World, lead_id: str, nps: int, text: str | None) -> None:
    """Keep what a person thinks of the business. Raises NotFound."""
    lead = record.found(world, lead_id)
    world.assume(rules.NPS_AGAIN)
    lead["nps"] = nps
    if text is not None:
        record.comment(world, lead, "nps", text)
    record.keep(world, lead)


def lose(world: World, lead_id: str, reason: str, text: str | None) -> tuple[Document, str, bool]:
    """The lead, lost; the id of the comment on it; and whether it had a consultant. Raises NotFound."""
    lead = record.found(world, lead_id)
    if world.assume(rules.LOST_STATUS) == "lost":
        record.move_to(world, lead, "lost")
    lead["reasonLost"] = reason
    world.assume(rules.LOSS_COMMENT)
    comment = record.comment(world, lead, "leadLost", text or "")
    record.keep(world, lead)
    world.assume(rules.ASSIGNED_BEFORE)
    return lead, comment, "consultantId" in lead["fields"]


def listed(world: World, asked: Fields) -> Page:
    """The leads that Get Leads shows: those with all four ids, from `startDate` to `endDate` (Y-m-d).

    asked: {startDate, endDate, appKey, page, pageSize}, all optional.
    """
    world.assume(rules.LEADS_ORDER)
    leads = world.store.table(LEADS)
    keys = _of_days(world, asked)
    world.assume(rules.LEADS_APP_KEY)
    if "appKey" in asked:
        application = world.store.table(APPLICATIONS).first("key", asked["appKey"])
        own = set(leads.keys_of("listed of", application["id"])) if application else set()
        keys = [key for key in keys if key in own]
    size = asked.get("pageSize") or world.assume(rules.LEADS_PAGE_SIZE)
    return Page([leads[key] for key in paging.page(keys, asked.get("page", 1), size)], len(keys), size)


def _of_days(world: World, asked: Fields) -> list[Key]:
    """The leads from `startDate` to `endDate`, the newest first; of one instant the one made last."""
    if "startDate" in asked or "endDate" in asked:
        world.assume(rules.LEADS_DATES)
    leads = world.store.table(LEADS)
    first, last = asked.get("startDate", ""), asked.get("endDate", "9999")
    instants = sorted(map(str, leads.values("listed")), reverse=True)
    asked_for = [instant for instant in instants if first <= instant[:10] <= last]
    return [key for instant in asked_for for key in reversed(leads.keys_of("listed", instant))]
