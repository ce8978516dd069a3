"""What a chain of calls may have taken away: events of a customer that was deleted."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from flask import Flask, request
from schemathesis.core.transport import Response
from schemathesis.specs.openapi.schemas import OpenApiSchema

from simulator.checking.chains import Past

MADE: dict[str, Any] = {"responses": {"201": {"description": "Made."}}}
BODY: dict[str, Any] = {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}
ID: list[dict[str, Any]] = [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}]
CONTRACT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "paths": {
        "/customers": {"post": MADE | BODY},
        "/customers/{id}": {"parameters": ID, "delete": MADE},
        "/events": {"post": MADE | BODY},
        "/events/{id}": {"parameters": ID, "get": MADE},
    },
}


@pytest.fixture
def shop() -> OpenApiSchema:
    """It makes things with the id that they are sent with, and forgets nothing."""
    app = Flask(__name__)
    app.add_url_rule(
        "/<kind>", "make", lambda kind: ({"id": request.get_json()["id"]}, 201), methods=["POST"]
    )
    app.add_url_rule("/<kind>/<id_>", "see", lambda kind, id_: ({"id": id_}, 200), methods=["GET", "DELETE"])
    made = schemathesis.openapi.from_dict(CONTRACT)
    made.app = app
    return made


@pytest.mark.parametrize(
    ("deleted", "taken"), [((), False), (("luca",), True), (("anna",), False), (("anna", "luca"), True)]
)
def test_what_was_made_for_what_is_gone(shop: OpenApiSchema, deleted: tuple[str, ...], taken: bool) -> None:
    past = Past()

    def call(method: str, path: str, **given: Any) -> Any:
        case = shop[path][method].Case(**given)
        answer = case.call()
        assert isinstance(answer, Response)
        past.calls.append((case, answer))
        return case

    for name in ("anna", "luca"):
        call("POST", "/customers", body={"id": name}, media_type="application/json")
    event = {"id": "e1", "customer": {"id": "luca"}, "count": 1}
    call("POST", "/events", body=event, media_type="application/json")
    for name in deleted:
        call("DELETE", "/customers/{id}", path_parameters={"id": name})
    assert past.may_have_taken(shop["/events/{id}"]["GET"].Case(path_parameters={"id": "e1"})) is taken
