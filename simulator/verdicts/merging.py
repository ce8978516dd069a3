"""Verdicts on several worlds as one: like findings are one, and what one world's client met counts for all.

Nothing here depends on when or where a world was: the same documents in the same order give the same verdict.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from simulator.kernel.tally import pattern
from simulator.verdicts.words import plural

Row = dict[str, Any]
Key = tuple[Any, ...]


def merged(verdicts: Sequence[Row], har: str) -> Row:
    """One document of several as `GET verdict` gives them, in the order in which they are to be told.

    A document may say of which `test` its world was. The result has the same members, and besides: `worlds`
    lists all, each finding is `found_in` some of them, and `requests_har` is `har`.
    """
    violations = _findings(verdicts, "violations", _place)
    errors = sum(row["severity"] == "error" for row in violations)
    return {
        "world": verdicts[0]["world"] if len(verdicts) == 1 else plural(len(verdicts), "world"),
        "worlds": [_world(verdict) | {"calls": verdict["calls"]} for verdict in verdicts],
        "ok": not errors,
        "calls": sum(verdict["calls"] for verdict in verdicts),
        "errors": errors,
        "warnings": len(violations) - errors,
        "requests_har": har,
        "violations": violations,
        "relied_on": _findings(verdicts, "relied_on", lambda row: (row["vendor"], row["kind"], row["id"])),
        "deviations": _findings(verdicts, "deviations", _place),
        "vendors": [
            _vendor(rows)
            for rows in _grouped((v for verdict in verdicts for v in verdict["vendors"]), "name")
        ],
        "untouched": _in_all(verdict["untouched"] for verdict in verdicts),
    }


def _world(verdict: Row) -> Row:
    return {name: verdict[name] for name in ("world", "test") if name in verdict}


# --- what was found ----------------------------------------------------------------------


def _place(row: Row) -> Key:
    """Alike are findings that one world would have told once (see kernel/tally.py); sorted as it would."""
    stray = row["operation"] is None
    asked = (row["method"], row["path"]) if stray else (row["in"], pattern(row["pointer"]), row["keyword"])
    return row["vendor"], stray, row["operation"] or "", *asked


def _findings(verdicts: Sequence[Row], name: str, key: Callable[[Row], Key]) -> list[Row]:
    found: dict[Key, Row] = {}
    for verdict in verdicts:
        for row in verdict[name]:
            here = _world(verdict) | {"count": row["count"], "first_request": row["first_request"]}
            kept = found.get(key(row))
            found[key(row)] = row | {"found_in": [here]} if kept is None else _added(kept, row, here)
    return [found[each] for each in sorted(found)]


def _added(kept: Row, row: Row, here: Row) -> Row:
    more = {"count": kept["count"] + row["count"], "found_in": [*kept["found_in"], here]}
    if "callers" in row:
        more["callers"] = _callers(kept["callers"], row["callers"])
    if "operations" in row:
        more["operations"] = sorted({*kept["operations"], *row["operations"]})
    return kept | more


def _callers(some: list[Row], others: list[Row]) -> list[Row]:
    counts: dict[tuple[str, int], int] = {}
    for caller in (*some, *others):
        line = caller["file"], caller["line"]
        counts[line] = counts.get(line, 0) + caller["count"]
    return [{"file": file, "line": line, "count": counts[file, line]} for file, line in sorted(counts)]


# --- what of the contracts was met -------------------------------------------------------


def _vendor(rows: list[Row]) -> Row:
    operations = [
        _operation(same)
        for same in _grouped((each for row in rows for each in row["operations"]), "operation")
    ]
    return {
        **rows[0],
        "calls": sum(row["calls"] for row in rows),
        "coverage": _coverage(operations, rows[0]["coverage"]),
        "operations": operations,
        "never_called": _in_all(row["never_called"] for row in rows),
        "unlisted": sum(row["unlisted"] for row in rows),
    }


def _operation(rows: list[Row]) -> Row:
    never = [row["never_met"] for row in rows]
    return {
        "operation": rows[0]["operation"],
        "evidence": rows[0]["evidence"],
        "calls": sum(row["calls"] for row in rows),
        "faulted": sum(row["faulted"] for row in rows),
        "responses": [
            same[0] | {"count": sum(row["count"] for row in same)}
            for same in _grouped((each for row in rows for each in row["responses"]), "status")
        ],
        "parameters": _parameters(set.union(*(_named(row["parameters"]) for row in rows))),
        "enum_members": _members(set.union(*(_values(row["enum_members"]) for row in rows))),
        "never_met": {
            "responses": _in_all(row["responses"] for row in never),
            "parameters": _parameters(set.intersection(*(_named(row["parameters"]) for row in never))),
            "enum_members": _members(set.intersection(*(_values(row["enum_members"]) for row in never))),
        },
    }


def _coverage(operations: list[Row], before: Row) -> Row:
    """How much there is stands in each document; how much was met is counted anew."""
    met = {
        "operations": len(operations),
        "responses": sum(row["documented"] for each in operations for row in each["responses"]),
        "parameters": sum(len(each["parameters"]) for each in operations),
        "enum_members": sum(len(row["members"]) for each in operations for row in each["enum_members"]),
    }
    return {name: {"met": met[name], "of": share["of"]} for name, share in before.items()}


def _grouped(rows: Iterable[Row], name: str) -> list[list[Row]]:
    """Rows with the same value of a member together, in its order."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return [found[value] for value in sorted(found)]


def _in_all(lists: Iterable[list[str]]) -> list[str]:
    sets = [set(each) for each in lists]
    return sorted(set.intersection(*sets)) if sets else []


def _named(rows: list[Row]) -> set[tuple[str, str]]:
    return {(row["in"], row["name"]) for row in rows}


def _parameters(names: set[tuple[str, str]]) -> list[Row]:
    return [{"in": place, "name": name} for place, name in sorted(names)]


def _values(rows: list[Row]) -> set[tuple[str, str, str]]:
    """Members of enumerations by place; as text, since they may be anything."""
    return {(row["in"], row["pointer"], json.dumps(value)) for row in rows for value in row["members"]}


def _members(values: set[tuple[str, str, str]]) -> list[Row]:
    found: dict[tuple[str, str], list[Any]] = {}
    for place, pointer, text in sorted(values):
        found.setdefault((place, pointer), []).append(json.loads(text))
    return [
        {"in": place, "pointer": pointer, "members": members} for (place, pointer), members in found.items()
    ]
