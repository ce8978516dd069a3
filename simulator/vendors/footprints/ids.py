"""Ids like those of the documents."""

from __future__ import annotations

from simulator.kernel.ids import digest, object_id
from simulator.kernel.world import World


def new_id(world: World) -> str:
    """An id that no stored thing of this world has."""
    return object_id(world, "footprints/id")


def new_hash(world: World, kind: str) -> str:
    """64 hexadecimal digits, as a visitor's or a device's id has them."""
    return digest(world.token(f"footprints/{kind}"), 64)
