"""Broken rules in the words of Joi, which the vendor's libraries say the server uses (footprints.errors)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from simulator.kernel.contract import Violation, unescape
from simulator.vendors.footprints.errors import Broken

WORDS: dict[str, Callable[[Any], tuple[str, str]]] = {
    "required": lambda _: ("any.required", "is required"),
    "enum": lambda e: (
        "any.only",
        f"must be one of [{', '.join(_text(option) for option in e if option != '')}]",
    ),
    "const": lambda e: ("any.only", f"must be [{_text(e)}]"),
    "minimum": lambda e: ("number.min", f"must be greater than or equal to {e:g}"),
    "maximum": lambda e: ("number.max", f"must be less than or equal to {e:g}"),
    "minLength": lambda _: ("string.empty", "is not allowed to be empty"),
    "maxLength": lambda e: ("string.max", f"length must be less than or equal to {e} characters long"),
    "minItems": lambda e: ("array.min", f"must contain at least {e} items"),
    "maxItems": lambda e: ("array.max", f"must contain less than or equal to {e} items"),
    "pattern": lambda _: ("string.pattern.base", "has a wrong form"),
    "anyOf": lambda _: ("object.missing", "lacks what it needs"),
    "additionalProperties": lambda _: ("object.unknown", "is not allowed"),
}
KINDS = {"string": "a string", "number": "a number", "integer": "an integer", "boolean": "a boolean"}
COLLECTIONS = {"array": "an array", "object": "of type object"}


def worded(violation: Violation) -> Broken:
    """What Joi would say of it."""
    steps = [unescape(step) for step in violation.pointer.split("/")[1:]]
    path = tuple(int(step) if step.isdigit() else step for step in steps)
    if violation.keyword == "type":
        kind = next((kind for kind in violation.expected if kind != "null"), "any")
        return Broken(f"{kind}.base", path, f"must be {(KINDS | COLLECTIONS).get(kind, 'something else')}")
    if violation.keyword == "pattern" and "mail" in (steps[-1] if steps else "").lower():
        return Broken("string.email", path, "must be a valid email")
    if violation.keyword == "pattern" and "date" in (steps[-1] if steps else "").lower():
        return Broken("date.base", path, "must be a valid date")
    words = WORDS.get(violation.keyword)
    kind, text = words(violation.expected) if words else ("any.invalid", "contains an invalid value")
    return Broken(kind, path, text)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
