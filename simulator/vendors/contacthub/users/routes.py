"""…/configuration/users, and /me."""

from __future__ import annotations

from typing import Any

from flask import Response

from simulator.kernel.routes import Routes
from simulator.kernel.store import Document
from simulator.vendors.contacthub.users import service
from simulator.vendors.contacthub.wire import answer, body, caller, query, whole, world

routes = Routes()
ALL = "/hub/v1/workspaces/<workspace_id>/configuration/users"


def _shown(user: Document) -> dict[str, Any]:
    return service.shown(world(), user)


@routes.get("/hub/v1/me", "getMe")
def get_me() -> Response:
    return answer(service.me(world(), caller()))


@routes.get(ALL, "listUsers")
def list_users(workspace_id: str) -> Response:
    return answer(whole(service.listed(world(), workspace_id, query().get("search")), _shown))


@routes.get(f"{ALL}/<id>", "getUser")
def get_user(workspace_id: str, id: str) -> Response:
    return answer(_shown(service.find(world(), workspace_id, id)))


@routes.put(f"{ALL}/<id>", "updateUser")
def update_user(workspace_id: str, id: str) -> Response:
    return answer(_shown(service.change(world(), workspace_id, id, body()["nodes"])))
