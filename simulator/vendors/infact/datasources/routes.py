"""/v1/datasources/{datasourceId}/objects: scheme and rows."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.datasources import service
from simulator.vendors.infact.datasources.schemas import OBJECT_ENTRIES, PROPERTY_ENTRIES
from simulator.vendors.infact.state import Object
from simulator.vendors.infact.wire import account, answer, body, number, world

OBJECTS = "/v1/datasources/<datasource_id>/objects"
OBJECT = f"{OBJECTS}/<object_name>"
routes = Routes()


def object_in_path(datasource_id: str, object_name: str) -> Object:
    """The object a path names. Raises Invalid or NotFound."""
    return service.find_object(world(), account(), number(datasource_id, "datasourceId"), object_name)


@routes.get(OBJECTS, "listObjects")
def list_objects(datasource_id: str) -> Response:
    found = service.objects(world(), account(), number(datasource_id, "datasourceId"))
    return answer(OBJECT_ENTRIES.dump(found))


@routes.get(f"{OBJECT}/properties", "listProperties")
def list_properties(datasource_id: str, object_name: str) -> Response:
    found = object_in_path(datasource_id, object_name)
    return answer(PROPERTY_ENTRIES.dump(found.properties.values()))


@routes.get(f"{OBJECT}/data/<item_id>", "getItem")
def get_item(datasource_id: str, object_name: str, item_id: str) -> Response:
    key = number(item_id, "itemId")
    found = object_in_path(datasource_id, object_name)
    return answer(service.get_item(world(), found, key))


@routes.put(f"{OBJECT}/data/<item_id>", "updateItem")
def update_item(datasource_id: str, object_name: str, item_id: str) -> Response:
    key, changes = number(item_id, "itemId"), body()
    found = object_in_path(datasource_id, object_name)
    return answer(service.update_item(world(), account(), found, key, changes))


@routes.post(f"{OBJECT}/data", "insertItem")
def insert_item(datasource_id: str, object_name: str) -> Response:
    sent = body()
    found = object_in_path(datasource_id, object_name)
    if isinstance(sent, list):
        world().assume(rules.ARRAY_ON_DATA)
        return answer(service.insert_batch(world(), account(), found, sent))
    return answer(service.insert_item(world(), account(), found, sent))


@routes.post(f"{OBJECT}/data/batch", "insertBatch")
def insert_batch(datasource_id: str, object_name: str) -> Response:
    sent = body()
    found = object_in_path(datasource_id, object_name)
    return answer(service.insert_batch(world(), account(), found, sent))
