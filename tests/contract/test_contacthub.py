"""Contacthub driven by its contract: every phase, every check that its profile does not except."""

from __future__ import annotations

from typing import Any

import pytest
from schemathesis import Case
from schemathesis.auths import AuthContext

from tests.contract.driving import PATIENT, Driven, chains, schema

pytestmark = pytest.mark.slow

TOKENS = (
    ({"TRUSTED_APPLICATION"}, "example-token-of-sito-web"),
    ({"ADMIN"}, "example-token-of-marco"),
    ({"DPO"}, "example-token-of-paola"),
    ({"CLAB_OPERATOR"}, "example-token-of-operator"),
)
"""Who calls an operation: the first whose role it allows."""


def who_may(_: Driven) -> Any:
    """The token of somebody whom the operation allows; tests of bad credentials may still replace it."""

    class Auth:
        def get(self, case: Case[Any], context: AuthContext) -> str | None:
            roles = set(context.operation.definition.raw.get("x-roles", []))
            return next((f"Bearer {token}" for own, token in TOKENS if own & roles), None)

        def set(self, case: Case[Any], data: str | None, context: AuthContext) -> None:
            if data is not None:
                case.headers["Authorization"] = data

    return Auth


REMOVERS = ["forgetCustomer", "emptyEntryNode"]
"""What takes customers away by POST: a chain only expects it of DELETE, so it is driven by itself."""

DRIVEN, SCHEMA = schema("contacthub", who_may)
CHAINED = schema(
    "contacthub",
    who_may,
    DRIVEN,
    workspaceId="11111111-1111-4111-8111-111111111111",
    nodeId="22222222-2222-4222-8222-222222222222",
)[1]


@pytest.fixture(autouse=True)
def as_new() -> None:
    """What one operation was driven to leaves the next alone."""
    DRIVEN.reset()


@SCHEMA.parametrize()
@PATIENT
def test_operation(case: Case[Any]) -> None:
    case.call_and_validate()


TestChains = chains(DRIVEN, CHAINED, without=REMOVERS)
