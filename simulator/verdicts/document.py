"""The verdict as one JSON document, of which every other format is made.

Its order depends on what was done, not on when: reports of two runs of the same client can be compared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.kernel.choices import offers
from simulator.kernel.contract import Contract, Operation
from simulator.kernel.tally import Findings, OperationTally, Seen, Tally, VendorTally
from simulator.kernel.vendor import Vendor
from simulator.kernel.violation import escape

Row = dict[str, Any]


@dataclass(frozen=True)
class Judged:
    """One vendor of a tally, with the contract that its calls were judged by."""

    vendor: Vendor
    contract: Contract
    tally: VendorTally

    @property
    def called(self) -> list[tuple[Operation, OperationTally]]:
        """In alphabetical order."""
        return [
            (self.contract.operations[name], tally) for name, tally in sorted(self.tally.operations.items())
        ]

    @property
    def text(self) -> Row:
        return {"version": self.contract.version, "hash": self.contract.hash}


def verdict(world: str, tally: Tally, vendors: Mapping[str, Vendor], contract: Any, har: str) -> Row:
    """What there is to say of a tally: `vendors` are those to speak of, `contract(name)` gives each one's
    contract, `har` is where the exchanges are. The shape is `Verdict` of the control API's document."""
    judged = judge(tally, vendors, contract)
    violations = [row for one in judged for row in _violations(one)]
    errors = sum(row["severity"] == "error" for row in violations)
    return {
        "world": world,
        "ok": not errors,
        "calls": sum(_calls(one) for one in judged),
        "errors": errors,
        "warnings": len(violations) - errors,
        "requests_har": har,
        "violations": violations,
        "relied_on": relied_on(judged),
        "deviations": [row for one in judged for row in _deviations(one)],
        "vendors": [_vendor(one) for one in judged],
        "untouched": [name for name in vendors if name not in tally.vendors],
    }


def judge(tally: Tally, vendors: Mapping[str, Vendor], contract: Any) -> list[Judged]:
    """The vendors of a tally, by name."""
    return [
        Judged(vendors[name], contract(name), tally.vendors[name])
        for name in vendors
        if name in tally.vendors
    ]


def _calls(one: Judged) -> int:
    strays = one.tally.strays
    return (
        sum(tally.calls for tally in one.tally.operations.values())
        + sum(seen.count for seen in strays.kinds.values())
        + strays.unlisted
    )


# --- what was wrong --------------------------------------------------------------------


def _violations(one: Judged) -> Iterator[Row]:
    for operation, tally in one.called:
        yield from _found(one, operation.id, tally.violations)
    yield from _found(one, None, one.tally.strays)


def _deviations(one: Judged) -> Iterator[Row]:
    for operation, tally in one.called:
        yield from _found(one, operation.id, tally.deviations)


def _found(one: Judged, operation: str | None, findings: Findings) -> Iterator[Row]:
    for _, seen in sorted(findings.kinds.items()):
        yield {
            "vendor": one.vendor.name,
            "operation": operation,
            **seen.what,
            "count": seen.count,
            "first_request": seen.first,
            "callers": [{**each._asdict(), "count": count} for each, count in sorted(seen.callers.items())],
            "contract": one.text,
        }


# --- what was a guess ------------------------------------------------------------------


def relied_on(judged: list[Judged]) -> list[Row]:
    """The guesses that answers rested on, by vendor, kind and id."""
    return [
        row
        for one in judged
        for rows in (_assumptions(one), sorted(_grades(one), key=lambda row: (row["kind"], row["id"])))
        for row in rows
    ]


def _assumptions(one: Judged) -> Iterator[Row]:
    rules = {rule.id: rule for rule in one.vendor.parts.assumptions}
    used = sorted({name for _, tally in one.called for name in tally.assumed})
    for name in used:
        seen = {operation.id: tally.assumed[name] for operation, tally in one.called if name in tally.assumed}
        known = {"rule": rules[name].rule, "alternative": rules[name].alternative} if name in rules else {}
        yield {**_relied(one, "assumption", name, seen), **known}


