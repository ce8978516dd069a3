"""The ledger of a contract: every part of it with its grade and its source, stated or inherited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from simulator.kernel.contract import METHODS, Contract
from simulator.kernel.grades import referred, stated
from simulator.kernel.violation import escape

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
CONDITIONS = frozenset({"if", "then", "else", "not"})
"""Keywords below which stand what is asked of parts, not parts."""
LISTED = frozenset({"parameter", "property", "response", "header", "body", "security"})
"""Kinds of which every part is listed, whether or not it states a grade of its own."""
FACTS = {"x-enum-evidence": "value", "x-required-evidence": "required"}
"""Grades of what is no part: members of an enumeration, the duty to send a property."""


@dataclass(frozen=True)
class Place:
    """Where in a contract a walk stands, with what holds there by inheritance.

    `names` is whether the keys here are names that somebody chose, not keywords; `name` the last of them.
    """

    steps: tuple[str, ...] = ()
    kind: str = "other"
    names: bool = False
    name: str | None = None
    evidence: str | None = None
    source: str | None = None
    operation: str | None = None
    conditional: bool = False

    def below(self, step: str | int) -> Place:
        keyword = str(step)
        return replace(
            self,
            steps=(*self.steps, keyword),
            kind=KINDS[self.steps[-1]] if self.names else SINGLE.get(keyword, "other"),
            names=not self.names and keyword in KINDS,
            name=step if self.names and isinstance(step, str) else self.name,
            conditional=self.conditional or (not self.names and step in CONDITIONS),
        )

    def row(self, kind: str, evidence: str | None, name: str | None, id: str = "") -> Row:
        row: Row = {"kind": kind, "id": id or self.pointer}
        row |= {"evidence": evidence or "assumed", "source": self.source}
        optional = {"name": name, "operation": self.operation}
        return row | {key: value for key, value in optional.items() if value is not None}

    @property
    def pointer(self) -> str:
        return "".join("/" + escape(step) for step in self.steps)

    @property
    def is_operation(self) -> bool:
        return len(self.steps) == 3 and self.steps[0] == "paths" and self.steps[2] in METHODS

    @property
    def is_listed(self) -> bool:
        return self.kind in LISTED and not self.conditional


def graded(contract: Contract) -> tuple[Row, ...]:
    """Every operation, parameter, property, header, body and response of a contract, and what else it grades.

    A part has its own grade and source, else those of what it refers to, else those of what encloses it;
    what stands by itself and has none has those of the first that refers to it. `inherited` marks a grade
    that is not the part's own; what nobody grades is assumed.
    """
    users: dict[str, Place] = {}
    for node, place in _places(contract, contract.document, Place(), {}):
        if isinstance(node.get("$ref"), str) and place.evidence and place.source:
            users.setdefault(node["$ref"].partition("#")[2], place)
    return tuple(
        row
        for node, place in _places(contract, contract.document, Place(), users)
        for row in _rows(contract, node, place)
    )


def _places(
    contract: Contract, node: Any, place: Place, users: Mapping[str, Place]
) -> Iterator[tuple[Mapping[str, Any], Place]]:
    """Every object of a contract that is a part of it, and where it stands."""
    if isinstance(node, list):
        for number, inner in enumerate(node):
            yield from _places(contract, inner, place.below(number), users)
    if not isinstance(node, Mapping):
        return
    if not place.names:
        place = _inheriting(contract, node, place, users)
        yield node, place
    for name, inner in node.items():
        if name not in VALUES or place.names:
            yield from _places(contract, inner, place.below(name), users)


def _inheriting(
    contract: Contract, node: Mapping[str, Any], place: Place, users: Mapping[str, Place]
) -> Place:
    target = _target(contract, node)
    by_itself = len(place.steps) == 3 and place.steps[0] == "components"
    around = users.get(place.pointer, place) if by_itself else place
    place = replace(
        place,
        evidence=stated(node) or stated(target) or around.evidence,
        source=_source(node) or _source(target) or around.source,
    )
    if place.is_operation:
        operation = contract.operations[node["operationId"]]
        place = replace(place, operation=operation.id, evidence=operation.evidence)
    return place


def _target(contract: Contract, node: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a part refers to; itself, where it does not."""
    while isinstance(node.get("$ref"), str):
        node = referred(contract.document, node)
    return node


def _source(node: Mapping[str, Any]) -> str | None:
    # a property may itself be called x-source: a source is text
    source = node.get("x-source")
    return source if isinstance(source, str) else None


def _rows(contract: Contract, node: Mapping[str, Any], place: Place) -> Iterator[Row]:
    """The rows of one part: itself, members of its enumeration, properties' being required."""
    own = stated(node)
    if place.is_operation:
        yield place.row("operation", place.evidence, node.get("summary"), place.operation or "")
    elif place.steps and (own or place.is_listed):
        name = _target(contract, node).get("name") if place.kind == "parameter" else place.name
        row = place.row(place.kind, place.evidence, name)
        yield row if own else row | {"inherited": True}
    for keyword, kind in FACTS.items():
        for name, grade in node.get(keyword, {}).items():
            yield place.below(keyword).below(str(name)).row(kind, grade, str(name))
