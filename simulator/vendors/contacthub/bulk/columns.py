"""The columns of a file: dotted paths of properties; a cell is read as the contract types its path."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from simulator import data
from simulator.kernel.contract import Contract
from simulator.kernel.payload import Payload
from simulator.vendors.contacthub.bulk.files import BadFile

Schema = Mapping[str, Any]
TEXT: Schema = {"type": "string"}
SEPARATOR = "|"


@dataclass(frozen=True)
class Column:
    """Where a cell goes, and what it is: string, integer, number, boolean, object, array or texts."""

    path: tuple[str, ...]
    kind: str

    def read(self, cell: str) -> Any:
        """The cell as its kind; left as text where it is not one, for the schema to refuse."""
        if self.kind == "integer":
            return int(cell) if re.fullmatch(r"-?\d{1,15}", cell, re.ASCII) else cell
        if self.kind == "number":
            return _number(cell)
        if self.kind == "boolean":
            return {"true": True, "false": False}.get(cell.lower(), cell)
        if self.kind in ("object", "array", "texts"):
            return _structure(cell, self.kind)
        return cell


def _number(cell: str) -> Any:
    if re.fullmatch(r"-?\d{1,15}", cell, re.ASCII):
        return int(cell)
    if not re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", cell, re.ASCII):
        return cell
    value = float(cell)
    return value if math.isfinite(value) else cell


def _structure(cell: str, kind: str) -> Any:
    payload = Payload(cell.encode())
    if payload.error is None and isinstance(payload.value, dict | list):
        return payload.value
    return cell.split(SEPARATOR) if kind == "texts" else cell


@cache
def contract() -> Contract:
    """The contract, for rows to be held to."""
    return Contract(data.contract("contacthub"))


def customer_columns(header: Sequence[str], extended: Schema, *, ids: bool) -> list[Column]:
    """The columns of a file of customers; `ids` if it may name them by id. Raises BadFile."""
    members = dict(_component("CustomerCreate")["properties"]) | {"extended": {"properties": extended}}
    del members["nodeId"]  # it is the job's
    return _columns(header, members | ({"id": TEXT} if ids else {}), "a customer")


def event_columns(header: Sequence[str], event_type: str, extended: Schema, *, ids: bool) -> list[Column]:
    """The columns of a file of events of one type. Raises BadFile."""
    members = dict(_component("EventCreate")["properties"])
    del members["type"]  # it is the job's
    contexts = [branch["properties"]["contextInfo"] for branch in _component("EventContextTyping")["oneOf"]]
    own = {"properties": {"extended": {"properties": extended}}}
    members |= {
        "contextInfo": {"oneOf": contexts},
        "properties": {"oneOf": [own, _properties_of(event_type)]},
        "externalId": TEXT,
    }
    return _columns(header, members | ({"id": TEXT} if ids else {}), f"an event {event_type}")


def _component(name: str) -> Schema:
    found: Schema = data.contract("contacthub")["components"]["schemas"][name]
    return found


def _properties_of(event_type: str) -> Schema:
    for branch in _component("EventTyping")["oneOf"]:
        kind = branch["properties"]["type"]
        if event_type in kind.get("enum", [kind.get("const")]):
            found: Schema = branch["properties"]["properties"]
            return found
    return {}


def _columns(header: Sequence[str], members: Schema, what: str) -> list[Column]:
    names = [name.strip() for name in header]
    found = []
    for name in names:
        path = tuple(name.split("."))
        leaves: list[Schema] = [{"properties": members}]
        for step in path:
            leaves = list(_members(leaves, step))
        if not leaves:
            raise BadFile(_unknown(name, what))
        found.append(Column(path, _kind(leaves[0])))
    _check_apart([column.path for column in found])
    return found


def _unknown(name: str, what: str) -> str:
    if not name:
        return "a column has no name"
    # spreadsheets of many countries, Italy's among them, part cells by semicolons
    hint = "; commas part the columns" if ";" in name or "\t" in name else ""
    return f"'{name[:100]}' is no property of {what}{hint}"


def _check_apart(paths: list[tuple[str, ...]]) -> None:
    seen = Counter(paths)
    for path in paths:
        if seen[path] > 1:
            raise BadFile(f"'{'.'.join(path)}' stands twice")
        for length in range(1, len(path)):
            if path[:length] in seen:
                raise BadFile(f"'{'.'.join(path)}' is a part of '{'.'.join(path[:length])}'")


def _members(schemas: Iterable[Schema], step: str) -> Iterator[Schema]:
    for schema in schemas:
        for branch in _branches(schema):
            others = branch.get("additionalProperties")
            if step in branch.get("properties", {}):
                yield branch["properties"][step]
            elif others is True or isinstance(others, Mapping):
                yield TEXT if others is True else others


def _branches(schema: Schema) -> Iterator[Schema]:
    while "$ref" in schema:
        schema = _component(schema["$ref"].rpartition("/")[2])
    yield schema
    for keyword in ("oneOf", "anyOf", "allOf"):
        for branch in schema.get(keyword, ()):
            yield from _branches(branch)


def _kind(schema: Schema) -> str:
    for branch in _branches(schema):
        types = branch.get("type")
        kinds = [types] if isinstance(types, str) else [kind for kind in types or () if kind != "null"]
        if kinds == ["array"]:
            return "texts" if _kind(branch.get("items", {})) == "string" else "array"
        if kinds and kinds != ["null"]:
            return str(kinds[0])
        if "properties" in branch:
            return "object"
    return "string"
