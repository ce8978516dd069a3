"""Schemas of the contract by name, for services that hold a part of a body to one of them."""

from __future__ import annotations

from functools import cache
from typing import Any

from simulator import data
from simulator.kernel.contract import Checker, Contract
from simulator.kernel.errors import Invalid


@cache
def schema(name: str) -> Checker:
    """The schema `#/components/schemas/{name}`, open to keys that it does not name."""
    return Checker(_contract(), f"/components/schemas/{name}", "assumed", strict=False)


@cache
def _contract() -> Contract:
    return Contract(data.contract("altcraft"))


def hold(name: str, value: Any, pointer: str) -> None:
    """Raises Invalid, naming the first thing wrong with `value`, which stands at `pointer` of the body."""
    found = schema(name).violations(value, "body", pointer)
    if found:
        raise Invalid({v.pointer: [v.message] for v in found}, f"{found[0].pointer} {found[0].message}")
