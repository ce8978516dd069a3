"""An Infact of one's own for each test, spoken to over HTTP."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.simulated import WithMethods, worlds_of
from tests.vendors.infact.shop import CUSTOMERS

DAY = "2022-06-17T08:00:00Z"


@dataclass
class Infact(WithMethods):
    """One world with a client to its Infact; `bearer` and `basic` are what a request presents."""

    vendor = "infact"
    login: str
    password: str

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

    @property
    def sent(self) -> list[dict[str, Any]]:
        return [message for message in self.outbox if message["status"] == "sent"]

    @property
    def skipped(self) -> list[dict[str, Any]]:
        return [message for message in self.outbox if message["status"] == "skipped"]


MakeInfact = Callable[..., Infact]


@pytest.fixture
def make_infact() -> Iterator[MakeInfact]:
    """Makes an Infact; what it takes: tests/simulated.py."""
    with worlds_of("infact", DAY) as make:

        def made(*arguments: Any, **options: Any) -> Infact:
            world, client, known = make(*arguments, **options)
            return Infact(world, client, known["username"], known["password"])

        yield made


@pytest.fixture
def infact(make_infact: MakeInfact) -> Infact:
    """The world of the vendor's documents, its clock standing on 17 June 2022, 10:00 in Oslo."""
    return make_infact()


@pytest.fixture
def shop(make_infact: MakeInfact) -> Infact:
    """The world of shop.py."""
    return make_infact(CUSTOMERS)
