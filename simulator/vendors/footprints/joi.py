"""Broken rules in the words of Joi, which the vendor's libraries say the server uses (footprints.errors)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from simulator.kernel.grades import unescape
from simulator.kernel.violation import Violation
from simulator.vendors.footprints.errors import Broken, BrokenRules


def _option(options: list[Any]) -> tuple[str, str]:
    if any(option is True for option in options):
        return "boolean.base", "must be a boolean"
    return "any.only", f"must be one of [{', '.join(_text(option) for option in options if option != '')}]"


def _form(pattern: str) -> tuple[str, str]:
    """What a text is no form of, told by what the contract's patterns are made of."""
    if "@" in pattern:
        return "string.email", "must be a valid email"
    if "JVBERi" in pattern:  # %PDF- in base64
        return "string.base64", "must be a PDF file in base64"
    if "-02-29" in pattern:
        return "date.base", "must be a valid date"
    if not any(sign.isalpha() for sign in pattern):
        return (
            ("number.base", "must be a number")
            if "[.]" in pattern
            else ("number.integer", "must be an integer")
        )
    return "string.pattern.base", "has a wrong form"


def _choice(branches: list[list[Any]]) -> tuple[str, str]:
    """What none of the alternatives fits: fields of which one must be there, or types."""
    lacking = [[name for e in branch if (name := _lacked(e))] for branch in branches]
    if all(lacking):
        return "object.missing", f"must contain at least one of [{', '.join(map(' and '.join, lacking))}]"
    return "alternatives.match", "does not match any of the allowed types"


def _lacked(error: Any) -> str | None:
    """The field that an error of a branch is for want of: one that is not there, or has nothing in it."""
    if error.kind.name == "required":
        return str(error.kind.property)
    return str(error.instance_path[-1]) if error.kind.name == "minLength" else None


WORDS: dict[str, Callable[[Any], tuple[str, str]]] = {
    "required": lambda _: ("any.required", "is required"),
    "enum": _option,
    "const": lambda e: ("any.only", f"must be [{_text(e)}]"),
    "minimum": lambda e: ("number.min", f"must be greater than or equal to {e}"),
    "maximum": lambda e: ("number.max", f"must be less than or equal to {e}"),
    "minLength": lambda _: ("string.empty", "is not allowed to be empty"),
    "maxLength": lambda e: ("string.max", f"length must be less than or equal to {e} characters long"),
    "minItems": lambda e: ("array.min", f"must contain at least {e} items"),
    "maxItems": lambda e: ("array.max", f"must contain less than or equal to {e} items"),
    "pattern": _form,
    "anyOf": _choice,
    "additionalProperties": lambda _: ("object.unknown", "is not allowed"),
}
KINDS = {"string": "a string", "number": "a number", "integer": "an integer", "boolean": "a boolean"}
COLLECTIONS = {"array": "an array", "object": "of type object"}


def refusal(violations: Iterable[Violation]) -> BrokenRules:
    """What Joi would say, one rule for each value: that of its type or form, and those before all others."""
    found: dict[str, Violation] = {}
    for violation in sorted(
        violations, key=lambda each: (each.keyword not in ("type", "pattern"), each.pointer)
    ):
        found.setdefault(violation.pointer, violation)
    return BrokenRules([worded(violation) for violation in found.values()])


def worded(violation: Violation) -> Broken:
    """What Joi would say of it."""
    steps = [unescape(step) for step in violation.pointer.split("/")[1:]]
    path = tuple(int(step) if step.isdigit() else step for step in steps)
    if violation.keyword == "type":
        kind = next((kind for kind in violation.expected if kind != "null"), "any")
        rule = "number.integer" if kind == "integer" else f"{kind}.base"
        return Broken(rule, path, f"must be {(KINDS | COLLECTIONS).get(kind, 'something else')}")
    words = WORDS.get(violation.keyword)
    kind, text = words(violation.expected) if words else ("any.invalid", "contains an invalid value")
    return Broken(kind, path, text)


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
