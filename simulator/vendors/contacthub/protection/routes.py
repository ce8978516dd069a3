"""…/customers/{customerId}/export and …/forget."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.kernel.store import Document
from simulator.vendors.contacthub.customers import service as customers
from simulator.vendors.contacthub.protection import service
from simulator.vendors.contacthub.wire import answer, caller, empty, world

routes = Routes()
BASE = "/hub/v1/workspaces/<workspace_id>/customers/<customer_id>"


@routes.get(f"{BASE}/export", "exportCustomer")
def export_customer(workspace_id: str, customer_id: str) -> Response:
    customer = _customer(workspace_id, customer_id, "R")
    return answer(service.exported(world(), caller(), customer))


@routes.post(f"{BASE}/forget", "forgetCustomer")
def forget_customer(workspace_id: str, customer_id: str) -> Response:
    service.forget(world(), caller(), workspace_id, _customer(workspace_id, customer_id, "W"))
    return empty()


def _customer(workspace_id: str, customer_id: str, right: str) -> Document:
    found = customers.find(world(), workspace_id, customer_id)
    customers.enter(world(), caller(), found["node"], right)
    return found
