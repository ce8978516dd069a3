"""The pytest plugin: worlds of tests' own, in this process or elsewhere, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from simulator.config import Settings
from simulator.testing import Simulator
from simulator.testing.exec import served
from simulator.testing.links import Remote
from simulator.testing.runs import name_of
from tests.process import QUIET
from tests.testing.inner import make, run

pytestmark = pytest.mark.usefixtures("quiet")


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
