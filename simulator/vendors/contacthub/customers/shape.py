"""What a customer is made of, read off the contract's own schemas, and whole customers from partial ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from simulator import data
from simulator.vendors.contacthub import dates

Tree = Any
"""A mapping of members, a list of one element's tree, or the function that a value goes through."""
INSTANTS = frozenset({"DateTime", "DateTimeInput", "NullableDateTimeInput"})
MEMBERS = ("externalId", "base", "consents", "extended", "extra", "tags", "enabled")
"""What callers write; all else the system keeps."""


@cache
def tree(name: str) -> Tree:
    """The members of a schema of the contract."""
    return _tree(data.contract("contacthub")["components"]["schemas"][name])


def _tree(schema: Mapping[str, Any]) -> Tree:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return _instant if name in INSTANTS else tree(name)
    if "properties" in schema:
        return {name: _tree(inner) for name, inner in schema["properties"].items()}
    if "items" in schema:
        return [_tree(schema["items"])]
    return _whole if "integer" in schema.get("type", ()) else _same


def _instant(text: str) -> str:
    return dates.shown(dates.parsed(text))


def _whole(number: float) -> int:
    return int(number)


def _same(value: Any) -> Any:
    return value


def completed(value: Any, of: Tree) -> Any:
    """`value` with every member: null, or an empty list, where it has none. Null stays null."""
    if isinstance(of, list):
        return [completed(item, of[0]) for item in value or ()]
    if value is None:
        return None
    if isinstance(of, Mapping):
        return {name: completed(value.get(name), inner) for name, inner in of.items()}
    leaf: Callable[[Any], Any] = of
    return leaf(value)


def blank() -> dict[str, Any]:
    """The members of a customer of whom nothing is known."""
    return whole(dict.fromkeys(MEMBERS) | {"enabled": True})


def whole(members: Mapping[str, Any]) -> dict[str, Any]:
    """MEMBERS as the API shows them. `base` and its contacts are always there."""
    base = dict(members["base"] or {})
    base["contacts"] = base.get("contacts") or {}
    return {
        "externalId": members["externalId"],
        "base": completed(base, tree("CustomerBase")),
        "consents": completed(members["consents"], tree("CustomerConsents")),
        "extended": {name: value for name, value in (members["extended"] or {}).items() if value is not None},
        "extra": members["extra"],
        "tags": completed(members["tags"], tree("CustomerTags")),
        "enabled": members["enabled"],
    }
