"""Instants as Altcraft prints them: UTC, milliseconds, Z (guide, Get profile data)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simulator.kernel.clock import to_milliseconds
from simulator.kernel.world import World

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEAST_MILLISECONDS = 100_000_000_000
"""Numbers from here on count milliseconds; as seconds they would be after the year 5138."""


def now(world: World) -> str:
    return to_milliseconds(world.clock.now())


def read(text: str) -> str:
    """A day or an instant, UTC without an offset, as it is printed. Raises ValueError, OverflowError."""
    instant = datetime.fromisoformat(text)
    return to_milliseconds(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


def counted(number: int) -> str:
    """Seconds or milliseconds since 1970 as an instant is printed. Raises OverflowError."""
    unit = 1000 if abs(number) >= LEAST_MILLISECONDS else 1
    return to_milliseconds(EPOCH + timedelta(seconds=number / unit))
