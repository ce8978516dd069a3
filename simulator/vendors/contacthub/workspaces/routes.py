"""/workspaces, and a workspace as a tenant."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub.configuration.service import workspace
from simulator.vendors.contacthub.wire import answer, body, caller, page, query, world
from simulator.vendors.contacthub.workspaces import service

routes = Routes()
ALL = "/hub/v1/workspaces"
ONE = f"{ALL}/<workspace_id>"
FIRST, MOST = 0, 20


@routes.get(ALL, "listWorkspaces")
def list_workspaces() -> Response:
    asked = query()
    found = service.listed(world(), caller(), asked.get("name"), asked.get("groupPk"))
    number, size = asked.get("page", FIRST), asked.get("size", MOST)
    return answer(page(found, number, size, service.shown, capped=False))


@routes.post(ALL, "createWorkspace")
def create_workspace() -> Response:
    return answer(service.shown(service.create(world(), caller(), body())), 201)


@routes.get(ONE, "getWorkspace")
def get_workspace(workspace_id: str) -> Response:
    return answer(service.shown(workspace(world(), workspace_id)))


@routes.put(f"{ONE}/status", "updateWorkspaceStatus")
def update_workspace_status(workspace_id: str) -> Response:
    status = body()["status"]
    changed = service.set_status(world(), workspace(world(), workspace_id), status)
    return answer({"status": changed["status"]})
