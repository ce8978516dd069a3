"""Ranges of time and their steps: what was asked, what holds, and a series with every step of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.configuration.service import workspace
from simulator.vendors.contacthub.retention.periods import earlier

DAILY, WEEKLY, MONTHLY = "DAILY", "WEEKLY", "MONTHLY"
MONTH, YEAR = 1, 12
LIMITS = {DAILY: YEAR, WEEKLY: 5 * YEAR, MONTHLY: 10 * YEAR}
"""Months that a range may have, by the width of its steps."""
FIRST, LAST = datetime(1811, 1, 1, tzinfo=UTC), datetime(2999, 12, 30, tzinfo=UTC)
ZONE = "Europe/Rome"


@dataclass(frozen=True)
class Range:
    """From `start` to `end`, both included; days are those of `zone`."""

    start: datetime
    end: datetime
    zone: ZoneInfo

    def shown(self) -> dict[str, str]:
        return {"start": dates.shown(self.start), "end": dates.shown(self.end)}

    def steps(self, mode: str) -> list[date]:
        """The first day of every step, cut short at neither end."""
        if self.start > self.end:
            return []
        day, last = _step(self._day(self.start), mode), self._day(self.end)
        found = []
        while day <= last:
            found.append(day)
            day = _next(day, mode)
        return found

    def counted(self, instants: Iterable[datetime], mode: str) -> list[dict[str, Any]]:
        """How many of `instants` are in each step: [{datetime, value}]."""
        counts = Counter(_step(self._day(at), mode) for at in instants if self.start <= at <= self.end)
        return [{"datetime": day.isoformat(), "value": counts[day]} for day in self.steps(mode)]

    def _day(self, instant: datetime) -> date:
        return instant.astimezone(self.zone).date()


def asked_range(
    world: World, workspace_id: str, asked: Mapping[str, Any], default: int, most: int | None = None
) -> Range:
    """What `asked` has in start and end: by default `default` months until now, moved to `most` months."""
    world.assume(rules.STATS_RANGE)
    end = _bounded(dates.parsed(asked["end"]) if "end" in asked else world.clock.now())
    start = _bounded(dates.parsed(asked["start"]) if "start" in asked else earlier(end, default))
    if most is not None:
        start = max(start, earlier(end, most))
    configured = workspace(world, workspace_id)["configuration"].get("timezone")
    return Range(start, end, ZoneInfo(configured or ZONE))


def _bounded(instant: datetime) -> datetime:
    # answers have milliseconds, and name days of the years that the contract allows
    cut = instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    return min(max(cut, FIRST), LAST)


def _step(day: date, mode: str) -> date:
    if mode == WEEKLY:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if mode == MONTHLY else day


def _next(day: date, mode: str) -> date:
    return (
        _step(day + timedelta(days=31), mode)
        if mode == MONTHLY
        else day + timedelta(7 if mode == WEEKLY else 1)
    )
