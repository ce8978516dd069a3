"""GET /v1/Account/token."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.account import service
from simulator.vendors.infact.account.schemas import TOKEN_ANSWER
from simulator.vendors.infact.wire import account, answer, world

routes = Routes()


@routes.get("/v1/account/token", "getToken")
def get_token() -> Response:
    token = service.issue(world(), account())
    if world().assume(rules.TOKEN_RESPONSE) == "string":
        return answer(token.value)
    return answer(TOKEN_ANSWER.dump(token))
