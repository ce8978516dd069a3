"""`python -m simulator.testing`: unittest, with reports on what the tests' clients did.

Exit codes: 0 fine, 1 a test failed or a report could not be written, 2 usage, 3 the verdict fails the run.
"""

from __future__ import annotations

import argparse
import sys
import unittest
from pathlib import Path

from simulator.testing.links import Remote, SimulatorError
from simulator.testing.reports import together, write
from simulator.testing.runs import FAIL_ON, Run, running
from simulator.verdicts.asking import failure

FAILED, USAGE, VERDICT_FAILED = 1, 2, 3


def main(arguments: list[str] | None = None) -> int:
    """The exit code."""
    parser = _parser()
    asked, rest = parser.parse_known_args(arguments)
    try:
        if asked.url:
            Remote(asked.url)
    except SimulatorError as error:
        parser.error(f"--url: {error}")
    if asked.report and asked.report.exists() and not asked.report.is_dir():
        parser.error(f"--report: {asked.report} is no folder")
    with running(Run(asked.url, reporting=True)) as run:
        result = unittest.main(module=None, argv=[parser.prog, *rest], exit=False).result
        parts = run.taken()
    if not result.testsRun and not result.skipped:
        _say("no tests ran")
        return USAGE
    code = 0 if result.wasSuccessful() else FAILED
    if asked.report is not None:
        try:
            write(asked.report, parts)
        except OSError as error:
            _say(f"{asked.report} cannot be written: {error.strerror}")
            return code or FAILED
    why = failure(together(parts), asked.fail_on)
    if why is not None:
        _say(why)
    return code or (VERDICT_FAILED if why else 0)


def _say(text: str) -> None:
    sys.stderr.write(f"simulator: {text}\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simulator.testing",
        description="Runs unittest, with all else that is said; `python -m unittest -h` tells what it takes.",
        usage="%(prog)s [--report DIR] [--fail-on WHAT] [--url URL] [unittest's own arguments]",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="write the verdict on all tests' clients there"
    )
    parser.add_argument(
        "--fail-on",
        choices=FAIL_ON,
        default="never",
        help="return 3 when the tests went well but clients broke a contract, or also leant on a guess",
    )
    parser.add_argument("--url", metavar="URL", help="make the tests' worlds on this running simulator")
    return parser


if __name__ == "__main__":
    sys.exit(main())
