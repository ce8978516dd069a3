"""The pytest plugin: what fails a test, and what a failed one says of its clients."""

from __future__ import annotations

import pytest

from tests.testing.inner import COMPLAINT, lines, make, run

pytestmark = pytest.mark.usefixtures("quiet")


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
