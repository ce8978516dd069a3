"""How a search compares what is stored with what it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.vendors.contacthub import dates

Test = Callable[[Any], bool]
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?)?", re.ASCII)
WILDCARD = re.compile(r"[*%]")


def at(found: Any, steps: Sequence[str]) -> Any:
    """What stands at a path, None for nothing; through lists, the list of what their elements have."""
    for number, step in enumerate(steps):
        if isinstance(found, list):
            return [inner for element in found for inner in _listed(at(element, steps[number:]))]
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def is_null(value: Any) -> bool:
    """Whether there is nothing: null, an empty list, an object without a value."""
    if isinstance(value, Mapping):
        return all(map(is_null, value.values()))
    return value is None or value == []


def instant(value: Any) -> float | None:
    """Milliseconds since 1970 of a date or an instant in ISO 8601; None for anything else."""
    if not isinstance(value, str) or not DATE.fullmatch(value):
        return None
    try:
        return (dates.parsed(value) - EPOCH) / MILLISECOND
    except (ValueError, OverflowError):
        return None


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


class Comparison:
    """Compares stored values with one value asked for; `fold` makes texts alike that are to be equal."""

    def __init__(self, value: Any, fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._value = fold(value) if isinstance(value, str) else value
        self._instant = instant(value)

    def equals(self, stored: Any) -> bool:
        return self.order(stored) == 0 or (type(stored) is type(self._value) and stored == self._value)

    def order(self, stored: Any) -> int | None:
        """Below, at or above 0 as `stored` is to the value; None where they cannot be compared."""
        if is_number(stored) and is_number(self._value):
            return _sign(stored, self._value)
        if not isinstance(stored, str):
            return None
        if self._instant is not None or is_number(self._value):
            moment = instant(stored)
            if moment is not None:
                return _sign(moment, self._value if self._instant is None else self._instant)
        return _sign(self._fold(stored), self._value) if isinstance(self._value, str) else None


def _sign(left: Any, right: Any) -> int:
    return int(left > right) - int(left < right)


def contains(value: str, fold: Callable[[str], str]) -> Test:
    """Whether a text contains another."""
    part = fold(value)
    return lambda stored: isinstance(stored, str) and part in fold(stored)


def like(pattern: str, fold: Callable[[str], str]) -> Test:
    """Whether a text fits a pattern: `*` and `%` stand for any text; without them it is a part."""
    parts = WILDCARD.split(fold(pattern))
    if len(parts) == 1:
        return contains(pattern, fold)
    return lambda stored: isinstance(stored, str) and _fits(fold(stored), parts)


def _fits(text: str, parts: list[str]) -> bool:
    # piece by piece from the left: many wildcards cost no more than one
    first, *middle, last = parts
    if not text.startswith(first):
        return False
    place = len(first)
    for part in middle:
        place = text.find(part, place)
        if place < 0:
            return False
        place += len(part)
    return len(text) - len(last) >= place and text.endswith(last)
