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

from simulator.testing.interception.active import check, is_address, plain
from simulator.testing.interception.patches import replaced

FAMILIES = (socket.AF_INET, socket.AF_INET6)


def patch(stack: ExitStack) -> None:
    found: set[str] = set()
    replaced(stack, socket, "getaddrinfo", _looking_up(socket.getaddrinfo, found))
    for name in ("connect", "connect_ex"):
        replaced(stack, socket.socket, name, _connecting(getattr(socket.socket, name), found))


def _looking_up(original: Any, found: set[str]) -> Any:
    @wraps(original)
    def getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> list[Any]:
        name = plain(_text(host or ""))
        is_name = bool(name) and not is_address(name)  # without one it is to listen
        if is_name:
            check(name, port if isinstance(port, int) else 0)
        addresses: list[Any] = original(host, port, *args, **options)
        if is_name:
            found.update(address[0] for *_, address in addresses)
        return addresses

    return getaddrinfo


def _connecting(original: Any, found: set[str]) -> Any:
    @wraps(original)
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in FAMILIES and self.type == socket.SOCK_STREAM and address[0] not in found:
            check(_text(address[0]), address[1])
        return original(self, address)

    return connect


def _text(host: Any) -> str:
    return host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
