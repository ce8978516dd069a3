"""Altcraft's page of what is simulated and what is not, held to the contract and to the guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator import data
from simulator.vendors.altcraft import assumptions

PAGE = Path(assumptions.__file__).parent / "README.md"
TEXT = PAGE.read_text(encoding="utf-8")
RULES = {rule.id: rule for rule in assumptions.ALL}
HOST = {"altcraft.com"}


def mentioned(text: str) -> set[str]:
    return set(re.findall(r"\baltcraft\.[a-z]+(?:-[a-z]+)*", text)) - HOST


def table(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    below = TEXT.split(f"\n{heading}\n", 1)[1]
    rows = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert rows, heading
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows[0].splitlines()[2:]]


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """(path below /api/v1.1, operation)"""
    for path, item in data.contract("altcraft")["paths"].items():
        yield path.removeprefix("/api/v1.1/"), item["post"]


def grade(operation: dict[str, Any]) -> tuple[str, str]:
    own = operation["x-evidence"]
    return own, operation["responses"]["200"].get("x-evidence", own)


def test_the_page_lists_each_operation_of_the_contract() -> None:
    listed = [tuple(cell.strip("`") for cell in cells) for cells in table("## What is simulated")]
    assert listed == [(found["operationId"], path, *grade(found)) for path, found in operations()]


def test_each_guess_mentioned_exists() -> None:
    assert len(mentioned(TEXT)) > 30
    assert mentioned(TEXT) - RULES.keys() == set()


def test_switches_are_those_that_can_be_switched() -> None:
    for *_, cell in table("## Where it differs, or may differ"):
        fixed = "only named" in cell
        assert mentioned(cell), cell
        for name in mentioned(cell):
            assert (RULES[name].choices == (RULES[name].value,)) == fixed, name


def test_every_switch_is_on_the_page() -> None:
    switches = {name for name, rule in RULES.items() if rule.choices != (rule.value,)}
    assert switches - mentioned(TEXT) == set()


def test_the_page_lists_each_fixture() -> None:
    listed = [cells[0].strip("`") for cells in table("### Fixtures")]
    assert sorted(listed) == data.FixtureFiles().names("altcraft")


@pytest.mark.parametrize("name", ["demo", "docs"])
def test_tokens_on_the_page_are_those_of_the_fixtures(name: str) -> None:
    for token in data.FixtureFiles().read("altcraft", name)["tokens"]:
        assert f"`{token['token']}`" in TEXT


def test_figures_on_the_page_are_those_of_demo() -> None:
    demo = data.FixtureFiles().read("altcraft", "demo")
    assert f"{len(demo['profiles'])} profiles in two databases" in TEXT
    assert f"{len(demo['messages'])} messages" in TEXT
    assert f"All {len(list(operations()))} operations" in TEXT
