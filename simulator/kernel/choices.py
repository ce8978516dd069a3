"""What an operation offers, and what of it a request made use of.

A schema becomes a tree of the places where there is something to choose: members of an enumeration, parts
that are deprecated. A message is looked at in these places only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from simulator.kernel.contract import Contract, Operation
from simulator.kernel.violation import escape

EITHER = ("allOf", "anyOf", "oneOf", "then", "else")
"""Schemas that say more of the same value. What `if` and `not` name is no offer."""

Member = tuple[str, str, Any]
"""(place, JSON pointer with `*` for any index or name, the value)."""


class Use:
    """What one request made use of; `deprecated` has (place, JSON pointer, evidence)."""

    __slots__ = ("deprecated", "members", "offer", "parameters")

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.parameters: list[tuple[str, str]] = []
        self.members: list[Member] = []
        self.deprecated: list[tuple[str, str, str]] = []
        if offer.deprecated:
            self.deprecated.append(("operation", "", offer.operation.evidence))

    def parameter(self, place: str, name: str, value: Any) -> None:
        """A parameter was sent, with this value."""
        self.parameters.append((place, name))
        choices = self.offer.parameters.get((place, name))
        if choices is not None:
            choices.look(value, self, f"/{name}")

    def body(self, media: str, value: Any) -> None:
        """A body of this media type was sent, with this value."""
        choices = self.offer.bodies.get(media)
        if choices is not None:
            choices.look(value, self, "")


@dataclass(slots=True)
class Choices:
    """The choices at one place of a message and below it. `deprecated` is the evidence for its being so."""

    place: str
    pointer: str
    members: dict[Any, Member]
    folded: bool
    deprecated: str | None = None
    properties: dict[str, Choices] = field(default_factory=dict)
    rest: Choices | None = None
    items: Choices | None = None

    def look(self, value: Any, use: Use, where: str) -> None:
        """Note what `value`, which stands at JSON pointer `where`, makes use of."""
        if self.deprecated is not None:
            use.deprecated.append((self.place, where, self.deprecated))
        kind = type(value)
        if kind is dict:
            self._look_into(value, use, where)
        elif kind is list:
            if self.items is not None:
                for number, inner in enumerate(value):
                    self.items.look(inner, use, f"{where}/{number}")
        elif self.members:
            member = self.members.get(value)
            # to a dict, true is 1
            if member is not None and (kind is bool) == (type(member[2]) is bool):
                use.members.append(member)

    def _look_into(self, value: dict[str, Any], use: Use, where: str) -> None:
        if self.rest is None and not self.folded:
            for name, below in self.properties.items():
                if name in value:
                    below.look(value[name], use, f"{where}/{escape(name)}")
            return
        for name, inner in value.items():
            found = self.properties.get(name.lower() if self.folded else name, self.rest)
            if found is not None:
                found.look(inner, use, f"{where}/{escape(name)}")

    def all(self) -> Iterator[Choices]:
        """These and all below, each once: schemas recurse."""
        seen: set[int] = set()
        waiting = [self]
        while waiting:
            found = waiting.pop()
            if id(found) not in seen:
                seen.add(id(found))
                yield found
                waiting += [inner for inner in (*found.properties.values(), found.rest, found.items) if inner]


class Offer:
    """All that one operation offers; built when first needed."""

    def __init__(self, contract: Contract, operation: Operation) -> None:
        self._contract = contract
        self.operation = operation
        self.deprecated = operation.document.get("deprecated") is True

    @cached_property
    def parameters(self) -> dict[tuple[str, str], Choices | None]:
        """(place, name) → the choices in it."""
        shared = self._contract.document["paths"][self.operation.path].get("parameters", [])
        given = [self._resolved(node) for node in (*shared, *self.operation.document.get("parameters", []))]
        return {(node["in"], node["name"]): self._of_parameter(node) for node in given}

    def _of_parameter(self, node: Mapping[str, Any]) -> Choices | None:
        schema = node["schema"] if "schema" in node else next(iter(node["content"].values()))["schema"]
        # the parameter itself may be deprecated, or graded
        around = {key: node[key] for key in ("deprecated", "x-evidence") if key in node}
        return self._choices({**around, "allOf": [schema]}, node["in"], f"/{node['name']}")

    @cached_property
    def bodies(self) -> dict[str, Choices | None]:
        """Media type → the choices in a body of it."""
        content = self._resolved(self.operation.document.get("requestBody", {})).get("content", {})
        return {media: self._choices(node.get("schema", {}), "body", "") for media, node in content.items()}

    def members(self) -> dict[tuple[str, str], list[Any]]:
        """(place, pointer) → every member there is to choose, in the contract's order."""
        found: dict[tuple[str, str], dict[Any, None]] = {}
        for choices in (*self.parameters.values(), *self.bodies.values()):
            for inner in choices.all() if choices else ():
                if inner.members:
                    found.setdefault((inner.place, inner.pointer), {}).update(dict.fromkeys(inner.members))
        return {place: list(found[place]) for place in sorted(found)}

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        return self._contract.resolved(node["$ref"].removeprefix("#"))[1] if "$ref" in node else node

    def _choices(self, schema: Any, place: str, pointer: str) -> Choices | None:
        found = Builder(self._contract, place).build([schema], pointer, self.operation.evidence, {})
        offers = found is not None and any(inner.members or inner.deprecated for inner in found.all())
        return found if offers else None


