"""kill -9, fifty times, under load: what was acknowledged is there, and TinyDB always opens the file.

Seen to fail with an append that waits in a buffer instead of being written at once.
"""

from __future__ import annotations

import base64
import http.client
import itertools
import json
import random
import threading
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.process import Process, started

KILLS = 50
WRITERS = 3
FOLDING_OFTEN = """
from simulator.kernel.state_file import StateFile
StateFile._due = lambda self: self._journal is not None and self._journal.size > 20_000
from simulator.cli import main
main(prog_name="simulator")
"""
ROWS = "default/infact/rows-"
IMPORT = "/infact/v1/datasources/265/objects/members/data/import/json"


class Writers:
    """Clients that import one new row after the other until the server is gone."""

    def __init__(self, server: Process, numbers: itertools.count[int]) -> None:
        self.acknowledged: list[int] = []
        self._port, self._numbers, self._token = server.port, numbers, token(server)
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._write) for _ in range(WRITERS)]
        for thread in self._threads:
            thread.start()

    def _write(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            while True:
                number = next(self._numbers)
                row = {"id": number, "firstname": "Kari", "phone": str(40_000_000 + number % 10_000)}
                body = json.dumps({"MergeKey": "id", "Items": [row]})
                connection.request("POST", IMPORT, body, headers)
                answer = connection.getresponse()
                answer.read()
                assert answer.status == 200, answer.status
                self.acknowledged.append(number)
                if len(self.acknowledged) >= 10:
                    self._enough.set()
        except (OSError, http.client.HTTPException):
            self._enough.set()
        finally:
            connection.close()

    def wait_for_some(self) -> None:
        assert self._enough.wait(60)

    def join(self) -> list[int]:
        for thread in self._threads:
            thread.join(60)
        return self.acknowledged


def token(server: Process) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    basic = base64.b64encode(b"demo:demo-secret").decode()
    connection.request("GET", "/infact/v1/Account/token", headers={"Authorization": f"Basic {basic}"})
    found = json.loads(connection.getresponse().read())
    connection.close()
    return str(next(value for key, value in found.items() if key.lower() == "token"))


@pytest.mark.slow
def test_fifty_kills(tmp_path: Path) -> None:
    state = tmp_path / "state.json"
    fate, numbers = random.Random(50), itertools.count(5_000_000)
    acknowledged: set[int] = set()
    for kill in range(KILLS):
        with started("--state", "state.json", folder=tmp_path, code=FOLDING_OFTEN) as server:
            assert acknowledged <= ids(state), f"lost at kill {kill}"
            writers = Writers(server, numbers)
            writers.wait_for_some()
            threading.Event().wait(fate.uniform(0, 0.15))
            server.kill()
            acknowledged |= set(writers.join())
            ids(state)
    with started("--state", "state.json", folder=tmp_path) as server:
        assert server.stop() == 0
    assert acknowledged <= ids(state)
    assert len(acknowledged) >= 10 * KILLS


def ids(state: Path) -> set[int]:
    """The ids of the rows in the file, as TinyDB reads it."""
    with TinyDB(state, access_mode="r") as db:
        return {row["id"] for name in db.tables() if name.startswith(ROWS) for row in db.table(name)}
