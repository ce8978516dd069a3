"""Fixtures: a document of workspaces and what is theirs, planted as stored documents.

workspaces:
  - {id, name, slug, groupPk, group?, shard, status?, maxRequestsPerMinute?, configuration?, and any of
     what state.py lists as set per workspace;
     nodes, sources, users, customers, events, updates, consent_logs, jobs}
    nodes:     [{id, nodeType, name, ...}]      sources: [{id, name, token, trusted?, nodes, ...}]
    users:     [{id, token, name, surname?, email?, roles, nodes?}]   nodes: {id: R, W or RW}; without, all
    customers: [{id, nodeId, externalId?, base?, ..., sessions?: [{id, value}]}]
    events:    [{id, customerId or bringBackProperties, type, context, properties, date, ...}]
    jobs:      [{id, nodeId, filename, bulkJobName, operation, createdAt, updatedAt, status?, results?,
                 file?: the CSV, which a job that is LOADED, SCHEDULED or PROCESSING needs, ...}]
operators: [{token, roles}]  who may do what no workspace's user may
assume: {name of an assumption: the value its data needs}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import planting
from simulator.vendors.contacthub.bulk import planted
from simulator.vendors.contacthub.fixture_shape import check
from simulator.vendors.contacthub.state import NODES, SOURCES, TOKENS, USERS, WORKSPACES
from simulator.vendors.contacthub.workspaces.service import FIRST_CONFIGURATION, FIRST_SETTINGS

Given = Mapping[str, Any]
PARTS = ("nodes", "sources", "users", "customers", "events", "updates", "consent_logs", "jobs")
ENTRY: dict[str, Any] = {
    "description": None,
    "imageUrl": None,
    "mandatoryProperties": [],
    "sourcePriority": [],
    "retention": {"enabled": False, "events": {}},
}
AGGREGATE: dict[str, Any] = {
    "description": None,
    "imageUrl": None,
    "exclusionFilters": [],
    "state": "ACTIVE",
    "retention": {"enabled": False, "events": {}},
}
SOURCE = {"provider": "API", "properties": {"allowedIPs": None}, "description": None, "enabled": True}
USER = {"surname": None, "email": None, "lang": "it", "mc": True, "registeredAt": None, "updatedAt": None}


def plant(world: World, document: Given) -> None:
    """A fixture document into an empty world. Raises ValueError naming the place that is wrong."""
    check(document)
    world.choose_named(rules.ALL, document.get("assume", {}))
    workspaces = document.get("workspaces", [])
    for given in workspaces:
        _plant_workspace(world, given)
    for operator in document.get("operators", []):
        _plant_token(world, operator["token"], [w["id"] for w in workspaces], operator["roles"])


def _plant_workspace(world: World, given: Given) -> None:
    own = {name: value for name, value in given.items() if name not in PARTS}
    configuration = {"name": own["name"], **FIRST_CONFIGURATION, **own.pop("configuration", {})}
    world.store.table(WORKSPACES).put({**FIRST_SETTINGS, **own, "configuration": configuration})
    workspace_id = given["id"]
    for node in given.get("nodes", []):
        _plant_node(world, workspace_id, node)
    _await_retention(world, workspace_id)
    for source in given.get("sources", []):
        _plant_source(world, workspace_id, source)
    for user in given.get("users", []):
        _plant_user(world, workspace_id, user)
    planting.customers(world, workspace_id, given.get("customers", []))
    planting.events(world, workspace_id, given.get("events", []))
    planting.updates(world, workspace_id, given.get("updates", []))
    planting.consent_logs(world, workspace_id, given.get("consent_logs", []))
    planted.plant(world, workspace_id, given.get("jobs", []))
    planting.aggregated(world, workspace_id)


def _plant_node(world: World, workspace_id: str, node: Given) -> None:
    defaults = ENTRY if node["nodeType"] == "ENTRY" else AGGREGATE
    retention = {"enabled": False, "events": {}} | node.get("retention", {})
    world.store.table(NODES).put({**defaults, **node, "retention": retention, "workspace": workspace_id})


def _await_retention(world: World, workspace_id: str) -> None:
    """A fixture has no agenda: the workspace's first call begins the removal of expired events."""
    nodes = world.store.table(NODES).find("workspace", workspace_id)
    unplanned = [node["id"] for node in nodes if node["retention"]["enabled"]]
    if unplanned:
        workspace = world.store.table(WORKSPACES)[workspace_id]
        world.store.table(WORKSPACES).put(workspace | {"unplanned": unplanned})


def _plant_source(world: World, workspace_id: str, source: Given) -> None:
    own = {name: value for name, value in source.items() if name not in ("token", "trusted")}
    world.store.table(SOURCES).put({**SOURCE, **own, "workspace": workspace_id})
    role = "TRUSTED_APPLICATION" if source.get("trusted", True) else "UNTRUSTED_APPLICATION"
    rights = "RW" if source.get("trusted", True) else "W"
    nodes = dict.fromkeys(source["nodes"], rights)
    _plant_token(world, source["token"], [workspace_id], [role], nodes, source=source["id"])


def _plant_user(world: World, workspace_id: str, user: Given) -> None:
    own = {name: value for name, value in user.items() if name != "token"}
    nodes = own.get("nodes") or None
    listed = [{"id": key, "permission": right} for key, right in (nodes or {}).items()]
    world.store.table(USERS).put({**USER, **own, "nodes": listed, "workspace": workspace_id})
    _plant_token(world, user["token"], [workspace_id], user["roles"], nodes, user=user["id"])


def _plant_token(
    world: World,
    token: str,
    workspaces: Iterable[str],
    roles: Iterable[str],
    nodes: Mapping[str, str] | None = None,
    **whose: Any,
) -> None:
    stored: Document = {
        "id": world.store.next_id(TOKENS, "token"),
        "token": token,
        "workspaces": list(workspaces),
        "roles": list(roles),
        "nodes": None if nodes is None else dict(nodes),
        "source": None,
        "user": None,
    }
    world.store.table(TOKENS).put({**stored, **whose})


def credentials(world: World) -> dict[str, Any]:
    """What a client needs: the first workspace, its first entry node, and tokens by what they may do."""
    workspace = next(world.store.table(WORKSPACES).scan(), None)
    if workspace is None:
        return {}
    nodes = world.store.table(NODES).find("workspace", workspace["id"])
    entries = [node["id"] for node in nodes if node["nodeType"] == "ENTRY"]
    tokens = [t for t in world.store.table(TOKENS).scan() if workspace["id"] in t["workspaces"]]

    def having(role: str) -> str | None:
        return next((token["token"] for token in tokens if role in token["roles"]), None)

    return {
        "workspace_id": workspace["id"],
        "node_id": entries[0] if entries else None,
        "token": having("TRUSTED_APPLICATION"),
        "untrusted_token": having("UNTRUSTED_APPLICATION"),
        "admin_token": having("ADMIN"),
        "dpo_token": having("DPO"),
        "operator_token": having("CLAB_OPERATOR"),
    }


def personalise(world: World, suffix: str) -> None:
    """Tokens that only this world has."""
    world.make_own(TOKENS, ["token"], suffix, claimed=["token"])
