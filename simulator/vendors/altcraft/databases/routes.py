"""POST /api/v1.1/databases/…"""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.altcraft import paging
from simulator.vendors.altcraft.databases import schemas, service
from simulator.vendors.altcraft.state import DATABASES
from simulator.vendors.altcraft.wire import body, caller, read, world

routes = Routes()


@routes.post("/api/v1.1/databases/list", "listDatabases")
def list_databases() -> Response:
    found, counters = paging.part(world(), caller(), DATABASES, body())
    return read([schemas.entry(database) for database in found], **counters)


@routes.post("/api/v1.1/databases/get", "getDatabase")
def get_database() -> Response:
    return read(schemas.database(caller().database(world(), body()["id"])))


@routes.post("/api/v1.1/databases/fields_get", "getDatabaseFields")
def get_database_fields() -> Response:
    return read(service.fields(world(), caller(), body()))
