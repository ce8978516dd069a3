"""A world's clock, as tests hold it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from simulator.testing.control import Control


@dataclass(frozen=True)
class Moved:
    """What moving the clock came to: the time it is now, and the work that fell due on the way, in due order.

    Each piece of `ran` has `due`, `vendor`, `work` and `data`, and `error` if it failed. `complete` says that
    nothing more is due by now, `pending` how much there is for later.
    """

    now: datetime
    ran: list[dict[str, Any]]
    complete: bool
    pending: int


class SimulatedClock:
    """Real time with an offset, or frozen. Nothing falls due in the background: only when time moves, or a
    request comes."""

    def __init__(self, control: Control) -> None:
        self._control = control

    @property
    def now(self) -> datetime:
        """In UTC."""
        return _instant(self._control.get("clock")["now"])

    @property
    def mode(self) -> str:
        """`real` or `frozen`."""
        return str(self._control.get("clock")["mode"])

    def advance(self, by: timedelta | str | float | None = None, **parts: float) -> Moved:
        """By a timedelta, seconds, an ISO 8601 duration (`PT1H`), or what timedelta takes (minutes=5)."""
        if (by is None) == (not parts):
            raise TypeError("advance takes a duration or its parts, such as minutes=5")
        step = timedelta(**parts) if by is None else by
        return self._move({"advance": step.total_seconds() if isinstance(step, timedelta) else step})

    def set(self, instant: datetime | str) -> Moved:
        """Forward, doing what falls due, or back; an instant without a zone is UTC. The mode stays."""
        return self._move({"now": instant.isoformat() if isinstance(instant, datetime) else instant})

    def run_until_idle(self) -> Moved:
        """Do all there is to do, each at its due instant, and be at the last."""
        return self._move({"run_until_idle": True})

    def freeze(self) -> Moved:
        """Time stands until it is moved."""
        return self._move({"mode": "frozen"})

    def unfreeze(self) -> Moved:
        """Time goes on from where it stands, as fast as the computer's."""
        return self._move({"mode": "real"})

    def _move(self, how: dict[str, Any]) -> Moved:
        found = self._control.call("PATCH", "clock", how)
        return Moved(_instant(found["now"]), found["ran"], found["complete"], found["pending"])

    def __repr__(self) -> str:
        found = self._control.get("clock")
        return f"<SimulatedClock {found['now']} {found['mode']}>"


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
