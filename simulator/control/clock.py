"""The clock: what time it is in a world, and moving it with all that falls due on the way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Response

from simulator.control.problems import Problem
from simulator.control.wire import answer, body, entered
from simulator.control.worlds import time_of
from simulator.kernel.agenda import Ran
from simulator.kernel.clock import LATEST, parse_duration, parse_instant, to_text, within_range
from simulator.kernel.routes import Routes
from simulator.kernel.world import World

routes = Routes()
MOVES = ("now", "advance", "run_until_idle")


@routes.get("/clock", "getClock")
def get_clock() -> Response:
    with entered() as (world, _):
        return answer(_shown(world))


@routes.patch("/clock", "changeClock")
def change_clock() -> Response:
    wanted = body()
    moves = [move for move in MOVES if move in wanted]
    if len(moves) > 1:
        raise Problem(400, f"body: give one of {', '.join(MOVES)}, not {' and '.join(moves)}")
    with entered() as (world, ran):
        idle = "run_until_idle" in wanted
        until = LATEST if idle else _target(world, wanted)
        all_ran = ran + world.agenda.run_due(until)
        target = max([world.clock.now(), *(piece.due for piece in all_ran)]) if idle else until
        world.clock.set(target, wanted.get("mode"))
        return answer(_shown(world) | _outcome(world, all_ran, until))


def _target(world: World, wanted: Mapping[str, Any]) -> datetime:
    now = world.clock.now()
    try:
        if "now" in wanted:
            return parse_instant(wanted["now"])
        step = parse_duration(wanted.get("advance", 0))
        if step < timedelta(0):
            raise ValueError("a clock advances forward; `now` sets it back")
        return within_range(lambda: now + step)
    except ValueError as error:
        move = "now" if "now" in wanted else "advance"
        raise Problem(400, f"body /{move}: {error}") from error


def _shown(world: World) -> dict[str, Any]:
    due = world.agenda.next_due()
    return time_of(world) | {
        "pending": len(world.agenda.pending()),
        "next_due": None if due is None else to_text(due),
    }


def _outcome(world: World, ran: list[Ran], until: datetime) -> dict[str, Any]:
    due = world.agenda.next_due()
    return {"ran": [piece.describe() for piece in ran], "complete": due is None or due > until}
