"""`simulator serve` as a process of its own, on a free port, for tests of what only a process does."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

PATIENCE = 60.0
"""Seconds that a process may take to say something; generous, as it is only waited out in failure."""
QUIET = {name: value for name, value in os.environ.items() if not name.startswith("SIMULATOR_")}


class Process:
    """A started server; `url` once it said where it is."""

    def __init__(self, arguments: Sequence[str], folder: Path, code: str, environ: dict[str, str]) -> None:
        command = [sys.executable, "-c", code, "serve", "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=QUIET | environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.out = Lines(self.process.stdout)
        self.err = Lines(self.process.stderr)
        self.first_line = self.out.next()
        found = re.search(r"https?://\S+", self.first_line)
        assert found, self.first_line + "".join(self.err.rest())
        self.url = found[0]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait; the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(PATIENCE)
        self.out.rest()
        self.err.rest()
        return code

    def kill(self) -> None:
        self.stop(signal.SIGKILL)


class Lines:
    """The lines of a stream, read as they come."""

    def __init__(self, stream: IO[str] | None) -> None:
        assert stream is not None
        self._stream = stream
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._all: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._stream:
            self._lines.put(line)
        self._stream.close()
        self._lines.put("")

    def next(self) -> str:
        """The next line; empty at the end."""
        line = self._lines.get(timeout=PATIENCE)
        self._all.append(line)
        return line

    def rest(self) -> list[str]:
        """Every line there was, once the stream has ended."""
        while not self._all or self._all[-1]:
            self.next()
        return self._all[:-1]


MAIN = "from simulator.cli import main; main(prog_name='simulator')"


@contextmanager
def started(
    *arguments: str, folder: Path, code: str = MAIN, environ: dict[str, str] | None = None
) -> Iterator[Process]:
    """A server that is killed at the end if it still runs. `code` is what Python runs."""
    server = Process(arguments, folder, code, environ or {})
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def run(
    *arguments: str,
    folder: Path,
    code: str = MAIN,
    environ: dict[str, str] | None = None,
    patience: float = PATIENCE,
) -> subprocess.CompletedProcess[str]:
    """`simulator …` to its end. `code` is what Python runs."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=folder,
        env=QUIET | (environ or {}),
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )
