"""What the paths of a query can name: properties of an object, its tags, and rows of related objects."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact.queries.predicates import ranked
from simulator.vendors.infact.state import Object

MOST_HOPS = 8
"""Relations that one path may follow; they can lead round in circles."""


@dataclass(frozen=True)
class Relation:
    """From a row to the rows it is related to."""

    shape: Callable[[], Shape]
    related: Callable[[Document], Iterable[Document]]


@dataclass(frozen=True)
class Shape:
    """What a row has, seen from a path: types by property, and relations by name."""

    name: str
    kinds: Mapping[str, str]
    relations: Mapping[str, Relation]


TAGS = Shape("__tags", {"tag": "String"}, {})
TAGS_OF_ROW = Relation(lambda: TAGS, lambda row: [{"values": {"tag": tag}} for tag in row["tags"]])


@dataclass(frozen=True)
class Place:
    """Where a path leads: over `hops` to rows of `shape`, there to property `name` or to the row itself."""

    hops: tuple[Relation, ...]
    shape: Shape
    name: str | None

    def rows(self, row: Document) -> list[Document]:
        """The rows the path leads to from `row`."""
        found = [row]
        for hop in self.hops:
            found = [there for here in found for there in hop.related(here)]
        return found


def resolve(shape: Shape, path: str) -> Place:
    """The place of `path`, seen from `shape`. Raises LookupError with a sentence."""
    hops: list[Relation] = []
    while path not in shape.kinds:
        name, dot, rest = path.partition(".")
        if name not in shape.relations:
            raise LookupError(f"'{path}' is neither a property nor a relation of '{shape.name}'.")
        if len(hops) == MOST_HOPS:
            raise LookupError(f"A path follows at most {MOST_HOPS} relations.")
        hops.append(shape.relations[name])
        shape = shape.relations[name].shape()
        if not dot:
            return Place(tuple(hops), shape, None)
        path = rest
    return Place(tuple(hops), shape, path)


def by_id(row: Document) -> Any:
    """The key that sorts rows by their ids."""
    return ranked(row["id"])


class Scheme:
    """A datasource during one query: each table is read once, relations are followed by look-up."""

    def __init__(self, world: World, objects: Iterable[Object]) -> None:
        self._world = world
        self._objects = {found.name: found for found in objects}
        self._shapes: dict[str, Shape] = {}
        self._rows: dict[str, list[Document]] = {}
        self._found: dict[tuple[str, str], dict[Any, list[Document]]] = {}

    def object(self, name: str) -> Object | None:
        return self._objects.get(name)

    def rows(self, name: str) -> list[Document]:
        """All rows of an object, in the order of their ids."""
        if name not in self._rows:
            rows = self._objects[name].rows(self._world).scan()
            self._rows[name] = sorted(rows, key=by_id)
        return self._rows[name]

    def shape(self, name: str) -> Shape:
        if name not in self._shapes:
            found = self._objects[name]
            kinds = {prop["name"]: prop["type"] for prop in found.properties.values()}
            relations = {
                name: self._relation(relation)
                for name, relation in found.relations.items()
                if relation["object"] in self._objects
            }
            self._shapes[name] = Shape(found.name, kinds, {"__tags": TAGS_OF_ROW, **relations})
        return self._shapes[name]

    def _relation(self, relation: Mapping[str, str]) -> Relation:
        target, local, foreign = relation["object"], relation["local"], relation["foreign"]

        def related(row: Document) -> list[Document]:
            value = row["values"].get(local)
            return [] if value is None else self._by(target, foreign).get(value, [])

        return Relation(lambda: self.shape(target), related)

    def _by(self, name: str, property_name: str) -> dict[Any, list[Document]]:
        index = self._found.get((name, property_name))
        if index is None:
            index = self._found[name, property_name] = {}
            for row in self.rows(name):
                index.setdefault(row["values"].get(property_name), []).append(row)
        return index
