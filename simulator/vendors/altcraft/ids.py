"""Ids like those of the documents: 24 hexadecimal digits, the first eight the second of their making."""

from __future__ import annotations

import hashlib

from simulator.kernel.world import World


def new_id(world: World) -> str:
    """An id that no profile of this world has."""
    drawn = hashlib.blake2b(world.token("altcraft/id").encode(), digest_size=8).hexdigest()
    # four bytes, as in an ObjectID: from 2106 on they begin again
    return f"{int(world.clock.now().timestamp()) & 0xFFFFFFFF:08x}{drawn}"


def digest(text: str, digits: int) -> str:
    """So many hexadecimal digits that stand for `text`."""
    return hashlib.blake2b(text.encode(), digest_size=digits // 2).hexdigest()
