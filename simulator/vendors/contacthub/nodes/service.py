"""Nodes of a workspace: found, made, changed and emptied."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import ids
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.nodes import aggregates
from simulator.vendors.contacthub.nodes.keys import match_keys
from simulator.vendors.contacthub.state import CUSTOMERS, EVENTS, NODES, WORKSPACES

ENTRY, AGGREGATE = "ENTRY", "AGGREGATE"
NEW, ACTIVE = "NEW", "ACTIVE"
DEFAULT_POLICY = {"properties": ["externalId"], "caseSensitive": False}
ENTRY_MEMBERS = (
    "id",
    "name",
    "description",
    "imageUrl",
    "uniqueCustomer",
    "sourcePriority",
    "mandatoryProperties",
)
AGGREGATE_MEMBERS = (
    "id",
    "name",
    "description",
    "imageUrl",
    "entryNodes",
    "matchingProperties",
    "exclusionFilters",
    "state",
)
PROPERTIES = {
    ENTRY: ("uniqueCustomer", "mandatoryProperties"),
    AGGREGATE: ("state", "entryNodes", "exclusionFilters", "matchingProperties"),
}


def node(world: World, workspace_id: str, node_id: str, kind: str | None = None) -> Document:
    """The node, of that kind if one is asked for. Raises NotFound."""
    found = world.store.table(NODES).get(node_id)
    if found is None or found["workspace"] != workspace_id or kind not in (None, found["nodeType"]):
        raise NotFound(f"node not found {node_id}")
    return found


def listed(world: World, workspace_id: str, kind: str | None = None) -> list[Document]:
    """The nodes of a workspace, of that kind if one is asked for, oldest first."""
    found = world.store.table(NODES).find("workspace", workspace_id)
    return [document for document in found if kind in (None, document["nodeType"])]


def open_to(world: World, caller: Caller, workspace_id: str, kind: str | None = None) -> list[Document]:
    """The nodes that are `listed`, of them those that the caller may use."""
    if caller.nodes is None:
        return listed(world, workspace_id, kind)
    world.assume(rules.NODE_ACCESS)
    return [document for document in listed(world, workspace_id, kind) if document["id"] in caller.nodes]


def shown(document: Document) -> dict[str, Any]:
    """The node as its own kind's operations show it."""
    members = ENTRY_MEMBERS if document["nodeType"] == ENTRY else AGGREGATE_MEMBERS
    return {name: document[name] for name in members}


def row(document: Document) -> dict[str, Any]:
    """The node as the list of both kinds shows it."""
    own = {name: document[name] for name in ("id", "name", "description", "nodeType")}
    properties = {name: document[name] for name in PROPERTIES[document["nodeType"]]}
    return own | {"retentionState": document["retention"]["enabled"], "properties": properties}


def default_policy(world: World, workspace_id: str) -> dict[str, Any]:
    """By what an entry node recognises a customer when it says nothing: {properties, caseSensitive}."""
    own = world.store.table(WORKSPACES)[workspace_id].get("matchingPolicy")
    if own:
        return dict(own)
    world.assume(rules.DEFAULT_MATCHING)
    return dict(DEFAULT_POLICY)


def create_entry(world: World, workspace_id: str, body: Mapping[str, Any]) -> Document:
    """A new entry node."""
    made: Document = {"id": ids.new(world), "workspace": workspace_id, "nodeType": ENTRY}
    made |= {"retention": {"enabled": False, "events": {}}} | _entry_members(body)
    if "uniqueCustomer" not in body:
        made["uniqueCustomer"] = default_policy(world, workspace_id)
    world.store.table(NODES).put(made)
    return made


def change_entry(world: World, workspace_id: str, node_id: str, body: Mapping[str, Any]) -> Document:
    """The entry node as `body` has it. Raises NotFound, Invalid for another id."""
    world.assume(rules.ENTRY_NODE_REPLACED)
    before = node(world, workspace_id, node_id, ENTRY)
    if body["id"].lower() != before["id"].lower():
        world.assume(rules.OWN_ID)
        raise Invalid({"/id": ["id cannot be changed"]}, "node is not valid")
    return _store_entry(world, before, before | _entry_members(body))


