"""Fixtures: a document of what there is before the first call, planted as stored documents.

Each key is a collection of state.py, its value a list of documents in the shape given there; what
most documents have in common may be left out (DEFAULTS, SAME), and so may the fields of a snapshot that are
those of its lead now.
assume: {name of an assumption: the value its data needs}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.fixture_shape import check
from simulator.vendors.footprints.state import APPLICATIONS, COLLECTIONS, LEADS, PEOPLE, TOKENS, TRACKED

DAY = "2024-01-01T00:00:00.000Z"
DEFAULTS: dict[str, dict[str, Any]] = {
    "people": {
        "role": "consultant",
        "groupRole": "sales",
        "username": None,
        "password": None,
        "pin": None,
        "locations": [],
        "offerCategories": [],
    },
    "catalogues": {"description": "", "createdAt": DAY, "consultants": [], "locations": []},
    "offers": {"description": "", "price": 0, "externalId": None, "userId": None, "createdAt": DAY},
    "skus": {"price": 0, "externalId": None, "quantity": 0},
    "locations": {
        "description": "",
        "address": "",
        "areaId": None,
        "country": None,
        "county": None,
        "coords": [0, 0],
        "image": "",
        "createdAt": DAY,
    },
    "campaigns": {"locationId": None, "internalId": None, "people": [], "createdAt": DAY, "fields": {}},
    "action_types": {"createdAt": DAY},
    "tokens": {
        "person": None,
        "scope": ["app_scope"],
        "seconds": 31_535_999,
        "expires": "2099-12-31T00:00:00.000Z",
    },
    "clients": {"createdAt": DAY, "timestamp": DAY, "version": 0, "timeline": []},
    "leads": {
        "createdAt": DAY,
        "isMultipart": False,
        "isComplete": True,
        "actionRequired": True,
        "version": 1,
        "nps": None,
        "reasonLost": None,
        "contract": None,
        "history": [],
        "comments": [],
        "interactions": [],
    },
    "contracts": {**dict.fromkeys(("number", "value", "date", "description")), "createdAt": DAY},
    "actions": {"actionDetail": None, "date": None, "createdAt": DAY, "attachments": []},
    "documents": {"action": None, "createdAt": DAY},
    "codes": {"status": "free", "client": None, "hostess": None, "location": None, "changedAt": DAY},
    "visitors": {
        **dict.fromkeys(("client", "email", "phone", "push", "device")),
        "technicalInfo": {},
        "variables": {},
        "linked": [],
        "createdAt": DAY,
        "seenAt": DAY,
    },
    "notifications": {**dict.fromkeys(("firstName", "lastName", "attachment")), "createdAt": DAY},
    "tracked": {"requestType": None, "actionType": None, "createdAt": DAY},
    "ads": {"application": None, "screens": None, "link": None, "clicks": 0},
    "products": {"application": None, "adId": None},
}


SAME: dict[str, dict[str, str]] = {
    "leads": {"updatedAt": "createdAt", "timestamp": "createdAt", "timestampStatusChange": "createdAt"},
    "contracts": {"updatedAt": "createdAt"},
    "actions": {"updatedAt": "createdAt"},
}
"""Members that may be left out where they say the same as another."""


def plant(world: World, document: Mapping[str, Any]) -> None:
    """A fixture document into an empty world. Raises ValueError naming the place that is wrong."""
    check(document)
    for collection in COLLECTIONS:
        name = collection.name.partition("/")[2]
        for item in document.get(name, []):
            made = completed(name, item)
            if collection is LEADS:
                made["history"] = snapshots(made)
            if collection is TRACKED:
                made["id"] = world.store.next_id(TRACKED, "tracked")
            world.store.table(collection).put(made)
    world.choose_named(rules.ALL, document.get("assume", {}))


def completed(collection: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """A document with what may be left out of it."""
    made = {**DEFAULTS.get(collection, {}), **item}
    same = SAME.get(collection, {})
    return {member: made[other] for member, other in same.items() if other in made} | made


def snapshots(lead: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The history of a lead; fields that are left out of it are those of the lead."""
    return [{"fields": lead["fields"], **snapshot} for snapshot in lead["history"]]


def credentials(world: World) -> dict[str, Any]:
    """What a client needs: the first data source's, a hostess's PIN, a business user's login, a token."""
    application = next(world.store.table(APPLICATIONS).scan(), None)
    if application is None:
        return {}
    people = list(world.store.table(PEOPLE).scan())
    hostess = next((person for person in people if person["pin"]), None)
    user = next((person for person in people if person["username"]), None)
    token = next(world.store.table(TOKENS).scan(), None)
    return {
        "key": application["key"],
        "secret": application["secret"],
        "pin": hostess and hostess["pin"],
        "username": user and user["username"],
        "password": user and user["password"],
        "appkey": application["key"],
        "access_token": token and token["token"],
    }


def personalise(world: World, suffix: str) -> None:
    """App Keys, PINs, logins and tokens that only this world has; a request shows one of key and token."""
    world.make_own(APPLICATIONS, ["key"], suffix, claimed=["key"])
    world.make_own(PEOPLE, ["pin", "username"], suffix)
    world.make_own(TOKENS, ["token"], suffix, claimed=["token"])
