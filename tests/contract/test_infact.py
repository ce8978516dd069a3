"""Infact driven by its contract: every phase, every check that its profile does not except."""

from __future__ import annotations

from typing import Any

import pytest
from schemathesis import Case

from tests.contract.driving import PATIENT, chained, driven

pytestmark = pytest.mark.slow

SERVER, SCHEMA = driven("infact")


@pytest.fixture(autouse=True)
def as_new() -> None:
    """What one operation was driven to leaves the next alone."""
    SERVER.begin()


@SCHEMA.parametrize()
@PATIENT
def test_operation(case: Case[Any]) -> None:
    """Seen to fail with a planted bug: an answer without a promised key, and a list where an object is."""
    case.call_and_validate()


TestChains = chained(SERVER)
"""Seen to fail with rows that could not be read after they were inserted."""
