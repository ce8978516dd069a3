"""Sources: kept without their token, which stands with all tokens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import ids
from simulator.vendors.contacthub.nodes.service import node
from simulator.vendors.contacthub.state import SOURCES, TOKENS

PLAN, SEND = "CONTACTPLAN", "CONTACTSEND"
ROLE, RIGHT = "TRUSTED_APPLICATION", "RW"
MEMBERS = ("provider", "properties", "name", "description", "nodes", "enabled", "id")
PROPERTIES: dict[str, dict[str, Any]] = {
    PLAN: {
        "exportProducts": False,
        "exportStores": False,
        "groupPk": 0,
        "userdbId": 0,
        "eventPropertiesColumnMapping": [],
        "productsPropertiesColumnMapping": [],
        "classifications": [],
    },
    SEND: {"userdbId": 0, "groupPk": 0, "mappedColumns": [], "options": None, "subscriptions": []},
}
CLIENT = {"allowedIPs": None}
"""What a provider's `properties` hold, and their first values; of a client of the API, CLIENT."""


def listed(world: World, workspace_id: str) -> list[Document]:
    return world.store.table(SOURCES).find("workspace", workspace_id)


def find(world: World, workspace_id: str, source_id: str) -> Document:
    """Raises NotFound."""
    found = world.store.table(SOURCES).get(source_id)
    if found is None or found["workspace"] != workspace_id:
        raise NotFound(f"source not found {source_id}")
    return found


def shown(world: World, source: Document) -> dict[str, Any]:
    """The source as the API shows it, with its token."""
    return {name: source[name] for name in MEMBERS} | {"token": _token(world, source)["token"]}


def create(world: World, workspace_id: str, given: Mapping[str, Any]) -> Document:
    """A new source with a token. Raises NotFound for a node that does not exist, Invalid."""
    world.assume(rules.NEW_SOURCE)
    made = _made(world, workspace_id, ids.new(world), given)
    world.store.table(TOKENS).put(
        {
            "id": world.store.next_id(TOKENS, "token"),
            "token": _fresh(world),
            "workspaces": [workspace_id],
            "roles": [ROLE],
            "nodes": dict.fromkeys(made["nodes"], RIGHT),
            "source": made["id"],
            "user": None,
        }
    )
    return made


def change(world: World, workspace_id: str, source_id: str, given: Mapping[str, Any]) -> Document:
    """The source anew, with its old token, which now opens the new nodes. Raises NotFound, Invalid."""
    source = find(world, workspace_id, source_id)
    if given.get("id", source_id).lower() != source_id.lower():
        world.assume(rules.OWN_ID)
        raise Invalid({"/id": ["id cannot be changed"]}, "source is not valid")
    made = _made(world, workspace_id, source_id, given)
    token = _token(world, source)
    right = next(iter((token["nodes"] or {}).values()), RIGHT)
    world.store.table(TOKENS).put(token | {"nodes": dict.fromkeys(made["nodes"], right)})
    return made


def refresh(world: World, workspace_id: str, source_id: str) -> Document:
    """Give a source another token; the old one stops working. Raises NotFound."""
    world.assume(rules.OLD_TOKEN)
    source = find(world, workspace_id, source_id)
    world.store.table(TOKENS).put(_token(world, source) | {"token": _fresh(world)})
    return source


def _made(world: World, workspace_id: str, source_id: str, given: Mapping[str, Any]) -> Document:
    provider = given.get("provider", "API")
    made: Document = {
        "id": source_id,
        "workspace": workspace_id,
        "provider": provider,
        "properties": _properties(provider, given.get("properties", {})),
        "name": given["name"],
        "description": given.get("description"),
        "nodes": _nodes(world, workspace_id, given["nodes"]),
        "enabled": given.get("enabled", True),
    }
    if provider in PROPERTIES:
        _hold_to_one(world, made)
    world.store.table(SOURCES).put(made)
    return made


def _hold_to_one(world: World, made: Document) -> None:
    """A link to another product has its node and its user database for itself. Raises Invalid."""
    world.assume(rules.ONE_TO_ONE)
    table, properties = world.store.table(SOURCES), made["properties"]
    problems: dict[str, list[str]] = {}

    def another(found: Iterable[Document]) -> bool:
        return any(one["provider"] == made["provider"] and one["id"] != made["id"] for one in found)

    if another(one for key in made["nodes"] for one in table.find("nodes", key)):
        problems["/nodes"] = ["the node has a source of this provider"]
    in_group = table.find("properties.groupPk", properties["groupPk"])
    if another(one for one in in_group if one["properties"]["userdbId"] == properties["userdbId"]):
        problems["/properties/userdbId"] = ["the user database has a source of this provider"]
    if problems:
        raise Invalid(problems, "source is not valid")


def _properties(provider: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Those that the provider knows, the others at their first values."""
    first = PROPERTIES.get(provider, CLIENT)
    return first | {name: value for name, value in given.items() if name in first}


def _nodes(world: World, workspace_id: str, given: Iterable[str]) -> list[str]:
    """Each once. Raises NotFound."""
    world.assume(rules.SOURCE_NODES)
    return list(dict.fromkeys(node(world, workspace_id, node_id)["id"] for node_id in given))


def _token(world: World, source: Document) -> Document:
    found = world.store.table(TOKENS).first("source", source["id"])
    if found is None:
        raise LookupError(f"source {source['id']} has no token")
    return found


def _fresh(world: World) -> str:
    """A token nobody has."""
    return world.random("contacthub/token").randbytes(32).hex()
