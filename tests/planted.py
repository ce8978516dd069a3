"""A client's calls with what is to be said of each: of a wrong one its one fault, of a correct one nothing.

Every vendor plants its own, in tests/vendors/{vendor}/planted.py:

    DAY                      the instant at which the clock of its world stands
    planted(client, known)   its `Planted`; `known` are the vendor's credentials by name

The world is that of the fixture `docs`. tests/every_vendor/test_planted.py holds the verdict to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.test import Client, TestResponse


@dataclass(frozen=True)
class Call:
    """A request as werkzeug's client takes it, below the vendor's root, and the status of the answer."""

    status: int
    method: str
    path: str
    options: dict[str, Any]

    def send(self, client: Client, vendor: str) -> TestResponse:
        return client.open(f"/{vendor}{self.path}", method=self.method, **self.options)


@dataclass(frozen=True, order=True)
class Fault:
    """What the verdict is to say, written from the contract; `operation` is empty where none was met."""

    operation: str
    place: str
    pointer: str
    keyword: str
    evidence: str = "documented"
    severity: str = "error"


@dataclass(frozen=True)
class Planted:
    """Calls that have exactly one fault each, none twice, and calls that have none."""

    wrong: list[tuple[Call, Fault]]
    correct: list[Call]