def _grades(one: Judged) -> Iterator[Row]:
    """Operations, and answers of the others, that the contract itself has as guesses."""
    for operation, tally in one.called:
        met = {str(status): seen for status, seen in sorted(tally.statuses.items())}
        if operation.evidence == "assumed" and met:
            calls = Seen(min(seen.first for seen in met.values()), count=sum(s.count for s in met.values()))
            yield _relied(one, "operation", operation.id, {operation.id: calls})
            continue
        for status, seen in met.items():
            if _evidence(one.contract, operation, status) == "assumed":
                yield _relied(one, "response", f"{operation.id} {status}", {operation.id: seen})


def _relied(one: Judged, kind: str, name: str, seen: Mapping[str, Seen]) -> Row:
    return {
        "vendor": one.vendor.name,
        "kind": kind,
        "id": name,
        "operations": list(seen),
        "count": sum(each.count for each in seen.values()),
        "first_request": min(each.first for each in seen.values()),
    }


def _evidence(contract: Contract, operation: Operation, status: str) -> str:
    if status not in operation.responses:
        return operation.evidence
    return contract.evidence_at(f"{operation.pointer}/responses/{escape(status)}") or operation.evidence


# --- what of the contract was met --------------------------------------------------------


def _vendor(one: Judged) -> Row:
    called = [_operation(one, operation, tally) for operation, tally in one.called]
    simulated = [name for name in one.contract.operations if name not in one.vendor.parts.not_simulated]
    return {
        "name": one.vendor.name,
        "title": one.vendor.title,
        "contract": one.text,
        "calls": _calls(one),
        "coverage": _coverage(one, simulated, called),
        "operations": called,
        "never_called": sorted(name for name in simulated if name not in one.tally.operations),
        "unlisted": one.tally.strays.unlisted
        + sum(tally.violations.unlisted + tally.deviations.unlisted for _, tally in one.called),
    }


def _operation(one: Judged, operation: Operation, tally: OperationTally) -> Row:
    offer = offers(one.contract)[operation.id]
    met = {str(status): seen for status, seen in sorted(tally.statuses.items())}
    members = [
        (place, pointer, value, (place, pointer, value) in tally.members)
        for (place, pointer), values in offer.members().items()
        for value in values
    ]
    return {
        "operation": operation.id,
        "evidence": operation.evidence,
        "calls": tally.calls,
        "faulted": tally.faulted,
        "responses": [
            {
                "status": int(status),
                "documented": status in operation.responses,
                "evidence": _evidence(one.contract, operation, status),
                "count": seen.count,
            }
            for status, seen in met.items()
        ],
        "parameters": _named(key for key in offer.parameters if key in tally.parameters),
        "enum_members": _grouped(members, sent=True),
        "never_met": {
            "responses": sorted(status for status in operation.responses if status not in met),
            "parameters": _named(key for key in offer.parameters if key not in tally.parameters),
            "enum_members": _grouped(members, sent=False),
        },
    }


def _named(keys: Iterator[tuple[str, str]]) -> list[Row]:
    return [{"in": place, "name": name} for place, name in sorted(keys)]


def _grouped(members: list[tuple[str, str, Any, bool]], *, sent: bool) -> list[Row]:
    found: dict[tuple[str, str], list[Any]] = {}
    for place, pointer, value, was_sent in members:
        if was_sent == sent:
            found.setdefault((place, pointer), []).append(value)
    return [
        {"in": place, "pointer": pointer, "members": values} for (place, pointer), values in found.items()
    ]


def _coverage(one: Judged, simulated: list[str], called: list[Row]) -> Row:
    """Met of all that the contract has, also in operations that were never called."""
    offered = offers(one.contract)
    documented = sum(row["documented"] for op in called for row in op["responses"])
    return {
        "operations": _share(len(called), len(simulated)),
        "responses": _share(
            documented, sum(len(one.contract.operations[name].responses) for name in simulated)
        ),
        "parameters": _share(
            sum(len(op["parameters"]) for op in called),
            sum(len(offered[name].parameters) for name in simulated),
        ),
        "enum_members": _share(
            sum(len(row["members"]) for op in called for row in op["enum_members"]),
            sum(len(values) for name in simulated for values in offered[name].members().values()),
        ),
    }


def _share(met: int, of: int) -> Row:
    return {"met": met, "of": of}
