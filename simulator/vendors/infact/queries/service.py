"""What a query says no to, and which rows it selects (datasource page, request model of POST campaign).

Filter and SelfJoin, then Order, then GroupBy, then Count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.datasources.service import objects
from simulator.vendors.infact.queries.filters import Compiler, Keep
from simulator.vendors.infact.queries.predicates import ranked
from simulator.vendors.infact.queries.shapes import Scheme, by_id
from simulator.vendors.infact.state import Customer, Object


@dataclass(frozen=True)
class Plan:
    """A query found right: `joins` (property of the row, of the other), `order` (property, descending)."""

    scheme: Scheme
    object: Object
    keep: Keep | None
    joins: list[tuple[str, str]]
    order: list[tuple[str, bool]]
    group: list[str]
    count: int


def check(world: World, customer: Customer, datasource_id: int, query: Mapping[str, Any]) -> Object:
    """The object a loaded query selects from.

    Raises NotFound for the datasource, Invalid with keys such as `Query.ObjectName` or
    `Query.Filter[0].Operations[0].Value` for what the query names or compares wrongly.
    """
    return _plan(world, customer, datasource_id, query).object


def select(world: World, customer: Customer, datasource_id: int, query: Mapping[str, Any]) -> list[Document]:
    """The rows of a query, as stored ({id, values, tags}), in the order to send in.

    Raises what `check` raises.
    """
    plan = _plan(world, customer, datasource_id, query)
    every = plan.object.rows(world).scan()
    rows = sorted((row for row in every if plan.keep is None or plan.keep(row)), key=by_id)
    if plan.joins:
        rows = _joined(rows, plan.scheme.rows(plan.object.name), plan.joins)
    rows = _ordered(rows, plan.order)
    rows = _grouped(rows, plan.group)
    return rows[: plan.count] if plan.count else rows


def _plan(world: World, customer: Customer, datasource_id: int, query: Mapping[str, Any]) -> Plan:
    scheme = Scheme(world, objects(world, customer, datasource_id))
    found = scheme.object(query["ObjectName"])
    if found is None:
        message = f"There is no object '{query['ObjectName']}' in datasource {datasource_id}."
        raise Invalid({"Query.ObjectName": [message]})
    compiler = Compiler(world, customer.country)
    keep = compiler.filters(scheme.shape(found.name), query.get("Filter") or [], "Query.Filter")
    _check_names(compiler, found, query)
    if compiler.problems:
        raise Invalid(compiler.problems)
    _note(world, query)
    order = query.get("Order") or []
    return Plan(
        scheme,
        found,
        keep,
        joins=[(join["Parent"], join["Child"]) for join in query.get("SelfJoin") or []],
        order=[(by["Name"], by.get("Direction") == "Desc") for by in order],
        group=query.get("GroupBy") or [],
        count=query.get("Count") or 0,
    )


def _check_names(compiler: Compiler, found: Object, query: Mapping[str, Any]) -> None:
    named = [(f"GroupBy[{i}]", name) for i, name in enumerate(query.get("GroupBy") or [])]
    named += [(f"Order[{i}].Name", by["Name"]) for i, by in enumerate(query.get("Order") or [])]
    for i, join in enumerate(query.get("SelfJoin") or []):
        named += [(f"SelfJoin[{i}].{end}", join[end]) for end in ("Parent", "Child")]
    for field, name in named:
        if name not in found.properties:
            compiler.problem(f"Query.{field}", f"'{name}' is no property of '{found.name}'.")


def _note(world: World, query: Mapping[str, Any]) -> None:
    """Say which guesses the rows, or their order, rest on."""
    parts = {
        "Order": rules.ORDER_NULLS,
        "GroupBy": rules.GROUP_BY,
        "Count": rules.COUNT_LIMIT,
        "SelfJoin": rules.SELF_JOIN,
        "IsDictionary": rules.IS_DICTIONARY,
    }
    for part, rule in parts.items():
        if query.get(part):
            world.assume(rule)


def _joined(rows: list[Document], every: list[Document], joins: list[tuple[str, str]]) -> list[Document]:
    """Rows for which another row of the object has, in every pair, the Child that is their Parent."""
    parents, children = zip(*joins, strict=True)
    holders: dict[Any, list[Any]] = {}
    for row in every:
        holders.setdefault(_values(row, children), []).append(row["id"])
    holders.pop(None, None)

    def has_other(row: Document) -> bool:
        ids = holders.get(_values(row, parents), [])
        return len(ids) > 1 or bool(ids and ids[0] != row["id"])

    return [row for row in rows if has_other(row)]


def _values(row: Document, names: tuple[str, ...]) -> Any:
    """Values to match by; None where one is null, which matches nothing."""
    values = [row["values"].get(name) for name in names]
    return None if None in values else tuple(ranked(value) for value in values)


def _ordered(rows: list[Document], order: list[tuple[str, bool]]) -> list[Document]:
    """Sorted by the first property, then the next; nulls last; else as they were, by id."""
    for name, descending in reversed(order):
        filled = [row for row in rows if row["values"].get(name) is not None]
        empty = [row for row in rows if row["values"].get(name) is None]
        filled.sort(key=lambda row, name=name: ranked(row["values"][name]), reverse=descending)  # type: ignore[misc]
        rows = filled + empty
    return rows


def _grouped(rows: list[Document], names: list[str]) -> list[Document]:
    """The first row of each combination of values."""
    if not names:
        return rows
    first: dict[Any, Document] = {}
    for row in rows:
        first.setdefault(tuple(ranked(row["values"].get(name)) for name in names), row)
    return list(first.values())
