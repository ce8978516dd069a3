"""`simulator check`: finds out what is at the address, drives it, and says what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from hypothesis.configuration import set_hypothesis_home_dir
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from simulator.checking import credentials, reports
from simulator.checking.credentials import BadCredentials
from simulator.checking.places import contract_of
from simulator.checking.running import Outcome, Run
from simulator.checking.schemas import Plan, driving_of, only_read
from simulator.checking.servers import BadServer, Elsewhere, Server, Simulator, on_this_machine
from simulator.kernel.vendor import discover


class BadCheck(Exception):
    """It cannot be done as asked; the message says why."""


@dataclass(frozen=True)
class Asked:
    """What was said on the command line; `read_only` is None where nothing was said."""

    vendors: tuple[str, ...]
    base_url: str
    credentials: Path | None
    read_only: bool | None
    operations: tuple[str, ...]
    examples: int
    chains: int
    seed: int | None
    junit: Path | None
    har: Path | None
    admin_token: str | None

    @property
    def plan(self) -> Plan:
        read_only = not on_this_machine(self.base_url) if self.read_only is None else self.read_only
        return Plan(self.examples, self.chains, self.seed, read_only=read_only)


def check(asked: Asked) -> bool:
    """Drive the server and report; whether it kept to every contract. Raises BadCheck."""
    try:
        with _nothing_left_behind(), reports.har(asked.har) as exchanges:
            outcomes = _driven(asked, exchanges)
        if asked.junit:
            asked.junit.write_bytes(reports.junit(outcomes))
    except (BadCredentials, BadServer) as error:
        raise BadCheck(str(error)) from error
    except OSError as error:
        raise BadCheck(f"{error.filename} cannot be written: {error.strerror}") from error
    _sum_up(outcomes, asked.plan)
    if not any(outcome.calls or outcome.faults for outcome in outcomes):
        raise BadCheck("nothing was sent, so nothing is known")
    return not any(outcome.faults for outcome in outcomes)


@contextmanager
def _nothing_left_behind() -> Iterator[None]:
    """Hypothesis keeps what it learns somewhere else than in the working directory."""
    with TemporaryDirectory() as scratch:
        set_hypothesis_home_dir(scratch)
        try:
            yield
        finally:
            set_hypothesis_home_dir(None)


def _driven(asked: Asked, exchanges: Callable[[Any], None]) -> list[Outcome]:
    given = credentials.read(asked.credentials)
    simulator = Simulator(asked.base_url, asked.admin_token)
    served = simulator.vendors()
    names = _names(asked, served)
    if asked.plan.read_only:
        only_read()
    outcomes: list[Outcome] = []
    for vendor in names:
        driving = driving_of(vendor)
        with ExitStack() as stack:
            server: Server
            if served is None:
                server = Elsewhere(asked.base_url, given.get(vendor, {}))
            else:
                server = stack.enter_context(simulator.world(vendor, driving.assume, given.get(vendor, {})))
            credentials.demand(vendor, driving.needs, server.credentials)
            outcomes += _followed(Run(vendor, server, asked.plan, asked.operations, exchanges))
    return outcomes


def _names(asked: Asked, served: Sequence[str] | None) -> list[str]:
    """The vendors to drive. Raises BadCheck when they cannot be driven there."""
    there_are = list(discover())
    names = list(dict.fromkeys(asked.vendors)) or [name for name in there_are if name in (served or ())]
    for name in names:
        if name not in there_are or (served is not None and name not in served):
            raise BadCheck(f"there is no vendor {name!r}; there are {', '.join(served or there_are)}")
    if served is None and len(names) != 1:
        raise BadCheck(
            f"{asked.base_url} is no simulator: say which one vendor it is, of {', '.join(there_are)}"
        )
    for operation in asked.operations:
        if not any(operation in contract_of(name).operations for name in names):
            raise BadCheck(f"no operation {operation!r} of {', '.join(names)}; `simulator routes` lists them")
    return names


def _followed(run: Run) -> list[Outcome]:
    outcomes = []
    total = len(run.operations()) + run.chained()
    with _progress(run.vendor, total) as show:
        for outcome in run.outcomes():
            outcomes.append(outcome)
            show(outcome)
    return outcomes


@contextmanager
def _progress(vendor: str, total: int) -> Iterator[Callable[[Outcome], None]]:
    """A bar where somebody looks, else a line for each operation; faults as they are found."""
    if not sys.stdout.isatty():
        yield _say
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(), transient=True) as progress:
        task = progress.add_task(vendor, total=total)

        def show(outcome: Outcome) -> None:
            progress.update(task, advance=1, description=f"{vendor} {outcome.operation}")
            if outcome.faults:
                progress.console.print(_line(outcome), markup=False, highlight=False)

        yield show


def _say(outcome: Outcome) -> None:
    click.echo(_line(outcome))
    sys.stdout.flush()


def _line(outcome: Outcome) -> str:
    """One operation's outcome, and its faults in full below it."""
    if outcome.left_out:
        return f"{outcome.vendor} {outcome.operation}: left out, {outcome.left_out}"
    word = "failed" if outcome.faults else "ok"
    first = f"{outcome.vendor} {outcome.operation}: {word} ({outcome.calls} calls, {outcome.seconds:.1f} s)"
    return "\n\n".join([first, *(reports.told(outcome.vendor, fault) for fault in outcome.faults)])


def _sum_up(outcomes: Sequence[Outcome], plan: Plan) -> None:
    by_vendor: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        by_vendor.setdefault(outcome.vendor, []).append(outcome)
    for vendor, found in by_vendor.items():
        click.echo(f"{vendor}: {_counted(found)}")
    if plan.read_only:
        click.echo("Only operations that read were sent; --no-read-only sends the others, too.")


def _counted(outcomes: Sequence[Outcome]) -> str:
    faults = [fault for outcome in outcomes for fault in outcome.faults]
    left_out = sum(bool(outcome.left_out) for outcome in outcomes)
    parts: Mapping[str, int] = {
        "driven": len(outcomes) - left_out,
        "left out": left_out,
        "calls": sum(outcome.calls for outcome in outcomes),
        "failed checks": len(faults),
    }
    return ", ".join(f"{count} {name}" for name, count in parts.items())
