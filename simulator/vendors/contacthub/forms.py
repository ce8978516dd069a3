"""Documents as the API shows them: whole, by the contract's own schemas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator import data


def filled(schema: str, value: Any) -> Any:
    """`value` with every member that the schema names: null, or an empty list, where it has none.

    A member that is null as a whole stays null; inside one that is not, nothing is left out.
    """
    return _filled({"$ref": f"#/components/schemas/{schema}"}, value)


def _filled(schema: Mapping[str, Any], value: Any) -> Any:
    schema = _resolved(schema)
    if isinstance(value, list):
        return [_filled(schema.get("items", {}), item) for item in value]
    if isinstance(value, dict) and "properties" in schema:
        known = schema["properties"]
        made = {name: _filled(inner, value.get(name)) for name, inner in known.items()}
        return made | {name: inner for name, inner in value.items() if name not in known}
    if value is None and "array" in schema.get("type", ""):
        return []
    return value


def _resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in schema:
        schema = data.contract("contacthub")["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for part in schema.get("allOf", []):
        resolved = _resolved(part)
        if "properties" in resolved:
            return resolved
    return schema
