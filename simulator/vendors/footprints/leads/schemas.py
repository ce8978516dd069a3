"""Leads as the answers show them: flat after a change, with what they refer to in the list."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import dates, people
from simulator.vendors.footprints.state import CATALOGUES, OFFERS, PEOPLE, SKUS
from simulator.vendors.footprints.wire import picked

FLAT = (
    "userFirstName",
    "userLastName",
    "userPhone",
    "userEmail",
    "locationId",
    "offerId",
    "consultantId",
    "skuId",
    "skuExternalId",
)
IN_THE_LIST = (
    "userFirstName",
    "userLastName",
    "userEmail",
    "userPhone",
    "offerId",
    "industryId",
    "offlineCampaignId",
    "locationId",
    "userCountry",
    "userFamilyDetails",
    "userIncome",
    "agreeToCollect",
    "agreeTandc",
    "isAdult",
    "deviceType",
    "skuExternalId",
    "offerCategoryId",
    "channelId",
)
OF_THE_RECORD = (
    "status",
    "isMultipart",
    "isComplete",
    "timestamp",
    "timestampStatusChange",
    "createdAt",
    "updatedAt",
    "actionRequired",
)


def changed(lead: Document, assigned_before: bool) -> dict[str, Any]:
    """A lead as Update Lead answers it: ids only, times without zone."""
    shown = {
        "_id": lead["id"],
        "timestamp": dates.plain(lead["timestamp"]),
        "createdAt": dates.plain(lead["createdAt"]),
        "updatedAt": dates.plain(lead["updatedAt"]),
        "status": lead["status"],
        "assignedBefore": int(assigned_before),
    }
    contract = {"contractId": lead["contract"]} if lead["contract"] else {}
    return shown | picked(lead["fields"], FLAT) | contract


def lost(lead: Document, comment: str, assigned_before: bool) -> dict[str, Any]:
    """A lead as Update Lost Lead answers it: the same, and the id of the comment on its loss."""
    return changed(lead, assigned_before) | {"comments": comment}


def listed(world: World, lead: Document) -> dict[str, Any]:
    """A lead as Get Leads shows it: with the names of what it refers to, null where there is none."""
    fields = lead["fields"]
    catalogue = world.store.table(CATALOGUES).get(fields["offerCategoryId"])
    shown = {
        "_id": lead["id"],
        "clientId": lead["client"],
        "offerCategory": catalogue and catalogue["name"],
        "offer": _priced(world.store.table(OFFERS).get(fields["offerId"])),
        "consultant": _named(world.store.table(PEOPLE).get(fields["consultantId"])),
    }
    if "skuId" in fields:
        shown["sku"] = _priced(world.store.table(SKUS).get(fields["skuId"]))
    if "userBirthday" in fields:
        shown["userBirthday"] = dates.javascript(fields["userBirthday"])
    return shown | picked(fields, IN_THE_LIST) | picked(lead, OF_THE_RECORD)


def _priced(document: Document | None) -> dict[str, Any] | None:
    if document is None:
        return None
    return {"_id": document["id"], "name": document["name"], "price": document["price"]}


def _named(person: Document | None) -> dict[str, str] | None:
    if person is None:
        return None
    return {"_id": person["id"], "name": people.name(person)}
