"""Python's own sockets, through which libraries go that are not intercepted.

Names are stopped where they are looked up, addresses where they are connected to; what came of looking up an
allowed name is allowed. Streams only: a datagram socket is "connected" without sending anything, to learn
one's own address.
"""

from __future__ import annotations

import socket
from contextlib import ExitStack
from functools import wraps
from typing import Any

from simulator.hosts import is_address
from simulator.testing.interception.active import check, plain
from simulator.testing.interception.origins import follow_tasks
from simulator.testing.interception.patches import replaced

FAMILIES = (socket.AF_INET, socket.AF_INET6)
found: set[str] = set()
"""The addresses of allowed names that were looked up."""


def patch(stack: ExitStack) -> None:
    stack.callback(found.clear)
    replaced(stack, socket, "getaddrinfo", _looking_up(socket.getaddrinfo))
    for name in ("connect", "connect_ex"):
        replaced(stack, socket.socket, name, _connecting(getattr(socket.socket, name)))


def patch_uvloop(stack: ExitStack, module: Any) -> None:
    """`module` is uvloop, which uses neither; its loops' methods are all coroutines' functions."""
    loop = module.Loop
    look_up, connect, create = loop.getaddrinfo, loop.sock_connect, loop.create_connection

    async def getaddrinfo(self: Any, host: Any, port: Any, **options: Any) -> Any:
        name = _checked(host, port)
        return _remembered(name, await look_up(self, host, port, **options))

    async def sock_connect(self: Any, sock: socket.socket, address: Any) -> Any:
        _check_address(sock, address)
        return await connect(self, sock, address)

    async def create_connection(
        self: Any, factory: Any, host: Any = None, port: Any = None, **options: Any
    ) -> Any:
        if host and _text(host) not in found:  # without one there is a socket that is connected
            check(_text(host), port or 0)
        return await create(self, factory, host, port, **options)

    for each in (getaddrinfo, sock_connect, create_connection):
        replaced(stack, loop, each.__name__, each)
    follow_tasks(stack, loop)


def _looking_up(original: Any) -> Any:
    @wraps(original)
    def getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> list[Any]:
        name = _checked(host, port)
        return _remembered(name, original(host, port, *args, **options))

    return getaddrinfo


def _checked(host: Any, port: Any) -> str:
    """The name that may be looked up; none for an address, and without a host, which is to listen."""
    name = plain(_text(host or ""))
    if not name or is_address(name):
        return ""
    check(name, port if isinstance(port, int) else 0)
    return name


def _remembered(name: str, addresses: list[Any]) -> list[Any]:
    if name:
        found.update(address[0] for *_, address in addresses)
    return addresses


def _connecting(original: Any) -> Any:
    @wraps(original)
    def connect(self: socket.socket, address: Any) -> Any:
        _check_address(self, address)
        return original(self, address)

    return connect


def _check_address(sock: socket.socket, address: Any) -> None:
    if sock.family in FAMILIES and sock.type == socket.SOCK_STREAM and address[0] not in found:
        check(_text(address[0]), address[1])


def _text(host: Any) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
