"""Fixtures: a document of what there is before the first call, planted as stored documents.

Each key is a collection of state.py, its value a list of documents in the shape given there; what
most documents have in common may be left out (DEFAULTS).
assume: {name of an assumption: the value its data needs}
sequences: {name: the number last used}
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.state import COLLECTIONS, DATABASES, RESOURCES, TOKENS

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
    },
    "segments": {"is_static": True, "is_refresh_daily": False, "segment": None},
    "campaigns": {"active": True, "type": "api", "message": None},
}


def plant(world: World, document: Mapping[str, Any]) -> None:
    """A fixture document into an empty world. Raises ValueError naming the place that is wrong."""
    for collection in COLLECTIONS:
        name = collection.name.partition("/")[2]
        for item in document.get(name, []):
            world.store.table(collection).put(DEFAULTS.get(name, {}) | item)
    for name, last in document.get("sequences", {}).items():
        world.store.sequence(f"altcraft/{name}", start=last)
    known = {rule.id: rule for rule in rules.ALL}
    for name, value in document.get("assume", {}).items():
        world.choose(known[f"altcraft.{name}"], value)


def credentials(world: World) -> dict[str, Any]:
    """What a client needs: a token of all rights, one that may not delete, a database and a resource."""
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
        "db_id": database and database["id"],
        "resource_id": resource and resource["id"],
    }


def personalise(world: World, suffix: str) -> None:
    """Tokens that only this world has."""
    for token in list(world.store.table(TOKENS).scan()):
        token["token"] = f"{token['token']}-{suffix}"
        world.store.table(TOKENS).put(token)
        world.claim("altcraft", token["token"])
