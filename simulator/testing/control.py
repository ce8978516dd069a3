"""The control API of one world, as calls that give and take JSON."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from simulator.testing.links import Answer, Link, Request, SimulatorError

LOCAL = "localhost"
"""What the Host of a request is that goes through no socket."""


class Control:
    """`world` is None for the server itself, whose world is `default`."""

    def __init__(self, link: Link, world: str | None = None) -> None:
        self.link = link
        self.world = world

    @property
    def path(self) -> str:
        """What the world's own paths begin with."""
        return "" if self.world in (None, "default") else f"/_worlds/{quote(self.world or '', safe='')}"

    def get(self, path: str, **query: Any) -> Any:
        """What is answered, as JSON; what is None in the query is left out. Raises SimulatorError."""
        return json.loads(self.raw("GET", path, query=query).body)

    def text(self, path: str, **query: Any) -> str:
        return self.raw("GET", path, query=query).body.decode()

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """As `get`, with a body; None where nothing is answered."""
        answer = self.raw(method, path, body, query)
        return json.loads(answer.body) if answer.body else None

    def raw(self, method: str, path: str, body: Any = None, query: dict[str, Any] | None = None) -> Answer:
        given = {name: str(value) for name, value in (query or {}).items() if value is not None}
        target = f"{self.path}/_simulator/{path}" + (f"?{urlencode(given)}" if given else "")
        sent = b"" if body is None else json.dumps(body).encode()
        answer = self.link.send(Request(method, target, self._headers(), sent))
        if answer.status >= 400:
            raise SimulatorError(_detail(answer), answer.status)
        return answer

    def _headers(self) -> list[tuple[str, str]]:
        address = self.link.address
        host = LOCAL if address is None else f"{address[0]}:{address[1]}"
        headers = [("Host", host), ("Accept", "application/json"), ("Content-Type", "application/json")]
        return headers + ([("Authorization", f"Bearer {self.link.token}")] if self.link.token else [])


def _detail(answer: Answer) -> str:
    """The sentence of a problem document (RFC 9457)."""
    try:
        found = json.loads(answer.body)["detail"]
    except (ValueError, LookupError, TypeError):
        return f"the simulator answers {answer.status}"
    return f"{found} (SIMULATOR_ADMIN_TOKEN)" if answer.status == 401 else str(found)
