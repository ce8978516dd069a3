"""Instants as Altcraft prints them: UTC, milliseconds, Z (guide, Get profile data)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from simulator.kernel.world import World

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LEAST_MILLISECONDS = 100_000_000_000
"""Numbers from here on count milliseconds; as seconds they would be after the year 5138."""


def now(world: World) -> str:
    return printed(world.clock.now())


def printed(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def read(text: str) -> str:
    """A day or an instant, UTC without an offset, as it is printed. Raises ValueError, OverflowError."""
    instant = datetime.fromisoformat(text)
    return printed(instant if instant.tzinfo else instant.replace(tzinfo=UTC))


def counted(number: int) -> str:
    """Seconds or milliseconds since 1970 as an instant is printed. Raises OverflowError."""
    unit = 1000 if abs(number) >= LEAST_MILLISECONDS else 1
    return printed(EPOCH + timedelta(seconds=number / unit))