@cache
def offers(contract: Contract) -> dict[str, Offer]:
    """What each operation offers, by operationId."""
    return {name: Offer(contract, operation) for name, operation in contract.operations.items()}


class Builder:
    """Reads schemas. A schema inside itself is the same choices again, so that trees end."""

    def __init__(self, contract: Contract, place: str) -> None:
        self._contract = contract
        self._place = place

    def build(
        self, schemas: list[Any], pointer: str, evidence: str, around: Mapping[frozenset[int], Choices]
    ) -> Choices | None:
        """The choices where all of `schemas` speak of one value; `evidence` holds if they state none."""
        said = list(self._said(schemas, set()))
        key = frozenset(map(id, said))
        if key in around:
            return around[key]
        evidence = next((str(schema["x-evidence"]) for schema in said if "x-evidence" in schema), evidence)
        folded = self._contract.folds_case
        found = Choices(self._place, pointer, self._members(said, pointer), folded)
        if any(schema.get("deprecated") is True for schema in said):
            found.deprecated = evidence
        inside = {**around, key: found}
        for name, inner in _properties(said).items():
            below = self.build(inner, f"{pointer}/{escape(name)}", evidence, inside)
            if below is not None:
                found.properties[name.lower() if folded else name] = below
        found.rest, found.items = (
            self.build(inner, f"{pointer}/*", evidence, inside) if inner else None
            for inner in (_under(said, "additionalProperties"), _under(said, "items"))
        )
        offers = found.members or found.deprecated or found.properties or found.rest or found.items
        return found if offers else None

    def _said(self, schemas: list[Any], seen: set[int]) -> Iterator[Mapping[str, Any]]:
        """Every schema that speaks of the same value: those given, what they refer to and combine."""
        for schema in schemas:
            if not isinstance(schema, Mapping) or id(schema) in seen:
                continue
            seen.add(id(schema))
            yield schema
            combined = [schema[keyword] for keyword in EITHER if keyword in schema]
            further = [inner for one in combined for inner in (one if isinstance(one, list) else [one])]
            if "$ref" in schema:
                further.append(self._contract.at(schema["$ref"].removeprefix("#")))
            yield from self._said(further, seen)

    def _members(self, said: list[Mapping[str, Any]], pointer: str) -> dict[Any, Member]:
        """What may be chosen: null says that nothing is, and one value alone is no choice."""
        values = [value for schema in said for value in schema.get("enum", ())]
        values += [schema["const"] for schema in said if "const" in schema]
        texts = [value for value in values if isinstance(value, str | int | float)]
        return {value: (self._place, pointer, value) for value in texts} if len(set(texts)) > 1 else {}


def _properties(said: list[Mapping[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for schema in said:
        for name, inner in schema.get("properties", {}).items():
            found.setdefault(name, []).append(inner)
    return found


def _under(said: list[Mapping[str, Any]], keyword: str) -> list[Any]:
    return [schema[keyword] for schema in said if isinstance(schema.get(keyword), Mapping)]
