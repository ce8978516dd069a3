"""Ids: uuids drawn from the world's own randomness."""

from __future__ import annotations

import uuid

from simulator.kernel.world import World


def new(world: World) -> str:
    """A uuid of version 4, as text."""
    return str(uuid.UUID(bytes=world.random("contacthub/id").randbytes(16), version=4))
