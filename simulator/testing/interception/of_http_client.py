"""http.client and all that stands on it: urllib.request, urllib3, and with it requests.

A connection to an address of ours gets, instead of a socket, an object that reads what is written and has the
answer to be read. All above it is the library's own: chunks, retries, redirects, cookies, adapters.
"""

from __future__ import annotations

import http.client
import io
import ssl
from contextlib import ExitStack
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

import httptools

from simulator.testing.interception.active import Interceptor, answering, check
from simulator.testing.interception.messages import NOT_HTTP, Reading
from simulator.testing.interception.patches import replaced

Address = tuple[str, int]
PORTS = {"http": 80, "https": 443}


class Wire:
    """Stands for the socket of `connection` for one request."""

    def __init__(self, connection: Any, interceptor: Interceptor) -> None:
        self._connection = connection
        self._interceptor = interceptor
        self._reading = Reading(_origin(connection))
        self._answer: bytes | None = None
        self._timeout: float | None = None

    def sendall(self, data: Any) -> None:
        # refuses what a socket refuses: http.client goes by that
        whole = bytes(memoryview(data))
        if self._answer is not None:
            return
        try:
            sent = self._reading.feed(whole)
        except httptools.HttpParserError:
            self._answer = NOT_HTTP.to("").wire()
        else:
            self._answer = self._interceptor.exchange(sent).wire() if sent else None

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        """The answer. The connection is told that this one is used up: the next request has its own."""
        if self._answer is None:
            raise TimeoutError("timed out: the request is not complete, so that no answer comes")
        self._connection.sock = None
        return io.BufferedReader(io.BytesIO(self._answer))

    def settimeout(self, seconds: float | None) -> None:
        self._timeout = seconds

    def gettimeout(self) -> float | None:
        return self._timeout

    def setsockopt(self, *_: Any) -> None:
        pass

    def shutdown(self, _: int) -> None:
        pass

    def close(self) -> None:
        pass


def patch(stack: ExitStack) -> None:
    base = http.client.HTTPConnection
    replaced(stack, base, "putrequest", _putting(base.putrequest))
    for each in [base, *_below(base)]:
        _patch_connect(stack, each)

    def hear(cls: Any, /, **options: Any) -> None:
        super(base, cls).__init_subclass__(**options)
        _patch_connect(stack, cls)

    replaced(stack, base, "__init_subclass__", classmethod(hear))


def _below(cls: Any) -> list[Any]:
    return [each for child in cls.__subclasses__() for each in (child, *_below(child))]


def _patch_connect(stack: ExitStack, cls: Any) -> None:
    """Every class that connects in its own way, as each of urllib3's does."""
    if "connect" not in vars(cls):
        return
    original = vars(cls)["connect"]

    @wraps(original)
    def connect(self: Any) -> None:
        host, port = _destination(self)
        interceptor = answering(host, port)
        if interceptor is None:
            if self._tunnel_host:
                check(host, port)  # the socket will know the proxy only
            original(self)
            return
        self.sock = Wire(self, interceptor)
        if hasattr(self, "cert_reqs"):  # urllib3 warns of what was not verified
            self.is_verified = self.cert_reqs in (None, "CERT_REQUIRED", "REQUIRED", ssl.CERT_REQUIRED)

    replaced(stack, cls, "connect", connect)


def _putting(original: Any) -> Any:
    @wraps(original)
    def putrequest(self: Any, method: str, url: str, *args: Any, **options: Any) -> None:
        if not isinstance(self.sock, Wire):
            _reroute(self, url)
        original(self, method, url, *args, **options)

    return putrequest


def _reroute(connection: Any, url: str) -> None:
    """What a new connection would not be asked: one that is open already, and one to a proxy."""
    address = _proxied(url)
    if address is None and connection.sock is not None:
        address = _destination(connection)
    if address is None:
        return
    interceptor = answering(*address)
    if interceptor is None:
        check(*address)
        return
    before, connection.sock = connection.sock, Wire(connection, interceptor)
    if before is not None:
        before.close()


def _proxied(url: str) -> Address | None:
    """Where a request to a proxy shall go."""
    if not url.lower().startswith(("http://", "https://")):
        return None
    found = urlsplit(url)
    return found.hostname or "", found.port or PORTS[found.scheme]


def _destination(connection: Any) -> Address:
    """Where a connection leads, by way of a proxy or not."""
    if connection._tunnel_host:
        return connection._tunnel_host, connection._tunnel_port or connection.default_port
    return connection.host, connection.port or connection.default_port


def _origin(connection: Any) -> str:
    host, port = _destination(connection)
    scheme = "https" if connection.default_port == PORTS["https"] else "http"
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}" + ("" if port == PORTS[scheme] else f":{port}")
