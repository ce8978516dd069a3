"""Files that survive a kill: a journal that grows by whole lines, and a file that is replaced as a whole.

A line is `crc32 json`, written by one system call. Whatever a kill or a full disk leaves
behind a journal's last line end was never acknowledged.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from simulator.kernel.saved import BadStateFile

OWNER_ONLY = 0o600


class JournalFile:
    """One journal, open for appending. Its owner sees to it that one thread at a time appends."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.size = 0
        self.torn = False
        self._descriptor = descriptor

    @classmethod
    def create(cls, state: Path, generation: int) -> JournalFile:
        """An empty journal of this generation. Raises OSError."""
        path = state.with_name(f"{state.name}.journal.{generation}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        journal = cls(path, os.open(path, flags, OWNER_ONLY))
        _sync_folder(path.parent)
        return journal

    def append(self, record: list[Any]) -> None:
        """Take `record` down, whole or not at all. Raises OSError."""
        if self.torn:
            raise OSError(errno.EIO, "an earlier write failed and could not be taken back", str(self.path))
        line = _line(record)
        try:
            self._write(line)
        except OSError:
            self._cut()
            raise
        self.size += len(line)

    def _write(self, line: bytes) -> None:
        rest = memoryview(line)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def _cut(self) -> None:
        try:
            os.ftruncate(self._descriptor, self.size)
        except OSError:
            self.torn = True

    def close(self) -> None:
        os.close(self._descriptor)


def _line(record: list[Any]) -> bytes:
    body = orjson.dumps(record)
    return b"%08x %b\n" % (zlib.crc32(body), body)


def journals(state: Path) -> dict[int, Path]:
    """The journals beside a state file, by generation, oldest first."""
    pattern = re.compile(re.escape(state.name) + r"\.journal\.(\d+)")
    found = ((pattern.fullmatch(path.name), path) for path in state.parent.iterdir())
    return dict(sorted((int(match[1]), path) for match, path in found if match))


def read_journal(path: Path) -> Iterator[list[Any]]:
    """The records of a journal; what follows its last line end is dropped. Raises BadStateFile."""
    *lines, _ = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, 1):
        crc, _, body = line.partition(b" ")
        if crc != b"%08x" % zlib.crc32(body):
            raise BadStateFile(f"{path}: line {number} is damaged")
        yield orjson.loads(body)


def write_whole(path: Path, chunks: Iterable[bytes]) -> int:
    """Replace the file in one step, for its owner only; how many bytes it has. Raises OSError.

    A kill at any instant leaves the old file or the new one.
    """
    draft = path.with_name(f"{path.name}.tmp")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(chunks)
            file.flush()
            os.fsync(file.fileno())
            size = file.tell()
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return size


def _sync_folder(folder: Path) -> None:
    # the new name is only on the disk once its folder is; Windows has no such call
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
