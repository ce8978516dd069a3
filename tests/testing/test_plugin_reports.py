"""The pytest plugin: reports of a run, of the fixture's tests and of unittest's."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from simulator.config import Settings
from simulator.testing.exec import served
from tests.control.test_control_verdict import JUNIT, SARIF
from tests.testing.inner import make, run

pytestmark = [pytest.mark.usefixtures("quiet"), pytest.mark.slow]


REPORTED = """
    pytestmark = pytest.mark.simulator(clock="2024-01-01T00:00:00Z")

    def test_wrong(simulator): wrong(simulator)
    def test_wrong_too(simulator): wrong(simulator); wrong(simulator); assert 1 == 2
    def test_right(simulator): right(simulator)
    def test_without(): pass
"""
FILES = ["junit.xml", "requests.har", "verdict.json", "verdict.md", "verdict.sarif"]


def reported(pytester: pytest.Pytester, *options: str) -> dict[str, bytes]:
    pytester.runpytest_subprocess("--simulator-report", "out/of/it", *options).assert_outcomes(
        passed=6, failed=2
    )
    folder = pytester.path / "out" / "of" / "it"
    assert sorted(path.name for path in folder.iterdir()) == FILES
    # the exchanges name the port, which is any free one
    return {path.name: re.sub(rb"127\.0\.0\.1:\d+", b"HERE", path.read_bytes()) for path in folder.iterdir()}


def test_reports_are_the_same_however_tests_are_run(pytester: pytest.Pytester) -> None:
    """Seen to fail with the parts written in the order in which they came."""
    make(pytester, test_a=REPORTED, test_b=REPORTED)
    files = reported(pytester, "-p", "no:randomly")
    assert reported(pytester, "-n", "3") == files
    with served(Settings(port=0)) as here:
        url = f"http://127.0.0.1:{here.port}"
        assert reported(pytester, "-n", "2", "--simulator-url", url) == files


def test_reports_are_of_all_tests(pytester: pytest.Pytester) -> None:
    make(pytester, test_a=REPORTED, test_b=REPORTED)
    files = reported(pytester, "-n", "2")
    verdict = json.loads(files["verdict.json"])
    assert [world["test"] for world in verdict["worlds"]] == [
        f"test_{module}.py::test_{name}" for module in "ab" for name in ("right", "wrong", "wrong_too")
    ]
    typo = verdict["violations"][0]
    assert (typo["pointer"], typo["count"]) == ("/CampaginId", 6)
    assert [(row["test"], row["count"]) for row in typo["found_in"]] == [
        ("test_a.py::test_wrong", 1),
        ("test_a.py::test_wrong_too", 2),
        ("test_b.py::test_wrong", 1),
        ("test_b.py::test_wrong_too", 2),
    ]
    SARIF.validate(json.loads(files["verdict.sarif"]))
    JUNIT.validate(ET.ElementTree(ET.fromstring(files["junit.xml"])))
    assert b"first in request 1 of test\\_a.py::test\\_wrong \\(and 3 other worlds\\)" in files["verdict.md"]
    entries = json.loads(files["requests.har"])["log"]["entries"]
    assert [(entry["_test"], entry["_index"]) for entry in entries[:4]] == [
        ("test_a.py::test_right", 1),
        ("test_a.py::test_wrong", 1),
        ("test_a.py::test_wrong_too", 1),
        ("test_a.py::test_wrong_too", 2),
    ]
    assert len(entries) == 8


def test_the_end_of_the_run_says_where_they_are(pytester: pytest.Pytester) -> None:
    make(pytester, test_a="def test_wrong(simulator): wrong(simulator)")
    result = run(pytester, "--simulator-report", "out")
    result.stdout.fnmatch_lines(
        [f"simulator: 3 contract violations, 1 warning in 1 call, see {Path('out', 'verdict.md')}"]
    )
    assert "simulator:" not in run(pytester).stdout.str()


def test_tests_that_are_only_listed_leave_the_last_report_alone(pytester: pytest.Pytester) -> None:
    make(pytester, test_a="def test_wrong(simulator): wrong(simulator)")
    run(pytester, "--simulator-report", "out", "--collect-only")
    assert not (pytester.path / "out").exists()


def test_a_test_that_goes_elsewhere_takes_no_report_along(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_a="""
        import os
        def test_it(simulator, tmp_path): os.chdir(tmp_path)
        """,
    )
    run(pytester, "--simulator-report", "out").assert_outcomes(passed=1)
    assert (pytester.path / "out" / "verdict.json").is_file()


def test_a_run_without_a_simulator_reports_so(pytester: pytest.Pytester) -> None:
    make(pytester, test_a="def test_nothing(): pass")
    run(pytester, "--simulator-report", "out").assert_outcomes(passed=1)
    verdict = json.loads((pytester.path / "out" / "verdict.json").read_bytes())
    assert (verdict["ok"], verdict["calls"], verdict["worlds"]) == (True, 0, [])


def test_what_a_worker_had_done_before_it_died_is_reported(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_a="""
        import os
        def test_a_wrong(simulator): wrong(simulator)
        def test_b_dies(): os._exit(9)
        """,
    )
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-n", "1", "--simulator-report", "out")
    result.assert_outcomes(passed=1, failed=1)
    verdict = json.loads((pytester.path / "out" / "verdict.json").read_bytes())
    assert [world["test"] for world in verdict["worlds"]] == ["test_a.py::test_a_wrong"]


def test_a_report_that_cannot_be_written_fails_the_run(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_a="from pathlib import Path\ndef test_it(simulator): Path('out').write_text('in the way')",
    )
    result = run(pytester, "--simulator-report", "out")
    result.assert_outcomes(passed=1)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["simulator: out cannot be written: *"])
    result = run(pytester, "--simulator-report", "out")
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["ERROR: --simulator-report: out is no folder"])


# --- unittest under pytest -------------------------------------------------------------------


def test_unittest_cases_run_under_pytest_with_its_options(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_case="""
        from simulator.testing import SimulatorTestCase

        class TestIt(SimulatorTestCase):
            simulator_clock = "2024-01-01T00:00:00Z"

            def test_wrong(self):
                wrong(self.simulator)

            def test_right(self):
                self.assertEqual(right(self.simulator)[0], 200)
        """,
    )
    pytester.makeini("[pytest]\nsimulator_fail_on = violation")
    result = run(pytester, "--simulator-report", "out", "-n", "2")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*Simulator: 3 contract violations, 1 warning in 1 call"])
    verdict = json.loads((pytester.path / "out" / "verdict.json").read_bytes())
    assert [world["test"].rpartition(".")[2] for world in verdict["worlds"]] == ["test_right", "test_wrong"]
