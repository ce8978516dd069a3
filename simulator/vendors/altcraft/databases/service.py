"""Databases that a token sees, and the fields of their profiles."""

from __future__ import annotations

from typing import Any

from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.databases.fields import SYSTEM
from simulator.vendors.altcraft.databases.schemas import field


def fields(world: World, caller: Caller, sent: dict[str, Any]) -> list[dict[str, Any]]:
    """The system's fields, then the database's own; `sent` names it as id or db_id. Raises NotFound."""
    world.assume(rules.FIELDS_GET)
    world.assume(rules.SYSTEM_FIELD_TITLES)
    database = caller.database(world, sent["id"] if "id" in sent else sent["db_id"])
    return [field(one, "system") for one in SYSTEM] + [field(one, "custom") for one in database["fields"]]
