"""Time over the control API: what moves, what runs on the way, and what is said about it."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.kernel import agenda
from simulator.kernel.world import Birth
from tests.acme import Server, Ticking, serve

TO = "+4740000001"


def remind(server: Server, minutes: float, *, again: int = 0, thing: int = 1) -> None:
    body = {"minutes": minutes, "to": TO, "again": again}
    assert server.call("POST", f"/v1/things/{thing}/reminders", body).status_code == 202


def move(server: Server, **body: Any) -> Any:
    response = server.control("PATCH", "/clock", body)
    assert response.status_code == 200, response.text
    return response.json


def sent(server: Server) -> list[str]:
    return [message["time"] for message in server.get("/outbox")["messages"]]


def test_frozen_clock_is_shown_with_what_is_planned() -> None:
    server = serve()
    assert server.get("/clock") == {
        "now": "2024-01-01T08:00:00Z",
        "mode": "frozen",
        "pending": 0,
        "next_due": None,
    }
    remind(server, 10)
    remind(server, 5)
    clock = server.get("/clock")
    assert (clock["pending"], clock["next_due"]) == (2, "2024-01-01T08:05:00Z")


@pytest.mark.parametrize(
    ("step", "now"),
    [
        ("PT1H", "2024-01-01T09:00:00Z"),
        ("P3D", "2024-01-04T08:00:00Z"),
        (90, "2024-01-01T08:01:30Z"),
        (0.25, "2024-01-01T08:00:00.250000Z"),
        (0, "2024-01-01T08:00:00Z"),
    ],
)
def test_advance_goes_forward_by_a_duration(step: Any, now: str) -> None:
    assert move(serve(), advance=step)["now"] == now


def test_advance_runs_what_falls_due_in_order_at_its_instant() -> None:
    server = serve()
    remind(server, 20)
    remind(server, 5, again=2)
    clock = move(server, advance="PT17M")
    assert [(ran["due"], ran["work"], ran["vendor"]) for ran in clock["ran"]] == [
        ("2024-01-01T08:05:00Z", "remind", "acme"),
        ("2024-01-01T08:10:00Z", "remind", "acme"),
        ("2024-01-01T08:15:00Z", "remind", "acme"),
    ]
    assert clock["ran"][0]["data"] == {"thing": 1, "minutes": 5, "to": TO, "again": 2}
    assert clock["now"] == "2024-01-01T08:17:00Z"
    assert clock["complete"] is True
    assert (clock["pending"], clock["next_due"]) == (1, "2024-01-01T08:20:00Z")
    assert sent(server) == ["2024-01-01T08:05:00Z", "2024-01-01T08:10:00Z", "2024-01-01T08:15:00Z"]


def test_work_due_at_the_very_instant_runs() -> None:
    server = serve()
    remind(server, 5)
    assert len(move(server, now="2024-01-01T08:05:00Z")["ran"]) == 1


def test_setting_the_clock_runs_what_lies_between_and_going_back_runs_nothing() -> None:
    server = serve()
    remind(server, 5)
    remind(server, 60)
    assert len(move(server, now="2024-01-01T08:30:00+00:00")["ran"]) == 1
    back = move(server, now="2023-12-31")
    assert (back["ran"], back["now"], back["pending"]) == ([], "2023-12-31T00:00:00Z", 1)
    assert len(move(server, now="2024-01-01T10:00:00+01:00")["ran"]) == 1


def test_run_until_idle_stops_where_nothing_is_left() -> None:
    server = serve()
    remind(server, 5, again=3)
    remind(server, 60 * 24 * 365)
    clock = move(server, run_until_idle=True)
    assert (clock["now"], clock["pending"], clock["complete"]) == ("2024-12-31T08:00:00Z", 0, True)
    assert len(clock["ran"]) == 5
    assert move(server, run_until_idle=True) == {**clock, "ran": []}


def test_one_request_runs_no_more_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agenda, "MOST_AT_ONCE", 10)
    server = serve()
    remind(server, 1, again=24)
    clock = move(server, run_until_idle=True)
    assert (len(clock["ran"]), clock["complete"]) == (10, False)
    assert (clock["now"], clock["pending"]) == ("2024-01-01T08:10:00Z", 1)
    clock = move(server, advance="PT1H")
    assert (len(clock["ran"]), clock["complete"], clock["now"]) == (10, False, "2024-01-01T09:10:00Z")
    assert len(sent(server)) == 25
    assert sent(server)[-1] == "2024-01-01T08:25:00Z"


def test_work_that_fails_is_told_and_not_tried_again() -> None:
    server = serve()
    remind(server, 5, thing=99)
    remind(server, 6)
    clock = move(server, advance="PT10M")
    assert [ran.get("error") for ran in clock["ran"]] == ["KeyError(99)", None]
    assert clock["pending"] == 0
    assert len(sent(server)) == 1


def test_real_clock_goes_on_freezes_and_goes_on() -> None:
    system = Ticking()
    server = serve(birth=Birth(), system=system)
    assert server.get("/clock")["mode"] == "real"
    system.pass_(minutes=1)
    assert server.get("/clock")["now"] == "2024-06-01T12:01:00Z"
    frozen = move(server, mode="frozen")
    system.pass_(minutes=1)
    assert server.get("/clock")["now"] == frozen["now"] == "2024-06-01T12:01:00Z"
    assert move(server, mode="real")["now"] == "2024-06-01T12:01:00Z"
    system.pass_(minutes=1)
    assert server.get("/clock")["now"] == "2024-06-01T12:02:00Z"
    assert move(server, advance="PT1H")["now"] == "2024-06-01T13:02:00Z"
    system.pass_(seconds=1)
    assert server.get("/clock")["now"] == "2024-06-01T13:02:01Z"


def test_work_that_fell_due_by_itself_is_listed_by_the_move_that_ran_it() -> None:
    system = Ticking()
    server = serve(birth=Birth(), system=system)
    remind(server, 5)
    system.pass_(minutes=6)
    assert [ran["due"] for ran in move(server, advance=0)["ran"]] == ["2024-06-01T12:05:00Z"]


def test_mode_may_come_with_a_move() -> None:
    system = Ticking()
    server = serve(birth=Birth(), system=system)
    clock = move(server, now="2030-01-01", mode="frozen")
    assert (clock["now"], clock["mode"]) == ("2030-01-01T00:00:00Z", "frozen")
    clock = move(server, advance="PT1H", mode="real")
    system.pass_(hours=1)
    assert server.get("/clock")["now"] == "2030-01-01T02:00:00Z"


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "body"),
        ({"now": "2024-01-02", "advance": 1}, "not now and advance"),
        ({"now": "2024-01-02", "run_until_idle": True}, "not now and run_until_idle"),
        ({"run_until_idle": False}, "/run_until_idle"),
        ({"advance": -1}, "/advance"),
        ({"advance": "-PT1H"}, "body /advance: a clock advances forward"),
        ({"advance": "P1M"}, "months and years have no fixed length"),
        ({"advance": "an hour"}, "body /advance"),
        ({"advance": "PT" + "9" * 400 + "S"}, "body /advance"),
        ({"advance": "P9999999D"}, "body /advance"),
        ({"advance": 1e300}, "body /advance"),
        ({"advance": None}, "/advance"),
        ({"now": "yesterday"}, "body /now"),
        ({"now": "1969-12-31T23:59:59Z"}, "1969 is not between 1970 and 8999"),
        ({"now": "9999-12-31T23:59:59-10:00"}, "body /now"),
        ({"now": 7}, "/now"),
        ({"mode": "slow"}, "/mode"),
        ({"speed": 2}, "/speed"),
    ],
)
def test_a_move_that_cannot_be_moves_nothing(body: dict[str, Any], named: str) -> None:
    server = serve()
    remind(server, 5)
    before = server.get("/clock")
    response = server.control("PATCH", "/clock", body)
    assert response.status_code == 400, response.text
    assert named in response.json["detail"]  # type: ignore[index]
    assert server.get("/clock") == before


def test_each_world_has_its_own_time() -> None:
    server = serve()
    server.control("POST", "/worlds", {"name": "w", "clock": "2020-02-02T02:02:02Z"})
    server.control("PATCH", "/clock", {"advance": "PT1H"}, world="w")
    assert server.get("/clock", world="w")["now"] == "2020-02-02T03:02:02Z"
    assert server.get("/clock")["now"] == "2024-01-01T08:00:00Z"
