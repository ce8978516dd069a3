"""`simulator exec`: a command of any kind, run against a simulator of its own and kept from the network.

What it is told stands in its environment only. When it ends, nothing is left but its reports.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from simulator import config, server, ways
from simulator.config import Settings
from simulator.logs import once
from simulator.testing import environment
from simulator.testing.ca import Authority, names_of
from simulator.testing.proxy import Borders, Place, Proxy, proxying
from simulator.testing.reports import CannotReport, Reporter
from simulator.testing.trust import Trust

RELAYED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOOPBACK = "127.0.0.1"
PATIENCE_SECONDS = 60
"""How long the server may take to be ready."""
NOT_REPORTED, VERDICT_FAILED = 1, 3
NOT_FOUND, NOT_EXECUTABLE = 127, 126
"""As the shell has it."""


@dataclass(frozen=True)
class Run:
    """What was asked for: `allow` names hosts that may be reached, `report` is a folder."""

    command: tuple[str, ...]
    allow: tuple[str, ...] = ()
    report: Path | None = None
    fail_on: str = "never"


def execute(asked: Run, settings: Settings, say: Callable[[str], None]) -> int:
    """The exit code: the command's; if that was 0, 3 when the verdict is what it should fail on, and 1 when
    there is no report to be had.

    Raises BadSettings or BadStateFile before the command is run, OSError when the state could not be saved.
    """
    settings = replace(
        settings, host=LOOPBACK, port=0, port_file=None, tls=False, tls_port=None, proxy_port=None
    )
    with (
        relaying() as relay,
        tempfile.TemporaryDirectory(prefix="simulator-") as folder,
        served(settings) as here,
    ):
        code = _run(asked, here, Path(folder), relay, say)
        try:
            return _report(asked, Reporter(here.port, here.whole.token), code)
        except (CannotReport, OSError) as error:
            say(str(error))
            return code or NOT_REPORTED


def _report(asked: Run, reporter: Reporter, code: int) -> int:
    """Writes what is wanted; the exit code that it makes of the command's. Raises CannotReport or OSError."""
    if asked.report is not None:
        reporter.write(asked.report)
    return VERDICT_FAILED if code == 0 and reporter.failed(asked.fail_on) else code


def _run(
    asked: Run,
    here: Served,
    folder: Path,
    relay: Relay,
    say: Callable[[str], None],
) -> int:
    """The command to its end, behind a proxy of its own; its exit code."""
    vendors = tuple(here.whole.gateway.vendors.values())
    authority, trust = Authority.made(names_of(vendors)), Trust(folder)
    trust.write(authority.pem)
    proxy = Proxy(Borders(vendors, Place(here.port), asked.allow), authority, once(say))
    url = config.url_of(LOOPBACK, here.port)
    with ways.listening(LOOPBACK, 0) as listener, proxying(proxy, listener):
        way = environment.Way(url, listener.getsockname()[1], trust)
        told = environment.variables(os.environ, way, vendors)
        return relay.run(asked.command, {**os.environ, **told}, say)


@dataclass(frozen=True)
class Served:
    """A server that answers, and its port."""

    whole: server.Simulator
    port: int


@contextmanager
def served(settings: Settings) -> Iterator[Served]:
    """A server in a thread, ready. Raises BadSettings or BadStateFile, OSError at the end."""
    with ways.listening(settings.host, settings.port) as listener:
        whole = server.compose(settings)
        try:
            with server.in_thread(whole.gateway, listener):
                port = listener.getsockname()[1]
                _await_ready(port)
                yield Served(whole, port)
        finally:
            whole.close()


def _await_ready(port: int) -> None:
    connection = HTTPConnection(LOOPBACK, port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", "/_simulator/ready")
        connection.getresponse().read()
    finally:
        connection.close()


class Relay:
    """Hands on to a command the signals that come for us; keeps those that come before it runs."""

    def __init__(self) -> None:
        self._waiting: list[int] = []
        self._child: subprocess.Popen[bytes] | None = None

    def __call__(self, number: int, _: Any) -> None:
        if self._child is None:
            self._waiting.append(number)
        elif not (number == signal.SIGINT and _in_foreground()):
            self._child.send_signal(number)

    def run(self, command: tuple[str, ...], environ: Mapping[str, str], say: Callable[[str], None]) -> int:
        """The command to its end; its exit code, 128 + n if signal n ended it."""
        if self._waiting:
            return 128 + self._waiting[0]
        try:
            self._child = subprocess.Popen(command, env=environ)  # noqa: S603 - whoever runs us chose it
        except FileNotFoundError:
            say(f"{command[0]}: not found")
            return NOT_FOUND
        except OSError as error:
            say(f"{command[0]}: {error.strerror}")
            return NOT_EXECUTABLE
        for number in self._waiting:
            self._child.send_signal(number)
        code = self._child.wait()
        return code if code >= 0 else 128 - code


def _in_foreground() -> bool:
    """Whether we are what a terminal's Ctrl-C goes to: the command then had it from there."""
    try:
        return os.tcgetpgrp(sys.__stdin__.fileno()) == os.getpgrp() if sys.__stdin__ else False
    except (OSError, ValueError):
        return False


@contextmanager
def relaying() -> Iterator[Relay]:
    """From here to the end signals do not stop us, but the command."""
    relay = Relay()
    before = {number: signal.signal(number, relay) for number in RELAYED}
    try:
        yield relay
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
