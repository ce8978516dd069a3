"""Due work: in due order, at its due instant, each piece by itself, and never twice."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.kernel import agenda
from simulator.kernel.store import Collection
from simulator.kernel.world import Birth, World

START = datetime(2024, 1, 1, tzinfo=UTC)
MARKS = Collection("acme/marks")


class Diary:
    """A world whose work notes down when it ran."""

    def __init__(self) -> None:
        self.world = World(Birth(start=START), carry_out=self._carry_out)
        self.notes: list[tuple[float, Any]] = []

    def _carry_out(self, world: World, vendor: str, work: str, data: dict[str, Any]) -> None:
        now = world.clock.now()
        world.store.table(MARKS).put({"id": world.store.sequence("acme/mark")})
        if work == "fail":
            raise ZeroDivisionError
        self.notes.append(((now - START).total_seconds(), data.get("name")))
        if data.get("again"):
            world.agenda.add(
                now + timedelta(seconds=data["every"]), vendor, work, {**data, "again": data["again"] - 1}
            )

    def plan(self, seconds: float, name: Any = None, work: str = "note", **data: Any) -> int:
        with self.world.store.transaction():
            due = START + timedelta(seconds=seconds)
            return self.world.agenda.add(due, "acme", work, {"name": name, **data})

    def run(self, until: float) -> list[agenda.Ran]:
        return self.world.agenda.run_due(START + timedelta(seconds=until))


@pytest.fixture
def diary() -> Diary:
    return Diary()


def test_work_runs_in_due_order_at_its_instant(diary: Diary) -> None:
    for seconds in (30, 10, 20, 40):
        diary.plan(seconds)
    ran = diary.run(30)
    assert [at for at, _ in diary.notes] == [10, 20, 30]
    assert [(piece.due - START).total_seconds() for piece in ran] == [10, 20, 30]
    assert len(diary.world.agenda.pending()) == 1


def test_work_of_one_instant_runs_in_the_order_planned(diary: Diary) -> None:
    for name in "abc":
        diary.plan(10, name)
    diary.run(10)
    assert [name for _, name in diary.notes] == ["a", "b", "c"]


def test_nothing_runs_twice_or_early(diary: Diary) -> None:
    diary.plan(10)
    assert diary.run(9.999999) == []
    assert len(diary.run(10)) == 1
    assert diary.run(10) == diary.run(1e9) == []


def test_work_may_plan_work_that_falls_due_in_the_same_run(diary: Diary) -> None:
    diary.plan(10, "a", again=3, every=10)
    diary.plan(25, "b")
    diary.run(35)
    assert diary.notes == [(10, "a"), (20, "a"), (25, "b"), (30, "a")]


def test_entering_a_world_does_its_due_work(diary: Diary) -> None:
    diary.plan(10)
    diary.world.clock.set(START + timedelta(seconds=11))
    with diary.world.entered() as ran:
        assert [piece.work for piece in ran] == ["note"]
        assert diary.world.clock.now() == START + timedelta(seconds=11)
    assert diary.notes == [(10, None)]


def test_work_that_fails_leaves_no_trace_and_does_not_stop_others(
    diary: Diary, caplog: pytest.LogCaptureFixture
) -> None:
    diary.plan(10, work="fail")
    diary.plan(20)
    ran = diary.run(30)
    assert [piece.error for piece in ran] == ["ZeroDivisionError()", None]
    assert ran[0].describe() == {
        "due": "2024-01-01T00:00:10Z",
        "vendor": "acme",
        "work": "fail",
        "data": {"name": None},
        "error": "ZeroDivisionError()",
    }
    assert "error" not in ran[1].describe()
    assert len(diary.world.store.table(MARKS)) == 1
    assert diary.world.agenda.pending() == []
    assert "acme fail, due 2024-01-01T00:00:10Z, failed" in caplog.text


def test_work_planned_in_vain_does_not_run(diary: Diary) -> None:
    """Seen to fail with next_due trusting its heap alone."""
    with suppress(KeyError), diary.world.store.transaction():
        diary.plan(10)
        raise KeyError
    assert diary.world.agenda.next_due() is None
    diary.plan(20)
    diary.run(30)
    assert diary.notes == [(20, None)]


def test_one_run_does_no_more_than_the_bound(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "MOST_AT_ONCE", 5)
    diary.plan(1, again=1_000_000, every=1)
    assert len(diary.run(1000)) == 5
    assert diary.world.agenda.next_due() == START + timedelta(seconds=6)


def test_next_due_is_the_earliest_of_what_is_stored(diary: Diary) -> None:
    assert diary.world.agenda.next_due() is None
    diary.plan(20)
    diary.plan(10)
    assert diary.world.agenda.next_due() == START + timedelta(seconds=10)
    diary.world.agenda.forget()
    assert diary.world.agenda.next_due() == START + timedelta(seconds=10)


def test_a_world_begun_again_has_nothing_planned(diary: Diary) -> None:
    diary.plan(10)
    diary.world.begin_again()
    assert diary.run(1e6) == []
    diary.plan(5)
    assert len(diary.run(1e6)) == 1


@settings(max_examples=60, deadline=None)
@given(
    plans=st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=20),
    stops=st.lists(st.integers(0, 25), max_size=5),
)
def test_any_plan_runs_in_order_and_once(plans: list[tuple[int, bool]], stops: list[int]) -> None:
    """`keep` false: planned in a transaction that is undone."""
    diary = Diary()
    for name, (seconds, keep) in enumerate(plans):
        with suppress(KeyError), diary.world.store.transaction():
            diary.plan(seconds, name)
            if not keep:
                raise KeyError
    for stop in sorted(stops):
        diary.run(stop)
        assert all(
            item["due"] > (START + timedelta(seconds=stop)).isoformat()
            for item in diary.world.agenda.pending()
        )
    diary.run(100)
    assert diary.notes == sorted((seconds, name) for name, (seconds, keep) in enumerate(plans) if keep)
