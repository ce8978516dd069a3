"""Where requests go: a world of a simulator, begun anew for each operation, or any other server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import urlsplit

import requests

from simulator.hosts import is_loopback
from simulator.kernel.driving import Credentials

CLOCK = "2024-03-01T08:00:00Z"
FIXTURE = "docs"
PATIENCE = 30
"""Seconds that an answer outside the driven calls may take."""
FORGOTTEN_AFTER = 86_400
"""Seconds after which a simulator forgets a world that a killed run left behind."""


class BadServer(Exception):
    """The server cannot be driven as asked; the message says why."""


class Server(Protocol):
    """What is driven. `app` is a WSGI application to call in process, or None where `url` is to be called.
    `time_passes` where a limit on how often it is called can be waited out: a world's clock is held."""

    url: str
    time_passes: bool

    @property
    def app(self) -> Any: ...

    @property
    def credentials(self) -> Credentials: ...

    def begin(self) -> None:
        """The state of the beginning, where the server can go back to it."""

    def ask(self, path: str, headers: Mapping[str, str]) -> Any:
        """The JSON that a GET is answered. Raises BadServer."""


class Elsewhere:
    """A server that keeps what it is sent."""

    app = None
    time_passes = True

    def __init__(self, url: str, credentials: Credentials) -> None:
        self.url = url.rstrip("/")
        self.credentials: Credentials = credentials
        self._answers: dict[tuple[str, str], Any] = {}

    def begin(self) -> None:
        """It has no beginning to go back to; but what it handed out may have expired."""
        self._answers.clear()

    def ask(self, path: str, headers: Mapping[str, str]) -> Any:
        asked = (path, repr(sorted(headers.items())))
        if asked not in self._answers:
            self._answers[asked] = _json(_call("GET", f"{self.url}{path}", headers=dict(headers)))
        return self._answers[asked]


class SimulatedWorld(Elsewhere):
    """One vendor in a world of a simulator; `control` is the control API of that world."""

    time_passes = False

    def __init__(self, url: str, credentials: Credentials, control: str, headers: Mapping[str, str]) -> None:
        super().__init__(url, credentials)
        self._control = control
        self._headers = dict(headers)

    def begin(self) -> None:
        super().begin()
        _call("POST", f"{self._control}/reset", headers=self._headers, json={})


class Simulator:
    """A simulator that answers below `url`; `token` is its admin token, if it asks for one."""

    def __init__(self, url: str, token: str | None) -> None:
        self._control = f"{url.rstrip('/')}/_simulator"
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def vendors(self) -> list[str] | None:
        """The names of its vendors; None when this is no simulator. Raises BadServer when nothing answers."""
        answer = _call("GET", f"{self._control}/vendors", headers=self._headers, refused_too=True)
        if answer.status_code == 401 and "problem" in answer.headers.get("Content-Type", ""):
            raise BadServer("the simulator's control API asks for its token: --admin-token")
        try:
            listed = answer.json()["vendors"] if answer.ok else None
        except (ValueError, KeyError, TypeError):
            return None
        return None if listed is None else list(listed)

    @contextmanager
    def world(self, vendor: str, assume: Mapping[str, str], credentials: Credentials) -> Iterator[Server]:
        """A world of its own, gone at the end. `credentials` come before the world's."""
        wanted = {"fixture": FIXTURE, "clock": CLOCK, "assume": dict(assume), "ttl_seconds": FORGOTTEN_AFTER}
        made = _json(_call("POST", f"{self._control}/worlds", headers=self._headers, json=wanted))
        control = made["control_url"]
        try:
            yield SimulatedWorld(
                f"{control.rpartition('/')[0]}/{vendor}",
                {**made["vendors"][vendor]["credentials"], **credentials},
                control,
                self._headers,
            )
        finally:
            _call("DELETE", f"{self._control}/worlds/{made['name']}", headers=self._headers)


def on_this_machine(url: str) -> bool:
    """Whether requests to `url` stay on the loopback interface."""
    return is_loopback(urlsplit(url).hostname or "")


def _call(method: str, url: str, *, refused_too: bool = False, **given: Any) -> requests.Response:
    try:
        answer = requests.request(method, url, timeout=PATIENCE, **given)
    except requests.RequestException as error:
        raise BadServer(f"{method} {url}: {error}") from error
    if not answer.ok and not refused_too:
        raise BadServer(f"{method} {url} was answered {answer.status_code}: {answer.text[:500]}")
    return answer


def _json(answer: requests.Response) -> Any:
    try:
        return answer.json()
    except ValueError as error:
        raise BadServer(f"{answer.request.method} {answer.url} was answered with no JSON") from error
