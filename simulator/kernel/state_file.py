"""The worlds on disk: one TinyDB file, and a journal that takes each commit before its answer leaves.

    FILE              every world as it was when this generation began; written whole, replaced in one step
    FILE.journal.N    what was committed since, one line a transaction
    FILE.lock         held while a server uses the file

State = the file of generation N, then journal N, then those after it. That holds at
every instant, whatever is killed when: docs/decisions/0003-state-file.md.
"""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path
from typing import Any

import orjson
from filelock import FileLock, Timeout

from simulator.kernel.saved import BadStateFile, Saved, SavedWorld, birth_row, parsed, written
from simulator.kernel.state_journal import JournalFile, journals, read_journal, write_whole
from simulator.kernel.store import Change, Frozen, Store
from simulator.kernel.world import Birth, World
from simulator.kernel.worlds import BadBirth, Worlds

log = logging.getLogger(__name__)
FOLD_AT = 8 * 1024 * 1024
"""Bytes of journal that may always gather before they are folded into the file."""


class StateFile:
    """A `Log` of worlds, on `path`. Raises BadStateFile, and leaves the file untouched, if it cannot be used.

    Credentials are on disk as they are in memory: the files are readable for their owner only.
    """

    def __init__(self, path: Path, version: str, fold_at: int = FOLD_AT) -> None:
        self.path = path.resolve()
        self._version = version
        self._fold_at = fold_at
        self._folding = threading.Lock()
        self._writing = threading.Lock()
        self._worlds: Worlds | None = None
        self._journal: JournalFile | None = None
        self._file_size = 0
        self._held = _locked(self.path)
        try:
            self._saved, self._generation, self._behind = recovered(self.path)
        except BaseException:
            self._held.release()
            raise

    # --- from start to end -----------------------------------------------------------

    def open(self, worlds: Worlds) -> None:
        """Bring the saved worlds in, and take down from now on what happens to them."""
        try:
            for saved in self._saved.worlds.values():
                _adopt(worlds, saved)
            self._worlds, self._saved = worlds, Saved()
            self._begin()
        except (BadBirth, LookupError) as error:
            self.abandon()
            raise BadStateFile(f"{self.path}: {error}") from error
        except OSError as error:
            self.abandon()
            raise _unwritable(self.path, error) from error

    def _begin(self) -> None:
        if self._behind:
            self.fold()
            return
        # nothing to fold: whatever journals there are, they are empty
        for path in journals(self.path).values():
            path.unlink()
        self._file_size = self.path.stat().st_size
        self._journal = JournalFile.create(self.path, self._generation)

    def after(self) -> None:
        """Fold if it is time to. For whoever holds no lock; costs nothing when it is not."""
        if self._due() and self._folding.acquire(blocking=False):
            try:
                self._fold()
            except OSError:
                # nothing is lost, the journals have it; the next attempt is when they have grown again
                log.exception("%s could not be written", self.path)
            finally:
                self._folding.release()

    def _due(self) -> bool:
        journal = self._journal
        return journal is not None and (
            journal.torn or journal.size > max(self._fold_at, 2 * self._file_size)
        )

    def fold(self) -> None:
        """Write every world into the file. Raises OSError; the journals keep everything then."""
        with self._folding:
            self._fold()

    def close(self) -> None:
        """Fold, and let go of the file. Raises OSError; the journals keep everything then."""
        try:
            if self._behind or (self._journal is not None and self._journal.size):
                self.fold()
            with self._writing:
                if self._journal is not None and not self._journal.size:
                    self._journal.path.unlink()
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Let go of the file as it is, as a kill would."""
        with self._writing:
            if self._journal is not None:
                self._journal.close()
                self._journal = None
        self._held.release()

    # --- taking down what happens ------------------------------------------------------

    def born(self, birth: Birth) -> None:
        self._append(["born", birth_row(birth)])

    def gone(self, world: str) -> None:
        self._append(["gone", world])

    def changed(self, world: str, changes: list[Change]) -> None:
        rows = [[name, key, None if raw is None else orjson.Fragment(raw)] for name, key, raw in changes]
        self._append(["changed", world, rows])

    def _append(self, record: list[Any]) -> None:
        with self._writing:
            if self._journal is None:
                raise OSError(f"{self.path} is closed")
            self._journal.append(record)

    # --- folding -------------------------------------------------------------------------

    def _fold(self) -> None:
        if self._worlds is None:
            raise RuntimeError("fold before open")
        fresh = JournalFile.create(self.path, self._generation + 1)
        with self._worlds.still() as worlds:
            now = {world.name: _snapshot(world) for world in worlds}
            # commits go into the next journal from here on; no lock is held while the file is written
            self._turn_over(fresh)
        self._file_size = write_whole(self.path, written(Saved(self._generation, now), self._version))
        self._behind = False
        for number, path in journals(self.path).items():
            if number < self._generation:
                path.unlink(missing_ok=True)

    def _turn_over(self, fresh: JournalFile) -> None:
        with self._writing:
            if self._journal is not None:
                self._journal.close()
            self._journal = fresh
            self._generation += 1
            self._behind = True


def recovered(path: Path) -> tuple[Saved, int, bool]:
    """What is saved, the newest generation there is, and whether the file lacks any of it.

    Raises BadStateFile.
    """
    try:
        saved = parsed(path.read_bytes(), path) if path.exists() else Saved()
        newer = {n: found for n, found in journals(path).items() if n >= saved.generation}
        if newer and list(newer) != list(range(min(newer), max(newer) + 1)):
            raise BadStateFile(f"{path} lacks one of the journals that continue it")
        if newer and min(newer) > saved.generation + 1:
            raise BadStateFile(f"{path} is older than its journal {newer[min(newer)].name}")
        count = 0
        for journal in newer.values():
            for record in read_journal(journal):
                saved.play(record)
                count += 1
    except OSError as error:
        raise BadStateFile(f"{path} cannot be read: {error.strerror}") from error
    behind = count > 0 or not path.exists()
    return saved, max([saved.generation, *newer]) if behind else saved.generation, behind


def _locked(path: Path) -> FileLock:
    if not path.parent.is_dir():
        raise BadStateFile(f"{path}: there is no folder {path.parent}")
    lock = FileLock(f"{path}.lock", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout as error:
        raise BadStateFile(f"{path} is in use by another simulator") from error
    except OSError as error:
        raise _unwritable(path, error) from error
    if path.exists() and not os.access(path, os.W_OK):
        lock.release()
        raise BadStateFile(f"{path} cannot be written: it is read-only")
    return lock


def _unwritable(path: Path, error: OSError) -> BadStateFile:
    return BadStateFile(f"{path} cannot be written: {error.strerror or error}")


def _snapshot(world: World) -> SavedWorld:
    tables = {name: table.raw() for name, table in world.store.tables().items()}
    return SavedWorld(world.birth, set(world.store.touched()), tables)


def _adopt(worlds: Worlds, saved: SavedWorld) -> None:
    def fill(store: Store) -> None:
        for namespace in saved.complete:
            store.restore(namespace, Frozen(saved.of(namespace)))
        store.replay(saved.later)

    worlds.check(saved.birth)
    worlds.adopt(saved.birth, fill)
