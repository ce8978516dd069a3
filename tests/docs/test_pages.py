"""What holds for vendors' pages of what is simulated and what is not, whatever the vendor."""

from __future__ import annotations

import pytest

from simulator import data
from tests.docs.page import ALTCRAFT, FOOTPRINTS, INFACT, Page

WITH_TABLES = pytest.mark.parametrize("page", [ALTCRAFT, INFACT], ids=lambda page: page.vendor)


@pytest.mark.parametrize(
    ("page", "least"),
    [(ALTCRAFT, 30), (FOOTPRINTS, 20), (INFACT, 20)],
    ids=["altcraft", "footprints", "infact"],
)
def test_each_guess_mentioned_exists(page: Page, least: int) -> None:
    assert len(page.mentioned()) > least
    assert page.mentioned() - page.rules.keys() == set()


@WITH_TABLES
def test_switches_are_those_that_can_be_switched(page: Page) -> None:
    for *_, cell in page.table("## Where it differs, or may differ"):
        fixed = "only named" in cell
        assert page.mentioned(cell), cell
        for name in page.mentioned(cell):
            assert (page.rules[name].choices == (page.rules[name].value,)) == fixed, name


@WITH_TABLES
def test_every_switch_is_on_the_page(page: Page) -> None:
    switches = {name for name, rule in page.rules.items() if rule.choices != (rule.value,)}
    assert switches - page.mentioned() == set()


@WITH_TABLES
def test_the_page_lists_each_fixture(page: Page) -> None:
    listed = [cells[0].strip("`") for cells in page.table("### Fixtures")]
    assert sorted(listed) == data.FixtureFiles().names(page.vendor)
