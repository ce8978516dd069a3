"""The sources of provider CONTACTSEND: which node exchanges what with which user database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.nodes import service as nodes
from simulator.vendors.contacthub.state import NODES, SOURCES, TOKENS, WORKSPACES

PROVIDER = "CONTACTSEND"
MEMBERS = ("id", "provider", "name", "description", "nodes", "enabled")
PROPERTIES: dict[str, Any] = {"mappedColumns": [], "options": None, "subscriptions": []}
INSTANTS = frozenset({"registeredAt", "updatedAt"})
DATES = frozenset({"base.dob"})


def seen_by(world: World, caller: Caller) -> list[dict[str, Any]]:
    """The links of all nodes that the caller may read, in all its workspaces."""
    sources = [s for key in caller.workspaces for s in world.store.table(SOURCES).find("workspace", key)]
    return _configurations(world, caller, sources)


def of_group(world: World, caller: Caller, group: str) -> list[dict[str, Any]]:
    """The links to the user databases of a customer group that the caller may see."""
    return _configurations(world, caller, _in_group(world, caller, group))


def of_user_db(world: World, caller: Caller, group: str, user_db: str) -> dict[str, Any]:
    """The link to one user database. Raises NotFound."""
    sources = [s for s in _in_group(world, caller, group) if _is_of(s, user_db)]
    found = _configurations(world, caller, sources)
    if not found:
        raise NotFound(f"send source not found {group}/{user_db}")
    return found[0]


def of_node(world: World, workspace_id: str, node_id: str) -> dict[str, Any]:
    """The link of one node. Raises NotFound."""
    found = nodes.node(world, workspace_id, node_id)
    for source in _of_node(world, node_id):
        return _configuration(world, source, found)
    raise NotFound(f"send source not found {node_id}")


def subscriptions(world: World, workspace_id: str, user_db: str, group: int | None) -> list[dict[str, Any]]:
    """The subscriptions of a user database: {id, name, registrationField}. Raises NotFound."""
    world.assume(rules.SEND_SUBSCRIPTIONS)
    sources = _of_workspace(world, workspace_id, user_db, group)
    mapped = [one for source in sources for one in source["properties"].get("subscriptions") or ()]
    found = {one["sendWfc"]: one for one in mapped}
    return [
        {"id": _number(one["sendWfc"], place), "name": one["hub"], "registrationField": one["send"]}
        for place, one in enumerate(found.values(), start=1)
    ]


def _number(text: str, place: int) -> int:
    """The number that `text` is, or its place in the list."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else place


def fields(world: World, workspace_id: str, user_db: str, group: int | None) -> list[dict[str, str]]:
    """The columns of a user database: {name, type}. Raises NotFound."""
    world.assume(rules.SEND_SUBSCRIPTIONS)
    extended = world.store.table(WORKSPACES)[workspace_id].get("customerExtended") or {}
    found = {
        column["send"]: _kind(column["hub"], extended)
        for source in _of_workspace(world, workspace_id, user_db, group)
        for column in source["properties"].get("mappedColumns") or ()
    }
    return [{"name": name, "type": kind} for name, kind in found.items()]


def of_aggregate(world: World, node: Document) -> list[dict[str, Any]]:
    """The subscriptions that the entry nodes of an aggregate node share with the mailing product."""
    world.assume(rules.SEND_SUBSCRIPTIONS)
    return [
        {
            "subscriptionId": one["hub"],
            "path": "base.subscriptions",
            "entryNodeName": entry["name"],
            "entryNodeId": entry["id"],
            "type": PROVIDER,
        }
        for entry in _known(world, node["entryNodes"])
        for source in _of_node(world, entry["id"])
        for one in source["properties"].get("subscriptions") or ()
    ]


def _kind(path: str, extended: dict[str, Any]) -> str:
    if path in INSTANTS:
        return "date-time"
    if path in DATES:
        return "date"
    top, _, name = path.partition(".")
    kind = (extended.get(name) or {}).get("type") if top == "extended" else None
    return kind if isinstance(kind, str) else "string"


def _of_node(world: World, node_id: str) -> list[Document]:
    return [s for s in world.store.table(SOURCES).find("nodes", node_id) if s["provider"] == PROVIDER]


def _in_group(world: World, caller: Caller, group: str) -> list[Document]:
    if not group.isdecimal() or len(group) > 10:
        return []
    found = world.store.table(SOURCES).find("properties.groupPk", int(group))
    return [source for source in found if source["workspace"] in caller.workspaces]


def _of_workspace(world: World, workspace_id: str, user_db: str, group: int | None) -> list[Document]:
    found = [
        source
        for source in world.store.table(SOURCES).find("workspace", workspace_id)
        if source["provider"] == PROVIDER
        and _is_of(source, user_db)
        and group in (None, source["properties"].get("groupPk"))
    ]
    if not found:
        raise NotFound(f"send source not found {user_db}")
    return found


def _is_of(source: Document, user_db: str) -> bool:
    return str((source.get("properties") or {}).get("userdbId")) == user_db


def _configurations(world: World, caller: Caller, sources: Iterable[Document]) -> list[dict[str, Any]]:
    return [
        _configuration(world, source, node)
        for source in sources
        if source["provider"] == PROVIDER
        for node in _known(world, source["nodes"])
        if caller.may(node["id"], "R")
    ]


def _known(world: World, ids: Iterable[str]) -> list[Document]:
    """Those nodes that there are: one may have been deleted by hand."""
    found = map(world.store.table(NODES).get, ids)
    return [node for node in found if node is not None]


def _configuration(world: World, source: Document, node: Document) -> dict[str, Any]:
    world.assume(rules.SEND_CONFIGURATION)
    workspace = world.store.table(WORKSPACES)[source["workspace"]]
    token = world.store.table(TOKENS).first("source", source["id"])
    return {
        "portfolio": None,
        "id": workspace["id"],
        "name": workspace["name"],
        "industry": None,
        "workspaceStatus": workspace["status"],
        "nodeId": node["id"],
        "nodeName": node["name"],
        "nodeType": node["nodeType"],
        "contactSendSource": {name: source[name] for name in MEMBERS}
        | {"token": token["token"] if token else "", "properties": PROPERTIES | source["properties"]},
    }
