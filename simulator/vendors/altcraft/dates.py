"""Instants as Altcraft prints them: UTC, milliseconds, Z (guide, Get profile data)."""

from __future__ import annotations

from datetime import UTC, datetime

from simulator.kernel.world import World


def now(world: World) -> str:
    return printed(world.clock.now())


def printed(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"
