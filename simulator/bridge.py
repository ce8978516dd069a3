"""Between the HTTP server, which is asynchronous, and the gateway, which is a WSGI application.

A request is handed over once it is complete, so that a slow client holds nothing but its
own connection: no thread, and no world. Paths and headers arrive as the client sent them.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

import orjson

from simulator.crew import Crew

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

log = logging.getLogger(__name__)
BODY_LIMIT = 128 * 1024 * 1024
"""Bytes the server takes at all. Above every vendor's own limit, so that the vendor says its own 413."""

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Header = tuple[str, str]


@dataclass
class Answer:
    """What the application answered; `chunks` follow `body` where its length is not known."""

    status: int
    headers: list[Header]
    body: bytes
    chunks: Iterator[bytes] | None = None
    close: Callable[[], None] = lambda: None


class Bridge:
    """An ASGI application that calls a WSGI one; `seen(environ, status)` hears of each answer."""

    def __init__(
        self,
        app: WSGIApplication,
        *,
        seen: Callable[[Mapping[str, Any], int], None] | None = None,
        body_limit: int = BODY_LIMIT,
    ) -> None:
        self._app = app
        self._seen = seen
        self._body_limit = body_limit
        self._crew = Crew()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        body = await self._body(receive)
        if body is None:
            return
        if len(body) > self._body_limit:
            await _send(send, _refusal(413, "Content Too Large", f"the limit is {self._body_limit} bytes"))
            return
        environ = environ_of(scope, body)
        await self._deliver(await self._crew.do(lambda: self._answer(environ)), receive, send)

    async def _body(self, receive: Receive) -> bytes | None:
        """The whole body, or as much as shows that it is too large; None when the client broke off."""
        parts: list[bytes] = []
        size = 0
        while size <= self._body_limit:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if not message.get("more_body", False):
                break
        return b"".join(parts)

    def _answer(self, environ: dict[str, Any]) -> Answer:
        try:
            answer = call(self._app, environ)
        except Exception:
            log.exception("%s %s failed", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            answer = _refusal(500, "Internal Server Error", "the simulator failed; its log says how")
        if self._seen is not None:
            self._seen(environ, answer.status)
        return answer

    async def _deliver(self, answer: Answer, receive: Receive, send: Send) -> None:
        if answer.chunks is None:
            await _send(send, answer)
            return
        gone = asyncio.ensure_future(_until_gone(receive))
        try:
            await _send(send, answer, more=True)
            while not gone.done():
                chunk = await self._crew.do(lambda: next(answer.chunks or iter(()), None))
                if chunk is None:
                    break
                await _tell(send, {"type": "http.response.body", "body": chunk, "more_body": True})
            await _tell(send, {"type": "http.response.body", "body": b""})
        finally:
            gone.cancel()
            await self._crew.do(answer.close)


def call(app: WSGIApplication, environ: dict[str, Any]) -> Answer:
    """Call a WSGI application. The body is read to its end if the application says how long it is."""
    began: list[tuple[int, list[Header]]] = []
    written: list[bytes] = []

    def start_response(status: str, headers: list[Header], *_: Any) -> Callable[[bytes], Any]:
        began[:] = [(int(status[:3]), headers)]
        return written.append

    result = app(environ, start_response)
    close = getattr(result, "close", lambda: None)
    chunks = iter(result)
    # an application may begin its answer as late as with its first chunk
    first = b"".join([*written, next(chunks, b"")])
    status, headers = began[0]
    if not _length_known(status, headers, result):
        return Answer(status, headers, first, chunks, close)
    try:
        return Answer(status, headers, b"".join([first, *chunks]))
    finally:
        close()


def ask(
    app: WSGIApplication,
    method: str,
    target: str,
    headers: Iterable[Header],
    body: bytes = b"",
    *,
    scheme: str = "http",
) -> tuple[int, list[Header], bytes]:
    """A request made without a server: status, headers and the whole body. `target` is path and query."""
    path, _, query = target.partition("?")
    scope = {
        "method": method,
        "scheme": scheme,
        "http_version": "1.1",
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers],
    }
    answer = call(app, environ_of(scope, body))
    try:
        return answer.status, answer.headers, b"".join([answer.body, *(answer.chunks or ())])
    finally:
        answer.close()


def _length_known(status: int, headers: Iterable[Header], result: Any) -> bool:
    if status in (204, 304) or isinstance(result, list | tuple):
        return True
    return any(name.lower() == "content-length" for name, _ in headers)


def environ_of(scope: Mapping[str, Any], body: bytes) -> dict[str, Any]:
    """The request as PEP 3333 has it. A chunked body has its length by now.

    Header names with an underscore are left out, as they cannot be told from those with a hyphen.
    """
    host, port = scope.get("server") or ("127.0.0.1", 0)
    client = scope.get("client") or ("", 0)
    raw_path = scope["raw_path"].decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(raw_path).decode("latin-1"),
        "QUERY_STRING": query,
        "REQUEST_URI": f"{raw_path}?{query}" if query else raw_path,
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        # without it werkzeug takes a chunked body for none, whatever its length is
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        _add_header(environ, name.decode("latin-1"), value.decode("latin-1"))
    if body or "CONTENT_LENGTH" in environ:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ


def _add_header(environ: dict[str, Any], name: str, value: str) -> None:
    if "_" in name:
        return
    key = name.upper().replace("-", "_")
    if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        key = f"HTTP_{key}"
    if key in environ:
        value = environ[key] + ("; " if key == "HTTP_COOKIE" else ",") + value
    environ[key] = value


def _refusal(status: int, title: str, detail: str) -> Answer:
    body = orjson.dumps({"type": "about:blank", "title": title, "status": status, "detail": detail})
    headers = [
        ("Content-Type", "application/problem+json"),
        ("Content-Length", str(len(body))),
        ("Connection", "close"),
    ]
    return Answer(status, headers, body)


async def _send(send: Send, answer: Answer, *, more: bool = False) -> None:
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    await _tell(send, {"type": "http.response.start", "status": answer.status, "headers": headers})
    await _tell(send, {"type": "http.response.body", "body": answer.body, "more_body": more})


async def _tell(send: Send, message: Message) -> None:
    # uvloop raises this when the client has just gone; the server notices by itself
    with contextlib.suppress(RuntimeError):
        await send(message)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
