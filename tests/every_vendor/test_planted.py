"""Twelve wrong and twelve correct calls to each vendor: exactly the twelve faults are reported."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from werkzeug.test import Client, TestResponse

from simulator.kernel import pipeline
from simulator.kernel.vendor import discover
from simulator.kernel.world import World
from simulator.verdicts.junit import STRAYS
from tests.planted import Call, Fault, Planted
from tests.simulated import Simulated, worlds_of

TWELVE = 12


class Session:
    """One world, the calls planted for it, and what was answered to those that were made.

    `faults` are in the order of a report: by operation and place, what met no operation last.
    """

    def __init__(self, vendor: str, world: World, client: Client, planted: Planted) -> None:
        self.vendor = vendor
        self.client = client
        self.control = Simulated(world, client).control
        self.planted = planted
        faults = [fault for _, fault in planted.wrong]
        self.faults = sorted(faults, key=lambda fault: (not fault.operation, fault))
        self.answers: list[tuple[Call, TestResponse]] = []
        world.tally.clear()  # of what it took to log in

    def make(self, calls: list[Call], seed: int = 0) -> Session:
        calls = random.Random(seed).sample(calls, len(calls))
        self.answers += [(call, call.send(self.client, self.vendor)) for call in calls]
        return self

    def mixed(self, seed: int = 0) -> Session:
        wrong = [call for call, _ in self.planted.wrong]
        return self.make(wrong + self.planted.correct, seed)

    def report(self, form: str = "json") -> str:
        answer = self.control.get(f"/_simulator/verdict?format={form}")
        assert answer.status_code == 200, answer.text
        return answer.text

    @property
    def verdict(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.report())
        return found


@contextmanager
def sessions(vendor: str) -> Iterator[Callable[[], Session]]:
    """Begins sessions, each at the beginning of the same world: what it draws has its name in it."""
    planted = import_module(f"tests.vendors.{vendor}.planted")
    with worlds_of(vendor, planted.DAY) as make:
        world, client, known = make()

        def begin() -> Session:
            with world.entered():
                world.begin_again()
            return Session(vendor, world, client, planted.planted(client, known))

        yield begin


@pytest.fixture(params=list(discover()))
def vendor(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture
def client(vendor: str) -> Iterator[Session]:
    with sessions(vendor) as begin:
        yield begin()


def fault(row: dict[str, Any]) -> Fault:
    return Fault(
        row["operation"] or "", row["in"], row["pointer"], row["keyword"], row["evidence"], row["severity"]
    )


def test_twelve_of_each_are_planted(client: Session) -> None:
    assert (len(set(client.faults)), len(client.planted.correct)) == (TWELVE, TWELVE)


def test_exactly_the_faults_are_reported(client: Session) -> None:
    """Seen to fail with a wrong call left out, with one more, and with one whose fault was mended."""
    verdict = client.mixed().verdict
    assert list(map(fault, verdict["violations"])) == client.faults
    assert {row["count"] for row in verdict["violations"]} == {1}
    warnings = sum(fault.severity == "warning" for fault in client.faults)
    assert (verdict["errors"], verdict["warnings"]) == (TWELVE - warnings, warnings)
    assert (verdict["ok"], verdict["calls"], verdict["deviations"]) == (False, 2 * TWELVE, [])


def test_each_call_has_its_own_fault(client: Session) -> None:
    """As the journal says it, so that no fault is of another call than the one it was planted in."""
    for number, (call, planted) in enumerate(client.planted.wrong):
        client.make([call])
        index = client.answers[-1][1].headers["X-Simulator-Request"]
        entry = json.loads(client.control.get(f"/_simulator/requests/{index}").text)
        found = [fault({"operation": entry["operation"], **row}) for row in entry["violations"]]
        assert found == [planted], number


def test_nothing_is_said_of_the_correct_calls(client: Session) -> None:
    """Seen to fail with a field more in one of them."""
    client.make(client.planted.correct)
    assert {answer.headers["X-Simulator-Contract"] for _, answer in client.answers} == {"ok"}
    assert (client.verdict["ok"], client.verdict["violations"]) == (True, [])
    assert json.loads(client.report("sarif"))["runs"][0]["results"] == []


def test_the_order_is_that_of_the_contract_and_not_of_the_calls(vendor: str) -> None:
    """Seen to fail with the findings in the order in which they came."""
    reports = []
    with sessions(vendor) as begin:
        for seed in (1, 1, 2, 3):
            reports.append(begin().mixed(seed).verdict["violations"])
    assert [row["first_request"] for row in reports[0]] == [row["first_request"] for row in reports[1]]
    for row in (row for report in reports for row in report):
        del row["first_request"]
    assert reports.count(reports[0]) == len(reports)


def test_a_fault_made_three_times_is_named_once(client: Session) -> None:
    for seed in range(3):
        client.mixed(seed)
    rows = client.verdict["violations"]
    assert list(map(fault, rows)) == client.faults
    assert [row["count"] for row in rows] == [3] * TWELVE


def test_calls_are_answered_as_without_a_verdict(vendor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the byte; and with the statuses that are planted beside the calls. Seen to fail when a violation was
    refused before the vendor saw it."""
    with sessions(vendor) as begin:
        judged = begin().mixed().answers
        assert [answer.status_code for _, answer in judged] == [call.status for call, _ in judged]
        unjudged = [stage for stage in pipeline.STAGES if stage is not pipeline.judge_client]
        assert len(unjudged) == len(pipeline.STAGES) - 1
        monkeypatch.setattr(pipeline, "STAGES", unjudged)
        alone = begin().mixed()
    for (call, answer), (_, without) in zip(judged, alone.answers, strict=True):
        assert said(answer) == said(without), call.path


def said(answer: TestResponse) -> tuple[int, dict[str, str], bytes]:
    """An answer but for what the simulator adds to it."""
    own = {name: value for name, value in answer.headers if not name.startswith("X-Simulator-")}
    return answer.status_code, own, answer.data


def test_junit_fails_the_operations_that_were_misused(client: Session) -> None:
    (suite,) = ET.fromstring(client.mixed().report("junit"))
    errors = {fault.operation or STRAYS for fault in client.faults if fault.severity == "error"}
    cases = suite.findall("testcase")
    assert {case.get("name") for case in cases if case.find("failure") is not None} == errors
    assert (suite.get("tests"), suite.get("failures")) == (str(len(cases)), str(len(errors)))
    told = [line for case in cases for line in (case.findtext("failure") or "").splitlines()]
    assert len(told) == sum(fault.severity == "error" for fault in client.faults)


def test_sarif_has_a_result_for_each_fault(client: Session) -> None:
    (run,) = json.loads(client.mixed().report("sarif"))["runs"]
    results = [
        Fault(own["operation"] or "", own["in"], own["pointer"], row["ruleId"], own["evidence"], row["level"])
        for row in run["results"]
        for own in [row["properties"]]
    ]
    assert results == client.faults
    assert len({row["partialFingerprints"]["simulatorFinding/v1"] for row in run["results"]}) == TWELVE
