"""Many profiles in one request: each by itself, in order, and told of by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulator.kernel.errors import DomainError, Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.errors import refusal
from simulator.vendors.altcraft.wire import SUCCESS

Write = Callable[[World, Caller, Document, Mapping[str, Any]], Document]
ADVISED = 10_000
BESIDE = ("email", "phone", "profile_id", "field_value")
"""Search values that could mean one profile only (altcraft.batch-search-value)."""


def carry_out(world: World, caller: Caller, sent: Mapping[str, Any], write: Write) -> list[dict[str, Any]]:
    """What became of each profile in the `data` of `sent`; the other members hold for all of them.

    Raises NotFound for the database, Invalid for a batch that is too long.
    """
    database = caller.database(world, sent["db_id"])
    items = sent["data"]
    if len(items) > ADVISED and world.assume(rules.BATCH_HARD_LIMIT) == "refuse":
        raise Invalid({"/data": ["is too long"]}, f"/data has more than {ADVISED} profiles")
    if not items:
        world.assume(rules.EMPTY_BATCH)
    world.assume(rules.BATCH_ITEM)
    shared = {name: value for name, value in sent.items() if name not in BESIDE} | {"of_batch": True}
    return [_tried(world, caller, database, write, _one(shared, item)) for item in items]


def _one(shared: Mapping[str, Any], item: Any) -> dict[str, Any]:
    """The request for one profile of the batch, from which its search value is read."""
    if not isinstance(item, dict) or "profile_id" not in item:
        return {**shared, "data": item}
    data = {name: value for name, value in item.items() if name != "profile_id"}
    return {**shared, "data": data, "profile_id": item["profile_id"]}


def _tried(
    world: World, caller: Caller, database: Document, write: Write, one: Mapping[str, Any]
) -> dict[str, Any]:
    try:
        with world.store.attempt():
            return {**SUCCESS, "profile_id": write(world, caller, database, one)["id"]}
    except DomainError as error:
        if world.assume(rules.BATCH_ATOMIC):
            raise
        return refusal(world, error)
