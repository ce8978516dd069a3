"""Altcraft's page of what is simulated and what is not, held to the contract and to the guesses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from simulator import data
from tests.docs.page import ALTCRAFT


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """(path below /api/v1.1, operation)"""
    for path, item in data.contract("altcraft")["paths"].items():
        yield path.removeprefix("/api/v1.1/"), item["post"]


def grade(operation: dict[str, Any]) -> tuple[str, str]:
    own = operation["x-evidence"]
    return own, operation["responses"]["200"].get("x-evidence", own)


def test_the_page_lists_each_operation_of_the_contract() -> None:
    listed = [tuple(cell.strip("`") for cell in cells) for cells in ALTCRAFT.table("## What is simulated")]
    assert listed == [(found["operationId"], path, *grade(found)) for path, found in operations()]


@pytest.mark.parametrize("name", ["demo", "docs"])
def test_tokens_on_the_page_are_those_of_the_fixtures(name: str) -> None:
    for token in data.FixtureFiles().read("altcraft", name)["tokens"]:
        assert f"`{token['token']}`" in ALTCRAFT.text


def test_figures_on_the_page_are_those_of_demo() -> None:
    demo = data.FixtureFiles().read("altcraft", "demo")
    assert f"{len(demo['profiles'])} profiles in two databases" in ALTCRAFT.text
    assert f"{len(demo['messages'])} messages" in ALTCRAFT.text
    assert f"All {len(list(operations()))} operations" in ALTCRAFT.text
