"""What a run leaves behind for those who read it: the verdict on all its worlds in four forms, and every
exchange."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import simulator
from simulator.testing.control import Control
from simulator.testing.links import Remote, SimulatorError
from simulator.verdicts.asking import failure
from simulator.verdicts.formats import FORMATS
from simulator.verdicts.merging import merged

Row = dict[str, Any]
VERDICTS = {
    "verdict.json": "json",
    "junit.xml": "junit",
    "verdict.sarif": "sarif",
    "verdict.md": "markdown",
}
HAR = "requests.har"
FILES = (*VERDICTS, HAR)


class CannotReport(RuntimeError):
    """The simulator did not give what was asked for."""


@dataclass(frozen=True)
class Part:
    """What one world leaves: the verdict on its clients, with the `test` it was made for, if it was, and the
    entries of its HAR file. Plain JSON."""

    verdict: Row
    entries: list[Row]

    @property
    def order(self) -> tuple[str, str]:
        return self.verdict.get("test", ""), self.verdict["world"]


def part_of(control: Control, test: str | None = None) -> Part:
    """Raises SimulatorError."""
    verdict = control.get("verdict", format="json")
    # the file that the entries will stand in, not the place of a world that will be gone
    verdict["requests_har"] = HAR
    named = {} if test is None else {"test": test}
    entries = [entry | {"_world": verdict["world"]} | _test(test) for entry in _entries(control)]
    return Part(verdict | named, entries)


def _test(test: str | None) -> Row:
    return {} if test is None else {"_test": test}


def _entries(control: Control) -> list[Row]:
    found: list[Row] = control.get(HAR)["log"]["entries"]
    return found


def together(parts: Iterable[Part]) -> Row:
    """The verdict on all, whatever the order in which they came."""
    return merged([part.verdict for part in sorted(parts, key=lambda part: part.order)], HAR)


def write(folder: Path, parts: Iterable[Part]) -> None:
    """Every file, new. Raises OSError."""
    parts = sorted(parts, key=lambda part: part.order)
    folder.mkdir(parents=True, exist_ok=True)
    verdict = together(parts)
    for name, form in VERDICTS.items():
        (folder / name).write_text(FORMATS[form][1](verdict), encoding="utf-8")
    creator = {"name": "Simulator", "version": simulator.__version__}
    entries = [entry for part in parts for entry in part.entries]
    har = {"log": {"version": "1.2", "creator": creator, "entries": entries}}
    (folder / HAR).write_text(json.dumps(har, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Reporter:
    """Asks the control API of a server on this computer; `token` is what it wants, if it does."""

    port: int
    token: str | None = None

    def write(self, folder: Path) -> None:
        """Every file, of all worlds there are. Raises CannotReport or OSError."""
        write(folder, self._parts())

    def failed(self, fail_on: str) -> bool:
        """Whether clients broke a contract (`violation`), or also leant on a guess (`assumed`), in any world.

        Raises CannotReport.
        """
        return fail_on != "never" and failure(together(self._parts()), fail_on) is not None

    def _parts(self) -> list[Part]:
        link = Remote(f"http://127.0.0.1:{self.port}", self.token)
        try:
            worlds = Control(link).get("worlds")["worlds"]
            return [part_of(Control(link, world["name"])) for world in worlds]
        except SimulatorError as error:
            raise CannotReport(str(error)) from error
