"""What the lists show of what an account has set up."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document

ENTERED: dict[str, Any] = {
    "description": "",
    "image": None,
    "budget": 0,
    "drawFrequency": {
        "repeats": "none",
        "frequency": None,
        "day": None,
        "end": {"type": "", "value": ""},
    },
    "winningType": [],
    "__v": 0,
}
"""What an offline campaign has without anything entered, as in the vendor's sample."""


def named(document: Document) -> dict[str, Any]:
    """{_id, name}, as one thing is shown within another."""
    return {"_id": document["id"], "name": document["name"]}


def offer(offer: Document, catalogue: Document | None) -> dict[str, Any]:
    shown = named(offer) | {"price": offer["price"]} | _set(externalId=offer["externalId"])
    return shown | _set(offerCategory=catalogue and named(catalogue))


def sku(sku: Document, offer: Document | None) -> dict[str, Any]:
    shown = named(sku) | {"price": sku["price"]} | _set(externalId=sku["externalId"])
    return shown | {"quantity": sku["quantity"]} | _set(offer=offer and named(offer))


def location(location: Document) -> dict[str, Any]:
    return {
        "_id": location["id"],
        "timestamp": location["createdAt"],
        "createdAt": location["createdAt"],
        **_set(areaId=location["areaId"]),
        "name": location["name"],
        "description": location["description"],
        "address": location["address"],
        "__v": 0,
        "coords": location["coords"],
        "image": location["image"],
    }


def campaign(campaign: Document) -> dict[str, Any]:
    return {
        "_id": campaign["id"],
        "locationId": campaign["locationId"],
        "name": campaign["name"],
        "type": campaign["type"],
        "startDate": campaign["startDate"],
        "endDate": campaign["endDate"],
        "createdAt": campaign["createdAt"],
        "timestamp": campaign["createdAt"],
        **ENTERED,
        **campaign["fields"],
    }


def user(person: Document, locations: list[Document], catalogues: list[Document]) -> dict[str, Any]:
    return {
        "_id": person["id"],
        "locations": [named(location) for location in locations],
        "offerCategories": [named(catalogue) for catalogue in catalogues],
        "firstName": person["firstName"],
        "lastName": person["lastName"],
        "email": person["email"],
        "phone": person["phone"],
        "groupRole": person["groupRole"],
        "role": person["role"],
    }


def channel(channel: Document) -> dict[str, Any]:
    return named(channel) | {"mediaType": channel["mediaType"]}


def _set(**members: Any) -> dict[str, Any]:
    """Those that are not null (footprints.unset-in-lists)."""
    return {name: value for name, value in members.items() if value is not None}
