"""A body as received, read once: its bytes, and the JSON value in them or why there is none."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import orjson

MOST_NESTED = 128
"""Levels of objects and arrays; deeper ones could be neither judged nor stored (both stop near 255)."""


class Payload:
    """`raw` bytes; `value` once parsed as JSON; `error` why it could not be."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    @cached_property
    def _parsed(self) -> tuple[Any, str | None]:
        try:
            value = orjson.loads(self.raw)
        except ValueError as error:
            return None, str(error)
        if self.raw.count(b"{") + self.raw.count(b"[") > MOST_NESTED and nested_too_deeply(value):
            return None, f"nested deeper than {MOST_NESTED} levels"
        return value, None

    @property
    def value(self) -> Any:
        """The JSON value; None where there is none, which `error` tells from null."""
        return self._parsed[0]

    @property
    def error(self) -> str | None:
        return self._parsed[1]


def nested_too_deeply(value: Any) -> bool:
    """Whether objects and arrays stand inside each other more than MOST_NESTED times."""
    level = [value]
    for _ in range(MOST_NESTED):
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer if type(outer) is list else ())
            if type(inner) is dict or type(inner) is list
        ]
        if not level:
            return False
    return True
