"""POST /api/v1.1/campaigns/triggers/… and /api/v1.1/workflows/import_and_start"""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.altcraft.campaigns import service
from simulator.vendors.altcraft.wire import body, caller, done, world

routes = Routes()


@routes.post("/api/v1.1/campaigns/triggers/import_and_start", "importAndStartTrigger")
def import_and_start_trigger() -> Response:
    sent = body("data", value_in_data=True)
    return done(profile_id=service.import_and_start_trigger(world(), caller(), sent))


@routes.post("/api/v1.1/campaigns/triggers/start", "startTrigger")
def start_trigger() -> Response:
    service.start_trigger(world(), caller(), body())
    return done()


@routes.post("/api/v1.1/workflows/import_and_start", "importAndStartWorkflow")
def import_and_start_workflow() -> Response:
    sent = body("data", value_in_data=True)
    return done(profile_id=service.import_and_start_workflow(world(), caller(), sent))
