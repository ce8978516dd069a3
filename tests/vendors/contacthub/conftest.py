"""A Contacthub of one's own for each test, spoken to over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from contacthub import Workspace
from werkzeug.serving import make_server
from werkzeug.test import Client, TestResponse

from simulator.data import FixtureFiles
from simulator.gateway import Gateway
from simulator.kernel.clock import parse_instant
from simulator.kernel.pipeline import Policy
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth, World
from simulator.kernel.worlds import Worlds
from tests.vendors.contacthub.searching import ENTRY, PEOPLE

DAY = "2024-03-01T08:00:00Z"


@dataclass
class Hub:
    """One world with a client to its Contacthub; `token` is what a request presents."""

    world: World
    client: Client
    workspace_id: str
    node_id: str
    token: str
    untrusted_token: str
    admin_token: str
    dpo_token: str

    def call(
        self, method: str, path: str, body: Any = None, *, token: str | None = None, **options: Any
    ) -> TestResponse:
        """A request below /hub/v1/workspaces/{workspaceId}; the token is the trusted source's unless given,
        an empty one is none. A path that begins with /hub/ is taken whole."""
        token = self.token if token is None else token
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers |= options.pop("headers", {})
        if body is not None:
            options["json"] = body
        path = path if path.startswith("/hub/") else f"/hub/v1/workspaces/{self.workspace_id}{path}"
        return self.client.open(f"/contacthub{path}", method=method, headers=headers, **options)

    def get(self, path: str, **options: Any) -> TestResponse:
        return self.call("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.call("POST", path, body, **options)

    def put(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.call("PUT", path, body, **options)

    def patch(self, path: str, body: Any = None, **options: Any) -> TestResponse:
        return self.call("PATCH", path, body, **options)

    def delete(self, path: str, **options: Any) -> TestResponse:
        return self.call("DELETE", path, **options)

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
            found = self.world.store.tables().get(f"contacthub/{name}")
            return list(found.scan()) if found else []

    def state(self) -> dict[str, dict[Any, bytes]]:
        """Every stored document, to see that something left no trace."""
        return {name: dict(table.raw()) for name, table in self.world.store.tables().items()}


MakeHub = Callable[..., Hub]


@pytest.fixture
def make_hub() -> MakeHub:
    """Makes a Contacthub: from a fixture by name or as a document, with assumptions of its own.

    `judged` holds its answers to the contract, which states the default readings.
    """

    def make(
        fixture: str | dict[str, Any] = "docs", clock: str = DAY, judged: bool = True, **assume: Any
    ) -> Hub:
        vendors = {"contacthub": discover()["contacthub"]}
        worlds = Worlds(vendors, FixtureFiles())
        world = worlds.create(
            Birth(
                fixture=fixture if isinstance(fixture, str) else "empty",
                fixtures={} if isinstance(fixture, str) else {"contacthub": fixture},
                start=parse_instant(clock),
                assume={f"contacthub.{name.replace('_', '-')}": value for name, value in assume.items()},
            )
        )
        policy = Policy(check_responses=judged, raise_faults=True)

        def no_control(_: Gateway) -> Any:
            raise AssertionError("Contacthub's tests do not use the control API")

        with world.entered():
            known = vendors["contacthub"].parts.credentials(world)
        return Hub(world, Client(Gateway(worlds, policy, no_control)), **known)

    return make


@pytest.fixture
def hub(make_hub: MakeHub) -> Hub:
    """The world of the vendor's examples, its clock standing on 1 March 2024, 08:00 UTC."""
    return make_hub()


@pytest.fixture
def people(hub: Any) -> Any:
    """Anna, bruno and Carla beside Giulia of the fixture, who was changed before them."""
    for person in PEOPLE:
        assert hub.post("/customers", {"nodeId": ENTRY, **person}).status_code == 201
    return hub


@pytest.fixture
def serve() -> Callable[[Hub], AbstractContextManager[Any]]:
    """Lets a Contacthub listen, and gives its entry node as the vendor's Python library has it."""

    @contextmanager
    def listening(hub: Hub) -> Iterator[Any]:
        server = make_server("127.0.0.1", 0, hub.client.application, threaded=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            base_url = f"http://127.0.0.1:{server.server_port}/contacthub/hub/v1/workspaces"
            yield Workspace(hub.workspace_id, hub.token, base_url=base_url).get_node(hub.node_id)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()

    return listening


@pytest.fixture
def node(hub: Hub, serve: Callable[[Hub], AbstractContextManager[Any]]) -> Iterator[Any]:
    """The entry node of the fixture `docs`, as the vendor's Python library has it."""
    with serve(hub) as node:
        yield node
