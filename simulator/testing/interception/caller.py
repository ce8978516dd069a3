"""Whose line made a request: the innermost frame of the client's own code.

Its own is what lies below the working directory and is neither installed nor Python's; where no frame is,
code that lies elsewhere, and then any library but those that send. So a library in site-packages that calls a
vendor is named by the line of the client that called the library.
"""

from __future__ import annotations

import sys
import sysconfig
import threading
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import NamedTuple
from urllib.parse import quote

OWN, ELSEWHERE, LIBRARY, NOBODY = 3, 2, 1, 0
INSTALLED = ("site-packages", "dist-packages")
SENDING = frozenset(
    {
        "aiohttp",
        "anyio",
        "h11",
        "h2",
        "httpcore",
        "httpx",
        "requests",
        "requests_toolbelt",
        "urllib3",
        "uvloop",
    }
)
PYTHON = {Path(sysconfig.get_path(name)).resolve() for name in ("stdlib", "platstdlib", "scripts")}
SIMULATOR = Path(__file__).resolve().parents[2]


class Line(NamedTuple):
    """A line of a file, and how near to the client it is: OWN most. `file` is relative to the working
    directory where it lies below it."""

    nearness: int
    file: str
    number: int

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"

    @property
    def header(self) -> str:
        """The value of X-Simulator-Caller."""
        return f"{quote(self.file, errors='replace')}:{self.number}"


class _Working(threading.local):
    line: Line | None = None


task_begun: ContextVar[Line | None] = ContextVar("task_begun", default=None)
"""Where the asyncio task that runs now was made."""
working = _Working()
"""Where that was handed in what a thread of a pool does now."""
beginnings: set[CodeType] = set()
"""Functions that run tasks: whoever is further out did not make the one that runs now."""


def _nearer(found: Line, other: Line | None) -> Line:
    """Of two that are as near, the one that was found before."""
    return other if other is not None and other.nearness > found.nearness else found


@dataclass
class Callers:
    """Finds them for a client whose working directory is `home`."""

    home: Path = field(default_factory=lambda: Path.cwd().resolve())
    _files: dict[str, tuple[int, str]] = field(default_factory=dict)

    def find(self) -> Line | None:
        """Whoever calls this."""
        best = Line(NOBODY, "", 0)
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and best.nearness < OWN:
            code = frame.f_code
            if code in beginnings:
                best = _nearer(best, task_begun.get())
            nearness, file = self._file(code.co_filename)
            if nearness > best.nearness:
                best = Line(nearness, file, frame.f_lineno)
            frame = frame.f_back
        best = _nearer(_nearer(best, working.line), task_begun.get())
        return best if best.nearness else None

    def _file(self, name: str) -> tuple[int, str]:
        known = self._files.get(name)
        if known is None:
            known = self._files[name] = self._seen(name)
        return known

    def _seen(self, name: str) -> tuple[int, str]:
        if name.startswith("<"):
            return NOBODY, name
        path = Path(name).absolute()
        # before links are followed: some installers link to a store of theirs
        for folder in INSTALLED:
            if folder in path.parts:
                package = path.parts[path.parts.index(folder) + 1].removesuffix(".py")
                return NOBODY if package in SENDING else LIBRARY, path.resolve().as_posix()
        path = path.resolve()
        if SIMULATOR in path.parents or PYTHON.intersection(path.parents):
            return NOBODY, path.as_posix()
        if self.home in path.parents:
            return OWN, path.relative_to(self.home).as_posix()
        return ELSEWHERE, path.as_posix()
