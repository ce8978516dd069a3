"""…/customers/{customerId}/sessions."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.kernel.store import Document
from simulator.vendors.contacthub.customers import service as customers
from simulator.vendors.contacthub.sessions import service
from simulator.vendors.contacthub.wire import answer, body, caller, empty, world

routes = Routes()
BASE = "/hub/v1/workspaces/<workspace_id>/customers/<customer_id>/sessions"


@routes.get(BASE, "listCustomerSessions")
def list_customer_sessions(workspace_id: str, customer_id: str) -> Response:
    found = service.of_customer(world(), _customer(workspace_id, customer_id, "R"))
    return answer({"elements": [service.shown(session) for session in found]})


@routes.post(BASE, "createCustomerSession")
def create_customer_session(workspace_id: str, customer_id: str) -> Response:
    value = body()["value"]
    customer, _ = customers.open_to(world(), caller(), workspace_id, customer_id)
    return answer(service.shown(service.assign(world(), customer, value)), 201)


@routes.get(f"{BASE}/<session_id>", "getCustomerSession")
def get_customer_session(workspace_id: str, customer_id: str, session_id: str) -> Response:
    customer = _customer(workspace_id, customer_id, "R")
    return answer(service.shown(service.find(world(), customer, session_id)))


@routes.delete(f"{BASE}/<session_id>", "deleteCustomerSession")
def delete_customer_session(workspace_id: str, customer_id: str, session_id: str) -> Response:
    service.remove(world(), _customer(workspace_id, customer_id, "W"), session_id)
    return empty()


def _customer(workspace_id: str, customer_id: str, right: str) -> Document:
    found = customers.find(world(), workspace_id, customer_id)
    customers.enter(world(), caller(), found["node"], right)
    return found
