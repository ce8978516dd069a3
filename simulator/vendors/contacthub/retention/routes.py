"""…/retention-policy of the workspace, of any node, and of entry nodes."""

from __future__ import annotations

from typing import Any

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub.nodes.service import ENTRY, node
from simulator.vendors.contacthub.retention import service
from simulator.vendors.contacthub.wire import answer, body, world

routes = Routes()
BASE = "/hub/v1/workspaces/<workspace_id>/configuration"
NODE = f"{BASE}/nodes/<node_id>/retention-policy"
ENTRY_NODE = f"{BASE}/nodes/entries/<node_id>/retention-policy"


@routes.get(f"{BASE}/retention-policy", "getWorkspaceRetentionPolicy")
def get_workspace_retention_policy(workspace_id: str) -> Response:
    return answer(service.of_workspace(world(), workspace_id))


@routes.put(f"{BASE}/retention-policy", "updateWorkspaceRetentionPolicy")
def update_workspace_retention_policy(workspace_id: str) -> Response:
    return answer(service.change_workspace(world(), workspace_id, body()))


@routes.get(f"{BASE}/retention-policy/status", "getWorkspaceRetentionPolicyStatus")
def get_workspace_retention_policy_status(workspace_id: str) -> Response:
    return answer(service.status(world(), workspace_id))


@routes.get(NODE, "getNodeRetentionPolicy")
def get_node_retention_policy(workspace_id: str, node_id: str) -> Response:
    return answer(_policy(workspace_id, node_id))


@routes.put(NODE, "updateNodeRetentionPolicy")
def update_node_retention_policy(workspace_id: str, node_id: str) -> Response:
    given = body()
    changed = node(world(), workspace_id, node_id)
    service.change_node(world(), changed, enabled=given.get("enabled"), events=given.get("events"))
    return answer(_policy(workspace_id, node_id))


@routes.get(ENTRY_NODE, "getEntryNodeRetentionPolicy")
def get_entry_node_retention_policy(workspace_id: str, node_id: str) -> Response:
    return answer(_policy(workspace_id, node_id, ENTRY)["events"])


@routes.put(ENTRY_NODE, "updateEntryNodeRetentionPolicy")
def update_entry_node_retention_policy(workspace_id: str, node_id: str) -> Response:
    given = body()
    service.change_node(world(), node(world(), workspace_id, node_id, ENTRY), events=given)
    return answer(_policy(workspace_id, node_id, ENTRY)["events"])


@routes.get(f"{ENTRY_NODE}/state", "getEntryNodeRetentionPolicyState")
def get_entry_node_retention_policy_state(workspace_id: str, node_id: str) -> Response:
    return answer({"enabled": _policy(workspace_id, node_id, ENTRY)["enabled"]})


@routes.put(f"{ENTRY_NODE}/state", "updateEntryNodeRetentionPolicyState")
def update_entry_node_retention_policy_state(workspace_id: str, node_id: str) -> Response:
    on = body()["enabled"]
    service.change_node(world(), node(world(), workspace_id, node_id, ENTRY), enabled=on)
    return answer({"enabled": _policy(workspace_id, node_id, ENTRY)["enabled"]})


def _policy(workspace_id: str, node_id: str, kind: str | None = None) -> dict[str, Any]:
    return service.of_node(world(), node(world(), workspace_id, node_id, kind))
