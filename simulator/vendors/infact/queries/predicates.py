"""Comparisons of one value: what each predicate means, and what it can be asked (infact.predicates).

Equals, In                              the same value; letters in the same case
GreaterThan, LessThan, …OrEqual         numbers by size, dates by time, text by code points
Between                                 from Value to MaxValue, both included
Contains, StartsWith, EndsWith          text, in any case
IsNotNull, IsNotEmpty                   a value; a value that is no empty text
NotEquals, NotIn, NotContains, IsNull, IsEmpty   the opposite of one above
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.vendors.infact.values import KINDS, TEXT_KINDS, UNFIT, Convert

Test = Callable[[Any], bool]
OTHER_NAMES = {
    "Greater": "GreaterThan",
    "GreaterOrEquals": "GreaterThanOrEqual",
    "Less": "LessThan",
    "LessOrEquals": "LessThanOrEqual",
}
OPPOSITES = {
    "NotEquals": "Equals",
    "NotIn": "In",
    "NotContains": "Contains",
    "IsNull": "IsNotNull",
    "IsEmpty": "IsNotEmpty",
}
ORDERINGS: dict[str, Callable[[Any, Any], bool]] = {
    "GreaterThan": operator.gt,
    "GreaterThanOrEqual": operator.ge,
    "LessThan": operator.lt,
    "LessThanOrEqual": operator.le,
}
TEXT_TESTS: dict[str, Callable[[str, str], bool]] = {
    "Contains": operator.contains,
    "StartsWith": str.startswith,
    "EndsWith": str.endswith,
}


class Unusable(ValueError):
    """The comparison cannot be made; `field` of the operation is what is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True)
class Comparison:
    """A test of stored values; a negative comparison holds where none of them passes it."""

    test: Test
    negative: bool


def ranked(value: Any) -> tuple[int, Any]:
    """A key that equals and orders stored values: within one sort as such, sorts apart from each other."""
    if isinstance(value, bool):
        return 0, value
    return (2 if isinstance(value, str) else 1), value


def comparison(operation: Mapping[str, Any], kind: str, convert: Convert) -> Comparison:
    """The operation, on values of type `kind`. Raises Unusable."""
    name = OTHER_NAMES.get(operation["Predicate"], operation["Predicate"])
    if operation.get("Value") is None:
        name = {"Equals": "IsNull", "NotEquals": "IsNotNull"}.get(name, name)
    make = MAKERS[OPPOSITES.get(name, name)]
    return Comparison(make(operation, kind, convert), name in OPPOSITES)


def _equals(operation: Mapping[str, Any], kind: str, convert: Convert) -> Test:
    wanted = ranked(_operand(operation, "Value", kind, convert))
    return lambda value: ranked(value) == wanted


def _among(operation: Mapping[str, Any], kind: str, convert: Convert) -> Test:
    given = operation.get("Value")
    if given is None:
        raise Unusable("Value", "The Value field is required.")
    each = given if isinstance(given, list) else [given]
    wanted = {ranked(_operand({"Value": one}, "Value", kind, convert)) for one in each}
    return lambda value: ranked(value) in wanted


def _ordering(operation: Mapping[str, Any], kind: str, convert: Convert) -> Test:
    name = operation["Predicate"]
    return _limited(ORDERINGS[OTHER_NAMES.get(name, name)], _limit(operation, "Value", kind, convert))


def _between(operation: Mapping[str, Any], kind: str, convert: Convert) -> Test:
    above = _limited(operator.ge, _limit(operation, "Value", kind, convert))
    below = _limited(operator.le, _limit(operation, "MaxValue", kind, convert))
    return lambda value: above(value) and below(value)


def _text_test(operation: Mapping[str, Any], kind: str, convert: Convert) -> Test:  # noqa: ARG001
    name, wanted = operation["Predicate"], operation.get("Value")
    if kind in KINDS - TEXT_KINDS:
        raise Unusable("Predicate", f"{name} does not apply to values of type {kind}.")
    if isinstance(wanted, bool) or not isinstance(wanted, str | int | float):
        raise Unusable("Value", "The JSON value could not be converted to String.")
    compare, part = TEXT_TESTS[OPPOSITES.get(name, name)], str(wanted).casefold()
    return lambda value: isinstance(value, str) and compare(value.casefold(), part)


MAKERS: dict[str, Callable[[Mapping[str, Any], str, Convert], Test]] = {
    "Equals": _equals,
    "In": _among,
    "Between": _between,
    "IsNotNull": lambda *_: lambda value: value is not None,
    "IsNotEmpty": lambda *_: lambda value: value is not None and value != "",
    **dict.fromkeys(ORDERINGS, _ordering),
    **dict.fromkeys(TEXT_TESTS, _text_test),
}


def _limited(compare: Callable[[Any, Any], bool], limit: tuple[int, Any]) -> Test:
    def test(value: Any) -> bool:
        if value is None:
            return False
        sort, found = ranked(value)
        return sort == limit[0] and compare(found, limit[1])

    return test


def _operand(operation: Mapping[str, Any], field: str, kind: str, convert: Convert) -> Any:
    value = convert(operation.get(field))
    if value is UNFIT:
        raise Unusable(field, f"The JSON value could not be converted to {kind}.")
    return value


def _limit(operation: Mapping[str, Any], field: str, kind: str, convert: Convert) -> tuple[int, Any]:
    value = _operand(operation, field, kind, convert)
    if value is None:
        raise Unusable(field, f"The {field} field is required.")
    return ranked(value)
