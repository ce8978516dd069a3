"""A vendor's page of what is simulated and what is not, as tests read it."""

from __future__ import annotations

import importlib
import re
from collections.abc import Set
from pathlib import Path


class Page:
    """The page of `vendor`; `not_guesses` look like a guess's id and are none, such as a host."""

    def __init__(self, vendor: str, not_guesses: Set[str] = frozenset()) -> None:
        assumptions = importlib.import_module(f"simulator.vendors.{vendor}.assumptions")
        self.vendor = vendor
        self.text = (Path(assumptions.__file__ or "").parents[1] / "README.md").read_text(encoding="utf-8")
        self.rules = {rule.id: rule for rule in assumptions.ALL}
        self._not_guesses = not_guesses

    def mentioned(self, text: str | None = None) -> set[str]:
        """Ids of guesses that the page, or a part of it, speaks of."""
        found = re.findall(rf"\b{self.vendor}\.[a-z]+(?:-[a-z]+)*", self.text if text is None else text)
        return set(found) - self._not_guesses

    def table(self, heading: str) -> list[list[str]]:
        """The cells of the first table below a heading, without its head."""
        below = self.text.split(f"\n{heading}\n", 1)[1]
        rows = re.search(r"(?:^\|.*\n)+", below, re.MULTILINE)
        assert rows, heading
        return [[cell.strip() for cell in line.strip("|").split("|")] for line in rows[0].splitlines()[2:]]


ALTCRAFT = Page("altcraft", {"altcraft.com"})
FOOTPRINTS = Page("footprints")
INFACT = Page("infact", {"infact.no"})
