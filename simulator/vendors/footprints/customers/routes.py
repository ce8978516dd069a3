"""GET, PUT and DELETE /api/client."""

from __future__ import annotations

from typing import Any

from flask import Response

from simulator.kernel.pipeline import exchange
from simulator.kernel.routes import Routes
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.customers import schemas, service
from simulator.vendors.footprints.wire import SUCCESS, answer, body, query, world

routes = Routes()
NAMING = ("userEmail", "userPhone", "nationalId", "userExternalId")


@routes.get("/api/client", "getCustomer")
def get_customer() -> Response:
    return answer(schemas.customer(service.profile(world(), _asked())))


@routes.put("/api/client", "updateCustomer")
def update_customer() -> Response:
    service.update(world(), body())
    return answer(SUCCESS)


@routes.delete("/api/client", "deleteCustomer")
def delete_customer() -> Response:
    named = {} if exchange().payload.raw else _named_in_query()
    service.delete(world(), named or body())
    return answer(SUCCESS)


def _named_in_query() -> dict[str, str]:
    """Whom the query of a deletion without a body names (footprints.deletion-by-query)."""
    arguments = exchange().request.args
    named = {name: arguments[name] for name in NAMING if arguments.get(name)}
    if named:
        world().assume(rules.DELETION_BY_QUERY)
    return named


def _asked() -> dict[str, Any]:
    """Whom the query names; the vendor's page calls the national id NationalId (footprints.national-id)."""
    asked = query()
    other = exchange().request.args.get("NationalId")
    if "nationalId" in asked or other:
        world().assume(rules.NATIONAL_ID)
    return {"nationalId": other} | asked if other else asked
