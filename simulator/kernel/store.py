"""State of one world: named collections of JSON documents, with indexes and transactions.

A document is a JSON object with an `id` (integer or string) that is its key. It is
kept as serialised bytes: what goes in or comes out is always a copy, a transaction
can be undone by putting the old bytes back, and the state file writes what is
already there. Cost per operation does not depend on the size of the collection,
`scan` apart (see docs/decisions/0002-own-store.md).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import orjson

from simulator.kernel.indexes import Document, Duplicate, Index, Key, Lookup, filled, on

__all__ = (
    "Change",
    "Collection",
    "Document",
    "Duplicate",
    "Frozen",
    "Index",
    "Key",
    "Rows",
    "Store",
    "Table",
    "on",
)

Rows = dict[Key, bytes]
Change = tuple[str, Key, bytes | None]
"""Collection, key, new bytes; None where the document was deleted."""


@dataclass(frozen=True)
class Collection:
    """Declares a collection; its name is `namespace/name`, the namespace a vendor's."""

    name: str
    indexes: tuple[Index, ...] = ()


class Frozen:
    """The documents of one namespace, fixed: a fixture, shared by worlds until they write."""

    def __init__(self, tables: Mapping[str, Rows]) -> None:
        self.tables = dict(tables)
        self._lookups: dict[tuple[str, str], Lookup] = {}

    def lookup(self, collection: str, index: Index) -> Lookup:
        known = self._lookups.get((collection, index.name))
        if known is None:
            known = filled(index, self.tables[collection])
            self._lookups[collection, index.name] = known
        return known


class Table:
    """One collection of one world. Get it from `Store.table`; write inside a transaction."""

    def __init__(self, store: Store, name: str, origin: Frozen | None = None) -> None:
        self._store = store
        self.name = name
        self._origin = origin
        # a deleted row stays as None until its transaction ends: undoing keeps the order
        self._rows: dict[Key, bytes | None] = origin.tables[name] if origin else {}  # type: ignore[assignment]
        self._lookups: dict[str, Lookup] = {}
        self._count = len(self._rows)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, key: Key) -> bool:
        return self._rows.get(key) is not None

    def get(self, key: Key) -> Document | None:
        raw = self._rows.get(key)
        return None if raw is None else orjson.loads(raw)

    def find(self, index: str, value: Hashable) -> list[Document]:
        """Documents with that value, oldest first in a plain index's own order."""
        return [self[key] for key in self._lookups[index].keys(value)]

    def keys_of(self, index: str, value: Hashable) -> list[Key]:
        return self._lookups[index].keys(value)

    def count(self, index: str, value: Hashable) -> int:
        """How many documents have that value, without looking at them."""
        return self._lookups[index].count(value)

    def values(self, index: str) -> list[Hashable]:
        """Every value that a document has, once, in no order. No document is looked at."""
        return self._lookups[index].all_values()

    def first(self, index: str, value: Hashable) -> Document | None:
        keys = self._lookups[index].keys(value)
        return self[keys[0]] if keys else None

    def __getitem__(self, key: Key) -> Document:
        raw = self._rows[key]
        if raw is None:
            raise KeyError(key)
        document: Document = orjson.loads(raw)
        return document

    def scan(self) -> Iterator[Document]:
        """Every document in insertion order. Costs what the collection holds."""
        for raw in list(self._rows.values()):
            if raw is not None:
                yield orjson.loads(raw)

    def raw(self) -> Rows:
        """The documents as serialised, for snapshots and the state file."""
        return {key: raw for key, raw in self._rows.items() if raw is not None}

    def put(self, document: Document) -> None:
        """Insert or replace by `id`. Raises Duplicate; nothing changes then."""
        self._write(document["id"], orjson.dumps(document), document)

    def delete(self, key: Key) -> bool:
        """Whether there was such a document."""
        if self._rows.get(key) is None:
            return False
        self._write(key, None, None)
        return True

    def declare(self, indexes: Iterable[Index]) -> None:
        for index in indexes:
            if index.name not in self._lookups:
                self._lookups[index.name] = (
                    self._origin.lookup(self.name, index) if self._origin else filled(index, self.raw())
                )

    def _own(self) -> None:
        """Stop sharing with the fixture this table came from, before its first write."""
        if self._origin is not None:
            self._rows = dict(self._rows)
            self._lookups = {name: lookup.copy() for name, lookup in self._lookups.items()}
            self._origin = None

    def _write(self, key: Key, raw: bytes | None, document: Document | None) -> None:
        self._own()
        before = self._rows.get(key)
        self._reindex(key, before, document)
        self._rows[key] = raw
        self._count += (raw is not None) - (before is not None)
        self._store.note(self, key, before)

    def _reindex(self, key: Key, before: bytes | None, document: Document | None) -> None:
        if not self._lookups:
            return
        old = orjson.loads(before) if before is not None else None
        moves = []
        for lookup in self._lookups.values():
            gone = lookup.values_of(old) if old is not None else set()
            come = lookup.values_of(document) if document is not None else set()
            if lookup.index.unique:
                lookup.check(self.name, key, come - gone)
            moves.append((lookup, gone - come, come - gone))
        for lookup, gone, come in moves:
            lookup.discard(key, gone)
            lookup.add(key, come)

    def undo(self, key: Key, before: bytes | None) -> None:
        self._write(key, before, orjson.loads(before) if before is not None else None)

    def raw_of(self, key: Key) -> bytes | None:
        return self._rows.get(key)

    def sweep(self, key: Key) -> None:
        """Give up a deleted row's place, once nothing can bring it back."""
        if self._rows.get(key) is None:
            self._rows.pop(key, None)


