"""What Get customers shows: the profile, its timeline with catalogues, its leads with their snapshots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.vendors.footprints import dates
from simulator.vendors.footprints.customers.service import Profile
from simulator.vendors.footprints.wire import picked

TYPE = "B2C"
LISTS = (
    "kidsAge",
    "interests",
    "preferences",
    "employees",
    "marketingChannels",
    "pointsOfPresence",
    "personalAssistance",
)
"""The lists of a profile; they are shown even when they are empty."""
OF_A_SNAPSHOT = ("userFirstName", "userLastName", "userEmail", "userPhone", "offerCategoryId")


def customer(profile: Profile) -> dict[str, Any]:
    """The whole answer. What was never set is absent, lists apart (footprints.customer-shape)."""
    client = profile.client
    return {
        "_id": client["id"],
        **_fields(client["fields"]),
        "timestamp": client["timestamp"],
        "createdAt": client["createdAt"],
        "type": TYPE,
        "__v": client["version"],
        **{name: client["fields"].get(name, []) for name in LISTS},
        "interactionsTimeline": [_timeline_entry(profile, entry) for entry in client["timeline"]],
        "leads": [_lead(profile, lead) for lead in profile.leads],
    }


def _timeline_entry(profile: Profile, entry: Document) -> dict[str, Any]:
    """`offerCategoryId` is the catalogue itself, despite its name; null where there is none of that id."""
    catalogue = profile.catalogues.get(entry["offerCategoryId"])
    return {
        "createdAt": entry["createdAt"],
        "timestamp": entry["timestamp"],
        "icon": entry["icon"],
        "offlineCampaignId": entry["offlineCampaignId"],
        "offerCategoryId": catalogue and _catalogue(catalogue, profile.offers[catalogue["id"]]),
        "leadId": entry["leadId"],
    }


def _catalogue(catalogue: Document, offers: list[Document]) -> dict[str, Any]:
    """Its version and its last change follow from what it holds (footprints.timeline-catalogue)."""
    return {
        "applicationKeys": [],
        "consultants": catalogue["consultants"],
        "locations": catalogue["locations"],
        "offers": [_offer(offer) for offer in offers],
        "__v": len(catalogue["locations"]) + len(offers),
        "createdAt": catalogue["createdAt"],
        "timestamp": max([catalogue["createdAt"], *(offer["createdAt"] for offer in offers)]),
        "description": catalogue["description"],
        "name": catalogue["name"],
        "_id": catalogue["id"],
    }


def _offer(offer: Document) -> dict[str, Any]:
    return {
        "_id": offer["id"],
        "name": offer["name"],
        "description": offer["description"],
        "price": offer["price"],
        "offerCategoryId": offer["offerCategoryId"],
        **({"userId": offer["userId"]} if offer["userId"] else {}),
        "timestamp": offer["createdAt"],
        "createdAt": offer["createdAt"],
        "__v": "0",  # a text in the sample answer
    }


def _lead(profile: Profile, lead: Document) -> dict[str, Any]:
    application = profile.applications[lead["application"]]
    catalogue = profile.catalogues.get(lead["fields"].get("offerCategoryId"))
    of_catalogue = {"consultants": catalogue["consultants"], "id": catalogue["id"]} if catalogue else None
    later = {"nps": lead["nps"], "reasonLost": lead["reasonLost"], "contractId": lead["contract"]}
    return {
        **_fields(lead["fields"]),
        **{name: value for name, value in later.items() if value is not None},
        "history": [_snapshot(lead, snapshot, application) for snapshot in lead["history"]],
        "interactions": lead["interactions"],
        "comments": [comment["id"] for comment in lead["comments"]],
        "kidsAge": lead["fields"].get("kidsAge", []),
        "__v": lead["version"],
        "type": TYPE,
        "actionRequired": lead["actionRequired"],
        "createdAt": lead["createdAt"],
        "timestampStatusChange": lead["timestampStatusChange"],
        "timestamp": lead["timestamp"],
        "isComplete": lead["isComplete"],
        "isMultipart": lead["isMultipart"],
        **({"offerCategory": of_catalogue} if of_catalogue else {}),
        "application": {"name": application["name"], "id": application["id"]},
        "applicationKey": application["key"],
        "status": lead["status"],
        "clientId": lead["client"],
        "_id": lead["id"],
    }


def _snapshot(lead: Document, snapshot: Document, application: Document) -> dict[str, Any]:
    """A lead as it was after a change."""
    return {
        "__v": 0,
        "leadId": lead["id"],
        **picked(snapshot["fields"], OF_A_SNAPSHOT),
        "status": snapshot["status"],
        "applicationKey": application["key"],
        "isMultipart": lead["isMultipart"],
        "isComplete": lead["isComplete"],
        "timestamp": snapshot["createdAt"],
        "createdAt": snapshot["createdAt"],
        "_id": snapshot["id"],
    }


def _fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """What was sent, the birthday as the other dates are."""
    birthday = fields.get("userBirthday")
    return {**fields, "userBirthday": dates.read(birthday[:10])} if birthday else dict(fields)
