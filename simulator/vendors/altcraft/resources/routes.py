"""POST /api/v1.1/resources/…"""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.altcraft import paging
from simulator.vendors.altcraft.resources import schemas, service
from simulator.vendors.altcraft.state import RESOURCES
from simulator.vendors.altcraft.wire import body, caller, read, world

routes = Routes()


@routes.post("/api/v1.1/resources/list", "listResources")
def list_resources() -> Response:
    found, counters = paging.part(world(), caller(), RESOURCES, body())
    return read([schemas.entry(resource) for resource in found], **counters)


@routes.post("/api/v1.1/resources/get", "getResource")
def get_resource() -> Response:
    return read(schemas.resource(caller().resource(world(), body()["id"])))


@routes.post("/api/v1.1/resources/fields_get", "getResourceFields")
def get_resource_fields() -> Response:
    sent = body()
    return read(service.fields(world(), caller(), sent["id"], sent["channel"]))
