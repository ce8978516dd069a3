"""A run of tests: where their worlds are made, and what these leave for its reports.

pytest's plugin and unittest's case make their worlds here; only one run is on at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simulator.testing.handle import Simulator
    from simulator.testing.links import Link
    from simulator.testing.reports import Part

WANTED = ("fixture", "fixtures", "clock", "seed", "assume", "unique_credentials")
"""What a test may ask for of its world, as `POST worlds` names it."""
FAIL_ON = ("violation", "assumed", "never")
LONGEST = 40
"""Characters of a test's name in its world's: a world's name is part of host names and credentials."""
MOST_OF_A_NAME = 100
TAKEN = 409


class Run:
    """`url` is a running simulator's, by default one is made in this process. `fail_on` is for tests that do
    not say; `reporting` keeps what the worlds leave."""

    def __init__(self, url: str | None = None, *, fail_on: str = "never", reporting: bool = False) -> None:
        self.url = url
        self.fail_on = fail_on
        self.reporting = reporting
        self._parts: list[Part] = []

    @cached_property
    def link(self) -> Link:
        from simulator.testing.handle import link_to  # noqa: PLC0415 - most runs of tests need none

        return link_to(self.url)

    @contextmanager
    def world(self, test: str, wanted: Mapping[str, Any]) -> Iterator[Simulator]:
        """A test's own, forgotten at the end. Raises SimulatorError where it cannot be as wanted."""
        simulator = self._created(name_of(test), wanted)
        try:
            yield simulator
        finally:
            if self.reporting:
                self._parts.append(_part(simulator, test))
            simulator.delete()

    def _created(self, name: str, wanted: Mapping[str, Any]) -> Simulator:
        """The same test runs twice at once where runs share a server, or with xdist's `--dist each`."""
        from simulator.testing.handle import Simulator  # noqa: PLC0415
        from simulator.testing.links import SimulatorError  # noqa: PLC0415

        for number in range(1, MOST_OF_A_NAME):
            try:
                return Simulator.create(self.link, name if number == 1 else f"{name}-{number}", **wanted)
            except SimulatorError as error:
                if error.status != TAKEN:
                    raise
        raise SimulatorError(f"there are {MOST_OF_A_NAME} worlds called {name} already")

    def taken(self) -> list[Part]:
        """What worlds have left since this was asked last."""
        parts, self._parts = self._parts, []
        return parts


def _part(simulator: Simulator, test: str) -> Part:
    from simulator.testing.reports import part_of  # noqa: PLC0415

    return part_of(simulator.control, test)


def name_of(test: str) -> str:
    """A world's name, the same in each run: `test-import-1b2c3d4e`. What is made of it is the same, too."""
    import hashlib  # noqa: PLC0415 - half of what the plugin would cost

    said = re.sub(r"\[.*", "", test, flags=re.DOTALL).rpartition("::")[2].rpartition(".")[2]
    words = re.sub(r"[^A-Za-z0-9]+", "-", said).strip("-")[:LONGEST].strip("-")
    return f"{words or 'test'}-{hashlib.sha256(test.encode()).hexdigest()[:8]}"


_current: list[Run] = []


@contextmanager
def running(run: Run) -> Iterator[Run]:
    """From here to the end it is the run that is on."""
    _current.append(run)
    try:
        yield run
    finally:
        _current.remove(run)


def current() -> Run:
    """The run that is on; tests that nobody of us runs make one."""
    if not _current:
        _current.append(Run())
    return _current[-1]
