"""What a run found, for people, for CI (JUnit) and for the tools that read HAR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from textwrap import indent
from typing import Any
from xml.etree import ElementTree

from schemathesis.config import OutputConfig
from schemathesis.engine.recorder import ScenarioRecorder
from schemathesis.reporting.har import HarWriter

from simulator.checking.running import Fault, Outcome

NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def told(vendor: str, fault: Fault) -> str:
    """One fault, so that somebody can act on it."""
    parts = {
        "contract": fault.place,
        "because": fault.reason,
        "sent": fault.sent,
        "came": fault.came,
    }
    lines = [f"{vendor} {fault.operation}: {fault.check}: {fault.title}"]
    for name, text in parts.items():
        if text:
            lines.append(f"  {name + ':':<10}" + indent(text.strip(), " " * 12).lstrip())
    return "\n".join(lines)


def junit(outcomes: Sequence[Outcome]) -> bytes:
    """A suite for each vendor, a case for each operation and one for its chains."""
    root = ElementTree.Element("testsuites", name="simulator check", **_counts(outcomes))
    for vendor, group in groupby(outcomes, key=lambda outcome: outcome.vendor):
        members = list(group)
        suite = ElementTree.SubElement(root, "testsuite", name=vendor, **_counts(members))
        for outcome in members:
            case = ElementTree.SubElement(
                suite, "testcase", classname=vendor, name=outcome.operation, time=f"{outcome.seconds:.3f}"
            )
            if outcome.left_out:
                ElementTree.SubElement(case, "skipped", message=outcome.left_out)
            for fault in outcome.faults:
                failure = ElementTree.SubElement(
                    case, "failure", type=fault.check, message=_printable(f"{fault.operation}: {fault.title}")
                )
                failure.text = _printable(told(vendor, fault))
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


@contextmanager
def har(path: Path | None) -> Iterator[Any]:
    """A function that writes exchanges into `path`, credentials in headers and addresses masked."""

    def nowhere(_: ScenarioRecorder) -> None:
        """Nobody asked."""

    if path is None:
        yield nowhere
        return
    with path.open("w", encoding="utf-8") as file:
        writer = HarWriter(file, OutputConfig())
        writer.open()
        try:
            yield writer.write
        finally:
            writer.close()


def _counts(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "tests": str(len(outcomes)),
        "failures": str(sum(bool(outcome.faults) for outcome in outcomes)),
        "errors": "0",
        "skipped": str(sum(bool(outcome.left_out) for outcome in outcomes)),
        "time": f"{sum(outcome.seconds for outcome in outcomes):.3f}",
    }


def _printable(text: str) -> str:
    """Without the characters that XML has no way to write."""
    return NOT_IN_XML.sub(lambda found: ascii(found[0])[1:-1], text)
