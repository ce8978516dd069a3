"""The pytest plugin: a fixture `simulator`, a world of its own for each test (docs/testing.md).

pytest loads this in every run of everybody who has the package, before coverage is measured: of ours it
imports nothing but what a test then asks for.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from simulator.testing.runs import FAIL_ON, WANTED, Run, running

if TYPE_CHECKING:
    from simulator.testing.handle import Simulator
    from simulator.testing.reports import Part

MARKER = (
    "simulator(fixture, fixtures, clock, seed, assume, unique_credentials, fail_on): what the world of the "
    "fixture `simulator` begins with, and what fails the test: violation, assumed or never."
)
SECTION = "simulator"
LEFT = "simulator_left"
"""A test's report carries what its worlds left, under this name, to the process that writes the reports."""
RUN = pytest.StashKey[Run]()
ENDING = pytest.StashKey[ExitStack]()
HELD = pytest.StashKey["Simulator"]()
"""As long as there is one."""
TOLD = pytest.StashKey[bool]()
"""Whether that is what the test failed for."""


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("simulator", "marketing vendors' APIs, simulated")
    group.addoption(
        "--simulator-url",
        metavar="URL",
        help="Make the tests' worlds on this running simulator. By default one is made in this process.",
    )
    group.addoption(
        "--simulator-report",
        metavar="DIR",
        help="Write what the tests' clients did against the contracts: JSON, JUnit, SARIF, Markdown and HAR.",
    )
    parser.addini(
        "simulator_fail_on",
        "What fails a test that uses the simulator: violation, assumed (a violation, or an answer that "
        "relied on a guess) or never. The marker's fail_on goes first.",
        default="never",
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", MARKER)
    fail_on, asked = config.getini("simulator_fail_on"), config.getoption("--simulator-report")
    # as it is now: a test may go elsewhere and stay there
    folder = config.invocation_params.dir / asked if asked else None
    if fail_on not in FAIL_ON:
        raise pytest.UsageError(f"simulator_fail_on: {fail_on!r} is not {_either(FAIL_ON)}")
    if folder and folder.exists() and not folder.is_dir():
        raise pytest.UsageError(f"--simulator-report: {asked} is no folder")
    run = Run(config.getoption("--simulator-url"), fail_on=fail_on, reporting=bool(folder))
    config.stash[ENDING] = ending = ExitStack()
    config.stash[RUN] = ending.enter_context(running(run))
    # with xdist it is the controller who writes
    if folder and not (hasattr(config, "workerinput") or config.getoption("--collect-only")):
        config.pluginmanager.register(Reports(folder, asked), "simulator-reports")


def pytest_unconfigure(config: pytest.Config) -> None:
    if ENDING in config.stash:
        config.stash[ENDING].close()


def _either(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


# --- a test's world ----------------------------------------------------------------------


@pytest.fixture
def simulator(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """A world of this test's own, as `@pytest.mark.simulator(…)` wants it; forgotten after the test."""
    from simulator.testing.links import SimulatorError  # noqa: PLC0415 - see above

    item = request.node
    wanted = {name: value for name, value in _marked(item).items() if name in WANTED}
    with ExitStack() as stack:
        refused = None
        try:
            item.stash[HELD] = stack.enter_context(item.config.stash[RUN].world(_name(item), wanted))
        except SimulatorError as error:
            refused = f"simulator: {error}"
        if refused is not None:
            pytest.fail(refused, pytrace=False)
        item.stash[TOLD] = False
        yield item.stash[HELD]
        del item.stash[HELD]


def _name(item: pytest.Item) -> str:
    """The node id, without what xdist's `--dist loadgroup` appends."""
    return f"{item.parent.nodeid}::{item.name}" if item.parent else item.nodeid


def _marked(item: pytest.Item) -> dict[str, Any]:
    """What the markers say; the nearest goes first."""
    found: dict[str, Any] = {}
    for marker in reversed(list(item.iter_markers("simulator"))):
        if marker.args:
            pytest.fail(
                f"the marker simulator takes names: simulator(fixture={marker.args[0]!r})", pytrace=False
            )
        found |= marker.kwargs
    known = (*WANTED, "fail_on")
    for name in found:
        if name not in known:
            pytest.fail(f"the marker simulator takes {_either(known)}, not {name!r}", pytrace=False)
    if found.get("fail_on", "never") not in FAIL_ON:
        pytest.fail(
            f"the marker simulator: fail_on is {_either(FAIL_ON)}, not {found['fail_on']!r}", pytrace=False
        )
    return found


# --- what its clients did wrong ------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """A test that went well fails for what its clients did, where that was asked for."""
    result = yield
    held = item.stash.get(HELD, None)
    if held is not None:
        fail_on = _marked(item).get("fail_on", item.config.stash[RUN].fail_on)
        why = held.verdict.failure(fail_on) if fail_on != "never" else None
        if why is not None:
            item.stash[TOLD] = True
            pytest.fail(f"Simulator: {why}", pytrace=False)
    return result


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    held = item.stash.get(HELD, None)
    if held is not None and report.failed and not item.stash[TOLD]:
        report.sections += _told(held)
    left = item.config.stash[RUN].taken()
    if left:
        setattr(report, LEFT, json.dumps([dataclasses.asdict(part) for part in left]))
    return report


def _told(simulator: Simulator) -> list[tuple[str, str]]:
    """A section for a test that failed by itself, if its clients did anything wrong."""
    from simulator.testing.links import SimulatorError  # noqa: PLC0415

    try:
        verdict = simulator.verdict
        return [(SECTION, str(verdict))] if verdict.violations else []
    except SimulatorError as error:
        return [(SECTION, str(error))]


# --- the run's reports ---------------------------------------------------------------------


class Reports:
    """Gathers what the tests' worlds leave, in whichever process, and writes it into a folder at the end;
    `asked` is how it was asked for."""

    def __init__(self, folder: Path, asked: str) -> None:
        self._folder = folder
        self._asked = asked
        self._parts: list[Part] = []
        self._said = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        left = vars(report).pop(LEFT, None)
        if left is not None:
            from simulator.testing.reports import Part  # noqa: PLC0415

            self._parts += [Part(**row) for row in json.loads(left)]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        from simulator.testing.reports import together, write  # noqa: PLC0415
        from simulator.verdicts.words import headline  # noqa: PLC0415

        try:
            write(self._folder, self._parts)
        except OSError as error:
            self._said = f"simulator: {self._asked} cannot be written: {error.strerror}"
            session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
        else:
            self._said = (
                f"simulator: {headline(together(self._parts))}, see {Path(self._asked, 'verdict.md')}"
            )

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        terminalreporter.write_line(self._said)
