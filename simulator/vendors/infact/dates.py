"""Infact's ways to write days and times, and the zone of those that name none (infact.time-zone)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?", re.ASCII)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
OLDEST, NEWEST = 1900, 2999


def instant(text: str, zone: str) -> datetime:
    """`2022-06-20 14:30:18` or an ISO 8601 date-time, in UTC; without a zone it is local time in `zone`.

    Raises ValueError. A local time that a clock change repeats means its first, one that it
    skips the instant as if the clock had not changed.
    """
    if not TIME.fullmatch(text):
        raise ValueError(f"{text!r} is not a date and time")
    found = _in_years(datetime.fromisoformat(text.upper()))
    if found.tzinfo is None:
        found = found.replace(tzinfo=ZoneInfo(zone))
    return found.astimezone(UTC)


def day(text: str) -> date:
    """`2022-05-20`. Raises ValueError."""
    if not DAY.fullmatch(text):
        raise ValueError(f"{text!r} is not a day")
    return _in_years(datetime.fromisoformat(text)).date()


def today(now: datetime, zone: str) -> date:
    """The day it is in `zone`."""
    return now.astimezone(ZoneInfo(zone)).date()


def _in_years(found: datetime) -> datetime:
    if not OLDEST <= found.year <= NEWEST:
        raise ValueError(f"the year {found.year} is out of range")
    return found
