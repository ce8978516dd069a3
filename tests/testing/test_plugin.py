"""The pytest plugin: worlds of tests' own, what fails them, and what the run says of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from xml.etree import ElementTree as ET

import pytest

from simulator.config import Settings
from simulator.testing import Simulator
from simulator.testing.exec import served
from simulator.testing.links import Remote
from simulator.testing.runs import name_of
from tests.control.test_control_verdict import JUNIT, SARIF
from tests.process import QUIET
from tests.testing.inner import quiet

CLIENT = """
    import http.client, json
    from base64 import b64encode
    from urllib.parse import urlsplit

    def call(api, method, path, body=None):
        url = urlsplit(api.base_url + path)
        login = b64encode(f"{api.username}:{api.password}".encode()).decode()
        headers = {"Content-Type": "application/json", "Authorization": f"Basic {login}"}
        connection = http.client.HTTPConnection(url.hostname, url.port, timeout=60)
        try:
            connection.request(method, url.path, body and json.dumps(body), headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def right(simulator):
        return call(simulator.infact, "GET", "/Account/token")

    def wrong(simulator):
        return call(simulator.infact, "PUT", "/Campaign", {"ClientId": "DemoClient", "CampaginId": "1"})
"""
COMPLAINT = """
Simulator: 3 contract violations, 1 warning in 1 call

  infact addObsoleteCampaignRecipients: PUT /v1/Campaign
  request 1, answered with 400
    body /CampaginId: 'CampaginId' is no field here
      sent: "CampaginId": "1"
      did you mean CampaignId?
      rule: additionalProperties, documented, contract
    body /CampaignId: "CampaignId" is a required property
      rule: required, assumed, contract
    body /Recipients: "Recipients" is a required property
      rule: required, assumed, contract
    warning: operation: addObsoleteCampaignRecipients is deprecated
      rule: deprecated, documented, contract
"""
HEADS = ("import pytest", "from client import right, wrong", "")


@pytest.fixture(autouse=True)
def _without_other_plugins(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    quiet(monkeypatch)


def make(pytester: pytest.Pytester, **files: str) -> None:
    """A client and tests of it."""
    heads = "\n".join(HEADS)
    pytester.makepyfile(client=CLIENT, **{name: heads + dedent(code) for name, code in files.items()})


def lines(text: str) -> list[str]:
    """Without what a contract's version makes of them."""
    return [line.partition(", contract")[0] for line in text.strip().splitlines()]


def run(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    return pytester.runpytest_inprocess("-p", "no:randomly", *options)


# --- worlds --------------------------------------------------------------------------------


ALIKE = """
    def put(simulator):
        assert simulator.infact.blacklist == [] or len(simulator.requests) == 0
        assert simulator.clock.mode == "real"
        right(simulator)
        assert [entry.index for entry in simulator.requests] == [1]
        print("world", simulator.world, simulator.infact.tokens[0]["id"])

    @pytest.mark.xdist_group("of its own")
    def test_one(simulator):
        put(simulator)

    @pytest.mark.parametrize("value", ["a/b", "æ", "x" * 200])
    def test_many(simulator, value):
        put(simulator)

    def test_none():
        pass
"""


def test_each_test_has_a_world_of_its_own_and_the_same_in_each_run(pytester: pytest.Pytester) -> None:
    make(pytester, test_alike=ALIKE)
    said = []
    for options in (["-p", "no:randomly"], ["-n", "2", "--dist", "loadgroup"]):
        result = pytester.runpytest_subprocess("-rP", *options)
        result.assert_outcomes(passed=5)
        said.append(sorted(line for line in result.outlines if line.startswith("world ")))
    assert len(set(said[0])) == 4
    assert said[0] == said[1]


@pytest.mark.parametrize(
    ("test", "begins"),
    [
        ("tests/test_a.py::TestX::test_import_rows[1-a/b]", "test-import-rows-"),
        ("tests.test_a.Case.test_import", "test-import-"),
        ("test_a.py::test_" + "x" * 200, "test-" + "x" * 35 + "-"),
        ("test_a.py::[x]", "test-"),
        ("test_ø.py::test_ø", "test-"),
    ],
)
def test_a_worlds_name_says_of_which_test_it_is(test: str, begins: str) -> None:
    name = name_of(test)
    assert name.startswith(begins)
    assert len(name) == len(begins) + 8
    assert name_of(f"{test} ") != name


MARKED = """
    pytestmark = pytest.mark.simulator(fixture="docs", seed=4)

    @pytest.mark.simulator(clock="2024-01-01T00:00:00Z", unique_credentials=False)
    def test_mark(simulator):
        assert simulator.infact.username == "Aladdin"
        assert simulator.clock.now.isoformat() == "2024-01-01T00:00:00+00:00"

    @pytest.mark.simulator(fixture="demo", fixtures={"contacthub": "empty"})
    def test_nearest(simulator):
        assert simulator.infact.username == f"demo-{simulator.world}"
        assert simulator.contacthub.customers == []

    @pytest.mark.simulator(assume={"altcraft.http-status": "mirror"})
    def test_assume(simulator):
        assert simulator.altcraft.credentials
"""


def test_the_marker_says_what_a_world_begins_with(pytester: pytest.Pytester) -> None:
    make(pytester, test_marked=MARKED)
    run(pytester, "--strict-markers").assert_outcomes(passed=3)


@pytest.mark.parametrize(
    ("marker", "why"),
    [
        (
            "fixtur='docs'",
            "the marker simulator takes fixture, fixtures, clock, seed, assume, unique_credentials or "
            "fail_on, not 'fixtur'",
        ),
        ("'docs'", "the marker simulator takes names: simulator(fixture='docs')"),
        (
            "fail_on='warning'",
            "the marker simulator: fail_on is violation, assumed or never, not 'warning'",
        ),
        ("fixture='nope'", "simulator: no fixture 'nope' for altcraft; there are demo, docs, empty"),
        ("clock='noon'", "simulator: body /clock: *noon*"),
        ("seed='x'", "simulator: body /seed: *"),
    ],
)
def test_a_wrong_marker_is_an_error_and_nothing_else(
    marker: str, why: str, pytester: pytest.Pytester
) -> None:
    make(pytester, test_marked=f"@pytest.mark.simulator({marker})\ndef test_it(simulator): pass")
    result = run(pytester)
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*ERROR at setup of test_it*", why, "*short test summary*"], consecutive=True
    )


def test_fixtures_of_ones_own_can_stand_on_it(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_own="""
        @pytest.fixture
        def api(simulator):
            with simulator.intercept():
                yield simulator.infact

        def test_it(api, simulator):
            assert api.username == simulator.infact.username
        """,
    )
    run(pytester).assert_outcomes(passed=1)


# --- what fails a test ---------------------------------------------------------------------


def test_a_test_fails_for_what_its_client_did_if_it_is_asked_to(pytester: pytest.Pytester) -> None:
    """In its call, not as an error of its end. Seen to fail with the judgement moved into the fixture."""
    make(
        pytester,
        test_judged="""
        @pytest.mark.simulator(fail_on="violation")
        def test_wrong(simulator): wrong(simulator)

        @pytest.mark.simulator(fail_on="violation")
        def test_right(simulator): right(simulator)

        def test_not_asked(simulator): wrong(simulator)
        """,
    )
    result = run(pytester)
    result.assert_outcomes(passed=2, failed=1)
    text = result.stdout.str()
    told = text.partition("test_wrong _")[2].partition("\n")[2].partition("=====")[0]
    assert lines(told) == lines(COMPLAINT)


@pytest.mark.parametrize(
    ("fail_on", "failed"), [("never", []), ("violation", ["wrong"]), ("assumed", ["right", "wrong"])]
)
def test_what_fails_tests_can_be_said_for_all(
    fail_on: str, failed: list[str], pytester: pytest.Pytester
) -> None:
    make(
        pytester,
        test_judged="""
        def test_wrong(simulator): wrong(simulator)
        def test_right(simulator): right(simulator)
        def test_quiet(simulator): pass
        @pytest.mark.simulator(fail_on="never")
        def test_marked(simulator): wrong(simulator)
        """,
    )
    pytester.makeini(f"[pytest]\nsimulator_fail_on = {fail_on}")
    result = run(pytester)
    result.assert_outcomes(passed=4 - len(failed), failed=len(failed))
    for name in failed:
        result.stdout.fnmatch_lines([f"FAILED test_judged.py::test_{name} - *"])
    if fail_on == "assumed":
        result.stdout.fnmatch_lines(["Simulator: answers relied on 3 guesses"])


def test_a_test_that_failed_by_itself_fails_once_and_is_told(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_judged="""
        @pytest.mark.simulator(fail_on="violation")
        def test_both(simulator):
            wrong(simulator)
            assert "mine" == "yours"

        @pytest.fixture
        def broken(simulator):
            wrong(simulator)
            raise RuntimeError("in the fixture")

        def test_early(broken): pass

        def test_innocent(simulator):
            right(simulator)
            assert 1 == 2
        """,
    )
    result = run(pytester)
    result.assert_outcomes(failed=2, errors=1)
    text = result.stdout.str()
    assert text.count("--- simulator ---") == 2
    told = text.partition("test_both _")[2].partition("--- simulator ---")[2].partition("\n")[2]
    assert lines(told.partition("____")[0]) == lines(COMPLAINT.replace("Simulator: ", ""))
    assert "AssertionError: assert 'mine' == 'yours'" in text


def test_the_other_outcomes_stay_what_they_are(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_judged="""
        pytestmark = pytest.mark.simulator(fail_on="violation")

        def test_skipped(simulator):
            wrong(simulator)
            pytest.skip("not today")

        @pytest.mark.xfail(strict=True)
        def test_expected(simulator):
            wrong(simulator)
        """,
    )
    run(pytester).assert_outcomes(skipped=1, xfailed=1)


def test_a_simulator_that_goes_away_hides_no_failure(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_gone="""
        def test_it(simulator):
            simulator.delete()
            assert 1 == 2
        """,
    )
    result = run(pytester)
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*assert 1 == 2", "*--- simulator ---*", "POST /_simulator/worlds makes *"])


@pytest.mark.parametrize("value", ["warning", ""])
def test_a_wrong_setting_is_refused(value: str, pytester: pytest.Pytester) -> None:
    pytester.makeini(f"[pytest]\nsimulator_fail_on = {value}")
    result = run(pytester)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([f"ERROR: simulator_fail_on: '{value}' is not violation, assumed or never"])


# --- on a running simulator ------------------------------------------------------------------


def test_worlds_can_be_those_of_a_running_simulator(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_remote="""
        def test_it(simulator, pytestconfig):
            assert simulator.url == pytestconfig.getoption("--simulator-url")
            assert right(simulator)[0] == 200
        """,
    )
    with served(Settings(port=0)) as here:
        url = f"http://127.0.0.1:{here.port}"
        for options in ([], ["-n", "2"]):
            run(pytester, "--simulator-url", url, *options).assert_outcomes(passed=1)
        assert [world.name for world in here.whole.gateway.worlds.all()] == ["default"]
        assert len(Simulator.at(url).requests) == 0


def test_a_name_that_is_taken_gets_a_number(pytester: pytest.Pytester) -> None:
    """The same test at the same time, as with two runs on one server."""
    make(pytester, test_twice="def test_it(simulator): print('world', simulator.world)")
    name = name_of("test_twice.py::test_it")
    with served(Settings(port=0)) as here:
        url = f"http://127.0.0.1:{here.port}"
        Simulator.create(Remote(url), name)
        result = run(pytester, "-rP", "--simulator-url", url)
        result.assert_outcomes(passed=1)
        result.stdout.fnmatch_lines([f"world {name}-2"])
        assert sorted(world.name for world in here.whole.gateway.worlds.all()) == ["default", name]


def test_a_simulator_that_is_not_there_is_an_error_of_each_test(pytester: pytest.Pytester) -> None:
    make(pytester, test_it="def test_it(simulator): pass\ndef test_other(): pass")
    result = run(pytester, "--simulator-url", "http://127.0.0.1:9")
    result.assert_outcomes(errors=1, passed=1)
    result.stdout.fnmatch_lines(["simulator: the simulator at http://127.0.0.1:9 does not answer: *"])


# --- reports -------------------------------------------------------------------------------


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


@pytest.mark.slow
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


# --- what it costs who does not use it ---------------------------------------------------------


def test_loading_it_loads_nothing_else(pytester: pytest.Pytester) -> None:
    """In a run of tests that use no simulator. Seen to fail with the handle imported by the plugin."""
    pytester.makepyfile(
        """
        import sys

        def test_nothing_of_it_is_there(pytestconfig):
            assert pytestconfig.pluginmanager.has_plugin("simulator")
            ours = {name for name in sys.modules if name.partition(".")[0] == "simulator"}
            assert ours == {
                "simulator", "simulator.testing", "simulator.testing.plugin", "simulator.testing.runs"
            }
            others = {"flask", "werkzeug", "schemathesis", "orjson", "uvicorn", "requests", "asyncio"}
            assert not others & set(sys.modules)
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:randomly")
    result.assert_outcomes(passed=1)


def test_importing_it_takes_pytest_and_the_standard_library() -> None:
    code = (
        "import sys, pytest; before = set(sys.modules); import simulator.testing.plugin; "
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=QUIET, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) - sys.stdlib_module_names == {"simulator"}


def test_no_socket_is_needed(pytester: pytest.Pytester) -> None:
    make(
        pytester,
        test_a="""
        import socket, threading

        def test_it(simulator, monkeypatch):
            def refuse(*_, **__):
                raise AssertionError("a socket")
            monkeypatch.setattr(socket, "socket", refuse)
            before = threading.active_count()
            simulator.clock.advance(hours=1)
            assert simulator.infact.username
            assert simulator.verdict.ok
            assert threading.active_count() == before
        """,
    )
    run(pytester).assert_outcomes(passed=1)
