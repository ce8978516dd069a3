"""A year of calls to Footprints, for make_footprints_demo.py: a world whose clock moves from call to call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from faker import Faker
from werkzeug.test import Client

from simulator.data import FixtureFiles
from simulator.gateway import WORLD_HEADER, Gateway
from simulator.kernel.pipeline import Policy
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import Worlds

FIRST_DAY, LAST_DAY = datetime(2023, 3, 1, 8, tzinfo=UTC), datetime(2024, 2, 29, 18, tzinfo=UTC)

Fields = dict[str, Any]
Setup = dict[str, list[Fields]]
Call = Callable[[], Any]


class Year:
    """A world with nothing but what was set up, and the calls that are made in it, by their time."""

    def __init__(self, people: Faker, setup: Setup) -> None:
        self.people = people
        self.draw: Random = people.random
        self.setup = setup
        worlds = Worlds({"footprints": discover()["footprints"]}, FixtureFiles())
        self.world = worlds.create(
            Birth(name="demo", fixture="empty", fixtures={"footprints": setup}, start=FIRST_DAY)
        )
        gateway = Gateway(worlds, Policy(check_responses=True, raise_faults=True), no_control)
        self.client = Client(lambda env, start: gateway(env | {WORLD_HEADER: "demo"}, start))
        self._calls: list[tuple[datetime, int, Call]] = []

    def later(self, at: datetime, call: Call) -> None:
        """Make a call at its time; those after the last day are never made."""
        if at <= LAST_DAY:
            self._calls.append((at, len(self._calls), call))

    def after(self, at: datetime, days: float) -> datetime:
        """Some time after, `days` at most, in a millisecond of its own."""
        return at + timedelta(milliseconds=self.draw.randint(60_000, int(days * 86_400_000)))

    def some_time(self) -> datetime:
        return self.after(FIRST_DAY, (LAST_DAY - FIRST_DAY).days)

    def play(self) -> None:
        while self._calls:
            next_call = min(self._calls, key=lambda call: call[:2])
            self._calls.remove(next_call)
            with self.world.entered():
                self.world.clock.set(next_call[0])
            next_call[2]()

    def api(
        self, method: str, path: str, fields: Any = None, token: str = "demo-token", **options: Any
    ) -> Any:
        """The answer of an operation for servers, which must be a good one."""
        return self._call(method, f"/api{path}", {"access_token": token}, {"json": fields} | options)

    def tracked(self, path: str, fields: Fields) -> Any:
        """The answer of an operation for pages and apps."""
        key = "demo-app-key" if path.startswith("/jsapi") else "demo-mobile-key"
        return self._call(
            "PUT" if path.endswith("geo") else "POST", path, {}, {"json": {"appkey": key} | fields}
        )

    def _call(self, method: str, path: str, query: Fields, options: Fields) -> Any:
        if options.get("json", True) is None:
            del options["json"]
        answer = self.client.open(f"/footprints{path}", method=method, query_string=query, **options)
        assert answer.status_code == 200, f"{method} {path}: {answer.text}"
        return answer.json

    def one(self, collection: str) -> str:
        """The id of anything that was set up."""
        return str(self.draw.choice(self.setup[collection])["id"])


def no_control(_: Gateway) -> Any:
    raise AssertionError("the year is played without the control API")
