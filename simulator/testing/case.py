"""unittest: a case whose every test has a world of its own (docs/testing.md)."""

from __future__ import annotations

import sys
import unittest
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from simulator.testing.runs import FAIL_ON, WANTED, current

if TYPE_CHECKING:
    from simulator.testing.handle import Simulator


class SimulatorTestCase(unittest.TestCase):
    """`self.simulator` is a world of the test's own, made when first asked for and forgotten after the test.

    The class says what it begins with: `simulator_fixture = "docs"`. `simulator_fail_on` (violation, assumed,
    never) is what fails a test whose clients did it.
    """

    simulator_fixture: ClassVar[str | None] = None
    simulator_fixtures: ClassVar[Mapping[str, Any] | None] = None
    simulator_clock: ClassVar[datetime | str | None] = None
    simulator_seed: ClassVar[int | None] = None
    simulator_assume: ClassVar[Mapping[str, Any] | None] = None
    simulator_unique_credentials: ClassVar[bool | None] = None
    simulator_fail_on: ClassVar[str | None] = None

    @cached_property
    def simulator(self) -> Simulator:
        """Raises SimulatorError where it cannot be as the class wants it."""
        if self.simulator_fail_on not in (None, *FAIL_ON):
            raise ValueError(f"simulator_fail_on is {', '.join(FAIL_ON)}, not {self.simulator_fail_on!r}")
        wanted = {name: getattr(self, f"simulator_{name}") for name in WANTED}
        return self.enterContext(current().world(self.id(), wanted))

    def _callTestMethod(self, method: Callable[[], Any]) -> None:  # noqa: N802
        """The test, and what its clients did, as one: no cleanup can know whether the test had failed.

        The name is CPython's, from 3.8 on; unittest has nothing of its own for what is done within a test.
        """
        try:
            super()._callTestMethod(method)  # type: ignore[misc]
        except unittest.SkipTest:
            raise
        except Exception:
            self._tell()
            raise
        if "simulator" in self.__dict__:
            why = self.simulator.verdict.failure(self.simulator_fail_on or current().fail_on)
            if why is not None:
                self.fail(f"Simulator: {why}")

    def _tell(self) -> None:
        """What the clients of a test did that failed by itself, if anything."""
        from simulator.testing.links import SimulatorError  # noqa: PLC0415 - only a test with a world needs it

        if "simulator" not in self.__dict__:
            return
        try:
            verdict = self.simulator.verdict
            if verdict.violations:
                sys.stderr.write(f"\n{self.id()}\nSimulator: {verdict}\n")
        except SimulatorError as error:
            sys.stderr.write(f"\n{self.id()}\nSimulator: {error}\n")
