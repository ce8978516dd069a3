"""Workspaces as tenants: listed, set up, suspended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import Conflict
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import ids
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.state import TOKENS, WORKSPACES

SHOWN = ("id", "name", "slug", "groupPk", "shard", "status")


def shown(document: Document) -> dict[str, Any]:
    """The workspace as the API shows it."""
    return {name: document[name] for name in SHOWN}


def listed(world: World, caller: Caller, name: str | None, group: float | None) -> list[Document]:
    """The caller's workspaces with that text in their name, of that customer group."""
    table = world.store.table(WORKSPACES)
    found = [table[key] for key in caller.workspaces if key in table]
    return [
        workspace
        for workspace in found
        if (name is None or name.casefold() in workspace["name"].casefold())
        and (group is None or workspace["groupPk"] == group)
    ]


def create(world: World, caller: Caller, given: Mapping[str, Any]) -> Document:
    """A new workspace, open to the caller. Raises Conflict."""
    world.assume(rules.OPERATORS_WORKSPACE)
    table = world.store.table(WORKSPACES)
    if table.first("slug", given["slug"]) is not None:
        world.assume(rules.SLUG_TAKEN)
        raise Conflict(f"slug is taken: {given['slug']}")
    made: Document = {
        "id": ids.new(world),
        **{name: given[name] for name in ("name", "slug", "shard")},
        "groupPk": int(given["groupPk"]),
        **FIRST_SETTINGS,
        "configuration": {"name": given["name"], **FIRST_CONFIGURATION},
    }
    table.put(made)
    if caller.token is not None:
        tokens = world.store.table(TOKENS)
        token = tokens[caller.token]
        tokens.put(token | {"workspaces": [*token["workspaces"], made["id"]]})
    return made


def set_status(world: World, workspace: Document, status: str) -> Document:
    """Let calls in, or keep them out."""
    changed = workspace | {"status": status}
    world.store.table(WORKSPACES).put(changed)
    return changed


FIRST_CONFIGURATION = {
    "industry": "NotDefined",
    "logo": None,
    "timezone": "Europe/Rome",
    "currency": "EUR",
    "customerUniquenessPolicy": "MERGE",
    "tier": None,
}
FIRST_SETTINGS: dict[str, Any] = {
    "status": "ENABLED",
    "maxRequestsPerMinute": 0,
    "disabledEvents": [],
    "eventExtended": {},
    "payloadSize": {},
    "retention": {},
    "consentPolicy": {},
    "productsPolicy": {"eventTypes": []},
    "productExtended": {},
    "customerExtended": {},
    "disabledBase": [],
    "matchingPolicy": {"properties": ["base.contacts.email"], "caseSensitive": False},
}
