"""Ids that are hexadecimal digits, drawn from a world's own randomness."""

from __future__ import annotations

import hashlib

from simulator.kernel.world import World


def digest(text: str, digits: int) -> str:
    """So many hexadecimal digits that stand for `text`."""
    return hashlib.blake2b(text.encode(), digest_size=digits // 2).hexdigest()


def object_id(world: World, kind: str) -> str:
    """24 digits that nothing else of `vendor/kind` has; the first eight tell the second of their making."""
    # four bytes, as in MongoDB's ObjectID: from 2106 on they begin again
    return f"{int(world.clock.now().timestamp()) & 0xFFFFFFFF:08x}{digest(world.token(kind), 16)}"
