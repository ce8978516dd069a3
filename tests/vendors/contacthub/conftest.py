"""A Contacthub of one's own for each test, spoken to over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.simulated import Simulated, worlds_of

DAY = "2024-03-01T08:00:00Z"


@dataclass
class Hub(Simulated):
    """One world with a client to its Contacthub; `token` is what a request presents."""

    vendor = "contacthub"
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
