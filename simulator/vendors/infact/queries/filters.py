"""Filters turned into one function of a row, once for each query.

Elements side by side are joined from left to right, each by its own UseOr (infact.use-or);
one that says nothing, neither by operations nor by filters below it, is passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.queries.predicates import Unusable, comparison
from simulator.vendors.infact.queries.shapes import Place, Shape, resolve
from simulator.vendors.infact.values import KINDS, TEXT_KINDS, converter

Keep = Callable[[Document], bool]
Part = tuple[bool, Keep]
"""An element of a row of siblings: whether OR joins it to those before it, and its test."""


class Compiler:
    """Compiles the filters of one query; `problems` maps each field that is wrong to its messages."""

    def __init__(self, world: World, country: str) -> None:
        self.problems: dict[str, list[str]] = {}
        self._world = world
        self._country = country

    def problem(self, field: str, message: str) -> None:
        self.problems.setdefault(field, []).append(message)

    def filters(self, shape: Shape, nodes: Iterable[Mapping[str, Any] | None], where: str) -> Keep | None:
        """What a row of `shape` must satisfy; None where that is nothing."""
        return self._fold(self._parts(shape, nodes, where))

    def _parts(self, shape: Shape, nodes: Iterable[Mapping[str, Any] | None], where: str) -> list[Part]:
        parts = []
        for index, node in enumerate(nodes):
            keep = None if node is None else self._filter(shape, node, f"{where}[{index}]")
            if node is not None and keep is not None:
                parts.append((node.get("UseOr", False), keep))
        return parts

    def _filter(self, shape: Shape, node: Mapping[str, Any], where: str) -> Keep | None:
        operations, below = node.get("Operations") or [], node.get("Filters") or []
        if not node.get("Path"):
            if operations:
                self.problem(f"{where}.Path", "The Path field is required.")
            return self.filters(shape, below, f"{where}.Filters")
        try:
            place = resolve(shape, node["Path"])
        except LookupError as error:
            self.problem(f"{where}.Path", str(error.args[0]))
            return None
        if place.hops:
            self._world.assume(rules.RELATED_PATHS)
        if place.name is None:
            if operations:
                self.problem(f"{where}.Operations", "A relation has no value; name one of its properties.")
            return _any_related(place, self.filters(place.shape, below, f"{where}.Filters"))
        own = self._operations(place, place.shape.kinds[place.name], operations, f"{where}.Operations")
        first: list[Part] = [] if own is None else [(False, own)]
        return self._fold(first + self._parts(shape, below, f"{where}.Filters"))

    def _operations(
        self, place: Place, kind: str, operations: list[Mapping[str, Any]], where: str
    ) -> Keep | None:
        convert = converter(kind, self._country, lambda: self._world.assume(rules.TIME_ZONE))
        parts = []
        for index, operation in enumerate(operations):
            self._note(operation["Predicate"], kind)
            try:
                made = comparison(operation, kind, convert)
            except Unusable as error:
                self.problem(f"{where}[{index}].{error.field}", error.message)
                continue
            parts.append((operation.get("UseOr", False), _applied(place, made.test, made.negative)))
        return self._fold(parts)

    def _note(self, predicate: str, kind: str) -> None:
        """Say which guesses the meaning of the predicate rests on."""
        if predicate not in ("Equals", "In"):
            self._world.assume(rules.PREDICATES)
        if predicate not in ("Equals", "In", "IsNull", "IsNotNull"):
            self._world.assume(rules.NULL_ROWS)
        if kind in TEXT_KINDS or kind not in KINDS:
            self._world.assume(rules.TEXT_CASE)

    def _fold(self, parts: list[Part]) -> Keep | None:
        if len(parts) <= 1:
            return parts[0][1] if parts else None
        if any(use_or for use_or, _ in parts[1:]):
            self._world.assume(rules.USE_OR)
        return _folded(parts)


def _folded(parts: list[Part]) -> Keep:
    first, rest = parts[0][1], parts[1:]

    def keep(row: Document) -> bool:
        kept = first(row)
        for use_or, test in rest:
            if kept != use_or:  # OR cannot change a yes, AND cannot change a no
                kept = test(row)
        return kept

    return keep


def _applied(place: Place, test: Callable[[Any], bool], negative: bool) -> Keep:
    """A test of values as a test of rows; through relations, of any value that is found there."""
    name = place.name
    if not place.hops:
        return lambda row: test(row["values"].get(name)) != negative
    return lambda row: any(test(there["values"].get(name)) for there in place.rows(row)) != negative


def _any_related(place: Place, keep: Keep | None) -> Keep:
    if keep is None:
        return lambda row: bool(place.rows(row))
    return lambda row: any(keep(there) for there in place.rows(row))
