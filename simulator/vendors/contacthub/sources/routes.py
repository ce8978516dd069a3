"""…/configuration/sources."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.kernel.store import Document
from simulator.vendors.contacthub.sources import service
from simulator.vendors.contacthub.wire import answer, body, whole, world

routes = Routes()
ALL = "/hub/v1/workspaces/<workspace_id>/configuration/sources"
ONE = f"{ALL}/<source_id>"


def _shown(source: Document) -> Response:
    return answer(service.shown(world(), source))


@routes.get(ALL, "listSources")
def list_sources(workspace_id: str) -> Response:
    found = service.listed(world(), workspace_id)
    return answer(whole(found, lambda source: service.shown(world(), source)))


@routes.post(ALL, "createSource")
def create_source(workspace_id: str) -> Response:
    return answer(service.shown(world(), service.create(world(), workspace_id, body())), 201)


@routes.get(ONE, "getSource")
def get_source(workspace_id: str, source_id: str) -> Response:
    return _shown(service.find(world(), workspace_id, source_id))


@routes.put(ONE, "updateSource")
def update_source(workspace_id: str, source_id: str) -> Response:
    return _shown(service.change(world(), workspace_id, source_id, body()))


@routes.post(f"{ONE}/refresh-token", "refreshSourceToken")
def refresh_source_token(workspace_id: str, source_id: str) -> Response:
    return _shown(service.refresh(world(), workspace_id, source_id))
