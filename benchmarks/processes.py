"""Servers in processes of their own: started, watched, ended."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 60.0
QUIET = {
    k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE" and not k.startswith("SIMULATOR_")
}


@dataclass
class Running:
    """A server that answers; `ready` is how long that took, in seconds."""

    port: int
    ready: float
    process: subprocess.Popen[bytes]

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request(method, path, body or None, {"Content-Type": "application/json"} | names)
            answer = connection.getresponse()
            return answer.status, answer.read()

    def token(self) -> str:
        """A token for Infact; of a server that has none, a word."""
        status, body = self.call(
            "GET", "/infact/v1/Account/token", Authorization="Basic ZGVtbzpkZW1vLXNlY3JldA=="
        )
        return str(json.loads(body)["Token"]) if status == 200 else "none"

    def megabytes(self) -> float:
        """Resident memory of the server and the processes it started (Linux)."""
        family = [self.process.pid, *children(self.process.pid)]
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in family)
        return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [grandchild for child in map(int, found) for grandchild in (child, *children(child))]


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return int(probe.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int, path: str) -> Iterator[Running]:
    """Start `command`, wait until `path` answers anything below 500, end it afterwards."""
    started = time.perf_counter()
    process = subprocess.Popen(command, env=QUIET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = Running(port, 0.0, process)
    try:
        while not _answers(server, path):
            if process.poll() is not None or time.perf_counter() - started > PATIENCE:
                raise RuntimeError(f"{' '.join(command)} does not answer")
            time.sleep(0.002)
        server.ready = time.perf_counter() - started
        yield server
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _answers(server: Running, path: str) -> bool:
    try:
        return server.call("GET", path)[0] < 500
    except OSError:
        return False
