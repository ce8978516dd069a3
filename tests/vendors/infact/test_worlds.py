"""Worlds share nothing, and the same calls give the same bytes anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import orjson
import pytest
from werkzeug.test import Client

from simulator.data import FixtureFiles
from simulator.gateway import Gateway
from simulator.kernel.clock import parse_instant
from simulator.kernel.pipeline import Policy
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth, World
from simulator.kernel.worlds import Worlds
from tests.vendors.infact import scenario

ROOT = Path(__file__).parents[3]
WORLDS = 64


def gateway() -> Gateway:
    worlds = Worlds({"infact": discover()["infact"]}, FixtureFiles())
    return Gateway(
        worlds, Policy(check_responses=True, raise_faults=True), lambda _: pytest.fail("no control here")
    )


def birth(name: str) -> Birth:
    return Birth(name=name, fixture="docs", start=parse_instant(scenario.CLOCK))


def finish(world: World) -> tuple[bytes, bytes]:
    """State and journal of a world once everything due in a month is done."""
    with world.entered():
        until = parse_instant("2024-04-01T00:00:00Z")
        world.agenda.run_due(until)
        world.clock.set(until)
        state = {name: list(table.scan()) for name, table in world.store.tables().items()}
        journal = [entry.describe(secrets=True) for entry in world.journal]
    return orjson.dumps(state), orjson.dumps(journal)


def alone(name: str, marker: str) -> tuple[list[str], tuple[bytes, bytes]]:
    made = gateway()
    world = made.worlds.create(birth(name))
    told = scenario.play(Client(made), prefix=f"/_worlds/{name}", marker=marker)
    return told, finish(world)


def test_64_worlds_at_once_end_as_each_would_alone() -> None:
    """Same ids and keys in each; seen to fail with one store shared by all worlds."""
    made = gateway()
    names = [f"w{n}" for n in range(WORLDS)]
    worlds = [made.worlds.create(birth(name)) for name in names]

    def tell(name: str) -> list[str]:
        return scenario.play(Client(made), prefix=f"/_worlds/{name}", marker=f" of {name}")

    with ThreadPoolExecutor(WORLDS) as pool:
        told = list(pool.map(tell, names))
    for name, world, heard in zip(names, worlds, told, strict=True):
        expected_answers, expected_end = alone(name, f" of {name}")
        assert heard == expected_answers
        assert finish(world) == expected_end


def test_the_story_reaches_the_outbox() -> None:
    """What the comparisons compare is not nothing."""
    made = gateway()
    world = made.worlds.create(birth("w"))
    told = scenario.play(Client(made), prefix="/_worlds/w")
    finish(world)
    statuses = [int(answer.split(" ", 1)[0]) for answer in told]
    assert statuses == [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 200, 200, 404]
    with world.entered():
        messages = list(world.outbox.messages())
    sent = [m for m in messages if m["status"] == "sent"]
    assert len(sent) == 9, sent
    assert [m["to"] for m in messages if m["status"] == "skipped"] == ["+4740000203"]


@pytest.fixture(scope="module")
def two_processes() -> list[Any]:
    """The story, told in two processes with different hash seeds."""
    script = (
        "import sys, orjson\n"
        "from tests.vendors.infact import test_worlds as t\n"
        "told, (state, journal) = t.alone('w', ' x')\n"
        "sys.stdout.buffer.write(orjson.dumps([told, state.decode(), journal.decode()]))\n"
    )
    outputs = []
    for hash_seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            check=True,
        )
        outputs.append(orjson.loads(done.stdout))
    return outputs


@pytest.mark.parametrize("part", [0, 1, 2], ids=["answers", "state", "journal"])
def test_two_processes_give_the_same_bytes(two_processes: list[Any], part: int) -> None:
    one, other = two_processes
    assert one[part] == other[part]
    assert one[part]
