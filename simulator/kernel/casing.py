"""Spells the keys of a JSON value as a schema does, for vendors that bind keys without regard to case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Casing:
    """The spelling of one schema's keys and of those below it; built lazily, since schemas recurse."""

    def __init__(self, document: Mapping[str, Any], schema: Mapping[str, Any]) -> None:
        self._document = document
        self._schema = schema
        self._names: dict[str, str] = {name.lower(): name for name in schema.get("properties", {})}
        self._below: dict[str, Casing | None] = {}

    def canonical(self, value: Any) -> Any:
        """`value` with known keys respelled; where two keys meet in one, the last wins, as in the vendor."""
        if isinstance(value, dict) and self._names:
            respelled: dict[str, Any] = {}
            for key, inner in value.items():
                name = str(self._names.get(key.lower(), key))
                respelled[name] = self._inner(name, inner)
            return respelled
        if isinstance(value, list) and "items" in self._schema:
            below = self._casing("items", self._schema["items"])
            return [below.canonical(item) for item in value] if below else value
        return value

    def _inner(self, name: str, value: Any) -> Any:
        schema = self._schema["properties"].get(name)
        below = self._casing(name, schema) if schema is not None else None
        return below.canonical(value) if below else value

    def _casing(self, step: str, schema: Any) -> Casing | None:
        if step not in self._below:
            self._below[step] = casing_for(self._document, schema)
        return self._below[step]


def casing_for(document: Mapping[str, Any], schema: Any) -> Casing | None:
    """None where the schema names no keys, so that large free-form values are not walked."""
    while isinstance(schema, Mapping) and "$ref" in schema:
        node: Any = document
        for step in schema["$ref"].removeprefix("#/").split("/"):
            node = node[step.replace("~1", "/").replace("~0", "~")]
        schema = node
    if not isinstance(schema, Mapping):
        return None
    if "properties" in schema:
        return Casing(document, schema)
    if "items" in schema and casing_for(document, schema["items"]) is not None:
        return Casing(document, schema)
    branches = (casing_for(document, branch) for branch in schema.get("anyOf", schema.get("oneOf", [])))
    return next((casing for casing in branches if casing is not None), None)
