"""unittest's case, and `python -m simulator.testing`: worlds of tests' own, reports, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

from simulator.config import Settings
from simulator.testing.exec import served
from tests.process import QUIET

pytestmark = pytest.mark.slow

FILES = ["junit.xml", "requests.har", "verdict.json", "verdict.md", "verdict.sarif"]
HEAD = """
import unittest
import requests
from simulator.testing import SimulatorTestCase

def send(simulator, **body):
    api = simulator.infact
    login = (api.username, api.password)
    if body:
        return requests.put("https://api.infact.no/v1/Campaign", json=body, auth=login, timeout=60)
    return requests.get("https://api.infact.no/v1/Account/token", auth=login, timeout=60)

class Case(SimulatorTestCase):
    simulator_clock = "2024-01-01T00:00:00Z"

    def setUp(self):
        self.enterContext(self.simulator.intercept())
"""
RIGHT = """
    def test_right(self):
        self.assertEqual(send(self.simulator).status_code, 200)
        self.assertEqual([entry.index for entry in self.simulator.requests], [1])

    def test_right_too(self):
        self.assertEqual(send(self.simulator).status_code, 200)
        self.assertEqual([entry.index for entry in self.simulator.requests], [1])
"""
WRONG = """
    def test_wrong(self):
        send(self.simulator, ClientId="DemoClient", CampaginId="1")
"""
FAILING = """
    def test_failing(self):
        send(self.simulator, ClientId="DemoClient", CampaginId="1")
        self.assertEqual(1, 2)
