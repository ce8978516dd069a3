"""Altcraft driven by its contract: every phase, every check that its profile does not except.

In a world whose refusals have their code as HTTP status, since with 200 for all a refusal looks like success.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from schemathesis import Case
from schemathesis.auths import AuthContext
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.contract.driving import PATIENT, Driven, chains, schema

pytestmark = pytest.mark.slow

MOST = 2**31 - 1
NUMBERS = {"db_id": 5, "list_id": 5, "resource_id": 1, "segment_id": 1, "trigger_id": 1, "workflow_id": 1}
IDS = {"getDatabase": 5, "getDatabaseFields": 5, "getResource": 1, "getResourceFields": 1, "startTrigger": 1}
"""What `id` names, by operation."""
TEXTS = {
    "profile_id": (r".+", "5f0000000000000000000001"),
    "email": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "anna.primerova@example.com"),
    "phone": (r"\+?[0-9]{7,15}", "+70000000001"),
    "provider": (r".+", "Firefox"),
    "subscription_id": (r".+", "example-push-token"),
    "field_name": (r".+", "CRM_ID"),
}
"""What stands for a text of that form."""


def bearer(_: Driven) -> Any:
    class Auth:
        def get(self, case: Case[Any], context: AuthContext) -> str:
            return "Bearer example-token-of-shop"

        def set(self, case: Case[Any], data: str, context: AuthContext) -> None:
            case.headers["Authorization"] = data

    return Auth


def in_the_account(made: OpenApiSchema) -> OpenApiSchema:
    """`made`, whose requests are JSON, carry no token of their own, and name what the account has.

    An invented token would come before the header's, and nobody has an invented number or address. Links come
    later, and what they name stands.
    """

    @made.hook
    def filter_case(context: Any, case: Case[Any]) -> bool:
        return case.media_type in (None, "application/json")

    @made.hook
    def map_query(context: Any, query: Any) -> Any:
        return query and {name: value for name, value in query.items() if name != "token"}

    @made.hook
    def map_body(context: Any, body: Any) -> Any:
        if not isinstance(body, dict):
            return body
        operation = context.operation.definition.raw["operationId"]
        return {name: named(operation, name, value) for name, value in body.items() if name != "token"}

    return made


def named(operation: str, name: str, value: Any) -> Any:
    """What the account has in the place of `value`, where that is of the right kind."""
    if name in TEXTS and isinstance(value, str):
        form, known = TEXTS[name]
        return known if re.fullmatch(form, value, re.DOTALL) else value
    numbers = NUMBERS | ({"id": IDS[operation]} if operation in IDS else {})
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    return numbers[name] if name in numbers and is_number and 1 <= value <= MOST else value


DRIVEN, SCHEMA = schema("altcraft", bearer, Driven("altcraft", {"altcraft.http-status": "mirror"}))
in_the_account(SCHEMA)


@pytest.fixture(autouse=True)
def as_new() -> None:
    """What one operation was driven to leaves the next alone."""
    DRIVEN.reset()


@SCHEMA.parametrize()
@PATIENT
def test_operation(case: Case[Any]) -> None:
    case.call_and_validate()


TestChains = chains(DRIVEN, SCHEMA)
