"""Footprints driven by its contract: every phase, every check that its profile does not except."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from schemathesis import Case
from schemathesis.auths import AuthContext
from schemathesis.specs.openapi.schemas import OpenApiSchema

from tests.contract.driving import PATIENT, Driven, chains, schema

pytestmark = pytest.mark.slow

BASIC = "Basic MDcyZjM0MTc2ZjQyYTg1NWRhNWZmM2IxOmV4YW1wbGUtYXBwLXNlY3JldA=="  # appkey:example-app-secret
TOKEN = "3a53f15f7382f61564e3b16a3b81a37354c88f391263adf31be953e80b3f3"
KNOWN = {
    "leadId": "5a0000000000000000000901",
    "actionId": "5a0000000000000000000b01",
    "leadActionTypeId": "5a0000000000000000000a01",
    "appkey": "072f34176f42a855da5ff3b1",
    "mid": "c" + "3" * 64,
}
"""Names that must be of something stored, and what is stored; the other ids of requests may be anything."""
POSSIBLE = re.compile("[0-9A-Za-z]{1,64}")


def who_may(_: Driven) -> Any:
    """Key and secret for a token, else the token; tests of bad credentials may still replace them."""

    class Auth:
        def get(self, case: Case[Any], context: AuthContext) -> str | None:
            security = context.operation.definition.raw.get("security", [{"accessToken": []}])
            return next((BASIC if "basic" in way else TOKEN for way in security), None)

        def set(self, case: Case[Any], data: str | None, context: AuthContext) -> None:
            if data == BASIC:
                case.headers["Authorization"] = data
            elif data is not None:
                case.query = {**(case.query or {}), "access_token": data}

    return Auth


@schemathesis.serializer("application/x-www-form-urlencoded")
def form(_: Any, value: Any) -> Any:
    """A form as the samples write it, nested members with keys in brackets."""
    if not isinstance(value, dict):
        return value if isinstance(value, bytes) else str(value)
    return urlencode(list(flat("", value)), errors="surrogatepass")


def flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The fields of a form, without what none can write: empty structures, names that have brackets."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key and not set("[]") & set(key):
                yield from flat(f"{name}[{key}]" if name else key, inner)
    elif isinstance(value, list):
        written = [inner for inner in value if any(True for _ in flat("x", inner))]
        for index, inner in enumerate(written):
            yield from flat(f"{name}[{index}]", inner)
    else:
        yield name, "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def knowing(made: OpenApiSchema) -> OpenApiSchema:
    """What requests name, where it could be something, is something that is stored."""

    def named(values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        return {
            name: KNOWN[name]
            if name in KNOWN and isinstance(value, str) and POSSIBLE.fullmatch(value)
            else value
            for name, value in values.items()
        }

    @made.hook
    def map_path_parameters(context: Any, path_parameters: Any) -> Any:
        return named(path_parameters)

    @made.hook
    def map_body(context: Any, body: Any) -> Any:
        return named(body)

    return made


DRIVEN, SCHEMA = schema("footprints", who_may)
CHAINED = schema("footprints", who_may, DRIVEN)[1]
knowing(SCHEMA)
knowing(CHAINED)


@pytest.fixture(autouse=True)
def as_new() -> None:
    """What one operation was driven to leaves the next alone."""
    DRIVEN.reset()


@SCHEMA.parametrize()
@PATIENT
def test_operation(case: Case[Any]) -> None:
    case.call_and_validate()


TestChains = chains(DRIVEN, CHAINED)
