"""What was asked and what was answered: one bounded list of exchanges per world."""

from __future__ import annotations

import base64
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from simulator.kernel import caller
from simulator.kernel.caller import Caller
from simulator.kernel.clock import to_text

BODY_LIMIT = 64 * 1024
"""Bytes of a body that are kept; the rest is counted only."""

HEADER_KEYS = ("HTTP_", "CONTENT_TYPE", "CONTENT_LENGTH")
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})


@dataclass(slots=True)
class Body:
    """A body as far as it is kept."""

    kept: bytes
    size: int

    @classmethod
    def of(cls, raw: bytes) -> Body:
        return cls(raw[:BODY_LIMIT], len(raw))

    def describe(self) -> dict[str, Any]:
        """`text` where the bytes are UTF-8, `base64` where they are not."""
        row: dict[str, Any] = {"size": self.size}
        if self.size > len(self.kept):
            row["truncated"] = True
        try:
            # a cut may go through a character: only whole ones are shown
            return row | {"text": self.kept.decode("utf-8", "ignore" if "truncated" in row else "strict")}
        except UnicodeDecodeError:
            return row | {"base64": base64.b64encode(self.kept).decode()}


@dataclass(slots=True)
class Entry:
    """One exchange. `contract` is ok, violation, or unknown where no operation was met; `caller` is the line
    of the client that asked, if it said so."""

    index: int
    time: datetime
    vendor: str
    method: str
    path: str
    query: str
    environ: list[tuple[str, str]]
    request_body: Body
    operation: str | None = None
    nearest: list[str] = field(default_factory=list)
    status: int = 0
    response_headers: list[tuple[str, str]] = field(default_factory=list)
    response_body: Body = field(default_factory=lambda: Body(b"", 0))
    contract: str = "unknown"
    violations: list[dict[str, Any]] = field(default_factory=list)
    deviations: list[dict[str, Any]] = field(default_factory=list)
    assumed: list[str] = field(default_factory=list)
    caller: Caller | None = None

    def summary(self) -> dict[str, Any]:
        return {
            "index": self.index,
            "time": to_text(self.time),
            "vendor": self.vendor,
            "operation": self.operation,
            "method": self.method,
            "path": self.path,
            "query": self.query,
            "status": self.status,
            "contract": self.contract,
            "violations": self.violations,
            "deviations": self.deviations,
            "assumed": self.assumed,
            "nearest": self.nearest,
            "caller": self.caller._asdict() if self.caller else None,
        }

    @property
    def request_headers(self) -> list[tuple[str, str]]:
        """The request's headers by their usual names, in alphabetical order."""
        named = [(key.removeprefix("HTTP_").replace("_", "-").title(), value) for key, value in self.environ]
        return sorted((name, value) for name, value in named if value)

    def describe(self, *, secrets: bool = False) -> dict[str, Any]:
        """The whole exchange; credentials are masked unless `secrets`."""
        return self.summary() | {
            "request": {
                "headers": shown(self.request_headers, secrets),
                "body": self.request_body.describe(),
            },
            "response": {
                "headers": shown(self.response_headers, secrets),
                "body": self.response_body.describe(),
            },
        }


def shown(headers: list[tuple[str, str]], secrets: bool) -> list[list[str]]:
    """Headers for people to see: a credential keeps its scheme and loses its value."""
    return [[name, value if secrets else _masked(name, value)] for name, value in headers]


def _masked(name: str, value: str) -> str:
    if name.lower() not in SECRET_HEADERS:
        return value
    scheme, separator, _ = value.partition(" ")
    return f"{scheme} ***" if separator else "***"


class Journal:
    """The last `limit` exchanges of a world; older ones are dropped and still counted."""

    def __init__(self, limit: int) -> None:
        self._entries: deque[Entry] = deque(maxlen=limit)
        self.last_index = 0

    def open(
        self,
        *,
        time: datetime,
        vendor: str,
        method: str,
        path: str,
        query: str,
        headers: Mapping[str, Any],
        body: bytes,
    ) -> Entry:
        """Note a request; `headers` is its WSGI environment, whose `HTTP_` keys are the headers."""
        self.last_index += 1
        names = (name for name in headers if name.startswith(HEADER_KEYS) and name != caller.KEY)
        sent = [(name, headers[name]) for name in names]
        entry = Entry(self.last_index, time, vendor, method, path, query, sent, Body.of(body))
        entry.caller = caller.read(headers.get(caller.KEY))
        self._entries.append(entry)
        return entry

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries))

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, index: int) -> Entry | None:
        oldest = self._entries[0].index if self._entries else 1
        if oldest <= index <= self.last_index and self._entries:
            return self._entries[index - oldest]
        return None

    def find(self, filters: Mapping[str, str], since: int = 0) -> list[Entry]:
        """Entries after index `since` whose fields, as text, equal every filter."""
        return [
            entry
            for entry in self._entries
            if entry.index > since and all(str(getattr(entry, k)) == v for k, v in filters.items())
        ]

    def clear(self) -> None:
        """Forget the entries; indexes go on, so that `since` stays true."""
        self._entries.clear()

    def restart(self) -> None:
        """As new: the next entry is number 1."""
        self._entries.clear()
        self.last_index = 0
