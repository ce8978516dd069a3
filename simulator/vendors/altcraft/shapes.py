"""What is wrong with a part of a body that is judged by itself, such as one subscription of many."""

from __future__ import annotations

from functools import cache
from typing import Any

from simulator import data
from simulator.kernel.contract import Checker, Contract
from simulator.kernel.violation import Violation


def violations(schema: str, value: Any) -> list[Violation]:
    """How `value` breaks a schema of the contract, by pointers into it; keys it does not name do no harm."""
    return _checker(schema).violations(value, "body")


@cache
def _checker(schema: str) -> Checker:
    return Checker(_contract(), f"/components/schemas/{schema}", "documented", strict=False)


@cache
def _contract() -> Contract:
    return Contract(data.contract("altcraft"))
