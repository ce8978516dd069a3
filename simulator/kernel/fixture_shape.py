"""What checks of fixture documents have in common: shapes as JSON schemas, and faults told by their place."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import jsonschema_rs

Placed = tuple[str, Mapping[str, Any]]
"""Part of a document, with the place where it stands: `customers[0].datasources[1]`."""


TEXT = {"type": "string", "minLength": 1}
FLAG = {"type": "boolean"}
MAP = {"type": "object"}
COUNT = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}


def of(name: str, member: str | None = None) -> dict[str, Any]:
    """A schema of the contract, or that of a member: `of("Location", "coords")`."""
    return {"$ref": f"#/components/schemas/{name}" + (f"/properties/{member}" if member else "")}


def model(required: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object with these members only; `required` are their names, between blanks."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": dict(properties),
        "additionalProperties": False,
    }


def array(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(of)}


def nullable(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(of), {"type": "null"}]}


def validator(
    shape: Mapping[str, Any], schemas: Mapping[str, Any] | None = None
) -> jsonschema_rs.Draft202012Validator:
    """A shape ready to hold documents to; `schemas` are the contract's, which it refers to."""
    whole = {**shape, "components": {"schemas": schemas or {}}}
    # values stay out of the messages: they may be as large as the document
    return jsonschema_rs.Draft202012Validator(whole, mask="this", validate_formats=True)


def held(document: Any, to: jsonschema_rs.Draft202012Validator) -> None:
    """Raises ValueError naming the first place that is not of the shape."""
    for error in to.iter_errors(document):
        raise ValueError(f"{place(error.instance_path)}: {error.message}")


def place(steps: Iterable[str | int]) -> str:
    """`["customers", 0, "login"]` as `customers[0].login`."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.removeprefix(".") or "the document"


def each(holder: Mapping[str, Any], name: str, path: str = "") -> Iterator[Placed]:
    """The members of a list in a part of a document that stands at `path`."""
    for index, found in enumerate(holder.get(name, [])):
        yield f"{path}.{name}[{index}]".removeprefix("."), found


def known(place: str, names: Iterable[Any], there: Container[Any], what: str) -> None:
    """Raises ValueError where one of the names is of nothing that is there."""
    for name in names:
        if name not in there:
            raise ValueError(f"{place}: there is no {what} {name!r}")


def once(placed: Iterable[Placed], name: str) -> None:
    """The value of `name`, where there is one, is nobody else's. Raises ValueError."""
    first: dict[Any, str] = {}
    for path, found in placed:
        value = found.get(name)
        if value is None:
            continue
        if value in first:
            raise ValueError(f"{path}.{name}: {value!r} is taken by {first[value]}")
        first[value] = path
