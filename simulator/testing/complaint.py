"""A verdict for whoever has to mend the client: the request, what is wrong with it, the rule, the line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl

from simulator.testing.control import Control
from simulator.testing.links import SimulatorError
from simulator.verdicts.words import callers, headline, place

Row = dict[str, Any]
MOST = 10
"""Violations that are told; the verdict has them all."""
LONGEST = 160
"""Characters shown of a value."""


def complaint(verdict: Row, control: Control) -> str:
    """`2 contract violations in 3 calls`, and below it each; credentials are masked."""
    return "\n".join(_lines(verdict, control))


def _lines(verdict: Row, control: Control) -> Iterator[str]:
    yield headline(verdict)
    told = verdict["violations"][:MOST]
    for _, rows in groupby(told, key=lambda row: (row["vendor"], row["operation"], row["first_request"])):
        same = list(rows)
        yield ""
        yield from _request(same[0], _journalled(same[0], control), same)
    more = len(verdict["violations"]) - len(told)
    if more:
        yield from ("", f"and {more} more: simulator.verdict.violations has them all")


def _journalled(row: Row, control: Control) -> Row | None:
    """The exchange in which it was done first, if the journal still has it."""
    try:
        found: Row = control.get(f"requests/{row['first_request']}")
    except SimulatorError:
        return None
    return found


def _request(first: Row, entry: Row | None, rows: list[Row]) -> Iterator[str]:
    name = f"{first['vendor']} {first['operation'] or 'has no such operation'}"
    if entry is None:
        yield f"  {name}, request {first['first_request']}"
    else:
        query = f"?{entry['query']}" if entry["query"] else ""
        yield f"  {name}: {entry['method']} {entry['path']}{query}"
        yield f"  request {entry['index']}, answered with {entry['status']}{_by(entry)}"
    for row in rows:
        yield from _violation(row, entry)


def _by(entry: Row) -> str:
    """`, sent by src/client.py:41`, if that is known (docs/testing.md)."""
    line = entry["caller"]
    return f", sent by {line['file']}:{line['line']}" if line else ""


def _violation(row: Row, entry: Row | None) -> Iterator[str]:
    warning = "warning: " if row["severity"] == "warning" else ""
    yield f"    {warning}{place(row)}: {row['message']}{_again(row, entry)}"
    sent = _sent(row, entry) if entry else None
    if sent is not None:
        yield f"      sent: {sent}"
    if row.get("nearest"):
        yield f"      did you mean {', '.join(row['nearest'])}?"
    by = row["contract"]
    yield f"      rule: {row['keyword']}, {row['evidence']}, contract {by['version']} {by['hash']}"


def _again(row: Row, entry: Row | None) -> str:
    """` (3 times, at src/client.py:41 (2 times), src/client.py:52)`, if there is more than the line above."""
    told = 1 if entry else 0
    where = f", at {callers(row)}" if len(row["callers"]) > told else ""
    return f" ({row['count']} times{where})" if row["count"] > 1 else ""


# --- what was sent there -----------------------------------------------------------------


def _sent(row: Row, entry: Row) -> str | None:
    """The value that is wrong, as far as it can be found."""
    steps = [step.replace("~1", "/").replace("~0", "~") for step in row["pointer"].split("/")[1:]]
    if not steps:
        return None
    found: Any = _halves(row["in"], entry)
    for step in steps:
        if isinstance(found, Mapping) and step in found:
            found = found[step]
        elif isinstance(found, list) and step.isdigit() and int(step) < len(found):
            found = found[int(step)]
        else:
            return None
    return _short(f"{json.dumps(steps[-1])}: {json.dumps(found, ensure_ascii=False)}")


def _halves(place: str, entry: Row) -> Any:
    """What pointers into a part of a request are followed in."""
    if place == "query":
        return dict(parse_qsl(entry["query"], keep_blank_values=True))
    if place == "header":
        return dict(entry["request"]["headers"])
    if place == "body":
        return _body(entry["request"]["body"].get("text", ""))
    return {}


def _body(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return dict(parse_qsl(text, keep_blank_values=True))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
