"""An Altcraft of one's own for each test, spoken to over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.simulated import Simulated, worlds_of
from tests.vendors.altcraft.account import with_more

DAY = "2024-03-01T08:00:00Z"


@dataclass
class Altcraft(Simulated):
    """One world with a client to its Altcraft; the rest is what requests name."""

    vendor = "altcraft"
    token: str
    token_without_delete: str
    db_id: int
    resource_id: int

    def call(self, path: str, **body: Any) -> dict[str, Any]:
        """What a POST of JSON below /api/v1.1 is answered; with the token of all rights unless one is given.

        An empty token sends none.
        """
        body = {"token": self.token} | body
        if not body["token"]:
            del body["token"]
        answer = self.client.post(f"/altcraft/api/v1.1/{path}", json=body)
        assert answer.status_code == 200, (answer.status_code, answer.text)
        found: dict[str, Any] = answer.json  # type: ignore[assignment]
        return found

    def done(self, path: str, **body: Any) -> dict[str, Any]:
        """As `call`, for what must succeed."""
        answer = self.call(path, **body)
        assert (answer["error"], answer["error_text"]) == (0, "Successful operation"), answer
        return answer

    def profile(self, **search: Any) -> dict[str, Any]:
        """A profile of the database as profiles/get shows it."""
        found: dict[str, Any] = self.done("profiles/get", **{"db_id": self.db_id, **search})["data"]
        return found

    def refused(self, path: str, **body: Any) -> tuple[int, str]:
        """Code and text of what must be refused and leave no trace."""
        before = self.state()
        answer = self.call(path, **body)
        assert answer["error"] != 0, answer
        assert answer.keys() == {"error", "error_text"}
        assert self.state() == before
        return answer["error"], answer["error_text"]


MakeAltcraft = Callable[..., Altcraft]


@pytest.fixture
def make_altcraft() -> Iterator[MakeAltcraft]:
    """Makes an Altcraft, of account.yaml unless told another fixture; what it takes: tests/simulated.py."""
    with worlds_of("altcraft", DAY) as make:

        def made(fixture: str | dict[str, Any] | None = None, **options: Any) -> Altcraft:
            world, client, known = make(with_more() if fixture is None else fixture, **options)
            return Altcraft(world, client, **known)

        yield made


@pytest.fixture
def altcraft(make_altcraft: MakeAltcraft) -> Altcraft:
    """The account of account.yaml, its clock standing on 1 March 2024, 08:00 UTC."""
    return make_altcraft()
