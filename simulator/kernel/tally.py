"""What a world's clients have done against the contracts, counted: what is left when the journal forgets.

Its size is bounded by the contracts', not by the number of requests: like findings are one, and when MOST are
known of an operation, or of stray requests, others are only counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from simulator.kernel.caller import Caller
from simulator.kernel.choices import Member, Use
from simulator.kernel.journal import Entry

MOST = 200
MOST_CALLERS = 20
"""Lines of the client that are kept of a finding; what others did is only counted."""
LONGEST = 300
"""Characters that are kept of a pointer, a path or a message: a client may choose them."""
INDEX = re.compile(r"/\d+(?=/|$)")


@dataclass(slots=True)
class Seen:
    """How often, and in which request of the journal first; `what` is as it was there; `callers` says how
    often by which line of a client, as far as that is known."""

    first: int
    what: dict[str, Any] = field(default_factory=dict)
    count: int = 1
    callers: dict[Caller, int] = field(default_factory=dict)

    def add_caller(self, caller: Caller | None) -> None:
        if caller is not None and (caller in self.callers or len(self.callers) < MOST_CALLERS):
            self.callers[caller] = self.callers.get(caller, 0) + 1


class Findings:
    """Like findings together; `unlisted` counts those that came when MOST were known."""

    __slots__ = ("kinds", "unlisted")

    def __init__(self) -> None:
        self.kinds: dict[tuple[str, ...], Seen] = {}
        self.unlisted = 0

    def add(self, kind: tuple[str, ...], entry: Entry, what: dict[str, Any]) -> None:
        kind = tuple(text[:LONGEST] for text in kind)
        seen = self.kinds.get(kind)
        if seen is not None:
            seen.count += 1
        elif len(self.kinds) < MOST:
            seen = self.kinds[kind] = Seen(entry.index, {key: _shortened(text) for key, text in what.items()})
        else:
            self.unlisted += 1
            return
        seen.add_caller(entry.caller)

    def add_all(self, rows: Iterable[dict[str, Any]], entry: Entry) -> None:
        """Rows as `Violation.describe` has them. The same mistake in each row of an import is one."""
        for row in rows:
            self.add((row["in"], pattern(row["pointer"]), row["keyword"]), entry, row)


def pattern(pointer: str) -> str:
    """A JSON pointer with `*` for any index."""
    return INDEX.sub("/*", pointer)


def _shortened(value: Any) -> Any:
    return f"{value[:LONGEST]}…" if isinstance(value, str) and len(value) > LONGEST else value


@dataclass(slots=True)
class OperationTally:
    """Calls of one operation and what of it they met and used. A faulted call counts as nothing else."""

    calls: int = 0
    faulted: int = 0
    statuses: dict[int, Seen] = field(default_factory=dict)
    parameters: set[tuple[str, str]] = field(default_factory=set)
    members: set[Member] = field(default_factory=set)
    assumed: dict[str, Seen] = field(default_factory=dict)
    violations: Findings = field(default_factory=Findings)
    deviations: Findings = field(default_factory=Findings)

    def add(self, entry: Entry, use: Use | None) -> None:
        self.calls += 1
        _see(self.statuses, entry.status, entry.index)
        for rule in entry.assumed:
            _see(self.assumed, rule, entry.index)
        if use is not None:
            self.parameters.update(use.parameters)
            self.members.update(use.members)
        if entry.violations:
            self.violations.add_all(entry.violations, entry)
        if entry.deviations:
            self.deviations.add_all(entry.deviations, entry)


def _see(among: dict[Any, Seen], key: Any, index: int) -> None:
    seen = among.get(key)
    if seen is None:
        among[key] = Seen(index)
    else:
        seen.count += 1


@dataclass(slots=True)
class VendorTally:
    """By operationId; `strays` are requests that met no operation, by method and path."""

    operations: dict[str, OperationTally] = field(default_factory=dict)
    strays: Findings = field(default_factory=Findings)


class Tally:
    """What the clients of a world have done, by vendor."""

    def __init__(self) -> None:
        self.vendors: dict[str, VendorTally] = {}

    def add(self, entry: Entry, use: Use | None) -> None:
        """Count one exchange that has been answered."""
        vendor = self.vendors.get(entry.vendor)
        if vendor is None:
            vendor = self.vendors[entry.vendor] = VendorTally()
        if entry.operation is not None:
            found = vendor.operations.get(entry.operation)
            if found is None:
                found = vendor.operations[entry.operation] = OperationTally()
            found.add(entry, use)
            return
        for row in entry.violations:
            asked = {"method": entry.method, "path": entry.path, "nearest": entry.nearest}
            vendor.strays.add((entry.method, entry.path), entry, {**row, **asked})

    def clear(self) -> None:
        self.vendors.clear()