def change_policy(world: World, workspace_id: str, node_id: str, body: Mapping[str, Any]) -> Document:
    """The entry node with another matching policy. Raises NotFound."""
    before = node(world, workspace_id, node_id, ENTRY)
    return _store_entry(world, before, before | {"uniqueCustomer": _policy(body)})


def _entry_members(body: Mapping[str, Any]) -> dict[str, Any]:
    found = {
        "name": body["name"],
        "description": body.get("description"),
        "imageUrl": body.get("imageUrl"),
        "sourcePriority": body.get("sourcePriority", []),
        "mandatoryProperties": body.get("mandatoryProperties", []),
    }
    return found | ({"uniqueCustomer": _policy(body["uniqueCustomer"])} if "uniqueCustomer" in body else {})


def _policy(body: Mapping[str, Any]) -> dict[str, Any]:
    return {"properties": body["properties"], "caseSensitive": body.get("caseSensitive", False)}


def _store_entry(world: World, before: Document, after: Document) -> Document:
    world.store.table(NODES).put(after)
    if after["uniqueCustomer"] != before["uniqueCustomer"]:
        world.assume(rules.MATCHING_CHANGED)
        table = world.store.table(CUSTOMERS)
        for customer in table.find("node", after["id"]):
            table.put(customer | {"match": match_keys(after["uniqueCustomer"], customer["seen"])})
    if after["sourcePriority"] != before["sourcePriority"]:
        aggregates.reorder(world, after)
    return after


def empty(world: World, caller: Caller, workspace_id: str, node_id: str, *, events_only: bool) -> None:
    """Remove the events of an entry node, and its customers. Raises NotFound."""
    from simulator.vendors.contacthub.customers import service as customers  # noqa: PLC0415
    from simulator.vendors.contacthub.events import service as events  # noqa: PLC0415

    node(world, workspace_id, node_id, ENTRY)
    for key in world.store.table(EVENTS).keys_of("node", node_id):
        events.remove(world, caller, workspace_id, str(key))
    if not events_only:
        for key in world.store.table(CUSTOMERS).keys_of("node", node_id):
            customers.remove(world, caller, workspace_id, str(key))


def create_aggregate(world: World, workspace_id: str, body: Mapping[str, Any]) -> Document:
    """A new aggregate node, that merges nothing yet. Raises NotFound for an entry node."""
    world.assume(rules.AGGREGATE_ENTRIES)
    entries = list(dict.fromkeys(body["entryNodes"]))
    for entry in entries:
        node(world, workspace_id, entry, ENTRY)
    made = {
        "id": ids.new(world),
        "workspace": workspace_id,
        "nodeType": AGGREGATE,
        "retention": {"enabled": False, "events": {}},
        "name": body["name"],
        "description": body.get("description"),
        "imageUrl": body.get("imageUrl"),
        "entryNodes": entries,
        "matchingProperties": _policy(body["matchingProperties"]),
        "exclusionFilters": body.get("exclusionFilters") or [],
        "state": NEW,
    }
    world.store.table(NODES).put(made)
    return made


def change_aggregate(world: World, workspace_id: str, node_id: str, body: Mapping[str, Any]) -> Document:
    """The aggregate node with what of `body` can be changed. Raises NotFound."""
    world.assume(rules.AGGREGATE_NODE_FIXED)
    before = node(world, workspace_id, node_id, AGGREGATE)
    after = before | {name: body[name] for name in ("name", "description", "imageUrl") if name in body}
    if "exclusionFilters" in body:
        after["exclusionFilters"] = body["exclusionFilters"] or []
    world.store.table(NODES).put(after)
    if after["state"] == ACTIVE and after["exclusionFilters"] != before["exclusionFilters"]:
        aggregates.refilter(world, after, before["exclusionFilters"])
    return after


def set_state(world: World, workspace_id: str, node_id: str, state: str) -> Document:
    """From NEW to ACTIVE: the customers already there are merged. Raises NotFound, Invalid."""
    found = node(world, workspace_id, node_id, AGGREGATE)
    if (found["state"], state) != (NEW, ACTIVE):
        world.assume(rules.STATE_CHANGES)
        text = f"the state cannot change from {found['state']} to {state}"
        raise Invalid({"/state": [text]}, "request is not valid")
    found["state"] = ACTIVE
    world.store.table(NODES).put(found)
    aggregates.build(world, found)
    return found
