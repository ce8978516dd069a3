"""A forward proxy on loopback: the vendors' hosts lead to the simulator, all others nowhere unless allowed.

It takes both forms of a proxied request (RFC 9110 9.3.6, RFC 9112 3.2.2): `CONNECT host:443`, whose TLS it
ends with a certificate in the vendor's name, and `GET http://host/…`. What is inside is passed on byte by
byte, and neither kept nor logged.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from simulator.hosts import is_loopback, is_one_of
from simulator.kernel.vendor import Vendor
from simulator.testing.ca import Authority

CHUNK = 65536
ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"
LINGER_SECONDS = 2
"""How long a refused client may go on sending before it is cut off; cut off sooner, it would not read why."""
HOP_BY_HOP = ("connection", "host", "keep-alive", "proxy-authorization", "proxy-connection")


@dataclass(frozen=True)
class Asked:
    """Where a client wants to go. `head` is what is sent there first, empty after CONNECT."""

    host: str
    port: int
    secure: bool
    head: bytes = b""


@dataclass(frozen=True)
class Place:
    """Where the simulator is; with `context` it is spoken TLS to, in the vendor's name."""

    port: int
    host: str = "127.0.0.1"
    context: ssl.SSLContext | None = None


@dataclass(frozen=True)
class Borders:
    """Who gets where: the vendors' hosts to the simulator, `allow` (`*.` for any label) out.

    `loopback` may be reached where whoever asks is on this computer, too.
    """

    vendors: tuple[Vendor, ...]
    simulator: Place
    allow: tuple[str, ...] = ()
    loopback: bool = True

    def is_vendor(self, host: str) -> bool:
        return any(vendor.serves_host(host) for vendor in self.vendors)

    def is_allowed(self, host: str) -> bool:
        if is_loopback(host):
            return self.loopback
        return is_one_of(host, self.allow)

    def refusal(self, host: str) -> str:
        return f"{host} is no host of a simulated vendor and is kept out; --allow {host} lets it through"


def parse(head: bytes) -> Asked:
    """The first lines of a request to a proxy, up to the empty one. Raises ValueError."""
    first, *fields = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    method, target, version = first.split(" ")
    url = urlsplit(f"//{target}" if method == "CONNECT" else target)
    host, port = url.hostname, url.port
    if not host or not (method == "CONNECT" or url.scheme in ("http", "https")):
        raise ValueError("this is a proxy: it takes CONNECT and whole URLs")
    host = host.removesuffix(".")
    if method == "CONNECT":
        return Asked(host, port or 443, secure=port != 80)
    secure = url.scheme == "https"
    lines = [f"{method} {_origin_form(url)} {version}", f"Host: {url.netloc.rpartition('@')[2]}"]
    lines += [field for field in fields if field.partition(":")[0].strip().lower() not in HOP_BY_HOP]
    # the next request may be to another host, so that each has a connection of its own
    whole = "\r\n".join([*lines, "Connection: close", "", ""])
    return Asked(host, port or (443 if secure else 80), secure, whole.encode("latin-1"))


def _origin_form(url: SplitResult) -> str:
    return (url.path or "/") + (f"?{url.query}" if url.query else "")


Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    """`tell` hears, in a sentence, of each host that was kept out and each client that trusts us not."""

    def __init__(self, borders: Borders, authority: Authority, tell: Callable[[str], None]) -> None:
        self._borders = borders
        self._authority = authority
        self._tell = tell

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of a client, to its end."""
        try:
            asked = parse(await reader.readuntil(b"\r\n\r\n"))
            if self._borders.is_vendor(asked.host):
                await self._to_simulator(asked, reader, writer)
            elif self._borders.is_allowed(asked.host):
                await self._out(asked, reader, writer)
            else:
                why = self._borders.refusal(asked.host)
                self._tell(why)
                await _refuse(reader, writer, 403, why)
        except (ValueError, asyncio.LimitOverrunError) as error:
            await _refuse(reader, writer, 400, str(error))
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the client went away, or we end; asyncio.streams would log it as a failure of ours
        finally:
            writer.close()

    async def _to_simulator(
        self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        context = self._authority.context(asked.host)
        there = await self._simulator(asked.host)
        try:
            if not asked.head:
                writer.write(ESTABLISHED)
                if asked.secure:
                    await writer.start_tls(context)
            await _splice((reader, writer), there, asked.head)
        except ssl.SSLError as error:
            self._tell(f"{asked.host}: the client broke TLS off ({error.reason}): does it trust our CA?")
        finally:
            there[1].close()

    async def _simulator(self, host: str) -> Stream:
        place = self._borders.simulator
        name = host if place.context else None
        return await asyncio.open_connection(place.host, place.port, ssl=place.context, server_hostname=name)

    async def _out(self, asked: Asked, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            secure = True if asked.head and asked.secure else None
            there = await asyncio.open_connection(asked.host, asked.port, ssl=secure)
        except OSError as error:
            why = error.strerror or str(error)
            return await _refuse(reader, writer, 502, f"{asked.host} is allowed but not to be had: {why}")
        try:
            if not asked.head:
                writer.write(ESTABLISHED)
            return await _splice((reader, writer), there, asked.head)
        finally:
            there[1].close()


async def _splice(client: Stream, server: Stream, head: bytes) -> None:
    """Everything from one to the other, until the server has no more to say."""
    server[1].write(head)
    sending = asyncio.create_task(_pump(client[0], server[1]))
    try:
        await _pump(server[0], client[1])
    finally:
        sending.cancel()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(CHUNK):
            writer.write(data)
            await writer.drain()
        if writer.can_write_eof():
            writer.write_eof()
        else:
            # TLS has no half of a connection to close, as asyncio sees it
            writer.close()


async def _refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, status: int, why: str) -> None:
    """Says why in the reason, too: of a refused CONNECT most clients show nothing else."""
    body = f"simulator: {why}\n".encode("latin-1", "replace")
    head = (
        f"HTTP/1.1 {status} {why}\r\nContent-Type: text/plain; charset=latin-1\r\n"
        f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    with contextlib.suppress(OSError, TimeoutError):
        writer.write(head.encode("latin-1", "replace") + body)
        writer.write_eof()
        async with asyncio.timeout(LINGER_SECONDS):
            while await reader.read(CHUNK):
                pass


@contextmanager
def proxying(proxy: Proxy, listener: socket.socket) -> Iterator[None]:
    """The proxy serves `listener` in a thread of its own, until the end; then it drops what is open."""
    loop = asyncio.new_event_loop()
    ended = asyncio.Event()
    thread = threading.Thread(target=_run, args=(loop, proxy, listener, ended), name="simulator-proxy")
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()


def _run(
    loop: asyncio.AbstractEventLoop, proxy: Proxy, listener: socket.socket, ended: asyncio.Event
) -> None:
    async def serve() -> None:
        server = await asyncio.start_server(proxy.serve, sock=listener)
        await ended.wait()
        server.close()

    # its end cancels every connection
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(serve())
