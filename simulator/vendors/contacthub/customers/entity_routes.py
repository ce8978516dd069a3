"""Four families of operations of one pattern: subscriptions, educations, likes, jobs of a customer."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub.customers.entities import (
    EDUCATION,
    JOB,
    LIKE,
    SUBSCRIPTION,
    Kind,
    Place,
)
from simulator.vendors.contacthub.customers.routes import CUSTOMER
from simulator.vendors.contacthub.wire import answer, body, caller, empty, world

routes = Routes()


def _serve(kind: Kind, created: int) -> None:
    family = f"{CUSTOMER}/{kind.member}"
    element = f"{family}/<property_id>"

    def place(workspace_id: str, customer_id: str) -> Place:
        return Place(world(), caller(), workspace_id, customer_id, kind)

    @routes.post(family, f"createCustomer{kind.schema}")
    def create(workspace_id: str, customer_id: str) -> Response:
        return answer(place(workspace_id, customer_id).create(body()), created)

    @routes.get(element, f"getCustomer{kind.schema}")
    def get(workspace_id: str, customer_id: str, property_id: str) -> Response:
        return answer(place(workspace_id, customer_id).get(property_id))

    @routes.put(element, f"updateCustomer{kind.schema}")
    def update(workspace_id: str, customer_id: str, property_id: str) -> Response:
        return answer(place(workspace_id, customer_id).update(property_id, body()))

    @routes.delete(element, f"deleteCustomer{kind.schema}")
    def delete(workspace_id: str, customer_id: str, property_id: str) -> Response:
        place(workspace_id, customer_id).remove(property_id)
        return empty()


_serve(SUBSCRIPTION, 201)
_serve(EDUCATION, 200)
_serve(LIKE, 200)
_serve(JOB, 200)
