"""Ways to a simulator: one in this process, called directly, or a running one at a URL.

Both take whole requests and give whole answers, so that all that is above them is the same for both.
"""

from __future__ import annotations

import atexit
import http.client
import socket
import threading
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from typing import Protocol
from urllib.parse import urlsplit

LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 60
"""How long a running simulator may take to answer; an import of 100,000 rows takes seconds."""
OF_THE_CONNECTION = frozenset(
    {"connection", "content-length", "expect", "keep-alive", "proxy-connection", "te", "transfer-encoding"}
)
"""Headers that say how a message is sent, not what it says (RFC 9110 7.6.1); each link has its own."""

Headers = Sequence[tuple[str, str]]


class SimulatorError(RuntimeError):
    """The simulator refuses what it was asked for, or cannot be reached; the message says why.

    `status` is that of the control API's answer, None where there was none.
    """

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class Request:
    """`target` is path and query, as sent; `headers` name the Host."""

    method: str
    target: str
    headers: Headers = ()
    body: bytes = b""
    scheme: str = "http"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Link(Protocol):
    """`token` is what the control API wants, if it does."""

    token: str | None

    @property
    def url(self) -> str:
        """Where clients reach the server over HTTP, without a slash at the end."""

    @property
    def address(self) -> tuple[str, int] | None:
        """Host and port of that URL; None as long as there is none."""

    def send(self, request: Request) -> Answer:
        """Raises SimulatorError where nobody answers."""


class InProcess:
    """A simulator of this process, with no socket and no thread.

    It gets both when its URL is first asked for; the worlds are the same ones.
    """

    token: str | None = None

    def __init__(self) -> None:
        from simulator.config import Settings  # noqa: PLC0415 - only who speaks to one needs it
        from simulator.server import build  # noqa: PLC0415

        # nothing of the surroundings: what a test's world begins with stands in the test
        self._gateway = build(Settings(host=LOOPBACK, port=0))
        self._opening = threading.Lock()
        self._opened = ExitStack()
        self._port: int | None = None

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self._port or self._open()}"

    @property
    def address(self) -> tuple[str, int] | None:
        return None if self._port is None else (LOOPBACK, self._port)

    def send(self, request: Request) -> Answer:
        from simulator.bridge import ask  # noqa: PLC0415

        return Answer(
            *ask(
                self._gateway,
                request.method,
                request.target,
                request.headers,
                request.body,
                scheme=request.scheme,
            )
        )

    def _open(self) -> int:
        with self._opening:
            if self._port is None:
                self._port = self._serve()
                atexit.register(self.close)
            return self._port

    def _serve(self) -> int:
        from simulator import server  # noqa: PLC0415

        listener = self._opened.enter_context(socket.create_server((LOOPBACK, 0)))
        self._opened.enter_context(server.in_thread(self._gateway, listener))
        port: int = listener.getsockname()[1]
        return port

    def close(self) -> None:
        """The socket is closed and the thread ended, if there are any."""
        atexit.unregister(self.close)
        self._opened.close()
        self._port = None


@cache
def in_process() -> InProcess:
    """The one that all tests of this process share, made when the first asks: it takes half a second."""
    return InProcess()


class Remote:
    """A running simulator. No proxy of the environment is asked: it knows nothing of test servers."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """Raises SimulatorError for what is no URL of a server."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise SimulatorError(f"{url!r} is no URL of a simulator, such as http://127.0.0.1:7470")
        self.token = token
        self._secure = parts.scheme == "https"
        self._host = parts.hostname
        self._port = parts.port or (443 if self._secure else 80)
        self._prefix = parts.path.rstrip("/")
        self.url = f"{parts.scheme}://{parts.netloc}{self._prefix}"

    @property
    def address(self) -> tuple[str, int]:
        return self._host, self._port

    def send(self, request: Request) -> Answer:
        kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
        connection = kind(self._host, self._port, timeout=PATIENCE_SECONDS)
        try:
            self._put(connection, request)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise SimulatorError(f"the simulator at {self.url} does not answer: {error}") from error
        finally:
            connection.close()
        headers = [pair for pair in answer.getheaders() if pair[0].lower() not in OF_THE_CONNECTION]
        return Answer(answer.status, [*headers, ("Content-Length", str(len(body)))], body)

    def _put(self, connection: http.client.HTTPConnection, request: Request) -> None:
        target = self._prefix + request.target
        connection.putrequest(request.method, target, skip_host=True, skip_accept_encoding=True)
        for name, value in request.headers:
            if name.lower() not in OF_THE_CONNECTION:
                connection.putheader(name, value)
        lengths = [value for name, value in request.headers if name.lower() == "content-length"]
        if request.body or lengths:
            connection.putheader("Content-Length", str(len(request.body)))
        connection.putheader("Connection", "close")
        connection.endheaders(request.body or None)
