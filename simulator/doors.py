"""uvicorn's server, with doors where TLS is spoken beside those where it is not."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass

import uvicorn

HANDSHAKE_SECONDS = 30
"""How long a client may take to say its first byte, and to shake hands."""
GOODBYE_SECONDS = 1
"""How long a client may take to say that it heard our goodbye; few in a pool do."""
RETRY_SECONDS = 0.1
"""After the computer had no more connections to give."""
TLS_HANDSHAKE = b"\x16"
"""What a client that speaks TLS says first (RFC 8446 5.1)."""
PLAIN = b"this port speaks https://, and was spoken http:// to\n"
REFUSAL = (
    b"HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
    b"Content-Length: %d\r\n\r\n%b" % (len(PLAIN), PLAIN)
)


@dataclass(frozen=True)
class Secure:
    """A socket where TLS is spoken; `tell` hears of clients that break it off."""

    listener: socket.socket
    context: ssl.SSLContext
    tell: Callable[[str], None] = lambda _: None


class Server(uvicorn.Server):
    """Serves plain sockets as it is told, and a secure one beside them."""

    def __init__(self, config: uvicorn.Config, secure: Secure | None = None) -> None:
        super().__init__(config)
        self._secure = secure

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._secure is not None:
            self.servers.append(Door(self._secure, self._protocol))  # type: ignore[arg-type]

    def _protocol(self) -> asyncio.Protocol:
        made: asyncio.Protocol = self.config.http_protocol_class(  # type: ignore[call-arg]
            config=self.config, server_state=self.server_state, app_state=self.lifespan.state
        )
        return made


class Door:
    """Takes the connections of a secure socket, and looks at the first byte of each before it is let in.

    What `loop.create_server` does with TLS tells nobody of a handshake that failed, answers nothing to a
    client that speaks plain HTTP, and waits for half a minute for the goodbyes of idle ones.
    """

    def __init__(self, secure: Secure, protocol: Callable[[], asyncio.Protocol]) -> None:
        self._secure = secure
        self._protocol = protocol
        self._entering: set[asyncio.Task[None]] = set()
        self._taking = asyncio.get_running_loop().create_task(self._take())

    def close(self) -> None:
        for task in (self._taking, *self._entering):
            task.cancel()
        self._secure.listener.close()

    async def wait_closed(self) -> None:
        await asyncio.gather(self._taking, *self._entering, return_exceptions=True)

    async def _take(self) -> None:
        loop = asyncio.get_running_loop()
        self._secure.listener.setblocking(False)
        while True:
            try:
                client, _ = await loop.sock_accept(self._secure.listener)
            except OSError:
                await asyncio.sleep(RETRY_SECONDS)
                continue
            task = loop.create_task(self._let_in(client))
            self._entering.add(task)
            task.add_done_callback(self._entering.discard)

    async def _let_in(self, client: socket.socket) -> None:
        try:
            async with asyncio.timeout(HANDSHAKE_SECONDS):
                first = await _first_byte(client)
            if first == TLS_HANDSHAKE:
                await self._shake_hands(client)
                return
            if first:
                await _refuse(client)
            client.close()
        except ssl.SSLError as error:
            self._secure.tell(f"a client broke TLS off ({error.reason}): does it trust our CA?")
        except (OSError, asyncio.CancelledError):
            client.close()

    async def _shake_hands(self, client: socket.socket) -> None:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.get_running_loop().connect_accepted_socket(
            self._protocol,
            client,
            ssl=self._secure.context,
            ssl_handshake_timeout=HANDSHAKE_SECONDS,
            ssl_shutdown_timeout=GOODBYE_SECONDS,
        )


async def _refuse(client: socket.socket) -> None:
    """Reads on until the client has read why: cut off sooner, it would not."""
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(client, REFUSAL)
    client.shutdown(socket.SHUT_WR)
    async with asyncio.timeout(GOODBYE_SECONDS):
        while await loop.sock_recv(client, 65536):
            pass


async def _first_byte(client: socket.socket) -> bytes:
    """What the client says first, left where it is; empty where it went away. Raises OSError."""
    loop = asyncio.get_running_loop()
    client.setblocking(False)
    spoke = asyncio.Event()
    try:
        loop.add_reader(client, spoke.set)
    except NotImplementedError:  # Windows
        return TLS_HANDSHAKE
    try:
        await spoke.wait()
    finally:
        loop.remove_reader(client)
    with contextlib.suppress(BlockingIOError):
        return client.recv(1, socket.MSG_PEEK)
    return b""
