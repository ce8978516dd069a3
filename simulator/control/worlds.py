"""Worlds: list, make, describe, forget; and reset of the one addressed.

No world's lock is held while the registry of worlds is changed (see kernel/worlds.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from simulator.control.problems import Problem
from simulator.control.vendors import described
from simulator.control.wire import address, answer, body, entered, nothing, worlds
from simulator.gateway import CONTROL
from simulator.kernel.clock import parse_instant, to_text
from simulator.kernel.routes import Routes
from simulator.kernel.world import PARTS, Birth, World

routes = Routes()


@routes.get("/worlds", "listWorlds")
def list_worlds() -> Response:
    summaries = []
    for world in worlds().all():
        with world.entered():
            summaries.append(_summary(world))
    return answer({"worlds": summaries})


@routes.post("/worlds", "createWorld")
def create_world() -> Response:
    world = worlds().create(_birth(body()))
    whole = _whole(world)
    return answer(whole, 201, {"Location": f"{whole['control_url']}/worlds/{world.name}"})


@routes.get("/worlds/<name>", "getWorld")
def get_world(name: str) -> Response:
    return answer(_whole(_named(name)))


@routes.delete("/worlds/<name>", "deleteWorld")
def delete_world(name: str) -> Response:
    if name == "default":
        raise Problem(409, "the default world stays; POST reset begins it again")
    if not worlds().delete(name):
        raise _no_such(name)
    return nothing()


@routes.post("/reset", "resetWorld")
def reset_world() -> Response:
    parts = body().get("parts", list(PARTS))
    if "ids" in parts and "state" not in parts:
        raise Problem(400, "body /parts: ids go back only with state, or documents would be overwritten")
    with entered() as (world, _):
        worlds().reset(world, parts=parts)
        return answer({"world": world.name, "parts": parts, "clock": time_of(world)})


def time_of(world: World) -> dict[str, str]:
    return {"now": to_text(world.clock.now()), "mode": world.clock.mode}


def fixtures_of(birth: Birth) -> dict[str, str | None]:
    """Fixtures by vendor as a birth names them; None for a document."""
    return {name: None if isinstance(given, Mapping) else given for name, given in birth.fixtures.items()}


def _birth(wanted: Mapping[str, Any]) -> Birth:
    name, clock = wanted.get("name"), wanted.get("clock", "real")
    given = {key: value for key, value in wanted.items() if key not in ("name", "clock")}
    try:
        start = None if clock == "real" else parse_instant(clock)
    except ValueError as error:
        raise Problem(400, f"body /clock: {error}") from error
    return Birth(name=worlds().free_name() if name is None else name, start=start, **given)


def _named(name: str) -> World:
    world = worlds().get(name)
    if world is None:
        raise _no_such(name)
    return world


def _no_such(name: str) -> Problem:
    names = ", ".join(world.name for world in worlds().all())
    return Problem(404, f"no world {name!r}; there are {names}")


def _summary(world: World) -> dict[str, Any]:
    """The caller is in the world."""
    birth = world.birth
    return {
        "name": world.name,
        "control_url": f"{address(world)}/{CONTROL}",
        "fixture": birth.fixture,
        "fixtures": fixtures_of(birth),
        "seed": birth.seed,
        "clock": time_of(world),
        "ttl_seconds": birth.ttl_seconds,
        "unique_credentials": birth.unique_credentials,
        "assume": dict(birth.assume),
    }


def _whole(world: World) -> dict[str, Any]:
    with world.entered():
        return _summary(world) | {"vendors": described(world)}
