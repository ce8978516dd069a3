"""The verdict as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

A rule is a keyword of the contract that was broken, a result one violation by one line of the client. Where
the client did not say which line it was, a result is located by operation and place alone.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import simulator
from simulator.kernel.tally import pattern
from simulator.verdicts.words import place

Row = dict[str, Any]
ABSOLUTE = re.compile("/|[A-Za-z]:/")
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
RULES = {
    "additionalProperties": "A body has a field that the contract does not name.",
    "contentType": "A body is of a media type that the operation does not take.",
    "deprecated": "What is sent or called is deprecated.",
    "encoding": "Bytes cannot be read as what they are said to be.",
    "enum": "A value is not one of those that the contract lists.",
    "format": "A text has not the format that the contract gives.",
    "required": "Something that the contract requires is missing.",
    "type": "A value is of another type than the contract gives.",
    "undocumented": "The contract has no such operation, parameter or body.",
}
"""What breaking a keyword means, where its name does not say so."""


def render(verdict: Row) -> str:
    keywords = sorted({row["keyword"] for row in verdict["violations"]})
    run = {
        "tool": {
            "driver": {
                "name": "Simulator",
                "semanticVersion": simulator.__version__,
                "rules": [_rule(keyword) for keyword in keywords],
            }
        },
        "columnKind": "utf16CodeUnits",
        "results": [
            result
            for row in verdict["violations"]
            for result in _results(row, keywords.index(row["keyword"]))
        ],
        "properties": {"world": verdict["world"], "calls": verdict["calls"]},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(keyword: str) -> Row:
    text = RULES.get(keyword, f"A value breaks the contract's {keyword}.")
    return {"id": keyword, "shortDescription": {"text": text}}


def _results(row: Row, rule: int) -> Iterator[Row]:
    """One for each line of the client, and one for all calls of which none is known."""
    operation = row["operation"] or f"{row['method']} {row['path']}"
    in_file: dict[str, int] = {}
    for caller in row["callers"]:
        number = in_file[caller["file"]] = in_file.get(caller["file"], 0) + 1
        result = _result(row, rule, operation, caller["count"], f"{caller['file']}\n{number}")
        result["locations"][0]["physicalLocation"] = _physical(caller)
        yield result
    unknown = row["count"] - sum(caller["count"] for caller in row["callers"])
    if unknown:
        yield _result(row, rule, operation, unknown)


def _result(row: Row, rule: int, operation: str, count: int, *where: str) -> Row:
    return {
        "ruleId": row["keyword"],
        "ruleIndex": rule,
        "level": row["severity"],
        "message": {"text": f"{operation}: {place(row)}: {row['message']}"},
        "locations": [{"logicalLocations": [_logical(row, operation)]}],
        "partialFingerprints": {"simulatorFinding/v1": _fingerprint(row, operation, *where)},
        "occurrenceCount": count,
        "properties": {
            "vendor": row["vendor"],
            "operation": row["operation"],
            "in": row["in"],
            "pointer": row["pointer"],
            "evidence": row["evidence"],
            "contractVersion": row["contract"]["version"],
            "contractHash": row["contract"]["hash"],
            "journalIndex": row["first_request"],
            **({"foundIn": row["found_in"]} if "found_in" in row else {}),
        },
    }


def _logical(row: Row, operation: str) -> Row:
    return {
        "name": row["pointer"].rpartition("/")[2] or operation,
        "fullyQualifiedName": f"{row['vendor']}/{operation}/{row['in']}{row['pointer']}",
        "kind": "function" if row["in"] == "operation" else "member",
    }


def _physical(caller: Row) -> Row:
    """A file below the working directory is one of the repository's, as far as anybody knows."""
    file: str = caller["file"]
    place = {"uri": quote(file), "uriBaseId": "%SRCROOT%"}
    if ABSOLUTE.match(file):
        place = {"uri": f"file:///{quote(file.removeprefix('/'), safe='/:')}"}
    return {"artifactLocation": place, "region": {"startLine": caller["line"]}}


def _fingerprint(row: Row, operation: str, *where: str) -> str:
    """The same finding has the same in each run, also when its line has moved."""
    parts = (row["vendor"], operation, row["in"], pattern(row["pointer"]), row["keyword"], *where)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
