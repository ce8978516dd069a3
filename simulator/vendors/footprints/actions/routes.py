"""Actions of leads: POST …/lead/action, PUT …/action/{id}, GET …/actions/{lead}, GET …/action-types."""

from __future__ import annotations

from typing import Any

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.footprints.actions import schemas, service
from simulator.vendors.footprints.wire import answer, body, world

routes = Routes()


@routes.post("/api/lead/action", "addLeadAction")
def add_lead_action() -> Response:
    return answer(_saved(service.add(world(), body())))


@routes.put("/api/lead/action/<action_id>", "updateLeadAction")
def update_lead_action(action_id: str) -> Response:
    return answer(_saved(service.update(world(), action_id, body())))


@routes.get("/api/lead/actions/<lead_id>", "getLeadActions")
def get_lead_actions(lead_id: str) -> Response:
    return answer({"data": [schemas.action(*found) for found in service.of_lead(world(), lead_id)]})


@routes.get("/api/lead/action-types", "getLeadActionTypes")
def get_lead_action_types() -> Response:
    return answer({"data": [schemas.action_type(kind) for kind in service.types(world())]})


def _saved(action_id: str) -> dict[str, Any]:
    return {"status": "success", "_id": action_id}
