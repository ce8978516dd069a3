"""Every message a vendor would have sent, and every one it would not have, with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from simulator.kernel.clock import Clock, to_text
from simulator.kernel.store import Collection, Store, on

OUTBOX = Collection("simulator/outbox", (on("vendor"), on("to")))


class Outbox:
    """Messages of one world, oldest first."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def send(
        self,
        vendor: str,
        channel: str,
        to: str,
        text: str,
        *,
        cause: dict[str, Any],
        subject: str | None = None,
    ) -> None:
        """A message of `channel` (sms, email, push) went out, rendered."""
        self._add(vendor, "sent", channel, cause, {"to": to, "subject": subject, "text": text})

    def skip(
        self, vendor: str, channel: str | None, to: str | None, reason: str, *, cause: dict[str, Any]
    ) -> None:
        """Nobody was reached, for `reason`."""
        self._add(vendor, "skipped", channel, cause, {"to": to, "reason": reason})

    def _add(
        self, vendor: str, status: str, channel: str | None, cause: dict[str, Any], what: dict[str, Any]
    ) -> None:
        self._store.table(OUTBOX).put(
            {
                "id": self._store.sequence("simulator/message"),
                "time": to_text(self._clock.now()),
                "vendor": vendor,
                "status": status,
                "channel": channel,
                **what,
                "cause": cause,
            }
        )

    def messages(self) -> Iterator[dict[str, Any]]:
        return self._store.table(OUTBOX).scan()

    def clear(self) -> None:
        with self._store.transaction():
            for key in list(self._store.table(OUTBOX).raw()):
                self._store.table(OUTBOX).delete(key)
