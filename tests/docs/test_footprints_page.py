"""Footprints' page of what is simulated and what is not, held to the contract and to the guesses."""

from __future__ import annotations

import re

from simulator import data
from tests.docs.page import FOOTPRINTS

ROW = re.compile(r"^\| `(\w+)` \| ([A-Z]+) `(/\S+)` \| (\w+) \|$", re.MULTILINE)


def test_each_guess_with_a_switch_that_a_client_may_notice_is_mentioned() -> None:
    switched = {rule.id for rule in FOOTPRINTS.rules.values() if len(rule.choices) > 1}
    quiet = {
        "footprints.active-campaign",
        "footprints.actions-of-unknown-lead",
        "footprints.pdf-parts",
    }
    assert switched - quiet <= FOOTPRINTS.mentioned()


def test_the_page_lists_each_operation_of_the_contract() -> None:
    operations = {
        (operation["operationId"], method.upper(), path, operation["x-evidence"])
        for path, item in data.contract("footprints")["paths"].items()
        for method, operation in item.items()
        if isinstance(operation, dict) and "operationId" in operation
    }
    assert set(ROW.findall(FOOTPRINTS.text)) == operations
    assert f"All {len(operations)} operations" in FOOTPRINTS.text
