"""Ids like those of the documents: 24 hexadecimal digits, the first eight the second of their making."""

from __future__ import annotations

import hashlib

from simulator.kernel.world import World


def new_id(world: World) -> str:
    """An id that no stored thing of this world has."""
    drawn = hashlib.blake2b(world.token("footprints/id").encode(), digest_size=8).hexdigest()
    # four bytes, as in an ObjectID: from 2106 on they begin again
    return f"{int(world.clock.now().timestamp()) & 0xFFFFFFFF:08x}{drawn}"


def new_hash(world: World, kind: str) -> str:
    """64 hexadecimal digits, as a visitor's or a device's id has them."""
    return hashlib.blake2b(world.token(f"footprints/{kind}").encode(), digest_size=32).hexdigest()