Step = tuple[Table, Key, bytes | None]
"""One write of a transaction: where, and what was there before."""


class Store:
    """All collections of one world.

    `load(namespace)` yields a namespace's first documents, when it is first touched;
    `sink(changes)` sees each committed transaction before it is acknowledged.
    """

    def __init__(
        self,
        load: Callable[[str], Frozen | None] = lambda _: None,
        sink: Callable[[list[Change]], None] | None = None,
    ) -> None:
        self._load = load
        self._sink = sink
        self.lock = threading.RLock()
        self._tables: dict[str, Table] = {}
        self._touched: set[str] = set()
        self._journal: list[Step] | None = None
        self.undoing = False

    def table(self, collection: Collection) -> Table:
        table = self._table(collection.name)
        table.declare(collection.indexes)
        return table

    def _table(self, name: str) -> Table:
        self.touch(name.partition("/")[0])
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = Table(self, name)
        return table

    def touch(self, namespace: str) -> None:
        """Bring the namespace's first documents in, if that has not happened yet."""
        if namespace in self._touched:
            return
        frozen = self._load(namespace)
        # only now: a fixture that cannot be planted must fail each time, not look empty
        self.restore(namespace, frozen or Frozen({}))

    def touched(self) -> list[str]:
        """The namespaces that are no longer the fixture's to say."""
        return sorted(self._touched)

    def restore(self, namespace: str, documents: Frozen) -> None:
        """The namespace is these documents, instead of its first ones."""
        self._touched.add(namespace)
        for name in documents.tables:
            self._tables[name] = Table(self, name, documents)

    def replay(self, changes: Iterable[Change]) -> None:
        """Committed changes once more, in their order; the sink does not see them again."""
        self.undoing = True
        try:
            for name, key, raw in changes:
                table = self._table(name)
                if raw is not None or key in table:
                    table.undo(key, raw)
                    table.sweep(key)
        finally:
            self.undoing = False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. An inner transaction is part of the outer one."""
        with self.lock:
            if self._journal is not None:
                yield
                return
            self._journal = []
            try:
                yield
                self._commit(self._journal)
            except BaseException:
                self._rollback(self._journal)
                raise
            finally:
                self._journal = None

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Within a transaction: what is written in here is undone if it fails, and the rest stays."""
        journal = self._journal
        if journal is None:
            raise RuntimeError("an attempt was made outside a transaction")
        before = len(journal)
        try:
            yield
        except BaseException:
            failed = journal[before:]
            del journal[before:]
            self._rollback(failed, journal)
            raise

    def note(self, table: Table, key: Key, before: bytes | None) -> None:
        if self.undoing:
            return
        if self._journal is None:
            raise RuntimeError(f"{table.name} was written outside a transaction")
        self._journal.append((table, key, before))

    def _commit(self, journal: list[Step]) -> None:
        written = {(table.name, key): table for table, key, _ in journal}
        if self._sink is not None and written:
            self._sink([(name, key, table.raw_of(key)) for (name, key), table in written.items()])
        for (_, key), table in written.items():
            table.sweep(key)

    def _rollback(self, journal: list[Step], open_steps: list[Step] | None = None) -> None:
        self.undoing = True
        try:
            for table, key, before in reversed(journal):
                table.undo(key, before)
        finally:
            self.undoing = False
        # a row deleted in steps that are still open needs its place, for when they are undone too
        held = {(table.name, key) for table, key, _ in open_steps or ()}
        for table, key, _ in journal:
            if (table.name, key) not in held:
                table.sweep(key)

    def sequence(self, name: str, start: int = 1) -> int:
        """The next number of `namespace/name`, counted from `start`. Undone with its transaction."""
        namespace, _, counter = name.partition("/")
        table = self._table(f"{namespace}/sequences")
        value = (table.get(counter) or {"value": start - 1})["value"] + 1
        table.put({"id": counter, "value": value})
        return int(value)

    def next_id(self, collection: Collection, counter: str, start: int = 1) -> int:
        """The next number of a counter that no document has: one may have been put there by hand."""
        table, namespace = self.table(collection), collection.name.partition("/")[0]
        while (number := self.sequence(f"{namespace}/{counter}", start)) in table:
            pass
        return number

    def freeze(self, namespace: str) -> Frozen:
        """The namespace as it stands, fixed, to start other worlds from."""
        with self.lock:
            return Frozen({name: table.raw() for name, table in self.tables(namespace).items()})

    def tables(self, namespace: str | None = None) -> dict[str, Table]:
        """Every collection that holds something, or those of one namespace, by name."""
        wanted = "" if namespace is None else f"{namespace}/"
        return {n: t for n, t in sorted(self._tables.items()) if n.startswith(wanted) and len(t)}

    def forget(self, namespace: str | None = None) -> None:
        """Back to the first documents, of one namespace or all; costs nothing per document."""
        for name in [n for n in self._tables if namespace in (None, n.partition("/")[0])]:
            del self._tables[name]
        self._touched = set() if namespace is None else self._touched - {namespace}
