"""The ledger: what of a vendor is documented, what was observed, and what is a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import Response

from simulator.control.wire import answer, app, entered, gateway, query, vendor_named
from simulator.kernel.contract import METHODS, Contract, escape
from simulator.kernel.grades import GRADES
from simulator.kernel.routes import Routes
from simulator.kernel.world import World

routes = Routes()
Row = dict[str, Any]
KINDS = {
    "parameters": "parameter",
    "properties": "property",
    "responses": "response",
    "schemas": "schema",
    "headers": "header",
    "requestBodies": "body",
    "securitySchemes": "security",
    "allOf": "schema",
    "anyOf": "schema",
    "oneOf": "schema",
}
"""What a part is, by the name of what holds it."""
SINGLE = {"requestBody": "body", "schema": "schema", "items": "schema"}
"""What a part is, by its own name."""
VALUES = frozenset({"example", "examples", "default", "const", "enum"})
"""Keywords below which stand values, not parts."""


@routes.get("/fidelity", "getFidelity")
def get_fidelity() -> Response:
    wanted = query()
    names = (
        [vendor_named(wanted["vendor"], at="query /vendor").name] if "vendor" in wanted else gateway().vendors
    )
    with entered() as (world, _):
        rows = [
            row
            for name in names
            for row in _ledger(world, name)
            if all(row[field] == wanted[field] for field in ("evidence", "kind") if field in wanted)
        ]
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["kind"], dict.fromkeys(GRADES, 0))[row["evidence"]] += 1
    return answer({"counts": counts, "ledger": rows})


def _ledger(world: World, name: str) -> Iterator[Row]:
    for row in app().graded(gateway().contract(name)):
        yield {"vendor": name, **row}
    for rule in vendor_named(name).parts.assumptions:
        row = {"vendor": name, "kind": "assumption", **rule.describe()}
        yield row | {"current": world.chosen(rule)}


@dataclass(frozen=True)
class Place:
    """Where in a contract a walk stands, with what holds there by inheritance."""

    steps: tuple[str, ...] = ()
    source: str | None = None
    operation: str | None = None

    def below(self, step: str) -> Place:
        return replace(self, steps=(*self.steps, step))

    def row(self, kind: str, grade: str, name: str | None, id: str = "") -> Row:
        pointer = "".join("/" + escape(step) for step in self.steps)
        row: Row = {"kind": kind, "id": id or pointer, "evidence": grade, "source": self.source}
        optional = {"name": name, "operation": self.operation}
        return row | {key: value for key, value in optional.items() if value is not None}

    @property
    def is_operation(self) -> bool:
        return len(self.steps) == 3 and self.steps[0] == "paths" and self.steps[2] in METHODS

    @property
    def holds_names(self) -> bool:
        """Whether the keys here are names that somebody chose, not keywords."""
        return bool(self.steps) and self.steps[-1] in KINDS

    @property
    def kind(self) -> str:
        holder = self.steps[-2] if len(self.steps) > 1 else ""
        return KINDS.get(holder) or SINGLE.get(self.steps[-1], "other")

    @property
    def name(self) -> str | None:
        """The last name on the way that somebody chose."""
        pairs = zip(self.steps, self.steps[1:], strict=False)
        chosen = [step for holder, step in pairs if holder in KINDS and not step.isdigit()]
        return chosen[-1] if chosen else None


def graded(contract: Contract) -> tuple[Row, ...]:
    """Every operation of a contract, and every part of it that states a grade of its own."""
    return tuple(_walk(contract, contract.document, Place()))


def _walk(contract: Contract, node: Any, place: Place) -> Iterator[Row]:
    if isinstance(node, list):
        for number, inner in enumerate(node):
            yield from _walk(contract, inner, place.below(str(number)))
    if not isinstance(node, Mapping):
        return
    # a property may itself be called x-source: a source is text
    if isinstance(node.get("x-source"), str):
        place = replace(place, source=node["x-source"])
    if place.is_operation:
        place = replace(place, operation=node["operationId"])
    yield from _own(contract, node, place)
    for name, inner in node.items():
        if name not in VALUES or place.holds_names:
            yield from _walk(contract, inner, place.below(name))


def _own(contract: Contract, node: Mapping[str, Any], place: Place) -> Iterator[Row]:
    """The rows of one node: itself, members of its enumeration, properties' being required."""
    if place.is_operation:
        operation = contract.operations[node["operationId"]]
        yield place.row("operation", operation.evidence, node.get("summary"), operation.id)
    elif node.get("x-evidence") in GRADES and place.steps:
        name = node.get("name") if place.kind == "parameter" else place.name
        yield place.row(place.kind, node["x-evidence"], name)
    for keyword, kind in (("x-enum-evidence", "value"), ("x-required-evidence", "required")):
        for name, grade in node.get(keyword, {}).items():
            yield place.below(keyword).below(str(name)).row(kind, grade, str(name))
