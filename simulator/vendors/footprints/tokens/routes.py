"""POST /api/token."""

from __future__ import annotations

from typing import Any

from flask import Response

from simulator.kernel.pipeline import exchange
from simulator.kernel.routes import Routes
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.tokens import schemas, service
from simulator.vendors.footprints.wire import answer, caller, sent, world

routes = Routes()


@routes.post("/api/token", "createToken")
def create_token() -> Response:
    token, person = service.grant(world(), caller().application, _asked())
    return answer(schemas.token(token, person))


def _asked() -> dict[str, Any]:
    """What is asked for, by the body and then by the query, where the vendor's table has it."""
    arguments = exchange().request.args
    in_query = {name: arguments[name] for name in service.PARAMETERS if arguments.get(name)}
    if in_query:
        world().assume(rules.TOKEN_PARAMETERS)
    return in_query | sent()
