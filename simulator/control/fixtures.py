"""Fixtures: list them, and begin the addressed world again from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import Response

from simulator.control.problems import Problem
from simulator.control.wire import answer, body, entered, gateway, query, vendor_named, worlds
from simulator.control.worlds import fixtures_of
from simulator.kernel.routes import Routes
from simulator.kernel.world import World

routes = Routes()


@routes.get("/fixtures", "listFixtures")
def list_fixtures() -> Response:
    with entered() as (world, _):
        return _listed(world)


@routes.post("/fixtures", "loadDocuments")
def load_documents() -> Response:
    for name in body():
        vendor_named(name, at=f"body /{name}")
    return _begin_again(fixtures=body())


@routes.post("/fixtures/<name>", "loadFixture")
def load_fixture(name: str) -> Response:
    only = query().get("vendor")
    for found in [vendor_named(only, at="query /vendor").name] if only else gateway().vendors:
        names = worlds().fixtures.names(found)
        if name not in names:
            raise Problem(404, f"no fixture {name!r} for {found}; there are {', '.join(names)}")
    return _begin_again(fixtures={only: name}) if only else _begin_again(fixture=name, fixtures=None)


def _begin_again(*, fixtures: Mapping[str, Any] | None, fixture: str | None = None) -> Response:
    """Reset the world to these fixtures of some vendors, or to one for all."""
    with entered() as (world, _):
        birth = world.birth
        if fixture is None:
            birth = replace(birth, fixtures={**birth.fixtures, **(fixtures or {})})
        else:
            birth = replace(birth, fixture=fixture, fixtures={})
        worlds().reset(world, birth)
        return _listed(world)


def _listed(world: World) -> Response:
    names = list(gateway().vendors)
    current = dict.fromkeys(names, world.birth.fixture) | fixtures_of(world.birth)
    return answer({"current": current, "fixtures": {name: worlds().fixtures.names(name) for name in names}})
