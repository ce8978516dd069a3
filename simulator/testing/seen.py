"""What a world has seen: the requests of its clients, and the messages that its vendors sent."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Generic, Self, TypeVar, overload

from simulator.testing.control import Control

T = TypeVar("T")


@dataclass(frozen=True)
class HttpMessage:
    """One half of an exchange. Of long bodies only the beginning is kept; `size` is the whole one's."""

    headers: list[tuple[str, str]]
    text: str
    size: int

    @property
    def json(self) -> Any:
        """Raises ValueError where it is none."""
        return json.loads(self.text)

    def header(self, name: str) -> str | None:
        """The first of that name, whatever its case."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), None)

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        body = row["body"]
        # what is no text comes in base64, and stays so
        text = body["text"] if "text" in body else body["base64"]
        return cls([(name, value) for name, value in row["headers"]], text, body["size"])


@dataclass(frozen=True, repr=False)
class Exchange:
    """A request to a vendor and its answer. `operation` is None, and `contract` unknown, where it met none.

    `contract` is ok or violation; `violations` is what the client did wrong, `deviations` the simulator,
    `assumed` the guesses that the answer rests on, `nearest` operations that a stray request may have meant,
    `caller` the client's `file` and `line`, where they are known.
    """

    index: int
    time: str
    vendor: str
    operation: str | None
    method: str
    path: str
    query: str
    status: int
    contract: str
    violations: list[dict[str, Any]]
    deviations: list[dict[str, Any]]
    assumed: list[str]
    nearest: list[str]
    caller: dict[str, Any] | None
    _control: Control = field(repr=False, compare=False)

    @classmethod
    def of(cls, row: dict[str, Any], control: Control) -> Self:
        return cls(**_known(cls, row), _control=control)

    def __repr__(self) -> str:
        query = f"?{self.query}" if self.query else ""
        return f"<Exchange {self.index}: {self.method} {self.path}{query} {self.status} {self.contract}>"

    @cached_property
    def _whole(self) -> dict[str, Any]:
        found: dict[str, Any] = self._control.get(f"requests/{self.index}", secrets="shown")
        return found

    @property
    def request(self) -> HttpMessage:
        """As it was sent, credentials included."""
        return HttpMessage.of(self._whole["request"])

    @property
    def response(self) -> HttpMessage:
        return HttpMessage.of(self._whole["response"])


@dataclass(frozen=True)
class Message:
    """A message that a vendor would have sent, or (`status` skipped) would not, for `reason`.

    `channel` is sms, email or push, `cause` what it was sent for.
    """

    id: int
    time: str
    vendor: str
    status: str
    channel: str | None
    to: str | None
    cause: dict[str, Any]
    subject: str | None = None
    text: str | None = None
    reason: str | None = None


class _Seen(Sequence[T], Generic[T]):
    """All there is, oldest first; asked anew at each use."""

    def _all(self) -> list[T]:
        raise NotImplementedError

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> list[T]: ...
    def __getitem__(self, index: int | slice) -> T | list[T]:
        return self._all()[index]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[T]:
        return iter(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


class Requests(_Seen[Exchange]):
    """What was asked of the vendors, oldest first. The journal keeps the last 1000."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def where(
        self,
        *,
        vendor: str | None = None,
        operation: str | None = None,
        status: int | str | None = None,
        contract: str | None = None,
        since: int | None = None,
    ) -> list[Exchange]:
        """Those of a vendor, an operation (`unknown` for none), a status (200, or 4xx), a contract's verdict
        (ok, violation, unknown), after an index. Raises SimulatorError for what can match nothing."""
        found = self._control.get(
            "requests", vendor=vendor, operation=operation, status=status, contract=contract, since=since
        )
        return [Exchange.of(row, self._control) for row in found["requests"]]

    def _all(self) -> list[Exchange]:
        return self.where()

    def clear(self) -> None:
        """Forget them. The verdict stays."""
        self._control.call("DELETE", "requests")


class Outbox(_Seen[Message]):
    """Every message, sent or skipped, oldest first."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def where(
        self,
        *,
        vendor: str | None = None,
        channel: str | None = None,
        to: str | None = None,
        status: str | None = None,
        since: int | None = None,
    ) -> list[Message]:
        """Those of a vendor, on a channel, to somebody, of a status (sent, skipped), after an id."""
        found = self._control.get("outbox", vendor=vendor, channel=channel, to=to, status=status, since=since)
        return [Message(**_known(Message, row)) for row in found["messages"]]

    def _all(self) -> list[Message]:
        return self.where()

    def clear(self) -> None:
        self._control.call("DELETE", "outbox")


def _known(kind: type, row: dict[str, Any]) -> dict[str, Any]:
    """The members that the class has: a newer simulator may tell more."""
    return {each.name: row[each.name] for each in fields(kind) if each.name in row}
