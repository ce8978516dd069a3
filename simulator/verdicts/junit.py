"""The verdict as a JUnit file: a suite for each vendor, a case for each operation that was called.

There is no standard; this is what the schema of Jenkins' xUnit plugin takes, which most programs read. Times
are 0, since a world's time stands still within a request.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree as ET

from simulator.verdicts.words import sentence, worlds

Row = dict[str, Any]
STRAYS = "requests that met no operation"
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(verdict: Row) -> str:
    root = ET.Element("testsuites", name=f"Simulator verdict on {worlds(verdict)}")
    for vendor in verdict["vendors"]:
        root.append(_suite(vendor, [row for row in verdict["violations"] if row["vendor"] == vendor["name"]]))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(vendor: Row, violations: list[Row]) -> ET.Element:
    names = [row["operation"] for row in vendor["operations"]]
    cases = [_case(vendor, name, [row for row in violations if row["operation"] == name]) for name in names]
    strays = [row for row in violations if row["operation"] is None]
    if strays:
        cases.append(_case(vendor, STRAYS, strays))
    failed = sum(case.find("failure") is not None for case in cases)
    suite = ET.Element("testsuite", name=vendor["title"], tests=str(len(cases)), failures=str(failed))
    suite.attrib |= {"errors": "0", "skipped": "0", "time": "0"}
    properties = ET.SubElement(suite, "properties")
    for name, value in (("contract.version", "version"), ("contract.hash", "hash")):
        ET.SubElement(properties, "property", name=name, value=vendor["contract"][value])
    suite.extend(cases)
    return suite


def _case(vendor: Row, name: str, violations: list[Row]) -> ET.Element:
    case = ET.Element("testcase", classname=f"simulator.{vendor['name']}", name=name, time="0")
    errors = [row for row in violations if row["severity"] == "error"]
    warnings = [row for row in violations if row["severity"] == "warning"]
    if errors:
        # one failure for all: most programs show the first only
        keywords = ", ".join(sorted({row["keyword"] for row in errors}))
        failure = ET.SubElement(case, "failure", type="contract", message=f"{len(errors)} × {keywords}")
        failure.text = _lines(errors)
    if warnings:
        ET.SubElement(case, "system-out").text = _lines(warnings)
    return case


def _lines(rows: list[Row]) -> str:
    return NOT_XML.sub("\ufffd", "\n".join(map(sentence, rows)))
