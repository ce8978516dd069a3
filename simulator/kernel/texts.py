"""Gives the texts of a form or of XML the types that a schema means: `"5"` is 5 where a number is."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

INTEGER = re.compile(r"-?\d{1,300}")
NUMBER = re.compile(r"-?\d{1,300}(\.\d{1,300})?([eE][+-]?\d{1,3})?")
ZEROS = re.compile(r"-?0\d")
EMPTY: dict[str, Any] = {"array": [], "object": {}, "string": ""}


class TextTypes:
    """One schema of `document` and those below it, which are looked up as needed, since schemas recurse."""

    def __init__(self, document: Mapping[str, Any], schema: Any) -> None:
        self._document = document
        self._schema = self._resolved(schema)
        kinds = self._schema.get("type", ())
        self.kinds: tuple[str, ...] = (kinds,) if isinstance(kinds, str) else tuple(kinds)
        self._below: dict[str, TextTypes] = {}

    def _resolved(self, schema: Any) -> Mapping[str, Any]:
        while isinstance(schema, Mapping) and "$ref" in schema:
            node: Any = self._document
            for step in schema["$ref"].removeprefix("#/").split("/"):
                node = node[step.replace("~1", "/").replace("~0", "~")]
            schema = node
        return schema if isinstance(schema, Mapping) else {}

    def typed(self, value: Any, *, nulls: bool = False) -> Any:
        """`value` with every text that can be what its schema says as just that; the rest as it was.

        None is an empty element of XML, unless there are `nulls`, as in JSON.
        """
        if self._is_one_of_many(value):
            value = [value]
        if isinstance(value, str):
            value = _storable(read(value, self.kinds))
        elif isinstance(value, float):
            value = self._whole(value)
        elif value is None and not nulls:
            value = self._empty()
        elif isinstance(value, list):
            value = [self._inner("items", self._schema.get("items"), item, nulls) for item in value]
        elif isinstance(value, dict):
            value = {name: self._member(name, inner, nulls) for name, inner in value.items()}
        for place in ("allOf", "oneOf", "anyOf"):
            for branch in self._meant(place, value):
                value = branch.typed(value, nulls=nulls)
        return value

    def _whole(self, value: float) -> Any:
        """1.0 as 1 where an integer is meant: JSON Schema takes it for one, Python does not."""
        meant = "integer" in self.kinds and "number" not in self.kinds
        return _storable(int(value)) if meant and value.is_integer() else value

    def _meant(self, place: str, value: Any) -> list[TextTypes]:
        """The branches to read by: no array of one where another branch takes the value as it is."""
        found = [self._at(f"{place}/{number}", one) for number, one in enumerate(self._schema.get(place, ()))]
        plain = [branch for branch in found if not branch._is_one_of_many(value)]
        return plain if any(branch._takes(value) for branch in plain) else found

    def _takes(self, value: Any) -> bool:
        """Whether this is a type of a text or an object as it came."""
        if isinstance(value, str):
            return "string" in self.kinds or read(value, self.kinds) != value
        return isinstance(value, dict) and "object" in self.kinds

    def _is_one_of_many(self, value: Any) -> bool:
        """Whether an array is meant that came as its only item."""
        kind = "object" if isinstance(value, dict) else "string"
        return "array" in self.kinds and kind not in self.kinds and not isinstance(value, list | None)

    def _member(self, name: str, value: Any, nulls: bool) -> Any:
        named = self._schema.get("properties", {})
        if name in named:
            return self._inner(f"properties/{name}", named[name], value, nulls)
        return self._inner("rest", self._schema.get("additionalProperties"), value, nulls)

    def _inner(self, step: str, schema: Any, value: Any, nulls: bool) -> Any:
        return self._at(step, schema).typed(value, nulls=nulls) if isinstance(schema, Mapping) else value

    def _at(self, step: str, schema: Any) -> TextTypes:
        if step not in self._below:
            self._below[step] = TextTypes(self._document, schema)
        return self._below[step]

    def _empty(self) -> Any:
        """What an empty element is, which has no type of its own."""
        if "null" in self.kinds:
            return None
        return next((type(EMPTY[kind])() for kind in self.kinds if kind in EMPTY), None)


def _storable(value: Any) -> Any:
    """Integers of more than 64 bits as JSON's reader has them."""
    return float(value) if type(value) is int and not -(2**63) <= value < 2**64 else value


def read(text: str, kinds: tuple[str, ...] | list[str]) -> Any:
    """The wire's text as the first of these JSON types that it can be; left as text where it is none."""
    if "string" in kinds and ZEROS.match(text):
        return text  # a code, such as a postal one
    if "integer" in kinds and INTEGER.fullmatch(text):
        return int(text)
    if "number" in kinds and NUMBER.fullmatch(text):
        return float(text) if math.isfinite(float(text)) else text
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    return text
