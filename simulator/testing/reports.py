"""What a run leaves behind for those who read it: the verdict in four forms, and every exchange."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import orjson

FILES = {
    "verdict.json": "/_simulator/verdict?format=json",
    "junit.xml": "/_simulator/verdict?format=junit",
    "verdict.sarif": "/_simulator/verdict?format=sarif",
    "verdict.md": "/_simulator/verdict?format=markdown",
    "requests.har": "/_simulator/requests.har",
}
PATIENCE_SECONDS = 60


class CannotReport(RuntimeError):
    """The simulator did not give what was asked for."""


@dataclass(frozen=True)
class Reporter:
    """Asks the control API of a server on this computer; `token` is what it wants, if it does."""

    port: int
    token: str | None = None

    def write(self, folder: Path) -> None:
        """Every file, new. Raises CannotReport or OSError."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, path in FILES.items():
            (folder / name).write_bytes(self._get(path))

    def failed(self, fail_on: str) -> bool:
        """Whether the client broke a contract (`violation`), or also leant on a guess (`assumed`).

        Raises CannotReport.
        """
        if fail_on == "never":
            return False
        verdict: dict[str, Any] = orjson.loads(self._get(FILES["verdict.json"]))
        return not verdict["ok"] or (fail_on == "assumed" and bool(verdict["relied_on"]))

    def _get(self, path: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        try:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise CannotReport(f"{path} answered {answer.status}")
        return body
