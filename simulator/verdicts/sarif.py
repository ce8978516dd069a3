"""The verdict as SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).

A rule is a keyword of the contract that was broken, a result one violation. Over HTTP a client's own file and
line are not known, so that a result is located by operation and place alone.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import simulator
from simulator.kernel.tally import pattern
from simulator.verdicts.words import place

Row = dict[str, Any]
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
        "results": [_result(row, keywords.index(row["keyword"])) for row in verdict["violations"]],
        "properties": {"world": verdict["world"], "calls": verdict["calls"]},
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _rule(keyword: str) -> Row:
    text = RULES.get(keyword, f"A value breaks the contract's {keyword}.")
    return {"id": keyword, "shortDescription": {"text": text}}


def _result(row: Row, rule: int) -> Row:
    operation = row["operation"] or f"{row['method']} {row['path']}"
    return {
        "ruleId": row["keyword"],
        "ruleIndex": rule,
        "level": row["severity"],
        "message": {"text": f"{operation}: {place(row)}: {row['message']}"},
        "locations": [{"logicalLocations": [_logical(row, operation)]}],
        "partialFingerprints": {"simulatorFinding/v1": _fingerprint(row, operation)},
        "occurrenceCount": row["count"],
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


def _fingerprint(row: Row, operation: str) -> str:
    """The same finding has the same in each run."""
    parts = (row["vendor"], operation, row["in"], pattern(row["pointer"]), row["keyword"])
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]
