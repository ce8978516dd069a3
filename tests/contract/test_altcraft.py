"""Altcraft driven by its contract: every phase, every check that its profile does not except."""

from __future__ import annotations

from typing import Any

import pytest
from schemathesis import Case

from tests.contract.driving import PATIENT, chained, driven

pytestmark = pytest.mark.slow

SERVER, SCHEMA = driven("altcraft")


@pytest.fixture(autouse=True)
def as_new() -> None:
    """What one operation was driven to leaves the next alone."""
    SERVER.begin()


@SCHEMA.parametrize()
@PATIENT
def test_operation(case: Case[Any]) -> None:
    case.call_and_validate()


TestChains = chained(SERVER)
