"""One vendor of one's own for each test, spoken to over HTTP.

Worlds share the vendor's application and planted fixtures, which no test can change; the rest is their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, ClassVar, cast

from werkzeug.test import Client, TestResponse

from simulator.control import create_control
from simulator.data import FixtureFiles
from simulator.gateway import WORLD_HEADER, Gateway
from simulator.kernel.clock import parse_instant
from simulator.kernel.pipeline import Policy
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth, World
from simulator.kernel.worlds import Worlds


@dataclass(frozen=True)
class OneWorld:
    """A WSGI application: `gateway`, each request sent to the world `name`."""

    gateway: Gateway
    name: str

    def __call__(self, environ: Any, start_response: Any) -> Any:
        return self.gateway(environ | {WORLD_HEADER: self.name}, start_response)


@dataclass
class Simulated:
    """One world with a client to one vendor in it."""

    vendor: ClassVar[str]
    world: World
    client: Client

    @cached_property
    def control(self) -> Client:
        """A client of the control API of the same worlds; it names this one."""
        worlds = cast(OneWorld, self.client.application).gateway.worlds
        return Client(OneWorld(Gateway(worlds, Policy(), create_control), self.world.name))

    def move_to(self, instant: str | datetime) -> None:
        """Set the clock and do what falls due on the way."""
        at = parse_instant(instant) if isinstance(instant, str) else instant
        with self.world.entered():
            self.world.agenda.run_due(at)
            self.world.clock.set(at)

    @property
    def outbox(self) -> list[dict[str, Any]]:
        """All messages, once the work due now is done."""
        with self.world.entered():
            return list(self.world.outbox.messages())

    def kept(self, name: str) -> list[dict[str, Any]]:
        """The stored documents of a collection, such as `customers`, oldest first."""
        with self.world.entered():
            found = self.world.store.tables().get(f"{self.vendor}/{name}")
            return list(found.scan()) if found else []

    def state(self) -> dict[str, dict[Any, bytes]]:
        """Every stored document, to see that something left no trace."""
        return {name: dict(table.raw()) for name, table in self.world.store.tables().items()}


class WithMethods(Simulated):
    """A vendor of which clients use several HTTP methods."""

    def call(self, *request: Any, **options: Any) -> TestResponse:
        """(method, path, body): as the vendor's clients send it; each vendor's tests have their own way."""
        raise NotImplementedError

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(self, path: str, *body: Any, **options: Any) -> TestResponse:
        return self.call("POST", path, *body, **options)

    def put(self, path: str, *body: Any, **options: Any) -> TestResponse:
        return self.call("PUT", path, *body, **options)

    def patch(self, path: str, *body: Any, **options: Any) -> TestResponse:
        return self.call("PATCH", path, *body, **options)

    def delete(self, path: str, *body: Any, **options: Any) -> TestResponse:
        return self.call("DELETE", path, *body, **options)


@cache
def gateway(vendor: str, judged: bool) -> Gateway:
    """`vendor` alone, without a world yet; `judged` holds its answers to the contract."""

    def no_control(_: Gateway) -> Any:
        raise AssertionError("a vendor's tests do not use the control API")

    worlds = Worlds({vendor: discover()[vendor]}, FixtureFiles())
    return Gateway(worlds, Policy(check_responses=judged, raise_faults=True), no_control)


Make = Callable[..., tuple[World, Client, dict[str, Any]]]


@contextmanager
def worlds_of(vendor: str, day: str) -> Iterator[Make]:
    """Makes worlds: from a fixture by name or as a document, with assumptions of its own.

    Each comes with a client, and the vendor's credentials by name. They are forgotten at the end.
    """
    made: list[tuple[Worlds, str]] = []

    def make(
        fixture: str | dict[str, Any] = "docs", clock: str = day, judged: bool = True, **assume: Any
    ) -> tuple[World, Client, dict[str, Any]]:
        found = gateway(vendor, judged)
        world = found.worlds.create(
            Birth(
                name=found.worlds.free_name(),
                fixture=fixture if isinstance(fixture, str) else "empty",
                fixtures={} if isinstance(fixture, str) else {vendor: fixture},
                start=parse_instant(clock),
                assume={f"{vendor}.{name.replace('_', '-')}": value for name, value in assume.items()},
            )
        )
        made.append((found.worlds, world.name))

        with world.entered():
            credentials = found.vendors[vendor].parts.credentials(world)
        return world, Client(OneWorld(found, world.name)), credentials

    yield make
    for worlds, name in made:
        worlds.delete(name)
