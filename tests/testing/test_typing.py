"""A user's tests that use the simulator keep `mypy --strict`, and what is mistyped does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOOD = """
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from simulator.testing import ContractBroken, Simulator, SimulatorError, SimulatorTestCase, simulating


@pytest.fixture
def api(simulator: Simulator) -> Iterator[str]:
    with simulator.intercept(allow=["example.com"], guarded=False):
        yield simulator.infact.base_url


@pytest.mark.simulator(fixture="docs", clock="2024-01-01T00:00:00Z")
def test_it(simulator: Simulator, api: str) -> None:
    token: str = simulator.contacthub.token
    hosts: tuple[str, ...] = simulator["altcraft"].hosts
    now: datetime = simulator.clock.now
    ran = simulator.clock.advance(timedelta(minutes=5)).ran
    texts = [message.text for message in simulator.outbox.where(channel="sms") if message.text is not None]
    statuses: list[int] = [entry.status for entry in simulator.requests]
    simulator.state.put("infact", "blacklist", {"id": "+4740000001"})
    assert simulator.verdict.ok, str(simulator.verdict)
    print(token, hosts, now, ran, texts, statuses)


class TestCase(SimulatorTestCase):
    simulator_fixture = "docs"
    simulator_fail_on = "violation"

    def test_it(self) -> None:
        self.assertEqual(self.simulator.infact.name, "infact")


def by_hand() -> str:
    try:
        with simulating(fixture="docs", seed=3) as world:
            world.verdict.check("assumed")
            return world.url
    except (SimulatorError, ContractBroken) as error:
        return str(error)
"""
BAD = """
from simulator.testing import Simulator, SimulatorTestCase, simulating


def test_it(simulator: Simulator) -> None:
    simulator.clok
    simulator.clock.advance([1])
    simulator.verdict.check(1)
    simulator.outbox.where(colour="red")


class TestCase(SimulatorTestCase):
    simulator_fixture = 7


def by_hand() -> None:
    with simulating(fixtur="docs"):
        pass
"""


def checked(folder: Path, code: str) -> list[str]:
    (folder / "test_user.py").write_text(code)
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file=",
        "--cache-dir",
        str(ROOT / ".mypy_cache" / "user"),
    ]
    done = subprocess.run(
        [*command, "test_user.py"], cwd=folder, capture_output=True, text=True, check=False, timeout=600
    )
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if "error:" in line]


@pytest.mark.slow
def test_the_right_ones(tmp_path: Path) -> None:
    assert checked(tmp_path, GOOD) == []


@pytest.mark.slow
def test_the_wrong_ones(tmp_path: Path) -> None:
    errors = checked(tmp_path, BAD)
    assert [int(line.split(":")[1]) for line in errors] == [6, 7, 8, 9, 13, 17]
