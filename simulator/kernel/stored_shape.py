"""Documents put into the state and deleted by hand: what is left the vendor's code could have written.

A vendor describes its stored documents as JSON schemas, by collection, and names the members that hold ids
of other documents. What it says is asked through `Parts.arrange` and `Parts.remove`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any

import jsonschema_rs

from simulator.kernel.assumptions import Assumption
from simulator.kernel.fixture_shape import model, validator
from simulator.kernel.store import Collection, Document, Key
from simulator.kernel.violation import escape
from simulator.kernel.world import World

Schema = Mapping[str, Any]
Shapes = Mapping[str, Schema]
References = Mapping[str, Mapping[str, Collection]]
SEQUENCE = validator(
    model(
        "id value", {"id": {"type": "string"}, "value": {"type": "integer", "minimum": 0, "maximum": 2**53}}
    )
)


class StoredShapes:
    """What documents of each collection must be.

    `shapes` and `schemas` (which shapes refer to as `#/components/schemas/…`) are asked for when first
    needed; `references` names, by collection, members that are null, an id or a list of ids.
    """

    def __init__(
        self,
        shapes: Callable[[], Shapes],
        schemas: Callable[[], Mapping[str, Any]] = dict,
        references: References | None = None,
    ) -> None:
        self._shapes = shapes
        self._schemas = schemas
        self._references = references or {}

    def check(self, world: World, collection: str, document: Document) -> None:
        """Raises ValueError that begins with the JSON pointer of the first place that is wrong."""
        if collection in self._validators:
            held(document, self._validators[collection])
        for member, of in self._references.get(collection, {}).items():
            value = document.get(member)
            known(f"/{member}", value if isinstance(value, list) else [value], world, of)

    def remove(self, world: World, collection: Collection, *keys: Key) -> None:
        """Delete documents with all that cannot be without them: that must name one, and named one of these.

        Where an id is in a list, or may be null, it stays: there, a vendor's code takes it for nothing.
        """
        gone = set(keys)
        for key in gone:
            world.store.table(collection).delete(key)
        namespace = collection.name.partition("/")[0]
        for name, members in self._references.items():
            for member in (member for member, of in members.items() if of.name == collection.name):
                others = Collection(f"{namespace}/{name}")
                found = world.store.table(others).scan()
                lost = {one["id"] for one in found if self._names(name, one, member, gone)}
                if lost:
                    self.remove(world, others, *lost)

    def _names(self, name: str, document: Document, member: str, keys: set[Key]) -> bool:
        """Whether a document of the collection `name` must have a `member`, and it is one of `keys`."""
        value = document.get(member)
        if not isinstance(value, Key) or value not in keys:
            return False
        return not self._validators[name].is_valid({**document, member: None})

    @cached_property
    def _validators(self) -> Mapping[str, jsonschema_rs.Draft202012Validator]:
        schemas = self._schemas()
        return {name: validator(shape, schemas) for name, shape in self._shapes().items()}


def held(document: Any, to: jsonschema_rs.Draft202012Validator) -> None:
    """Raises ValueError that begins with the JSON pointer of the first place that is not of the shape."""
    error: Any
    for error in to.iter_errors(document):
        steps = [str(step) for step in error.instance_path]
        if error.kind.name == "required":
            steps.append(error.kind.property)
        raise ValueError(f"{''.join('/' + escape(step) for step in steps)}: {error.message}")


def known(place: str, ids: Iterable[Any], world: World, of: Collection) -> None:
    """Raises ValueError where one of `ids` is neither null nor that of a document."""
    table = world.store.table(of)
    for id in ids:
        if id is not None and id not in table:
            raise ValueError(f"{place}: {of.name} has no document {id!r}")


def arranged_by_world(collection: str, document: Document, assumptions: Iterable[Assumption[Any]]) -> bool:
    """Whether it is a collection that the world keeps for every vendor, and then the document is right.

    Raises ValueError where it is wrong.
    """
    if collection == "sequences":
        held(document, SEQUENCE)
    elif collection == "assumptions":
        rule = {rule.id: rule for rule in assumptions}.get(document["id"])
        if rule is None:
            raise ValueError(f"/id: there is no assumption {document['id']!r}")
        if document.keys() != {"id", "value"}:
            raise ValueError("/value: a value and nothing else is kept of an assumption")
        try:
            rule.checked(document["value"])
        except ValueError as error:
            raise ValueError(f"/value: {error}") from error
    return collection in ("sequences", "assumptions")
