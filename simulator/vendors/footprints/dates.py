"""Dates as Footprints writes them; it has three ways. All are stored as ISO 8601 in UTC with milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, available_timezones

from simulator.kernel.clock import to_milliseconds
from simulator.kernel.world import World


def now(world: World) -> str:
    """This instant as it is stored, and as most answers print it: 2018-09-24T19:00:00.000Z."""
    return to_milliseconds(world.clock.now())


def plain(text: str) -> str:
    """A stored instant as Update Lead and Check Client Code print it: 2018-09-24 19:00:00."""
    return text[:19].replace("T", " ")


def javascript(text: str) -> str:
    """A stored instant as Get Leads prints a birthday: Fri Oct 21 1960 00:00:00 GMT+0000 (UTC)."""
    at = datetime.fromisoformat(text)
    day = f"{['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][at.weekday()]}"
    month = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][at.month - 1]
    return f"{day} {month} {at:%d} {at.year:04d} {at:%H:%M:%S} GMT+0000 (UTC)"


def read(text: str, zone: tzinfo = UTC) -> str:
    """`Y-m-d` or `Y-m-d H:i:s` in `zone`, as it is stored. Raises ValueError where it is neither."""
    form = "%Y-%m-%d" if len(text) == 10 else "%Y-%m-%d %H:%M:%S"
    try:
        return to_milliseconds(datetime.strptime(text, form).replace(tzinfo=zone))
    except OverflowError as error:
        raise ValueError(f"{text} is no date in {zone}") from error


def zone(name: str) -> tzinfo | None:
    """A zone by its IANA name; None where there is none."""
    return ZoneInfo(name) if name in available_timezones() else None
