"""A body as received, read once: its bytes, and the JSON value in them or why there is none."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import orjson


class Payload:
    """`raw` bytes; `value` once parsed as JSON; `error` why it could not be."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    @cached_property
    def _parsed(self) -> tuple[Any, str | None]:
        try:
            return orjson.loads(self.raw), None
        except ValueError as error:
            return None, str(error)

    @property
    def value(self) -> Any:
        """The JSON value; None where there is none, which `error` tells from null."""
        return self._parsed[0]

    @property
    def error(self) -> str | None:
        return self._parsed[1]
