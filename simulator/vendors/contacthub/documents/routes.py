"""The public documents: /hub/v1/docs and below."""

from __future__ import annotations

from typing import Any

from flask import Response

from simulator.kernel.pipeline import exchange
from simulator.kernel.routes import Routes
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.documents import service
from simulator.vendors.contacthub.errors import CORS
from simulator.vendors.contacthub.wire import answer, world

routes = Routes()
PATH = "/hub/v1/docs/schema"


@routes.get("/hub/v1/docs/swagger.yml", "getApiDocument")
def get_api_document() -> Response:
    world().assume(rules.API_DOCUMENT)
    server = exchange().request.root_url.removesuffix("/")
    return Response(service.api(server), headers=CORS, content_type="application/yaml")


@routes.get(f"{PATH}/enums.json", "getEnumsDocument")
def get_enums() -> Response:
    return _told(service.enums())


@routes.get(f"{PATH}/empty-extended-properties.json", "getEmptyExtendedPropertiesDocument")
def get_empty_extended_properties() -> Response:
    return _told(service.no_extended())


@routes.get(f"{PATH}/event/<document>", "getEventDocument")
def get_event_document(document: str) -> Response:
    return _told(service.event(document))


@routes.get(f"{PATH}/event/context/<document>", "getContextDocument")
def get_context_document(document: str) -> Response:
    return _told(service.context(document))


@routes.get(f"{PATH}/base-property/<document>", "getBasePropertyDocument")
def get_base_property_document(document: str) -> Response:
    return _told(service.base_property(document))


@routes.get(f"{PATH}/consents/<document>", "getConsentsDocument")
def get_consents_document(document: str) -> Response:
    return _told(service.consents(document))


def _told(document: dict[str, Any]) -> Response:
    world().assume(rules.DOCUMENTS)
    return answer(document)
