"""What every store must keep. A second implementation joins IMPLEMENTATIONS and passes all of this."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest

from simulator.kernel.store import Change, Collection, Document, Duplicate, Frozen, Index, Store, Table, on

THINGS = Collection("acme/things", (on("name", unique=True), on("tags")))
IMPLEMENTATIONS: list[Callable[..., Store]] = [Store]


@pytest.fixture(params=IMPLEMENTATIONS)
def make(request: pytest.FixtureRequest) -> Callable[..., Store]:
    found: Callable[..., Store] = request.param
    return found


@pytest.fixture
def store(make: Callable[..., Store]) -> Store:
    return make()


class Undo(Exception):
    """Ends a transaction in which nothing may stay."""


def put(store: Store, *documents: Document, into: Collection = THINGS) -> None:
    with store.transaction():
        for document in documents:
            store.table(into).put(document)


def scanned(store: Store, collection: Collection = THINGS) -> list[Document]:
    return list(store.table(collection).scan())


# --- documents -----------------------------------------------------------------------


READ: list[Callable[[Table], Any]] = [
    lambda table: table[1],
    lambda table: table.get(1),
    lambda table: table.find("name", "a")[0],
    lambda table: table.first("name", "a"),
    lambda table: next(table.scan()),
]


@pytest.mark.parametrize("read", READ)
def test_what_goes_in_and_out_is_a_copy(store: Store, read: Callable[[Table], Any]) -> None:
    """Seen to fail with get() giving the same object each time."""
    document = {"id": 1, "name": "a", "deep": {"list": [1, 2]}}
    put(store, document)
    document["deep"]["list"].append(3)  # type: ignore[index]
    found = read(store.table(THINGS))
    assert found == {"id": 1, "name": "a", "deep": {"list": [1, 2]}}
    found["deep"]["list"].append(4)
    assert read(store.table(THINGS)) == {"id": 1, "name": "a", "deep": {"list": [1, 2]}}


def test_put_replaces_whole_and_keeps_the_place(store: Store) -> None:
    put(store, {"id": 1, "a": 1}, {"id": 2}, {"id": 1, "b": 2})
    assert scanned(store) == [{"id": 1, "b": 2}, {"id": 2}]
    assert len(store.table(THINGS)) == 2


def test_missing_documents(store: Store) -> None:
    table = store.table(THINGS)
    assert table.get(1) is None
    assert 1 not in table
    with pytest.raises(KeyError):
        table[1]
    with store.transaction():
        assert table.delete(1) is False


def test_number_and_text_are_different_ids(store: Store) -> None:
    put(store, {"id": 1}, {"id": "1"})
    assert [document["id"] for document in scanned(store)] == [1, "1"]


def test_deleted_document_is_gone_from_everywhere(store: Store) -> None:
    put(store, {"id": 1, "name": "a", "tags": ["x"]})
    with store.transaction():
        assert store.table(THINGS).delete(1) is True
    table = store.table(THINGS)
    assert (len(table), 1 in table, table.get(1), scanned(store)) == (0, False, None, [])
    assert (table.find("name", "a"), table.keys_of("tags", "x"), table.raw()) == ([], [], {})


def test_document_put_again_later_comes_last(store: Store) -> None:
    """Seen to fail with the place of a deleted row kept beyond its transaction."""
    put(store, {"id": 1}, {"id": 2})
    with store.transaction():
        store.table(THINGS).delete(1)
    put(store, {"id": 1})
    assert [document["id"] for document in scanned(store)] == [2, 1]


def test_writing_outside_a_transaction_is_an_error(store: Store) -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        store.table(THINGS).put({"id": 1})


# --- indexes -------------------------------------------------------------------------


def test_plain_index_finds_all_and_follows_changes(store: Store) -> None:
    put(store, {"id": 1, "tags": ["x", "y"]}, {"id": 2, "tags": ["x"]}, {"id": 3})
    table = store.table(THINGS)
    assert table.keys_of("tags", "x") == [1, 2]
    assert [table.count("tags", tag) for tag in ("x", "y", "z")] == [
        len(table.keys_of("tags", t)) for t in "xyz"
    ]
    put(store, {"id": 1, "tags": ["y", "z"]})
    assert (table.keys_of("tags", "x"), table.keys_of("tags", "y")) == ([2], [1])
    assert table.first("tags", "z") == {"id": 1, "tags": ["y", "z"]}
    assert table.first("tags", "none") is None
    put(store, {"id": 2, "tags": ["y"]})
    assert sorted(map(str, table.values("tags"))) == ["y", "z"]


def test_index_reaches_through_lists_and_objects(store: Store) -> None:
    mails = Collection("acme/people", (on("mails.address"),))
    put(
        store,
        {"id": 1, "mails": [{"address": "a"}, {"address": "b"}, {}, 7]},
        {"id": 2, "mails": None},
        into=mails,
    )
    assert store.table(mails).keys_of("mails.address", "b") == [1]


def test_index_tells_true_from_one(store: Store) -> None:
    flags = Collection("acme/flags", (on("value"),))
    put(store, {"id": 1, "value": True}, {"id": 2, "value": 1}, into=flags)
    assert store.table(flags).keys_of("value", True) == [1]
    assert store.table(flags).keys_of("value", 1) == [2]


def test_index_of_ones_own_making(store: Store) -> None:
    pairs = Collection("acme/pairs", (Index("pair", lambda d: [(d["a"], d["b"])], unique=True),))
    put(store, {"id": 1, "a": 1, "b": 2}, into=pairs)
    assert store.table(pairs).keys_of("pair", (1, 2)) == [1]
    with pytest.raises(Duplicate, match="pair"):
        put(store, {"id": 2, "a": 1, "b": 2}, into=pairs)


def test_unique_index_refuses_and_nothing_changes(store: Store) -> None:
    put(store, {"id": 1, "name": "a"}, {"id": 2, "name": "b", "tags": ["x"]})
    before = scanned(store)
    with store.transaction():
        with pytest.raises(Duplicate, match="acme/things: name 'a' is taken"):
            store.table(THINGS).put({"id": 2, "name": "a", "tags": ["y"]})
        with pytest.raises(Duplicate):
            store.table(THINGS).put({"id": 3, "name": "a"})
    assert scanned(store) == before
    assert store.table(THINGS).keys_of("tags", "y") == []
    assert store.table(THINGS).keys_of("tags", "x") == [2]


def test_unique_value_is_free_again(store: Store) -> None:
    put(store, {"id": 1, "name": "a"})
    put(store, {"id": 1, "name": "b"}, {"id": 2, "name": "a"})
    with store.transaction():
        store.table(THINGS).delete(1)
        store.table(THINGS).put({"id": 3, "name": "b"})
    assert store.table(THINGS).keys_of("name", "b") == [3]


def test_index_declared_late_knows_what_is_there(store: Store) -> None:
    put(store, {"id": 1, "name": "a"}, into=Collection("acme/things"))
    assert store.table(THINGS).keys_of("name", "a") == [1]


# --- transactions --------------------------------------------------------------------


def test_rollback_leaves_no_trace(store: Store) -> None:
    """Seen to fail with undo() leaving the lookups alone, and with deleted rows losing their place."""
    put(store, {"id": 1, "name": "a", "tags": ["x"]}, {"id": 2, "name": "b"}, {"id": 3, "name": "c"})
    before = (scanned(store), store.table(THINGS).raw())
    with suppress(Undo), store.transaction():
        table = store.table(THINGS)
        table.delete(1)
        table.put({"id": 2, "name": "a", "tags": ["x", "y"]})
        table.put({"id": 4, "name": "b"})
        table.put({"id": 1, "name": "d"})
        store.sequence("acme/thing")
        raise Undo
    assert (scanned(store), store.table(THINGS).raw()) == before
    table = store.table(THINGS)
    assert (table.keys_of("name", "a"), table.keys_of("name", "b"), table.keys_of("name", "d")) == (
        [1],
        [2],
        [],
    )
    assert (table.keys_of("tags", "x"), table.keys_of("tags", "y")) == ([1], [])
    with store.transaction():
        assert store.sequence("acme/thing") == 1


def test_inner_transaction_is_part_of_the_outer(store: Store) -> None:
    with suppress(Undo), store.transaction():
        with store.transaction():
            store.table(THINGS).put({"id": 1})
        raise Undo
    assert scanned(store) == []


def test_a_failed_attempt_is_undone_alone(store: Store) -> None:
    """Seen to fail with an attempt that undoes nothing, and with one that undoes all."""
    put(store, {"id": 1, "name": "a"}, {"id": 2, "name": "b"})
    with store.transaction():
        table = store.table(THINGS)
        table.put({"id": 3, "name": "c"})
        with suppress(Undo), store.attempt():
            table.put({"id": 1, "name": "z"})
            table.put({"id": 4, "name": "d"})
            table.delete(2)
            raise Undo
        with store.attempt():
            table.put({"id": 5, "name": "d"})
    assert [(row["id"], row["name"]) for row in scanned(store)] == [(1, "a"), (2, "b"), (3, "c"), (5, "d")]
    assert store.table(THINGS).keys_of("name", "z") == []


def test_a_transaction_with_a_failed_attempt_can_be_undone(store: Store) -> None:
    """Seen to fail with a row that lost its place when the attempt failed."""
    put(store, {"id": 1, "name": "a"}, {"id": 2, "name": "b"})
    before = scanned(store)
    with suppress(Undo), store.transaction():
        store.table(THINGS).delete(1)
        with suppress(Undo), store.attempt():
            store.table(THINGS).put({"id": 1, "name": "z"})
            raise Undo
        raise Undo
    assert scanned(store) == before


def test_an_attempt_needs_a_transaction(store: Store) -> None:
    with pytest.raises(RuntimeError), store.attempt():
        pass


def test_after_a_rollback_transactions_work_again(store: Store) -> None:
    with suppress(Undo), store.transaction():
        raise Undo
    put(store, {"id": 1})
    assert scanned(store) == [{"id": 1}]
    with pytest.raises(RuntimeError):
        store.table(THINGS).put({"id": 2})


def test_sequences_count_by_themselves(store: Store) -> None:
    with store.transaction():
        assert [store.sequence("acme/a") for _ in range(3)] == [1, 2, 3]
        assert [store.sequence("acme/b", start=1000) for _ in range(2)] == [1000, 1001]
        assert store.sequence("other/a") == 1


def test_transactions_of_threads_do_not_mix(store: Store) -> None:
    """Seen to fail with the lock taken out of transaction(), once there was a pause to be overtaken in."""

    def count() -> None:
        for _ in range(20):
            with store.transaction():
                current = store.table(THINGS).get(1) or {"id": 1, "count": 0}
                time.sleep(0.0005)
                store.table(THINGS).put({"id": 1, "count": current["count"] + 1})

    threads = [threading.Thread(target=count) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert scanned(store) == [{"id": 1, "count": 160}]


# --- what others see -----------------------------------------------------------------


def test_sink_sees_each_commit_once_with_its_last_values(make: Callable[..., Store]) -> None:
    seen: list[list[Change]] = []
    store = make(sink=seen.append)
    with store.transaction():
        store.table(THINGS).put({"id": 1})
        store.table(THINGS).put({"id": 1, "a": 1})
        store.table(THINGS).put({"id": 2})
        store.table(THINGS).delete(2)
    with suppress(Undo), store.transaction():
        store.table(THINGS).put({"id": 3})
        raise Undo
    with store.transaction():
        pass
    assert seen == [[("acme/things", 1, b'{"id":1,"a":1}'), ("acme/things", 2, None)]]


def test_a_commit_that_cannot_be_written_down_is_undone(make: Callable[..., Store]) -> None:
    def fail(_: list[Change]) -> None:
        raise OSError("disk full")

    store = make(sink=fail)
    with pytest.raises(OSError, match="disk full"):
        put(store, {"id": 1})
    assert scanned(store) == []


def fixture_of(*documents: Document) -> Frozen:
    nursery = Store()
    put(nursery, *documents)
    return nursery.freeze("acme")


def test_fixture_is_shared_until_a_store_writes(make: Callable[..., Store]) -> None:
    """Seen to fail with _own() not copying rows, and with it not copying lookups."""
    frozen = fixture_of({"id": 1, "name": "a", "tags": ["x"]})
    first, second = (make(load=lambda name: frozen if name == "acme" else None) for _ in range(2))
    assert scanned(first) == scanned(second)
    put(first, {"id": 1, "name": "b"}, {"id": 2, "name": "c", "tags": ["x"]})
    for store in (second, make(load=lambda _: frozen)):
        assert scanned(store) == [{"id": 1, "name": "a", "tags": ["x"]}]
        assert store.table(THINGS).keys_of("tags", "x") == [1]
        assert store.table(THINGS).keys_of("name", "b") == []


def test_forgotten_namespace_begins_again(make: Callable[..., Store]) -> None:
    frozen = fixture_of({"id": 1, "name": "a"})
    store = make(load=lambda name: frozen if name == "acme" else None)
    put(store, {"id": 2})
    put(store, {"id": 5}, into=Collection("other/things"))
    store.forget("acme")
    assert scanned(store) == [{"id": 1, "name": "a"}]
    assert scanned(store, Collection("other/things")) == [{"id": 5}]
    store.forget()
    assert scanned(store, Collection("other/things")) == []


def test_fixture_that_cannot_be_loaded_fails_each_time(make: Callable[..., Store]) -> None:
    """Seen to fail with the namespace marked before it was loaded: the second touch found it empty."""

    def fail(_: str) -> Frozen:
        raise ValueError("bad fixture")

    store = make(load=fail)
    for _ in range(2):
        with pytest.raises(ValueError, match="bad fixture"):
            store.table(THINGS)


def test_tables_are_those_that_hold_something(store: Store) -> None:
    store.table(THINGS)
    put(store, {"id": 1}, into=Collection("acme/others"))
    put(store, {"id": 1}, into=Collection("acmetoo/others"))
    assert list(store.tables("acme")) == ["acme/others"]
    assert list(store.tables()) == ["acme/others", "acmetoo/others"]


def test_the_next_id_is_nobodys() -> None:
    """A document may stand where its counter has not been yet. Seen to fail with `sequence` in its place."""
    store, things = Store(), Collection("acme/things")
    with store.transaction():
        store.table(things).put({"id": 2, "name": "put by hand"})
        ids = [store.next_id(things, "thing", start=1)]
        store.table(things).put({"id": ids[0]})
        ids.append(store.next_id(things, "thing", start=1))
    assert ids == [1, 3]
