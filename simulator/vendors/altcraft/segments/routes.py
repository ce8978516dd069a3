"""POST /api/v1.1/segments/add and /api/v1.1/profiles/segstatic/…"""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.altcraft.segments import service
from simulator.vendors.altcraft.wire import body, caller, done, world

routes = Routes()


@routes.post("/api/v1.1/segments/add", "addSegment")
def add_segment() -> Response:
    return done(segment_id=service.add(world(), caller(), body()))


@routes.post("/api/v1.1/profiles/segstatic/add", "addToSegment")
def add_to_segment() -> Response:
    service.add_member(world(), caller(), body())
    return done()


@routes.post("/api/v1.1/profiles/segstatic/remove", "removeFromSegment")
def remove_from_segment() -> Response:
    service.remove_member(world(), caller(), body())
    return done()
