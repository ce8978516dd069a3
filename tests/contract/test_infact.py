"""Infact driven by its contract: every phase, every check that its profile does not except."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from schemathesis import Case
from schemathesis.auths import AuthContext
from werkzeug.test import Client

from tests.contract.driving import PATIENT, Driven, chains, schema


def login_or_token(driven: Driven) -> Any:
    """Basic or Bearer, as the operation asks; tests of bad credentials may still replace it."""
    login = "Basic " + base64.b64encode(b"Aladdin:open sesame").decode()

    class Auth:
        def get(self, case: Case[Any], context: AuthContext) -> str | None:
            security = context.operation.definition.raw["security"]
            if not security:
                return None
            if "basic" in security[0]:
                return login
            client = Client(driven)
            token = client.get("/v1/Account/token", headers={"Authorization": login}).json
            return f"Bearer {token['Token']}"  # type: ignore[index]

        def set(self, case: Case[Any], data: str | None, context: AuthContext) -> None:
            if data is not None:
                case.headers.update({"Authorization": data})

    return Auth


DRIVEN, SCHEMA = schema("infact", login_or_token)
CHAINED = schema("infact", login_or_token, DRIVEN, datasourceId=265, objectName="members")[1]


@pytest.fixture(autouse=True)
def as_new() -> None:
    """What one operation was driven to leaves the next alone."""
    DRIVEN.reset()


@SCHEMA.parametrize()
@PATIENT
def test_operation(case: Case[Any]) -> None:
    """Seen to fail with a planted bug: an answer without a promised key, and a list where an object is."""
    case.call_and_validate()


TestChains = chains(DRIVEN, CHAINED)
"""Seen to fail with rows that could not be read after they were inserted."""
