"""A request as a client sends it and an answer as it gets it, and both as the bytes of HTTP/1.1."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus

import httptools

Header = tuple[str, str]
CALLER = "X-Simulator-Caller"
BODILESS = (204, 304)
OF_THE_CONNECTION = ("connection", "keep-alive", "transfer-encoding")
"""What is said of a connection is not true of ours."""


@dataclass(frozen=True)
class Sent:
    """A whole request. `url` is the client's own, to the byte but for a fragment; `headers` are in its order
    and spelling, with Host; `body` is no longer chunked, also where `headers` say so."""

    method: str
    url: str
    headers: list[Header]
    body: bytes


@dataclass(frozen=True)
class Answered:
    """A whole answer; a `body` where HTTP allows none is not delivered."""

    status: int
    headers: list[Header]
    body: bytes

    def to(self, method: str) -> Answered:
        """As the client of a `method` gets it: with its length and without what HTTP does not allow."""
        headers = [(name, value) for name, value in self.headers if name.lower() not in OF_THE_CONNECTION]
        if method == "HEAD":
            return Answered(self.status, headers, b"")
        headers = [(name, value) for name, value in headers if name.lower() != "content-length"]
        if self.status in BODILESS:
            return Answered(self.status, headers, b"")
        return Answered(self.status, [*headers, ("content-length", str(len(self.body)))], self.body)

    @property
    def reason(self) -> str:
        return HTTPStatus(self.status).phrase if self.status in list(HTTPStatus) else ""

    def wire(self) -> bytes:
        lines = [
            f"HTTP/1.1 {self.status} {self.reason}",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


NOT_HTTP = Answered(
    400,
    [("content-type", "text/plain; charset=utf-8"), ("connection", "close")],
    b"Invalid HTTP request received.",
)
"""What the server says of bytes that are no request."""


class Reading:
    """Reads one request from the bytes that a client writes, as the server does: by the same parser.

    `origin` is the URL that the request's target goes on from; a target that is a URL stands by itself.
    """

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._sent: Sent | None = None
        self._target: list[bytes] = []
        self._headers: list[Header] = []
        self._body: list[bytes] = []
        self._parser = httptools.HttpRequestParser(self)

    def feed(self, data: bytes) -> Sent | None:
        """The request, once it is whole. Raises httptools.HttpParserError for what is none."""
        with suppress(httptools.HttpParserUpgrade):  # nobody here speaks anything else
            self._parser.feed_data(data)
        return self._sent

    def on_url(self, part: bytes) -> None:
        self._target.append(part)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._headers.append((name.decode("latin-1"), value.decode("latin-1")))

    def on_body(self, part: bytes) -> None:
        self._body.append(part)

    def on_message_complete(self) -> None:
        target = b"".join(self._target).decode("latin-1")
        url = f"{self._origin}{target}" if target.startswith("/") else target
        method = self._parser.get_method().decode("ascii")
        self._sent = Sent(method, url, self._headers, b"".join(self._body))
