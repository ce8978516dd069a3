"""A run: each operation by itself, then chains of calls; what was found, and every exchange."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from schemathesis.core.transport import Response
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import CheckFailureInfo, ScenarioRecorder
from schemathesis.specs.openapi.schemas import OpenApiSchema

from simulator.checking.chains import chains
from simulator.checking.places import contract_of, grade_of, line_of
from simulator.checking.schemas import Plan, changes_nothing, driving_of, schema
from simulator.checking.servers import Server
from simulator.kernel.driving import Lacking

CHAINS = "(chains)"
"""What stands for an operation's id where calls were chained."""


@dataclass(frozen=True)
class Fault:
    """One check that failed: what was sent (curl), what came, where the contract says otherwise."""

    operation: str
    check: str
    title: str
    reason: str
    sent: str = ""
    came: str = ""
    place: str = ""


@dataclass
class Outcome:
    """What came of driving one operation, or of the chains; `calls` in all, in `seconds`."""

    vendor: str
    operation: str
    calls: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)
    left_out: str = ""


@dataclass(frozen=True)
class Run:
    """One vendor's contract and one server. `exchanges` hears of every scenario's requests and answers."""

    vendor: str
    server: Server
    plan: Plan
    only: Sequence[str] = ()
    exchanges: Callable[[ScenarioRecorder], None] = lambda _: None

    def outcomes(self) -> Iterator[Outcome]:
        """In the order of the contract, the chains last; each begins when it is asked for."""
        by_itself = schema(self.vendor, self.server, self.plan)
        left_out = dict(self._left_out())
        for operation in self.operations():
            if operation in left_out:
                yield Outcome(self.vendor, operation, left_out=left_out[operation])
            else:
                others = contract_of(self.vendor).operations.keys() - {operation}
                yield self._driven(operation, _except(by_itself, others))
        if self.chained():
            linked = _except(schema(self.vendor, self.server, self.plan, chained=True), left_out.keys())
            if linked.statistic.transitions.selected:
                yield self._driven(CHAINS, _chained(linked, self.server.begin))

    def operations(self) -> list[str]:
        """Those that are driven by themselves."""
        if not self.plan.examples:
            return []
        return [id for id in contract_of(self.vendor).operations if not self.only or id in self.only]

    def chained(self) -> bool:
        return self.plan.chains > 0 and not self.only

    def _left_out(self) -> Iterator[tuple[str, str]]:
        """Operations that are not driven, each with the reason."""
        driving = driving_of(self.vendor)
        for operation in contract_of(self.vendor).operations.values():
            if self.plan.read_only and not changes_nothing(operation.document, operation.method):
                yield operation.id, "it writes"
                continue
            try:
                driving.credential(operation.document, self.server.credentials, _unasked)
            except Lacking as error:
                yield operation.id, f"it takes a credential that is not here: {error}"

    def _driven(self, operation: str, made: OpenApiSchema) -> Outcome:
        outcome = Outcome(self.vendor, operation)
        started = time.monotonic()
        self.server.begin()
        for event in from_schema(made).execute():
            if isinstance(event, events.Interrupted):
                raise KeyboardInterrupt
            if isinstance(event, events.ScenarioFinished):
                outcome.calls += len(event.recorder.interactions)
                self.exchanges(event.recorder)
                outcome.faults += _faults(event.recorder, self.vendor)
            elif isinstance(event, events.NonFatalError):
                outcome.faults.append(
                    Fault(
                        operation,
                        "error",
                        event.info.title,
                        event.info.format(),
                        event.info.code_sample or "",
                    )
                )
            elif isinstance(event, events.FatalError):
                raise event.exception
        outcome.faults = _each_once(outcome.faults)
        outcome.seconds = time.monotonic() - started
        return outcome


def _unasked(_: str, __: Mapping[str, str]) -> Any:
    """What a server hands out is not looked at to see whether there is somebody who may call."""
    return defaultdict(str)


def _except(made: OpenApiSchema, unwanted: Collection[str]) -> OpenApiSchema:
    # `include` would be added to what the profile's operations already include
    return cast(OpenApiSchema, made.exclude(operation_id=sorted(unwanted)) if unwanted else made)


def _chained(made: OpenApiSchema, begin: Callable[[], None]) -> OpenApiSchema:
    build = made.build_state_machine
    made.build_state_machine = lambda **given: chains(made, build(**given), begin)  # type: ignore[method-assign]
    return made


def _faults(recorder: ScenarioRecorder, vendor: str) -> Iterator[Fault]:
    for case_id, checks in recorder.checks.items():
        operation = recorder.cases[case_id].value.operation
        response = recorder.find_response(case_id=case_id)
        for check in checks:
            if check.failure_info:
                yield _fault(
                    check.name, check.failure_info, operation.definition.raw["operationId"], response, vendor
                )


def _fault(
    check: str, info: CheckFailureInfo, operation: str, response: Response | None, vendor: str
) -> Fault:
    status = response.status_code if response else None
    return Fault(
        operation=operation,
        check=check,
        title=info.failure.title,
        reason=info.failure.message,
        sent=info.code_sample,
        came=_told(response),
        place=f"{line_of(vendor, operation, status, check)}, {grade_of(vendor, operation, status, check)}",
    )


def _told(response: Response | None) -> str:
    """An answer in few lines: its status and the beginning of its body."""
    if response is None:
        return "nothing"
    text = response.text_lossy() if response.content else ""
    kind = ", ".join(response.headers.get("content-type", []))
    return f"{response.status_code} {response.message} {kind}\n{text[:1000]}".strip()


def _each_once(faults: list[Fault]) -> list[Fault]:
    """Of the same fault found several times, the one that the shortest request shows."""
    found: dict[tuple[str, str, str], Fault] = {}
    for fault in faults:
        key = (fault.operation, fault.check, fault.title)
        if key not in found or len(fault.sent) < len(found[key].sent):
            found[key] = fault
    return list(found.values())
