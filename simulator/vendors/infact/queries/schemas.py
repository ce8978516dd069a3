"""A query as a client writes it (datasource page, request model of POST campaign).

A loaded query is plain JSON with the contract's spelling of every key, fit to be stored and
later given to `queries.service`; what is absent from the request is absent from it.
"""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, pre_load

from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.wire import Choice, Flag, Inner, Items, Model, Text, Whole, world

MOST_NESTED = 64
PREDICATES = (
    "Equals",
    "NotEquals",
    "In",
    "NotIn",
    "Greater",
    "GreaterThan",
    "GreaterOrEquals",
    "GreaterThanOrEqual",
    "Less",
    "LessThan",
    "LessOrEquals",
    "LessThanOrEqual",
    "Between",
    "Contains",
    "NotContains",
    "StartsWith",
    "EndsWith",
    "IsNull",
    "IsNotNull",
    "IsEmpty",
    "IsNotEmpty",
)


class Operation(Model):
    """One comparison; `Value` and `MaxValue` are any JSON until the type they meet is known."""

    Predicate = Choice(*PREDICATES, required=True)
    Value = fields.Raw(allow_none=True)
    MaxValue = fields.Raw(allow_none=True)
    UseOr = Flag(nullable=False)


class Filter(Model):
    """Comparisons with one path, and filters below it; a null among those is a printed recursion."""

    Path = Text()
    Operations = Items(Inner(Operation, required=True))
    UseOr = Flag(nullable=False)
    Filters = Items(Inner(lambda: Filter()))  # noqa: PLW0108 - the class does not exist yet


class Order(Model):
    """A property to sort by."""

    Name = Text(required=True)
    Direction = Choice("Asc", "Desc", nullable=False)


class SelfJoin(Model):
    """Rows of the object paired with other rows of it."""

    Parent = Text(required=True)
    Child = Text(required=True)
    Type = Choice("Equals", nullable=False)


class Query(Model):
    """A whole query, nested no deeper than the framework reads JSON (infact.query-depth)."""

    ObjectName = Text(required=True)
    Name = Text()
    Count = Whole(least=0, nullable=False)
    Filter = Items(Inner(Filter, required=True))
    Order = Items(Inner(Order, required=True))
    IsDictionary = Flag(nullable=False)
    SelfJoin = Items(Inner(SelfJoin, required=True))
    GroupBy = Items(Text(required=True))

    @pre_load
    def bound(self, data: Any, **_: Any) -> Any:
        level, depth = [data], 0
        while level:
            depth += 1
            if depth > MOST_NESTED:
                world().assume(rules.QUERY_DEPTH)
                raise ValidationError(f"The maximum configured depth of {MOST_NESTED} has been exceeded.")
            level = [inner for outer in level for inner in _inside(outer)]
        return data


def _inside(value: Any) -> list[Any]:
    """The objects and arrays directly inside `value`."""
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [inner for inner in held if isinstance(inner, dict | list)]
