"""Fixtures: a document of what there is before the first call, planted as stored documents.

accounts, tokens, databases, resources, segments, campaigns: [documents in the shape of state.py]; what most
   of them have in common may be left out (DEFAULTS)
profiles: [{id?, database, createtime?, acid?, segments?, data}]   data as profiles/add takes it; a
   subscription may have date, ip, url and is_delete besides
messages: [{id, profile, resource_id, channel, time, and the contact as a subscription has it}]
events:   [{time, profile, type, data?}]
assume: {name of an assumption: the value its data needs}
sequences: {name: the number last used}

fixture_shape.py says it exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import planting
from simulator.vendors.altcraft.fixture_shape import check
from simulator.vendors.altcraft.state import (
    ACCOUNTS,
    CAMPAIGNS,
    DATABASES,
    RESOURCES,
    SEGMENTS,
    TOKENS,
)

SETTINGS = (ACCOUNTS, TOKENS, DATABASES, RESOURCES, SEGMENTS)

ALL_RIGHTS = [
    "profiles.read",
    "profiles.write",
    "profiles.delete",
    "databases.read",
    "resources.read",
    "segments.write",
    "campaigns.write",
]
MAIN = [{"id": 0, "name": "main"}]
DEFAULTS: dict[str, dict[str, Any]] = {
    "accounts": {"quota": None},
    "tokens": {"account": 1, "permissions": ALL_RIGHTS, "groups": [0], "active": True},
    "databases": {
        "account": 1,
        "description": "",
        "suppress_id": 1,
        "ui_tags": [],
        "groups": MAIN,
        "fields": [],
    },
    "resources": {
        "account": 1,
        "channels": ["email"],
        "dbs_ids": [],
        "categories": [],
        "trk_domain": "tracking.example.com",
        "url": "https://shop.example.com",
        "groups": MAIN,
        "raise_new": False,
        "fields": {},
        "rtoken": None,
    },
    "segments": {"is_static": True, "is_refresh_daily": False, "segment": None},
    "campaigns": {"active": True, "type": "api"},
}


def plant(world: World, document: Mapping[str, Any]) -> None:
    """A fixture document into an empty world. Raises ValueError naming the place that is wrong."""
    check(document)
    world.choose_named(rules.ALL, document.get("assume", {}))
    for collection in SETTINGS:
        name = collection.name.partition("/")[2]
        for item in document.get(name, []):
            world.store.table(collection).put(completed(name, item))
    for item in document.get("campaigns", []):
        world.store.table(CAMPAIGNS).put(_campaign(item))
    for name, last in document.get("sequences", {}).items():
        world.store.sequence(f"altcraft/{name}", start=last)
    planting.profiles(world, document.get("profiles", []))
    planting.messages(world, document.get("messages", []))
    planting.events(world, document.get("events", []))


def completed(name: str, item: Mapping[str, Any]) -> dict[str, Any]:
    """A document of an account's settings with what may be left out of it."""
    whole = {**DEFAULTS[name], **item}
    if name == "databases":
        whole["fields"] = _fields(whole["fields"])
    if name == "resources":
        whole["fields"] = {channel: _fields(fields) for channel, fields in whole["fields"].items()}
    return whole


def _campaign(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **DEFAULTS["campaigns"],
        **item,
        "id": f"{item['kind']}/{item['id']}",
        "number": item["id"],
        "message": message(item.get("message")),
    }


def message(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What a campaign sends, with what may be left out of it."""
    return None if given is None else {"subject": None, **given}


def _fields(fields: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"title": field["name"], "required": False, "dictionary": None, **field} for field in fields]


def credentials(world: World) -> dict[str, Any]:
    """What a client needs: a token of all rights, one that may not delete, a resource, its database."""
    tokens = list(world.store.table(TOKENS).scan())
    if not tokens:
        return {}
    full = next(token for token in tokens if "profiles.delete" in token["permissions"])
    lesser = next((token for token in tokens if "profiles.delete" not in token["permissions"]), None)
    database = next(world.store.table(DATABASES).scan(), None)
    resource = next(world.store.table(RESOURCES).scan(), None)
    return {
        "token": full["token"],
        "token_without_delete": lesser and lesser["token"],
        "db_id": resource["dbs_ids"][0] if resource and resource["dbs_ids"] else database and database["id"],
        "resource_id": resource and resource["id"],
    }


def personalise(world: World, suffix: str) -> None:
    """Tokens that only this world has."""
    world.make_own(TOKENS, ["token"], suffix, claimed=["token"])
