"""Footprints' page of what is simulated and what is not, held to the contract and to the guesses."""

from __future__ import annotations

import re
from pathlib import Path

from simulator import data
from simulator.vendors.footprints import assumptions

PAGE = Path(assumptions.__file__).parent / "README.md"
TEXT = PAGE.read_text(encoding="utf-8")
RULES = {rule.id: rule for rule in assumptions.ALL}
ROW = re.compile(r"^\| `(\w+)` \| ([A-Z]+) `(/\S+)` \| (\w+) \|$", re.MULTILINE)


def test_each_guess_mentioned_exists() -> None:
    mentioned = set(re.findall(r"\bfootprints\.[a-z]+(?:-[a-z]+)*", TEXT))
    assert len(mentioned) > 20
    assert mentioned - RULES.keys() == set()


def test_each_guess_with_a_switch_that_a_client_may_notice_is_mentioned() -> None:
    switched = {rule.id for rule in RULES.values() if len(rule.choices) > 1}
    quiet = {
        "footprints.active-campaign",
        "footprints.actions-of-unknown-lead",
        "footprints.pdf-parts",
    }
    assert switched - quiet <= set(re.findall(r"\bfootprints\.[a-z]+(?:-[a-z]+)*", TEXT))


def test_the_page_lists_each_operation_of_the_contract() -> None:
    operations = {
        (operation["operationId"], method.upper(), path, operation["x-evidence"])
        for path, item in data.contract("footprints")["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict) and "operationId" in operation
    }
    assert set(ROW.findall(TEXT)) == operations
    assert f"All {len(operations)} operations" in TEXT
