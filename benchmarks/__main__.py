"""`make bench`: tables of ratios, each made of short rounds that take turns.

python -m benchmarks [servers] [start] [state] [--rounds N] [--seconds S]
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks import load
from benchmarks.candidates import APPS, IMPORT, ITEM, SERVERS
from benchmarks.processes import free_port, running
from benchmarks.samples import IMPORT_BODY
from simulator.data import FixtureFiles
from simulator.kernel.state_file import StateFile
from simulator.kernel.store import Collection
from simulator.kernel.world import Birth
from simulator.kernel.worlds import Worlds

median = statistics.median


def servers(rounds: int, seconds: float) -> Table:
    """The whole simulator and bare Flask, behind each server that was weighed."""
    rates: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    sizes: dict[tuple[str, str], list[float]] = defaultdict(list)
    for _ in range(rounds):
        for name in SERVERS:
            for app in APPS:
                port = free_port()
                command = [sys.executable, "-m", "benchmarks.candidates", name, app, str(port)]
                with running(command, port, ITEM) as server:
                    token = f"Bearer {server.token()}"
                    server.call("POST", IMPORT, IMPORT_BODY, Authorization=token)
                    sizes[name, app].append(server.megabytes())
                    for label, request in (
                        ("GET", load.request("GET", ITEM, Authorization=token)),
                        ("POST", load.request("POST", IMPORT, IMPORT_BODY, Authorization=token)),
                    ):
                        load.run(port, request, seconds / 4)
                        result = load.run(port, request, seconds)
                        if result.statuses - {200, 201}:
                            raise RuntimeError(f"{name} {app} {label} answered {result.statuses}")
                        rates[name, app, label].append(result.per_second)
    table = Table(
        "server", "GET/s", "POST/s", "GET ÷ bare", "POST ÷ bare", "MB", "MB ÷ bare", title="servers"
    )
    for name in SERVERS:
        whole = {label: median(rates[name, "simulator", label]) for label in ("GET", "POST")}
        alone = {label: median(rates[name, "bare", label]) for label in ("GET", "POST")}
        size, small = median(sizes[name, "simulator"]), median(sizes[name, "bare"])
        table.add_row(
            name,
            f"{whole['GET']:.0f}",
            f"{whole['POST']:.0f}",
            f"{whole['GET'] / alone['GET']:.2f}",
            f"{whole['POST'] / alone['POST']:.2f}",
            f"{size:.0f}",
            f"{size / small:.2f}",
        )
    return table


def start(rounds: int, _: float) -> Table:
    """From the command to the first answer, and what is in memory then."""
    port, installed = str(free_port()), Path(sys.executable).with_name("simulator")
    commands = {
        "simulator": (
            [str(installed), "serve", "--port"],
            "/_simulator/ready",
        ),
        "bare Flask": ([sys.executable, "-m", "benchmarks.candidates", "uvicorn", "bare"], ITEM),
    }
    if moto := shutil.which("moto_server"):
        commands["moto_server"] = ([moto, "-p"], "/moto-api/data.json")
    times, sizes = defaultdict(list), defaultdict(list)
    for _round in range(max(5, rounds)):
        for name, (command, path) in commands.items():
            with running([*command, port], int(port), path) as server:
                times[name].append(server.ready)
                sizes[name].append(server.megabytes())
    table = Table("server", "ready, ms", "simulator ÷ it", "MB", "simulator ÷ it", title="start")
    for name in commands:
        ready, size = median(times[name]), median(sizes[name])
        table.add_row(
            name,
            f"{ready * 1000:.0f}",
            f"{median(times['simulator']) / ready:.2f}",
            f"{size:.0f}",
            f"{median(sizes['simulator']) / size:.2f}",
        )
    return table


def state(rounds: int, _: float) -> Table:
    """A commit with and without a state file, and what a fold and a start cost."""

    rows = Collection("bench/rows")
    table = Table("documents", "commit, µs", "with a file", "÷", "fold, ms", "start, ms", title="state file")

    def commits(worlds: Worlds, count: int) -> float:
        world = worlds.get("default") or worlds.create(Birth(fixture="empty"))
        begun = time.perf_counter()
        for number in range(count):
            with world.store.transaction():
                world.store.table(rows).put({"id": number, "text": "x" * 1500})
        return (time.perf_counter() - begun) / count * 1e6

    for count in (1_000, 10_000, 50_000):
        found: dict[str, list[float]] = defaultdict(list)
        for _round in range(max(1, rounds // 2)):
            found["plain"].append(commits(Worlds({}, FixtureFiles()), count))
            with tempfile.TemporaryDirectory() as folder:
                path = Path(folder) / "state.json"
                kept = StateFile(path, "bench")
                worlds = Worlds({}, FixtureFiles(), log=kept)
                kept.open(worlds)
                found["kept"].append(commits(worlds, count))
                found["fold"].append(_milliseconds(kept.fold))
                kept.close()
                found["start"].append(_milliseconds(partial(_started, path)))
        plain, kept_us = median(found["plain"]), median(found["kept"])
        table.add_row(
            f"{count:,}",
            f"{plain:.1f}",
            f"{kept_us:.1f}",
            f"{kept_us / plain:.1f}",
            f"{median(found['fold']):.0f}",
            f"{median(found['start']):.0f}",
        )
    return table


def _started(path: Path) -> None:
    kept = StateFile(path, "bench")
    kept.open(Worlds({}, FixtureFiles(), log=kept))
    kept.abandon()


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


PARTS = {"servers": servers, "start": start, "state": state}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}; default all")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    given = parser.parse_args()
    for name in given.parts or PARTS:
        Console(width=100).print(PARTS[name](given.rounds, given.seconds))


if __name__ == "__main__":
    main()
