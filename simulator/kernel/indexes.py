"""Indexes: documents found by values derived from them, and values that only one document may have."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

Document = dict[str, Any]
Key = int | str


class Duplicate(Exception):
    """A unique index already holds this value for another document."""

    def __init__(self, collection: str, index: str, value: Hashable) -> None:
        super().__init__(f"{collection}: {index} {value!r} is taken")
        self.index = index


@dataclass(frozen=True)
class Index:
    """Finds documents by values derived from them; a document may have several or none."""

    name: str
    values: Callable[[Document], Iterable[Hashable]]
    unique: bool = False


def on(path: str, *, unique: bool = False) -> Index:
    """An index on a dotted path; lists on the way and at its end count element by element.

    `on("emails.address")` finds {"emails": [{"address": "a"}, {"address": "b"}]} by either.
    """
    steps = path.split(".")

    def values(document: Document) -> list[Hashable]:
        found: list[Any] = [document]
        for step in steps:
            inner = [node.get(step) for node in found if isinstance(node, dict)]
            found = [leaf for node in inner for leaf in (node if isinstance(node, list) else [node])]
        return [leaf for leaf in found if isinstance(leaf, str | int | float)]

    return Index(path, values, unique)


class Lookup:
    """One index filled in: value → key, or → keys where several documents share it."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._buckets: dict[Hashable, Key | dict[Key, None]] = {}

    def copy(self) -> Lookup:
        twin = Lookup(self.index)
        twin._buckets = {
            value: bucket.copy() if isinstance(bucket, dict) else bucket
            for value, bucket in self._buckets.items()
        }
        return twin

    def keys(self, value: Hashable) -> list[Key]:
        bucket = self._buckets.get(_tagged(value))
        if bucket is None:
            return []
        return list(bucket) if isinstance(bucket, dict) else [bucket]

    def count(self, value: Hashable) -> int:
        bucket = self._buckets.get(_tagged(value))
        return len(bucket) if isinstance(bucket, dict) else int(bucket is not None)

    def all_values(self) -> list[Hashable]:
        return list(self._buckets)

    def values_of(self, document: Document) -> set[Hashable]:
        return {_tagged(value) for value in self.index.values(document)}

    def check(self, collection: str, key: Key, values: Iterable[Hashable]) -> None:
        for value in values:
            holder = self._buckets.get(value)
            if holder is not None and holder != key:
                raise Duplicate(collection, self.index.name, value)

    def add(self, key: Key, values: Iterable[Hashable]) -> None:
        for value in values:
            bucket = self._buckets.get(value)
            if bucket is None:
                self._buckets[value] = key
            elif isinstance(bucket, dict):
                bucket[key] = None
            elif bucket != key:
                self._buckets[value] = {bucket: None, key: None}

    def discard(self, key: Key, values: Iterable[Hashable]) -> None:
        for value in values:
            bucket = self._buckets[value]
            if isinstance(bucket, dict):
                bucket.pop(key, None)
            if not isinstance(bucket, dict) or not bucket:
                del self._buckets[value]


def _tagged(value: Hashable) -> Hashable:
    # True == 1 and hashes alike; an index must not mistake one for the other
    return ("bool", value) if isinstance(value, bool) else value


def filled(index: Index, rows: Mapping[Key, bytes]) -> Lookup:
    lookup = Lookup(index)
    for key, raw in rows.items():
        lookup.add(key, lookup.values_of(orjson.loads(raw)))
    return lookup
