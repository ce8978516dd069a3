"""The world's time. The only module that reads the computer's own clock.

Real: the computer's clock plus an offset. Frozen: an instant that stands until moved.
During a request, and during a piece of due work, `now()` is one fixed instant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Literal

import isodate

from simulator.kernel.store import Collection, Store

Mode = Literal["real", "frozen"]
CLOCK = Collection("simulator/clock")
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
LATEST = datetime(9000, 1, 1, tzinfo=UTC)


class ClockRange(ValueError):
    """The instant asked for is outside what a world can be set to (1970 to 8999)."""


def system_now() -> datetime:
    return datetime.now(UTC)


def to_text(instant: datetime) -> str:
    """RFC 3339 in UTC, microseconds only where there are any: `2024-01-01T00:00:00Z`."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def to_milliseconds(instant: datetime) -> str:
    """In UTC, with three digits after the second, whatever they are: `2024-01-01T00:00:00.000Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_instant(text: str) -> datetime:
    """An ISO 8601 instant; without a zone it is UTC. Raises ValueError."""
    instant = datetime.fromisoformat(text)
    instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant
    return within_range(lambda: instant.astimezone(UTC))


def parse_duration(value: str | int | float) -> timedelta:
    """Seconds, or an ISO 8601 duration such as `PT1H` or `P3D`. Raises ValueError."""
    try:
        if not isinstance(value, str):
            return timedelta(seconds=value)
        parsed = isodate.parse_duration(value, as_timedelta_if_possible=True)
    except OverflowError as error:
        raise ClockRange(f"{value} is longer than any clock runs") from error
    if not isinstance(parsed, timedelta):
        raise ValueError("months and years have no fixed length; give days")
    return parsed


def within_range(instant: Callable[[], datetime]) -> datetime:
    """The instant computed, if a world can be there. Raises ClockRange."""
    try:
        found = instant()
    except OverflowError as error:
        raise ClockRange(str(error)) from error
    if not EARLIEST <= found < LATEST:
        raise ClockRange(f"{found.year} is not between 1970 and 8999")
    return found


class Clock:
    """Time of one world, kept in its store so that it is reset and saved with the rest."""

    def __init__(self, store: Store, start: datetime | None, system: Callable[[], datetime]) -> None:
        self._store = store
        self._start = start
        self._system = system
        self._fixed: datetime | None = None

    @property
    def mode(self) -> Mode:
        return "frozen" if "instant" in self._setting() else "real"

    def now(self) -> datetime:
        return self._fixed or self._reading()

    def _setting(self) -> dict[str, str]:
        stored = self._store.table(CLOCK).get("clock")
        if stored is not None:
            return stored
        return {"instant": self._start.isoformat()} if self._start else {"offset_us": "0"}

    def _reading(self) -> datetime:
        setting = self._setting()
        if "instant" in setting:
            return datetime.fromisoformat(setting["instant"])
        return self._system() + timedelta(microseconds=int(setting["offset_us"]))

    def set(self, now: datetime, mode: Mode | None = None) -> None:
        """Be at `now`, and go on from there or stand still, as `mode` says (default: as before)."""
        setting: dict[str, str] = {"id": "clock"}
        if (mode or self.mode) == "frozen":
            setting["instant"] = now.isoformat()
        else:
            setting["offset_us"] = str((now - self._system()) // timedelta(microseconds=1))
        with self._store.transaction():
            self._store.table(CLOCK).put(setting)
        if self._fixed is not None:
            self._fixed = now

    def restart(self, start: datetime | None) -> None:
        """The store was emptied: time is again what the world was born with."""
        self._start = start
        if self._fixed is not None:
            self._fixed = self._reading()

    @contextmanager
    def fixed(self, instant: datetime | None = None) -> Iterator[datetime]:
        """Hold `now()` still, at `instant` or at what it is."""
        outer = self._fixed
        self._fixed = instant or self.now()
        try:
            yield self._fixed
        finally:
            # a clock moved meanwhile has moved for whoever held it before us, too
            self._fixed = outer if instant or outer is None else self._fixed
