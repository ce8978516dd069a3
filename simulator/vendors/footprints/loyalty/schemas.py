"""Campaigns and codes as each operation shows them."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.vendors.footprints import dates, people
from simulator.vendors.footprints.loyalty.service import Campaign, Code, expiry
from simulator.vendors.footprints.wire import picked

ENTERED: dict[str, Any] = {
    "budget": None,
    "salesCost": None,
    "monthlySellingCost": None,
    "monthlyServicingCost": None,
    "productionCost": None,
    "profitabilityTime": None,
    "retentionRate": None,
    "landingPageURL": "",
}
"""What a campaign has without anything entered, by the nulls and the empty text of the vendor's sample."""
SETTINGS: dict[str, Any] = {"type": "standard", "allowedChars": "", "codeLength": "", "loyaltyPrizeTypes": []}
OF_A_CLIENT = ("userFirstName", "userLastName", "userEmail", "userPhone", "userAddress")


def active_campaign(campaign: Campaign) -> dict[str, Any]:
    """A campaign of Get Active Loyalty Campaigns."""
    stored = campaign.stored
    prizes = _settings(stored)["loyaltyPrizeTypes"]
    return {
        "_id": stored["id"],
        **picked(stored, ("internalId", "name", "startDate", "endDate")),
        "expireCodesDate": expiry(stored),
        "loyaltySettings": {"loyaltyPrizeTypes": [{"name": prize["name"]} for prize in prizes]},
        "location": _name(campaign.location),
        "total": campaign.total,
    }


def campaign(campaign: Campaign) -> dict[str, Any]:
    """A campaign of Get Loyalty Campaigns."""
    stored = campaign.stored
    fields = stored["fields"]
    return {
        "_id": stored["id"],
        **picked(stored, ("internalId", "name", "type")),
        **ENTERED | picked(fields, ENTERED),
        **picked(stored, ("startDate", "endDate")),
        "expireCodesDate": expiry(stored),
        "timestamp": fields.get("timestamp", stored["createdAt"]),
        "createdAt": stored["createdAt"],
        "__v": fields.get("__v", 0),
        "locationId": stored["locationId"],
        "loyaltySettings": _settings(stored),
        "extraAllocations": fields.get("extraAllocations", []),
        "leads": fields.get("leads", []),
        "total": campaign.total,
    }


def found_code(code: Code) -> dict[str, Any]:
    """The answer of Check Client Code."""
    return {
        "status": "success",
        "message": "redeem code found",
        "code": code.stored["code"],
        "expire_code_date": dates.plain(expiry(code.campaign)),
        "prize_status": code.stored["status"],
        "prize": _name(code.stored["prize"]),
        "last_update": dates.plain(code.stored["changedAt"]),
    }


def listed_code(code: Code) -> dict[str, Any]:
    """A code of Code List."""
    return {
        "code": code.stored["code"],
        "campaign": {
            "_id": code.campaign["id"],
            **picked(code.campaign, ("internalId", "name", "type", "startDate", "endDate")),
            "loyaltySettings": {"type": _settings(code.campaign)["type"]},
            "expireCodesDate": expiry(code.campaign),
        },
        "client": {
            "_id": code.client["id"],
            **{name: code.client["fields"].get(name) or "" for name in OF_A_CLIENT},
        },
        "status": code.stored["status"],
        "prize": picked(code.stored["prize"], ("pointsValue", "name")),
        "hostess": code.hostess
        and {
            "_id": code.hostess["id"],
            "name": people.name(code.hostess),
        },
    }


def prize(code: Code) -> dict[str, Any]:
    """A code of Check Loyalty User Prize History."""
    return {
        "code": code.stored["code"],
        "campaign": picked(code.campaign, ("internalId", "name")),
        "status": code.stored["status"],
        "prize": _name(code.stored["prize"]),
        "location": _name(code.location),
        "expire_code_date": expiry(code.campaign),
        "last_update": code.stored["changedAt"],
    }


def _settings(campaign: Document) -> dict[str, Any]:
    entered: dict[str, Any] = campaign["fields"].get("loyaltySettings", {})
    return SETTINGS | entered


def _name(thing: Document | None) -> dict[str, Any] | None:
    return {"name": thing["name"]} if thing else None
