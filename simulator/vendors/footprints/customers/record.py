"""The profile of a person: found by what identifies one, made or completed by each lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates
from simulator.vendors.footprints.ids import new_id
from simulator.vendors.footprints.state import CLIENTS, email_key, phone_key

OF_A_PERSON = (
    "userFirstName",
    "userLastName",
    "userEmail",
    "userPhone",
    "nationalId",
    "userSex",
    "userCity",
    "userCounty",
    "userCountry",
    "userDistrict",
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
    "facebookUrl",
    "imageUrl",
    "marketingChannels",
    "interests",
    "preferences",
    "kidsAge",
    "hasKids",
    "noOfKids",
    "agreeTandc",
    "agreePrivacy",
    "agreedTargetedMessages",
    "agreeToCollect",
    "isAdult",
)
"""The fields that a profile and a lead have in common, or that Update customer has."""


def find(world: World, email: str | None, phone: str | None) -> Document | None:
    """Whose e-mail address and phone number these are: both, or the one that is given.

    The vendor's page calls the two together the key of a profile (footprints.same-person).
    """
    world.assume(rules.SAME_PERSON)
    clients = world.store.table(CLIENTS)
    if email and phone:
        return clients.first("person", (email_key(email), phone_key(phone)))
    if email:
        return clients.first("userEmail", email_key(email))
    return clients.first("userPhone", phone_key(phone)) if phone else None


def identified(world: World, said: Mapping[str, Any]) -> Document:
    """Whose e-mail address and phone number these are, else whose national id, else whose external id.

    Raises NotFound (footprints.customer-keys).
    """
    world.assume(rules.CUSTOMER_KEYS)
    email, phone = said.get("userEmail"), said.get("userPhone")
    client = find(world, email, phone) if email and phone else None
    for key in ("nationalId", "userExternalId"):
        if client is None and said.get(key):
            client = world.store.table(CLIENTS).first(key, said[key])
    if client is None:
        raise NotFound("Client not found")
    return client


def family_details(world: World, fields: Mapping[str, Any]) -> dict[str, Any]:
    """{userFamilyDetails} by either spelling, that of the documents first; {} where neither is sent."""
    if "userFamilyDetalis" in fields:
        return {"userFamilyDetails": fields["userFamilyDetalis"]}
    if "userFamilyDetails" not in fields:
        return {}
    world.assume(rules.FAMILY_DETAILS)
    return {"userFamilyDetails": fields["userFamilyDetails"]}


def of_lead(world: World, fields: Mapping[str, Any]) -> Document:
    """The client that a new lead is of: found, its gaps filled from the lead, or made. It is stored."""
    clients = world.store.table(CLIENTS)
    known = find(world, fields.get("userEmail"), fields.get("userPhone"))
    own = {name: fields[name] for name in OF_A_PERSON if name in fields}
    if known is not None:
        world.assume(rules.GAPS_OF_CLIENTS)
        known["fields"] = own | known["fields"]
        clients.put(known)
        return known
    now = dates.now(world)
    made: Document = {
        "id": new_id(world),
        "fields": own,
        "createdAt": now,
        "timestamp": now,
        "version": 0,
        "timeline": [],
    }
    clients.put(made)
    return made
