"""A world's time: real or frozen, still within a request, kept with the state."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from simulator.kernel.clock import (
    Clock,
    ClockRange,
    parse_duration,
    parse_instant,
    system_now,
    to_text,
    within_range,
)
from simulator.kernel.store import Store
from tests.acme import Ticking

NOON = datetime(2024, 6, 1, 12, tzinfo=UTC)


def clock(start: datetime | None = None) -> tuple[Clock, Ticking]:
    system = Ticking(NOON)
    return Clock(Store(), start, system), system


def test_real_clock_follows_the_computers() -> None:
    made, system = clock()
    assert (made.mode, made.now()) == ("real", NOON)
    system.pass_(seconds=5)
    assert made.now() == NOON + timedelta(seconds=5)


def test_clock_with_a_start_stands_there() -> None:
    made, system = clock(NOON - timedelta(days=1))
    system.pass_(seconds=5)
    assert (made.mode, made.now()) == ("frozen", NOON - timedelta(days=1))


@pytest.mark.parametrize("start", [None, NOON])
def test_set_keeps_the_mode_unless_told(start: datetime | None) -> None:
    made, system = clock(start)
    before = made.mode
    made.set(NOON + timedelta(days=1))
    assert (made.mode, made.now()) == (before, NOON + timedelta(days=1))
    made.set(NOON, "real")
    system.pass_(hours=1)
    assert made.now() == NOON + timedelta(hours=1)
    made.set(NOON, "frozen")
    system.pass_(hours=1)
    assert made.now() == NOON


def test_time_stands_still_while_held() -> None:
    made, system = clock()
    with made.fixed() as now:
        system.pass_(hours=1)
        assert made.now() == now == NOON
        with made.fixed(NOON - timedelta(days=1)) as due:
            assert made.now() == due == NOON - timedelta(days=1)
        assert made.now() == NOON
    assert made.now() == NOON + timedelta(hours=1)


def test_a_clock_moved_while_held_has_moved() -> None:
    made, _ = clock(NOON)
    with made.fixed():
        with made.fixed():
            made.set(NOON + timedelta(hours=1))
            assert made.now() == NOON + timedelta(hours=1)
        assert made.now() == NOON + timedelta(hours=1)
    assert made.now() == NOON + timedelta(hours=1)


def test_restart_is_the_time_of_birth() -> None:
    store, system = Store(), Ticking(NOON)
    made = Clock(store, NOON, system)
    with made.fixed():
        made.set(NOON + timedelta(hours=1), "real")
        store.forget()
        made.restart(NOON)
        assert (made.mode, made.now()) == ("frozen", NOON)
    made.restart(None)
    assert made.mode == "real"


def test_the_computers_clock_is_in_utc() -> None:
    assert system_now().utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (NOON, "2024-06-01T12:00:00Z"),
        (NOON.replace(microsecond=5), "2024-06-01T12:00:00.000005Z"),
        (NOON.astimezone(timezone(timedelta(hours=2))), "2024-06-01T12:00:00Z"),
    ],
)
def test_instants_as_text(instant: datetime, text: str) -> None:
    assert to_text(instant) == text
    assert parse_instant(text) == instant


@pytest.mark.parametrize("text", ["2024-06-01T12:00:00", "2024-06-01T14:00+02:00", "20240601T120000Z"])
def test_instants_are_read_in_any_iso_form(text: str) -> None:
    assert parse_instant(text) == NOON


@pytest.mark.parametrize(
    "text", ["", "noon", "2024-13-01", "1969-12-31", "9000-01-01", "0001-01-01T00:00:00+10:00"]
)
def test_instants_that_cannot_be(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_instant(text)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("PT1H", 3600), ("P1DT1S", 86401), ("PT0.5S", 0.5), (90, 90), (-1.5, -1.5), ("-PT1S", -1)],
)
def test_durations(value: str | float, seconds: float) -> None:
    assert parse_duration(value) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "value", ["", "1 hour", "P1M", "P1Y", "PT" + "9" * 400 + "S", "P99999999999999D", 1e300, -1e300]
)
def test_durations_that_cannot_be(value: str | float) -> None:
    """Seen to fail: a long one was an OverflowError."""
    with pytest.raises(ValueError, match=r"\w"):
        parse_duration(value)


def test_range_of_a_clock() -> None:
    assert within_range(lambda: NOON) == NOON
    with pytest.raises(ClockRange, match="1969 is not between 1970 and 8999"):
        within_range(lambda: datetime(1969, 12, 31, tzinfo=UTC))
    with pytest.raises(ClockRange):
        within_range(lambda: NOON + timedelta.max)
