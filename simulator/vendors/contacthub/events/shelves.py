"""The events of a node by date, a page of them read without reading the others.

An index has each event under its year, month, day and hour. What lies before the page is
counted by the largest of these that fit, what lies on it is read by the smallest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, overload

from simulator.kernel.store import Document, Table

YEARS = range(3000, 1798, -1)  # what the contract takes, and a day more for offsets
FEW = 20
HOUR = len("2024-02-20T10")


class Shelves(Sequence[Document]):
    """Events of one node between two instants as kept in `date` (None: any), newest first, at most `most`."""

    def __init__(self, table: Table, node: str, first: str | None, last: str | None, most: int) -> None:
        self._table, self._node, self._most = table, node, most
        self._first, self._last = first or "", last or "~"

    def __len__(self) -> int:
        return min(self._most, sum(self._count(str(year)) for year in YEARS))

    @overload
    def __getitem__(self, place: int) -> Document: ...
    @overload
    def __getitem__(self, place: slice) -> list[Document]: ...
    def __getitem__(self, place: int | slice) -> Any:
        start, stop, _ = place.indices(self._most) if isinstance(place, slice) else (place, place + 1, 1)
        found = list(islice(self._from(start), max(0, min(stop, self._most) - start)))
        return found if isinstance(place, slice) else found[0]

    def _from(self, skip: int) -> Iterator[Document]:
        for year in YEARS:
            shelf = str(year)
            count = self._count(shelf)
            if skip < count:
                yield from self._inside(shelf, skip)
            skip = max(0, skip - count)

    def _inside(self, shelf: str, skip: int) -> Iterator[Document]:
        if self._is_small(shelf):
            yield from self._read(shelf)[skip:]
            return
        for part in _parts(shelf):
            count = self._count(part)
            if skip < count:
                yield from self._inside(part, skip)
            skip = max(0, skip - count)

    def _count(self, shelf: str) -> int:
        low, high = self._first[: len(shelf)], self._last[: len(shelf)]
        if not low <= shelf <= high:
            return 0
        if low < shelf < high:
            return len(self._table.keys_of("shelf", (self._node, shelf)))
        if self._is_small(shelf):
            return len(self._read(shelf))
        return sum(self._count(part) for part in _parts(shelf))

    def _is_small(self, shelf: str) -> bool:
        return len(shelf) == HOUR or len(self._table.keys_of("shelf", (self._node, shelf))) <= FEW

    def _read(self, shelf: str) -> list[Document]:
        found = self._table.find("shelf", (self._node, shelf))
        return newest_first(event for event in found if self._first <= event["date"] <= self._last)


def newest_first(events: Iterable[Document]) -> list[Document]:
    """By date; at the same instant, what was registered last comes first."""
    return sorted(
        events,
        key=lambda event: (event["date"], event["seen"]["registeredAt"], event.get("number", 0)),
        reverse=True,
    )


def _parts(shelf: str) -> list[str]:
    """A year's months, a month's days, a day's hours; the last one first."""
    if len(shelf) == len("2024"):
        return [f"{shelf}-{month:02}" for month in range(12, 0, -1)]
    if len(shelf) == len("2024-02"):
        return [f"{shelf}-{day:02}" for day in range(31, 0, -1)]
    return [f"{shelf}T{hour:02}" for hour in range(23, -1, -1)]
