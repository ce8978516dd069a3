"""An Infact of one's own for each test, spoken to over HTTP."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from simulator.data import FixtureFiles
from simulator.gateway import Gateway
from simulator.kernel.clock import parse_instant
from simulator.kernel.pipeline import Policy
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth, World
from simulator.kernel.worlds import Worlds

DAY = "2022-06-17T08:00:00Z"


@dataclass
class Infact:
    """One world with a client to its Infact; `bearer` and `basic` are what a request presents."""

    world: World
    client: Client
    login: str = "Aladdin"
    password: str = "open sesame"

    @property
    def basic(self) -> str:
        return "Basic " + base64.b64encode(f"{self.login}:{self.password}".encode()).decode()

    @property
    def bearer(self) -> str:
        answer = self.client.get("/infact/v1/Account/token", headers={"Authorization": self.basic})
        assert answer.status_code == 200, answer.text
        return f"Bearer {answer.json['Token']}"  # type: ignore[index]

    def call(
        self, method: str, path: str, body: Any = None, *, auth: str | None = None, **options: Any
    ) -> TestResponse:
        """A request below /v1; `auth` is bearer (default), basic, or a whole header; empty is none."""
        if auth is None:
            auth = self.bearer
        elif auth == "basic":
            auth = self.basic
        headers = {"Authorization": auth} if auth else {}
        if body is not None:
            options["json"] = body
        return self.client.open(f"/infact/v1{path}", method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.call("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.call("PUT", path, body, **options)

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

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [message for message in self.outbox if message["status"] == "sent"]

    @property
    def skipped(self) -> list[dict[str, Any]]:
        return [message for message in self.outbox if message["status"] == "skipped"]

    def state(self) -> dict[str, dict[Any, bytes]]:
        """Every stored document, to see that something left no trace."""
        return {name: dict(table.raw()) for name, table in self.world.store.tables().items()}


MakeInfact = Callable[..., Infact]


@pytest.fixture
def make_infact() -> MakeInfact:
    """Makes an Infact: from a fixture by name or as a document, with assumptions of its own.

    `judged` holds its answers to the contract, which states the default readings.
    """

    def make(
        fixture: str | dict[str, Any] = "docs", clock: str = DAY, judged: bool = True, **assume: Any
    ) -> Infact:
        vendors = {"infact": discover()["infact"]}
        worlds = Worlds(vendors, FixtureFiles())
        world = worlds.create(
            Birth(
                fixture=fixture if isinstance(fixture, str) else "empty",
                fixtures={} if isinstance(fixture, str) else {"infact": fixture},
                start=parse_instant(clock),
                assume={f"infact.{name.replace('_', '-')}": value for name, value in assume.items()},
            )
        )
        policy = Policy(check_responses=judged, raise_faults=True)

        def no_control(_: Gateway) -> Any:
            raise AssertionError("Infact's tests do not use the control API")

        made = Infact(world, Client(Gateway(worlds, policy, no_control)))
        with world.entered():
            credentials = vendors["infact"].parts.credentials(world)
        made.login, made.password = credentials["username"], credentials["password"]
        return made

    return make


@pytest.fixture
def infact(make_infact: MakeInfact) -> Infact:
    """The world of the vendor's documents, its clock standing on 17 June 2022, 10:00 in Oslo."""
    return make_infact()
