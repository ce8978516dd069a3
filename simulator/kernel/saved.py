"""What a state file says: every world's birth and documents, as TinyDB keeps tables in JSON.

    {"_simulator": {"1": {"id": "file", "format": 1, "generation": 7, "version": "0.1.0"},
                    "2": {"id": "world default", "birth": {…}, "complete": ["infact", "simulator"]}},
     "default/infact/customers": {"1": {"id": 17, …}, "2": {"id": 18, …}}}

TinyDB numbers documents as it likes; a document's own `id` is its key. `complete` names
the namespaces that are all in the file; any other is the fixture plus what the file has of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

import orjson

from simulator.kernel.store import Change, Key, Rows
from simulator.kernel.world import Birth

META = "_simulator"
FORMAT = 1


class BadStateFile(Exception):
    """The state file cannot be used; the message says which file and why, in one sentence."""


@dataclass
class SavedWorld:
    """One world as saved: `tables` of the `complete` namespaces, and `later` changes of the others."""

    birth: Birth
    complete: set[str] = field(default_factory=set)
    tables: dict[str, Rows] = field(default_factory=dict)
    later: list[Change] = field(default_factory=list)

    def apply(self, change: Change) -> None:
        name, key, raw = change
        if name.partition("/")[0] not in self.complete:
            self.later.append(change)
        elif raw is None:
            self.tables.get(name, {}).pop(key, None)
        else:
            self.tables.setdefault(name, {})[key] = raw

    def of(self, namespace: str) -> dict[str, Rows]:
        return {name: rows for name, rows in self.tables.items() if name.partition("/")[0] == namespace}


@dataclass
class Saved:
    """All worlds, as they were when journal `generation` was begun."""

    generation: int = 0
    worlds: dict[str, SavedWorld] = field(default_factory=dict)

    def play(self, record: list[Any]) -> None:
        """One record of a journal: `born` birth, `gone` world, or `changed` world changes."""
        what, about, *rest = record
        if what == "born":
            birth = birth_of(about)
            self.worlds[birth.name] = SavedWorld(birth)
        elif what == "gone":
            self.worlds.pop(about, None)
        elif about in self.worlds:
            for name, key, document in rest[0]:
                raw = None if document is None else orjson.dumps(document)
                self.worlds[about].apply((name, key, raw))


def birth_row(birth: Birth) -> dict[str, Any]:
    row = {each.name: getattr(birth, each.name) for each in fields(Birth)}
    return row | {"start": birth.start.isoformat() if birth.start else None}


def birth_of(row: Mapping[str, Any]) -> Birth:
    """Raises TypeError or ValueError for what is no birth."""
    start = row["start"]
    return Birth(**{**row, "start": datetime.fromisoformat(start) if start else None})


# --- writing -----------------------------------------------------------------------


def written(saved: Saved, version: str) -> Iterator[bytes]:
    """The file's bytes, a table at a time, with one document on each line."""
    meta: list[dict[str, Any]] = [
        {"id": "file", "format": FORMAT, "generation": saved.generation, "version": version}
    ]
    for name, world in saved.worlds.items():
        row = {"id": f"world {name}", "birth": birth_row(world.birth), "complete": sorted(world.complete)}
        meta.append(row)
    yield b"{\n" + _table(META, [orjson.dumps(row) for row in meta])
    for name, world in saved.worlds.items():
        for collection, rows in world.tables.items():
            yield b",\n" + _table(f"{name}/{collection}", list(rows.values()))
    yield b"\n}\n"


def _table(name: str, documents: list[bytes]) -> bytes:
    lines = (b'"%d":%b' % numbered for numbered in enumerate(documents, 1))
    return orjson.dumps(name) + b":{\n" + b",\n".join(lines) + b"\n}"


# --- reading -----------------------------------------------------------------------


def parsed(text: bytes, path: object) -> Saved:
    """What the file says. Raises BadStateFile."""
    try:
        tables = orjson.loads(text)
    except ValueError as error:
        raise BadStateFile(f"{path} is not JSON: {error}") from error
    if not isinstance(tables, dict) or not isinstance(tables.get(META), dict):
        raise BadStateFile(f"{path} is no state file of the simulator: it has no table {META}")
    saved = _meta(tables.pop(META), path)
    for name, table in tables.items():
        world = saved.worlds.get(name.partition("/")[0])
        collection = name.partition("/")[2]
        if world is None or "/" not in collection:
            raise BadStateFile(f"{path}: the table {name!r} belongs to no world that is in {META}")
        for change in _documents(name, collection, table, path):
            world.apply(change)
    return saved


def _meta(table: Mapping[str, Any], path: object) -> Saved:
    rows = {row["id"]: row for row in table.values() if isinstance(row, dict) and "id" in row}
    about = rows.pop("file", {})
    if not isinstance(about.get("format"), int) or not isinstance(about.get("generation"), int):
        raise BadStateFile(f"{path}: {META} lacks the document about the file itself")
    if about["format"] > FORMAT:
        raise BadStateFile(f"{path} was written by a later version, {about.get('version')}")
    saved = Saved(about["generation"])
    for row in rows.values():
        try:
            birth, complete = birth_of(row["birth"]), set(row["complete"])
        except (KeyError, TypeError, ValueError) as error:
            raise BadStateFile(f"{path}: {META} describes a world wrongly: {error!r}") from error
        saved.worlds[birth.name] = SavedWorld(birth, complete)
    return saved


def _documents(name: str, collection: str, table: Any, path: object) -> Iterator[Change]:
    if not isinstance(table, dict):
        raise BadStateFile(f"{path}: {name!r} is no table")
    seen: set[Key] = set()
    for number, document in table.items():
        key = document.get("id") if isinstance(document, dict) else None
        if not isinstance(key, int | str) or isinstance(key, bool):
            raise BadStateFile(f"{path}: document {number} of {name!r} has no id, a number or a text")
        if key in seen:
            raise BadStateFile(f"{path}: {name!r} has two documents with the id {key!r}")
        seen.add(key)
        yield collection, key, orjson.dumps(document)
