"""Resources that a token sees, and the fields of subscriptions to them."""

from __future__ import annotations

from typing import Any

from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.databases.schemas import field
from simulator.vendors.altcraft.resources.fields import SYSTEM, custom


def fields(world: World, caller: Caller, id: int, channel: str) -> list[dict[str, Any]]:
    """The fields of subscriptions to that channel, the account's own first. Raises NotFound."""
    world.assume(rules.SUBSCRIPTION_SYSTEM_FIELDS)
    resource = caller.resource(world, id)
    own = [field(one, "custom") for one in custom(resource, channel)]
    return own + [field(one, "system") for one in SYSTEM]
