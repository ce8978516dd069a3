"""A small HTTP client that keeps a server busy: some connections, one request on each at a time."""

from __future__ import annotations

import re
import selectors
import socket
import time
from dataclasses import dataclass, field

CONNECTIONS = 16
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


@dataclass
class Result:
    """What one run gave: answers a second, and how long each took."""

    per_second: float
    milliseconds: list[float] = field(repr=False)
    statuses: set[int]

    def percentile(self, share: float) -> float:
        ordered = sorted(self.milliseconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Connection:
    """One connection; `answered()` reads what there is and says whether an answer is complete."""

    def __init__(self, port: int, request: bytes) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request = request
        self._received = b""
        self.sent_at = 0.0

    def ask(self) -> None:
        self._received = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(self._request)

    def answered(self) -> int | None:
        """The status, once the whole answer is here."""
        part = self.socket.recv(1 << 16)
        if not part:
            raise ConnectionError("the server hung up")
        self._received += part
        head, separator, body = self._received.partition(b"\r\n\r\n")
        if not separator:
            return None
        length = LENGTH.search(head)
        if len(body) < (int(length[1]) if length else 0):
            return None
        return int(head[9:12])


def run(port: int, request: bytes, seconds: float, connections: int = CONNECTIONS) -> Result:
    """Ask for so long, and count."""
    selector = selectors.DefaultSelector()
    all_connections = [Connection(port, request) for _ in range(connections)]
    taken: list[float] = []
    statuses: set[int] = set()
    started = time.perf_counter()
    for connection in all_connections:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask()
    while time.perf_counter() - started < seconds:
        for key, _ in selector.select(timeout=1):
            connection = key.data
            status = connection.answered()
            if status is not None:
                taken.append((time.perf_counter() - connection.sent_at) * 1000)
                statuses.add(status)
                connection.ask()
    elapsed = time.perf_counter() - started
    for connection in all_connections:
        connection.socket.close()
    selector.close()
    return Result(len(taken) / elapsed, taken, statuses)


def request(method: str, path: str, body: bytes = b"", **headers: str) -> bytes:
    """The bytes of a request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body
