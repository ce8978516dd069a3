"""Guesses, named: what the vendor's documents do not say and the simulator had to decide.

An assumption is one entry in a vendor's `assumptions/`. Code asks the world for
its value (`world.assume(RULE)`), so that every answer resting on it says so in
`X-Simulator-Assumed`, and a world can be told to take an alternative instead.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True)
class Assumption(Generic[T]):
    """One guess.

    `id` is `vendor.rule-name`; `value` what the code follows; `rule` states it in a
    sentence; `source` what it was inferred from; `alternative` what else the vendor
    might do; `choices` the values a world may set instead (empty: any of the same type).
    """

    id: str
    value: T
    rule: str
    source: str
    alternative: str
    choices: tuple[T, ...] = ()

    def parse(self, text: str) -> T:
        """The value written as `text` (JSON, or a bare string), checked against this rule.

        Raises ValueError naming what would be accepted.
        """
        try:
            value: Any = json.loads(text)
        except ValueError:
            value = text
        return self.checked(value)

    def checked(self, value: Any) -> T:
        """`value` if it may replace the default. Raises ValueError otherwise."""
        if self.choices and value not in self.choices:
            wanted = ", ".join(json.dumps(choice) for choice in self.choices)
            raise ValueError(f"{self.id} takes one of {wanted}, not {value!r}")
        if not self.choices and type(value) is not type(self.value):
            raise ValueError(f"{self.id} takes a {type(self.value).__name__}, not {value!r}")
        accepted: T = value
        return accepted

    def describe(self) -> dict[str, Any]:
        """The ledger row of this guess, for `GET /_simulator/fidelity`."""
        return {
            "id": self.id,
            "evidence": "assumed",
            "rule": self.rule,
            "value": self.value,
            "source": self.source,
            "alternative": self.alternative,
            "choices": list(self.choices),
        }


class Ledger:
    """All guesses about one vendor, in the order in which they were written down."""

    def __init__(self, vendor: str) -> None:
        self._vendor = vendor
        self._entries: dict[str, Assumption[Any]] = {}

    def __iter__(self) -> Iterator[Assumption[Any]]:
        return iter(self._entries.values())

    def named(self, name: str) -> Assumption[Any]:
        """A guess by its name without the vendor's. Raises ValueError where there is none."""
        found = self._entries.get(f"{self._vendor}.{name}")
        if found is None:
            raise ValueError(f"assume: there is no assumption {name!r}")
        return found

    def guess(self, name: str, value: V, rule: str, source: str, instead: str, *choices: V) -> Assumption[V]:
        """A guess with a value that a world may set: one of `choices`, or any of the same type."""
        made = Assumption(f"{self._vendor}.{name}", value, rule, source, instead, choices)
        if made.id in self._entries:
            raise ValueError(f"{made.id} is written down twice")
        self._entries[made.id] = made
        return made

    def reading(self, name: str, rule: str, source: str, instead: str) -> Assumption[bool]:
        """A reading of the documents that is built in; it is named, not switchable."""
        return self.guess(name, True, rule, source, instead, True)
