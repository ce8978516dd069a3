"""The sentences that the formats for people share."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]
MOST_LINES = 5
"""Lines of a client in one sentence; the JSON has more."""


def plural(number: int, noun: str, many: str = "") -> str:
    return f"{number} {noun if number == 1 else many or f'{noun}s'}"


def headline(verdict: Row) -> str:
    """`2 contract violations, 1 warning in 9 calls`."""
    warnings = f", {plural(verdict['warnings'], 'warning')}" if verdict["warnings"] else ""
    violations = plural(verdict["errors"], "contract violation")
    return f"{violations}{warnings} in {plural(verdict['calls'], 'call')}"


def place(row: Row) -> str:
    """`body /Items/0/zip`."""
    return f"{row['in']} {row['pointer']}".rstrip()


def times(row: Row) -> str:
    """`3 times, first in request 7`, and of which test, where several worlds are told of."""
    often = "once, in" if row["count"] == 1 else f"{row['count']} times, first in"
    return f"{often} request {row['first_request']}{_whose(row)}"


def _whose(row: Row) -> str:
    """` of tests/test_sms.py::test_send (and 2 other worlds)`; nothing if it is the default world alone."""
    first, *others = row.get("found_in", [{"world": "default"}])
    more = f" (and {plural(len(others), 'other world')})" if others else ""
    if "test" in first:
        return f" of {first['test']}{more}"
    return "" if first["world"] == "default" and not others else f" of world {first['world']}{more}"


def worlds(verdict: Row) -> str:
    """`world default`, or of how many it is."""
    if "worlds" in verdict and len(verdict["worlds"]) != 1:
        return plural(len(verdict["worlds"]), "world")
    return f"world {verdict['world']}"


def callers(row: Row) -> str:
    """`src/client.py:41, src/client.py:52 (3 times)`: the lines of clients that did it, if they said so."""
    lines = [
        f"{each['file']}:{each['line']}" + (f" ({each['count']} times)" if each["count"] > 1 else "")
        for each in row["callers"][:MOST_LINES]
    ]
    return ", ".join(lines) + (" and elsewhere" if len(row["callers"]) > MOST_LINES else "")


def sentence(row: Row) -> str:
    """A violation, with all that is needed to find it: what, where, how sure, by which contract, when."""
    by = row["contract"]
    at = f"; at {callers(row)}" if row["callers"] else ""
    nearest = f" Did you mean {', '.join(row['nearest'])}?" if row.get("nearest") else ""
    return (
        f"{place(row)}: {row['message']} [{row['keyword']}; {row['evidence']}; "
        f"contract {by['version']} {by['hash']}; {times(row)}{at}]{nearest}"
    )


def guess(row: Row) -> str:
    """Something relied on that nobody outside the vendor knows."""
    by = f" (in {', '.join(row['operations'])})" if row["kind"] == "assumption" else ""
    what = {
        "assumption": f"assumption {row['id']}: {row.get('rule', '')}".removesuffix(": "),
        "operation": f"operation {row['id']}: all of it is a guess",
        "response": f"answer {row['id']}: that it is answered so is a guess",
    }[row["kind"]]
    return f"{row['vendor']}: {what}{by}, {times(row)}"
