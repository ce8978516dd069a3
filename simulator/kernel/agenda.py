"""Work that falls due: schedules, jobs, expiries. Nothing sleeps, nothing runs in the background.

An item is a document (`due`, `vendor`, `work`, `data`); it runs when its world is next
touched after its due instant, in due order, in a transaction of its own, with the clock
showing that instant.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from simulator.kernel.clock import Clock, to_text
from simulator.kernel.store import Collection, Store

AGENDA = Collection("simulator/agenda")
MOST_AT_ONCE = 10_000

log = logging.getLogger(__name__)
Work = Callable[[str, str, dict[str, Any]], None]
"""(vendor, work, data): carries one item out."""


@dataclass(frozen=True)
class Ran:
    """One piece of work that was done, or that failed, and when it was due."""

    due: datetime
    vendor: str
    work: str
    data: dict[str, Any]
    error: str | None = None

    def describe(self) -> dict[str, Any]:
        row = {"due": to_text(self.due), "vendor": self.vendor, "work": self.work, "data": self.data}
        return row if self.error is None else row | {"error": self.error}


class Agenda:
    """Due work of one world, kept in its store."""

    def __init__(self, store: Store, clock: Clock, carry_out: Work) -> None:
        self._store = store
        self._clock = clock
        self._carry_out = carry_out
        self._heap: list[tuple[str, int]] = []

    def add(self, due: datetime, vendor: str, work: str, data: dict[str, Any]) -> int:
        """Plan `work` for `due`; part of the caller's transaction. Returns the item's id."""
        item = self._store.sequence("simulator/agenda-item")
        instant = due.astimezone(UTC).isoformat(timespec="microseconds")
        document = {"id": item, "due": instant, "vendor": vendor, "work": work, "data": data}
        self._store.table(AGENDA).put(document)
        heapq.heappush(self._heap, (instant, item))
        return item

    def pending(self) -> list[dict[str, Any]]:
        return sorted(self._store.table(AGENDA).scan(), key=lambda item: (item["due"], item["id"]))

    def next_due(self) -> datetime | None:
        """When the next item is due, if there is one."""
        table = self._store.table(AGENDA)
        if len(self._heap) < len(table):
            self._heap = [(item["due"], item["id"]) for item in table.scan()]
            heapq.heapify(self._heap)
        while self._heap:
            due, key = self._heap[0]
            item = table.get(key)
            if item is not None and item["due"] == due:
                return datetime.fromisoformat(due)
            # done already, or planned in a transaction that was undone
            heapq.heappop(self._heap)
        return None

    def forget(self) -> None:
        """The store was changed from outside: read the items again when next asked."""
        self._heap = []

    def run_due(self, until: datetime) -> list[Ran]:
        """Do what is due by `until`, including what that work itself plans by then."""
        done: list[Ran] = []
        while len(done) < MOST_AT_ONCE:
            due = self.next_due()
            if due is None or due > until:
                break
            done.append(self._run(self._heap[0][1], due))
        return done

    def _run(self, key: int, due: datetime) -> Ran:
        table = self._store.table(AGENDA)
        item = table[key]
        ran = Ran(due, item["vendor"], item["work"], item["data"])
        try:
            with self._clock.fixed(due), self._store.transaction():
                table.delete(key)
                self._carry_out(ran.vendor, ran.work, ran.data)
        except Exception as error:
            log.exception("%s %s, due %s, failed", ran.vendor, ran.work, to_text(due))
            with self._store.transaction():
                table.delete(key)
            return Ran(due, ran.vendor, ran.work, ran.data, repr(error))
        return ran
