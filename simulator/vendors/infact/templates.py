"""Template variables: `%%Name%%`, `%%Custom.name%%`, in any case (campaign page, "Variable name").

A variable that nobody has, or whose value is null, becomes empty (infact.template-variables).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import orjson

VARIABLE = re.compile(r"%%([^\s%](?:[^%\r\n]*[^\s%])?)%%")
"""A name neither begins nor ends with a space: `100%% of what was 50%%` holds no variable."""


class Template:
    """A text with variables, read once and rendered for each recipient."""

    def __init__(self, text: str) -> None:
        # text and names of variables take turns
        self._parts = VARIABLE.split(text)

    def render(self, *sources: Mapping[str, Any]) -> str:
        """The text for one recipient; a variable takes its value from the first source that has it."""
        if len(self._parts) == 1:
            return self._parts[0]
        parts = list(self._parts)
        for at in range(1, len(parts), 2):
            parts[at] = shown(_value(parts[at], sources))
        return "".join(parts)


def shown(value: Any) -> str:
    """A value as people read it: 120 for 120.0, True for true as .NET writes it, JSON for what is nested."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return orjson.dumps(value).decode()


def _value(name: str, sources: tuple[Mapping[str, Any], ...]) -> Any:
    for source in sources:
        found = _find(source, name)
        if found is not None:
            return found
    return None


def _find(source: Mapping[str, Any], name: str) -> Any:
    """By the exact name, else in any case, else `first.rest` as `rest` inside `first`."""
    if name in source:
        return source[name]
    folded = name.lower()
    for key, value in source.items():
        if key.lower() == folded:
            return value
    first, dot, rest = name.partition(".")
    inner = _find(source, first) if dot else None
    return _find(inner, rest) if isinstance(inner, dict) else None
