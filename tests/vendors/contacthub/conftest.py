"""A Contacthub of one's own for each test, spoken to over HTTP."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from contacthub import Workspace
from werkzeug.serving import make_server
from werkzeug.test import TestResponse

from tests.simulated import WithMethods, worlds_of
from tests.vendors.contacthub.searching import ENTRY, PEOPLE

DAY = "2024-03-01T08:00:00Z"


@dataclass
class Hub(WithMethods):
    """One world with a client to its Contacthub; `token` is what a request presents."""

    vendor = "contacthub"
    workspace_id: str
    node_id: str
    token: str
    untrusted_token: str
    admin_token: str
    dpo_token: str
    operator_token: str

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


MakeHub = Callable[..., Hub]


@pytest.fixture
def make_hub() -> Iterator[MakeHub]:
    """Makes a Contacthub; what it takes: tests/simulated.py."""
    with worlds_of("contacthub", DAY) as make:

        def made(*arguments: Any, **options: Any) -> Hub:
            world, client, known = make(*arguments, **options)
            return Hub(world, client, **known)

        yield made


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
