"""The verdict as Markdown, for the summary of a run in CI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simulator.verdicts.words import callers, guess, headline, place, times, worlds

Row = dict[str, Any]
SHARES = {
    "operations": "operations",
    "responses": "documented answers",
    "parameters": "parameters",
    "enum_members": "enum members",
}
MOST_NAMED = 12
"""Names in one sentence; the JSON has them all."""


def render(verdict: Row) -> str:
    return "\n".join(_lines(verdict)) + "\n"


def _lines(verdict: Row) -> Iterator[str]:
    yield f"# {'✅' if verdict['ok'] else '❌'} Simulator: {headline(verdict)}"
    yield ""
    yield f"On {worlds(verdict)}. The exchanges as a HAR file: {verdict['requests_har']}"
    if verdict["violations"]:
        yield from _table(verdict["violations"])
    yield from _list("What the answers relied on and nobody outside knows", map(guess, verdict["relied_on"]))
    yield from _list(
        "What the simulator itself did against the contracts", map(_deviation, verdict["deviations"])
    )
    if verdict["vendors"]:
        yield from _coverage(verdict["vendors"])
    for vendor in verdict["vendors"]:
        yield from _list(f"What the client never met of {vendor['title']}", _never_met(vendor))


def _table(violations: list[Row]) -> Iterator[str]:
    yield from ("", "## What the client did against the contracts", "")
    yield "| | operation | where | what | evidence | contract | when |"
    yield "|---|---|---|---|---|---|---|"
    for row in violations:
        cells = (
            row["severity"],
            f"{row['vendor']} {row['operation'] or '(none)'}",
            place(row),
            f"{row['message']} ({row['keyword']})" + _meant(row),
            row["evidence"],
            f"{row['contract']['version']} {row['contract']['hash']}",
            times(row) + (f", at {callers(row)}" if row["callers"] else ""),
        )
        yield f"| {' | '.join(map(_cell, cells))} |"


def _meant(row: Row) -> str:
    return f"; did you mean {', '.join(row['nearest'])}?" if row.get("nearest") else ""


def _cell(text: str) -> str:
    """Text as it is: what a client sent must not become markup, links or a mention of somebody."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~@&])", r"\\\1", " ".join(text.split()))


def _list(title: str, sentences: Iterator[str]) -> Iterator[str]:
    lines = [f"* {_cell(sentence)}" for sentence in sentences]
    if lines:
        yield from ("", f"## {title}", "", *lines)


def _deviation(row: Row) -> str:
    return f"{row['vendor']} {row['operation']}, {place(row)}: {row['message']}, {times(row)}"


def _coverage(vendors: list[Row]) -> Iterator[str]:
    yield from ("", "## How much of the contracts the client met", "")
    yield f"| | {' | '.join(SHARES.values())} |"
    yield f"|---{'|---' * len(SHARES)}|"
    for vendor in vendors:
        shares = [vendor["coverage"][name] for name in SHARES]
        cells = (f"{share['met']}/{share['of']}" for share in shares)
        yield f"| {vendor['title']} | {' | '.join(cells)} |"


def _never_met(vendor: Row) -> Iterator[str]:
    for row in vendor["operations"]:
        never = row["never_met"]
        if never["responses"]:
            yield f"{row['operation']}: your client never saw {_some(never['responses'])}."
        if never["parameters"]:
            names = [f"{each['name']} ({each['in']})" for each in never["parameters"]]
            yield f"{row['operation']}: it never sent {_some(names)}."
        for place_of in never["enum_members"]:
            values = _some(list(map(str, place_of["members"])))
            yield f"{row['operation']}: in {place(place_of)} it never chose {values}."
    if vendor["never_called"]:
        yield f"It never called {_some(vendor['never_called'])}."


def _some(names: list[str]) -> str:
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
