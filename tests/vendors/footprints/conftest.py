"""A Footprints of one's own for each test, spoken to over HTTP."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from werkzeug.test import TestResponse

from simulator.data import FixtureFiles
from tests.simulated import WithMethods, worlds_of

DAY = "2024-03-01T08:00:00Z"


@dataclass
class Footprints(WithMethods):
    """One world with a client to its Footprints; the rest is what requests present.

    `app_token` is the one that calls present: the data source's own, asked for before the test and
    again when the clock was moved, so that a call leaves no trace but its own.
    """

    vendor = "footprints"
    key: str
    secret: str
    pin: str
    username: str
    password: str
    appkey: str
    access_token: str | None
    app_token: str = ""

    @property
    def basic(self) -> str:
        return "Basic " + base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()

    def move_to(self, instant: str | datetime) -> None:
        super().move_to(instant)
        self.app_token = self.token()

    def token(self, **form: str) -> str:
        """An access token: by client_credentials, unless `form` names another grant."""
        answer = self.client.post(
            "/footprints/api/token",
            data={"grant_type": "client_credentials"} | form,
            headers={"Authorization": self.basic},
        )
        assert answer.status_code == 200, answer.text
        found: str = answer.json["access_token"]  # type: ignore[index]
        return found

    def call(
        self, method: str, path: str, form: Any = None, *, token: str | None = None, **options: Any
    ) -> TestResponse:
        """A request, with a token below /api and the App Key in the body below /jsapi and /mobileapi.

        `form` is sent as a form (nested names in brackets are the caller's); `json` and `data` as they are.
        An empty `token` sends none.
        """
        query = dict(options.pop("query_string", {}))
        if path.startswith("/api/") and token != "":
            query["access_token"] = token or self.app_token
        if not path.startswith("/api/") and form is not None:
            form = {"appkey": self.appkey} | form
        if not path.startswith("/api/") and isinstance(options.get("json"), dict):
            options["json"] = {"appkey": self.appkey} | options["json"]
        if form is not None:
            options["data"] = form
            options.setdefault("content_type", "application/x-www-form-urlencoded")
        return self.client.open(f"/footprints{path}", method=method, query_string=query, **options)


MakeFootprints = Callable[..., Footprints]


def docs(**collections: list[dict[str, Any]]) -> dict[str, Any]:
    """The docs fixture with further documents in its collections."""
    document = dict(FixtureFiles().read("footprints", "docs"))
    for name, documents in collections.items():
        document[name] = document[name] + documents
    return document


@pytest.fixture
def make_footprints() -> Iterator[MakeFootprints]:
    """Makes a Footprints; what it takes: tests/simulated.py."""
    with worlds_of("footprints", DAY) as make:

        def made(*arguments: Any, **options: Any) -> Footprints:
            world, client, known = make(*arguments, **options)
            found = Footprints(world, client, **known)
            found.app_token = found.token()
            return found

        yield made


@pytest.fixture
def footprints(make_footprints: MakeFootprints) -> Footprints:
    """The world of the vendor's page, its clock standing on 1 March 2024, 08:00 UTC."""
    return make_footprints()