"""


def run(
    folder: Path, code: str, *options: str, module: str = "simulator.testing"
) -> subprocess.CompletedProcess[str]:
    (folder / "test_it.py").write_text(HEAD + code)
    return subprocess.run(
        [sys.executable, "-m", module, *options],
        cwd=folder,
        env=QUIET,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


# --- the case ------------------------------------------------------------------------------


def test_it_needs_nothing_but_unittest(tmp_path: Path) -> None:
    done = run(tmp_path, RIGHT, module="unittest")
    assert done.returncode == 0, done.stderr
    assert "Ran 2 tests" in done.stderr


@pytest.mark.parametrize(("fail_on", "failures"), [("violation", 1), ("assumed", 3), ("never", 0), (None, 0)])
def test_a_class_says_what_fails_its_tests(fail_on: str | None, failures: int, tmp_path: Path) -> None:
    code = f"    simulator_fail_on = {fail_on!r}\n" + RIGHT + WRONG
    done = run(tmp_path, code, module="unittest")
    assert done.stderr.count("\nFAIL: ") == failures, done.stderr
    assert "Ran 3 tests" in done.stderr
    if fail_on == "violation":
        assert "AssertionError: Simulator: 3 contract violations, 1 warning in 1 call\n" in done.stderr
        assert "answered with 400, sent by test_it.py:10\n" in done.stderr


def test_one_that_failed_by_itself_fails_once_and_is_told(tmp_path: Path) -> None:
    """Seen to fail with the outcome not looked at."""
    done = run(tmp_path, "    simulator_fail_on = 'violation'\n" + FAILING, module="unittest")
    assert done.stderr.count("\nFAIL: ") == 1
    assert "AssertionError: 1 != 2" in done.stderr
    assert "test_it.Case.test_failing\nSimulator: 3 contract violations, 1 warning in 1 call\n" in done.stderr


def test_a_class_says_what_its_worlds_begin_with(tmp_path: Path) -> None:
    code = """
    simulator_fixture = "docs"
    simulator_fixtures = {"contacthub": "empty"}
    simulator_unique_credentials = False

    def test_it(self):
        self.assertEqual(self.simulator.infact.username, "Aladdin")
        self.assertEqual(self.simulator.contacthub.customers, [])
        self.assertEqual(self.simulator.clock.mode, "frozen")
    """
    assert run(tmp_path, code).returncode == 0


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("    simulator_fixture = 'nope'\n", "SimulatorError: no fixture 'nope' for altcraft; there are"),
        (
            "    simulator_fail_on = 'nope'\n",
            "ValueError: simulator_fail_on is violation, assumed, never, not 'nope'",
        ),
    ],
)
def test_what_cannot_be_is_an_error_of_each_test(code: str, why: str, tmp_path: Path) -> None:
    done = run(tmp_path, code + RIGHT, module="unittest")
    assert done.stderr.count(why) == 2, done.stderr
    assert "(errors=2)" in done.stderr


def test_asynchronous_tests_have_one_too(tmp_path: Path) -> None:
    code = dedent("""
    import httpx

    class Later(SimulatorTestCase, unittest.IsolatedAsyncioTestCase):
        simulator_fail_on = "violation"

        async def test_it(self):
            api = self.simulator.infact
            with self.simulator.intercept():
                async with httpx.AsyncClient(auth=(api.username, api.password)) as client:
                    answer = await client.get("https://api.infact.no/v1/Account/token?fast=1")
            self.assertEqual(answer.status_code, 200)
    """)
    done = run(tmp_path, code, module="unittest")
    assert "AssertionError: Simulator: 1 contract violation in 1 call" in done.stderr, done.stderr
    assert "sent by test_it.py:" in done.stderr


# --- the command ---------------------------------------------------------------------------


def test_reports_are_of_all_tests(tmp_path: Path) -> None:
    done = run(tmp_path, RIGHT + WRONG + FAILING, "--report", "out/of/it", "-k", "right", "-k", "wrong", "-v")
    assert done.returncode == 0, done.stderr
    assert "test_right_too (test_it.Case.test_right_too) ... ok" in done.stderr
    assert sorted(path.name for path in (tmp_path / "out" / "of" / "it").iterdir()) == FILES
    verdict = json.loads((tmp_path / "out" / "of" / "it" / "verdict.json").read_bytes())
    assert [world["test"] for world in verdict["worlds"]] == [
        "test_it.Case.test_right",
        "test_it.Case.test_right_too",
        "test_it.Case.test_wrong",
    ]
    typo = verdict["violations"][0]
    assert (typo["pointer"], [row["test"] for row in typo["found_in"]]) == (
        "/CampaginId",
        ["test_it.Case.test_wrong"],
    )
    assert typo["callers"] == [{"file": "test_it.py", "line": 10, "count": 1}]


@pytest.mark.parametrize(
    ("code", "fail_on", "exit_code"),
    [
        (RIGHT, "violation", 0),
        (RIGHT, "assumed", 3),
        (WRONG, "violation", 3),
        (WRONG, "never", 0),
        (FAILING, "violation", 1),
    ],
    ids=["right", "guessed", "wrong", "not asked", "failing"],
)
def test_what_it_returns(code: str, fail_on: str, exit_code: int, tmp_path: Path) -> None:
    done = run(tmp_path, code, "--fail-on", fail_on)
    assert done.returncode == exit_code, done.stderr
    assert ("simulator: " in done.stderr) == (exit_code == 3 or (code, fail_on) == (FAILING, "violation"))


@pytest.mark.parametrize(
    ("options", "why"),
    [
        (["--fail-on", "sometimes"], "invalid choice: 'sometimes'"),
        (["--url", "localhost:7470"], "--url: 'localhost:7470' is no URL of a simulator"),
        (["--report", "test_it.py"], "--report: test_it.py is no folder"),
        (["-k", "nothing_of_this_name"], "simulator: no tests ran"),
        (["--nonsense"], "unrecognized arguments: --nonsense"),
    ],
)
def test_usage(options: list[str], why: str, tmp_path: Path) -> None:
    done = run(tmp_path, RIGHT, *options)
    assert (done.returncode, why in done.stderr) == (2, True), done.stderr


def test_a_report_that_cannot_be_written(tmp_path: Path) -> None:
    code = "    def test_it(self): open('out', 'w').close()\n"
    done = run(tmp_path, code, "--report", "out")
    assert done.returncode == 1
    assert "simulator: out cannot be written: " in done.stderr


def test_worlds_can_be_those_of_a_running_simulator(tmp_path: Path) -> None:
    with served(Settings(port=0)) as here:
        url = f"http://127.0.0.1:{here.port}"
        done = run(tmp_path, WRONG, "--url", url, "--report", "out")
        assert done.returncode == 0, done.stderr
        assert [world.name for world in here.whole.gateway.worlds.all()] == ["default"]
    verdict = json.loads((tmp_path / "out" / "verdict.json").read_bytes())
    assert [world["world"] for world in verdict["worlds"]] == [verdict["world"]]
