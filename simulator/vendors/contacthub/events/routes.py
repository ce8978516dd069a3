"""Events: /hub/v1/workspaces/{workspaceId}/events and below."""

from __future__ import annotations

import ipaddress
from contextlib import suppress
from typing import Any

from flask import Response, request

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.events import extended, search, service
from simulator.vendors.contacthub.wire import (
    MOST_ELEMENTS,
    answer,
    caller,
    empty,
    page,
    query,
    received,
    world,
)

routes = Routes()
PATH = "/hub/v1/workspaces/<workspace_id>/events"
ONE = f"{PATH}/<id>"


@routes.get(PATH, "searchEvents")
def search_events(workspace_id: str) -> Response:
    asked = query()
    wanted = search.Wanted(
        customer=asked.get("customerId"),
        node=asked.get("nodeId"),
        types=_listed(asked.get("type")),
        contexts=_listed(asked.get("context")),
        mode=asked.get("mode"),
        first=dates.parsed(asked["dateFrom"]) if "dateFrom" in asked else None,
        last=dates.parsed(asked["dateTo"]) if "dateTo" in asked else None,
    )
    found = search.select(world(), caller(), workspace_id, wanted, MOST_ELEMENTS)
    show = extended.viewer(world(), workspace_id)
    return answer(page(found, asked.get("page", 0), asked.get("size", 10), show))


@routes.post(PATH, "createEvent")
def create_event(workspace_id: str) -> Response:
    return answer({"id": service.create(world(), caller(), workspace_id, received(), _client())}, 202)


@routes.get(ONE, "getEvent")
def get_event(workspace_id: str, id: str) -> Response:
    neighbours = "nav" in query()
    event = service.find(world(), caller(), workspace_id, id, "R")
    return answer(service.shown(world(), event, neighbours=neighbours))


@routes.put(ONE, "updateEvent")
def update_event(workspace_id: str, id: str) -> Response:
    service.replace(world(), caller(), workspace_id, id, received())
    return empty(202)


@routes.patch(ONE, "patchEvent")
def patch_event(workspace_id: str, id: str) -> Response:
    service.patch(world(), caller(), workspace_id, id, received())
    return empty(202)


@routes.delete(ONE, "deleteEvent")
def delete_event(workspace_id: str, id: str) -> Response:
    service.remove(world(), caller(), workspace_id, id)
    return empty(204)


def _listed(text: str | None) -> frozenset[str]:
    return frozenset(text.split(",")) if text else frozenset()


def _client() -> dict[str, Any]:
    """Whence the request came, as contextInfo has it; its address only where it is of version 4."""
    client: dict[str, Any] = {"userAgent": request.headers.get("User-Agent")}
    with suppress(ValueError):
        client["ip"] = str(ipaddress.IPv4Address(request.remote_addr or ""))
    return client
