"""Infact's page of what is simulated and what is not, held to the contract and to the guesses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from simulator import data
from simulator.vendors.infact import assumptions

PAGE = Path(assumptions.__file__).parent / "README.md"
TEXT = PAGE.read_text(encoding="utf-8")
RULES = {rule.id: rule for rule in assumptions.ALL}
NO_RULE = {"infact.no"}


def mentioned(text: str) -> set[str]:
    return set(re.findall(r"\binfact\.[a-z]+(?:-[a-z]+)*", text)) - NO_RULE


def table(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading, without its head."""
    below = TEXT.split(f"\n{heading}\n", 1)[1]
    rows = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
    assert rows, heading
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows[0].splitlines()[2:]]


def operations() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """(operationId, method, path below /v1 as the page writes it, operation)"""
    short = {"{datasourceId}": "{id}", "{objectName}": "{name}"}
    for path, item in data.contract("infact")["paths"].items():
        written = path.removeprefix("/v1/")
        for long, brief in short.items():
            written = written.replace(long, brief)
        for method, operation in item.items():
            if method in ("get", "put", "post", "delete"):
                yield operation["operationId"], method.upper(), written, operation


def test_the_page_mentions_guesses() -> None:
    assert len(mentioned(TEXT)) > 20


def test_each_guess_mentioned_exists() -> None:
    assert mentioned(TEXT) - RULES.keys() == set()


def test_the_page_lists_each_operation_of_the_contract() -> None:
    listed = {
        (cells[0].strip("`"), *cells[1].replace("`", "").split(" "))
        for cells in table("## What is simulated")
    }
    assert listed == {(name, method, path) for name, method, path, _ in operations()}


def test_the_page_grades_answers_as_the_contract_does() -> None:
    graded = {cells[0].strip("`"): cells[4] for cells in table("## What is simulated")}
    for name, _, _, operation in operations():
        grade = operation["responses"]["200"].get("x-evidence", operation["x-evidence"])
        assert graded[name] == grade, name


def test_the_page_names_credentials_as_the_contract_does() -> None:
    named = {cells[0].strip("`"): cells[2] for cells in table("## What is simulated")}
    for name, _, _, operation in operations():
        (wanted,) = operation["security"] or [{"none": []}]
        assert named[name].lower().startswith(*wanted), name


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
    assert sorted(listed) == data.FixtureFiles().names("infact")


@pytest.mark.parametrize("name", ["demo", "docs"])
def test_logins_on_the_page_are_those_of_the_fixtures(name: str) -> None:
    (customer,) = data.FixtureFiles().read("infact", name)["customers"]
    for key in ("api_id", "login", "password"):
        assert f"`{customer[key]}`" in TEXT or customer[key] in TEXT
