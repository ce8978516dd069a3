"""Imports: each item changes every row with its merge key, or becomes a row (datasource page, import/json).

imports  id, time, object, merge_key, tags, total, inserted, updated, row_errors, invalid_properties,
         problems: the first of what was wrong with which item, for the developer: [{item, property?, reason}]
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from simulator.kernel.clock import to_text
from simulator.kernel.errors import Conflict, Invalid
from simulator.kernel.store import Collection, Document
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.datasources.rows import Reading, Rows, opened
from simulator.vendors.infact.state import Customer, Object

IMPORTS = Collection("infact/imports")
MOST_PROBLEMS = 100


@dataclass
class Tally:
    """What an import did: items by outcome, dropped values by property, and the first problems in words."""

    inserted: int = 0
    updated: int = 0
    row_errors: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    problems: list[dict[str, Any]] = field(default_factory=list)

    def note(self, item: int, reason: str, name: str | None = None) -> None:
        if len(self.problems) < MOST_PROBLEMS:
            place = {"item": item} if name is None else {"item": item, "property": name}
            self.problems.append({**place, "reason": reason})

    def drop(self, item: int, reading: Reading) -> None:
        for names, reason in ((reading.unknown, "not in the scheme"), (reading.unfit, "unfit value")):
            self.dropped.update(names)
            for name in names:
                self.note(item, reason, name)


@dataclass(frozen=True)
class Result:
    """The import as its caller is told of it; `ticks` of 100 ns is how long it took."""

    id: int
    total: int
    imported: int
    row_errors: int
    invalid_properties: int
    errors: int
    ticks: int


def import_items(
    world: World, customer: Customer, found: Object, items: list[Any], *, merge_key: str, tags: list[str]
) -> Result:
    """Merge `items` in order. Raises Invalid for a merge key the object does not have or allow."""
    if merge_key not in found.merge_keys or merge_key not in found.properties:
        world.assume(rules.MERGE_KEY)
        raise Invalid({"MergeKey": [f"'{merge_key}' is not a merge key of '{found.name}'."]})
    tally = Tally()
    with opened(world, customer, found) as rows:
        merge = _Merge(rows, merge_key, list(dict.fromkeys(tags)), tally)
        for index, item in enumerate(items):
            merge.take(index, item)
        if len(items) > 1:
            rows.guess(rules.IMPORT_ORDER)
    number = world.store.next_id(IMPORTS, "import")
    _keep(world, number, found, merge, len(items))
    return _result(world, number, tally, len(items))


@dataclass
class _Merge:
    """One import at work."""

    rows: Rows
    merge_key: str
    tags: list[str]
    tally: Tally

    def take(self, index: int, item: Any) -> None:
        if not isinstance(item, dict):
            self._refuse(index, "no object")
            return
        reading = self.rows.read(item)
        values = reading.values
        if reading.unknown or reading.unfit:
            self.tally.drop(index, reading)
        value = values.get(self.merge_key)
        keyed = value is not None and value != ""
        keys = self.rows.table.keys_of(self.merge_key, value) if keyed else []
        if not keys:
            self._insert(index, values, keyed)
            return
        for key in keys:
            self._update(self.rows.table[key], values)
        if None in values.values():
            self.rows.guess(rules.IMPORT_NULL)
        self.tally.updated += 1

    def _insert(self, index: int, values: dict[str, Any], keyed: bool) -> None:
        if keyed:
            self.rows.guess(rules.IMPORT_NO_MATCH)
        try:
            self.rows.insert(values, self.tags)
            self.tally.inserted += 1
        except Conflict as conflict:
            self._refuse(index, conflict.detail)

    def _update(self, row: Document, values: dict[str, Any]) -> None:
        kept, key = row["values"], self.rows.key
        if values.get(key, row["id"]) != row["id"]:
            self.rows.guess(rules.IMPORT_KEEPS_ID)
        merged = kept | values
        merged[key] = row["id"]
        tags = row["tags"] + [tag for tag in self.tags if tag not in row["tags"]]
        if merged != kept or len(tags) > len(row["tags"]):
            self.rows.table.put({"id": row["id"], "values": merged, "tags": tags})

    def _refuse(self, index: int, reason: str) -> None:
        self.rows.guess(rules.IMPORT_ROW_ERROR)
        self.tally.row_errors += 1
        self.tally.note(index, reason)


def _result(world: World, number: int, tally: Tally, total: int) -> Result:
    counted = world.assume(rules.IMPORTED_COUNT)
    invalid = 0
    if tally.dropped:
        by_name = world.assume(rules.INVALID_PROPERTIES) == "names"
        invalid = len(tally.dropped) if by_name else tally.dropped.total()
    errors = tally.row_errors + invalid
    if errors and world.assume(rules.ERRORS_COUNT) == "import":
        errors = 0
    return Result(
        id=number,
        total=total,
        imported=tally.inserted if counted == "inserted" else tally.updated,
        row_errors=tally.row_errors,
        invalid_properties=invalid,
        errors=errors,
        ticks=max(0, world.assume(rules.IMPORT_DURATION)) * total,
    )


def _keep(world: World, number: int, found: Object, merge: _Merge, total: int) -> None:
    tally = merge.tally
    world.store.table(IMPORTS).put(
        {
            "id": number,
            "time": to_text(world.clock.now()),
            "object": found.key,
            "merge_key": merge.merge_key,
            "tags": merge.tags,
            "total": total,
            "inserted": tally.inserted,
            "updated": tally.updated,
            "row_errors": tally.row_errors,
            "invalid_properties": tally.dropped.total(),
            "problems": tally.problems,
        }
    )
