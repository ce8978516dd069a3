"""A body as received, read once: its bytes, and the value in them or why there is none."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import orjson

MOST_NESTED = 128
"""Levels of objects and arrays; deeper ones could be neither judged nor stored (both stop near 255)."""

Decode = Callable[[bytes], Any]
"""Bytes → value. Raises ValueError, saying why they cannot be read."""


class Payload:
    """`raw` bytes; `value` once decoded, as JSON unless told otherwise; `error` why it could not be."""

    def __init__(self, raw: bytes, decode: Decode = orjson.loads) -> None:
        self.raw = raw
        self._decode = decode

    @property
    def is_text(self) -> bool:
        """Whether its leaves are texts, which only a schema can give a type: forms, XML."""
        return self._decode is not orjson.loads

    @cached_property
    def _decoded(self) -> tuple[Any, str | None]:
        try:
            value = self._decode(self.raw)
        except ValueError as error:
            return None, str(error)
        brackets = self.raw.count(b"{") + self.raw.count(b"[")
        if (self.is_text or brackets > MOST_NESTED) and nested_too_deeply(value):
            return None, f"nested deeper than {MOST_NESTED} levels"
        return value, None

    @property
    def value(self) -> Any:
        """The value; None where there is none, which `error` tells from null."""
        return self._decoded[0]

    @property
    def error(self) -> str | None:
        return self._decoded[1]


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
