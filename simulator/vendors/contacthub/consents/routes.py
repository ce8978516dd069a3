"""…/consent-logs."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub.consents import service
from simulator.vendors.contacthub.wire import answer, caller, page, query, world

routes = Routes()
BASE = "/hub/v1/workspaces/<workspace_id>/consent-logs"
MOST = 20


@routes.get(BASE, "listConsents")
def list_consents(workspace_id: str) -> Response:
    asked = query()
    rows = service.select(world(), caller(), workspace_id, asked)
    return answer(page(rows, asked.get("page", 0), asked.get("size", MOST), service.shown, capped=False))


@routes.get(f"{BASE}/<id>", "getConsent")
def get_consent(workspace_id: str, id: str) -> Response:
    return answer(service.shown(service.find(world(), caller(), workspace_id, id)))
