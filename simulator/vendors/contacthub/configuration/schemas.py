"""JSON schemas of events and customers, as the vendor tells them: the contract's, without our remarks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from simulator import data

PREFIX = "#/components/schemas/"
INNER = "#/definitions/"
DIALECT = "http://api.contactlab.it/hub#"


def event_properties(kind: str, extended: Mapping[str, Any], *, inline: bool) -> dict[str, Any]:
    """The schema of `properties` of events of a type, `extended` being that of what a workspace added."""
    return _with_extended(document(_schemas_by_type()[kind], inline), extended)


def customer(base_off: list[str], extended: Mapping[str, Any], *, inline: bool) -> dict[str, Any]:
    """The schema of a customer; base properties that are off are left out."""
    made = document("CustomerCreate", inline)
    for name in base_off:
        _drop(made, made["properties"]["base"], name.split("."))
    return _with_extended(made, extended)


def _with_extended(made: dict[str, Any], extended: Mapping[str, Any]) -> dict[str, Any]:
    made.setdefault("properties", {})["extended"] = dict(extended)
    return made


def _drop(whole: dict[str, Any], schema: dict[str, Any], steps: list[str]) -> None:
    """Take a member out of a schema, wherever it stands."""
    if "$ref" in schema:
        schema = whole["definitions"][schema["$ref"].removeprefix(INNER)]
    members = schema.get("properties", {})
    if len(steps) == 1:
        members.pop(steps[0], None)
    elif steps[0] in members:
        _drop(whole, members[steps[0]], steps[1:])


@cache
def _schemas_by_type() -> dict[str, str]:
    """Event type → name of the contract's schema of its properties."""
    found = {}
    for case in data.contract("contacthub")["components"]["schemas"]["EventTyping"]["oneOf"]:
        told = case["properties"]["type"]
        for kind in told.get("enum", [told.get("const")]):
            found[kind] = case["properties"]["properties"]["$ref"].removeprefix(PREFIX)
    return found


def document(name: str, inline: bool) -> dict[str, Any]:
    """A schema of the contract; what it refers to is written out, or stands in its `definitions`."""
    known: Mapping[str, Any] = data.contract("contacthub")["components"]["schemas"]
    definitions: dict[str, Any] = {}
    made: dict[str, Any] = {"$schema": DIALECT, **_told(known[name], known, None if inline else definitions)}
    return made | {"definitions": definitions} if definitions else made


def _told(node: Any, known: Mapping[str, Any], definitions: dict[str, Any] | None) -> Any:
    if isinstance(node, list):
        return [_told(item, known, definitions) for item in node]
    if not isinstance(node, Mapping):
        return node
    if "$ref" in node:
        name = node["$ref"].removeprefix(PREFIX)
        if definitions is None:
            return _told(known[name], known, None)
        if name not in definitions:
            definitions[name] = {}
            definitions[name] = _told(known[name], known, definitions)
        return {"$ref": INNER + name}
    told = {key: _told(value, known, definitions) for key, value in node.items() if not key.startswith("x-")}
    return _in_draft_4(told)


def _in_draft_4(told: dict[str, Any]) -> dict[str, Any]:
    """Without what the dialect does not have: schemas that are no objects, and `const`."""
    if isinstance(told.get("properties"), dict):
        members = told["properties"].items()
        told["properties"] = {name: {"not": {}} if schema is False else schema for name, schema in members}
    if "const" in told:
        told["enum"] = [told.pop("const")]
    return told
