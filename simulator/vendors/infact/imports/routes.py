"""/v1/datasources/{datasourceId}/objects/{objectName}/data/import/json."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.infact.datasources.routes import OBJECT, object_in_path
from simulator.vendors.infact.imports import service
from simulator.vendors.infact.imports.schemas import IMPORT_REQUEST, IMPORT_RESULT
from simulator.vendors.infact.wire import account, answer, body, load, world

routes = Routes()


@routes.post(f"{OBJECT}/data/import/json", "importJson")
def import_json(datasource_id: str, object_name: str) -> Response:
    sent = load(IMPORT_REQUEST, body())
    found = object_in_path(datasource_id, object_name)
    tags = sent.get("Tags") or []
    result = service.import_items(
        world(), account(), found, sent["Items"], merge_key=sent["MergeKey"], tags=tags
    )
    return answer(IMPORT_RESULT.dump(result))
