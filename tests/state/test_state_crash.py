"""The process dies at each call it makes on its files, one after the other; nothing acknowledged is lost.

Seen to fail with the old journal deleted before the rename, with a recovery that reads one journal only,
and with a journal begun after the locks were let go.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from simulator.kernel import state_file
from simulator.kernel.state_file import StateFile, recovered
from simulator.kernel.state_journal import JournalFile, write_whole
from tests.kept import TABLE, Kept


class Killed(BaseException):
    """As SIGKILL: nobody handles it, and nothing can be done after it."""


class Fate:
    """Dies at call number `last`, `before` it, `half` through a write, or `after` it."""

    def __init__(self, last: int, when: str) -> None:
        self.left, self.when = last, when

    def meets(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self.left -= 1
            if self.left > 0:
                return call(*args, **kwargs)
            if self.left == 0 and self.when == "after":
                call(*args, **kwargs)
            if self.left == 0 and self.when == "half" and call is WRITE:
                call(args[0], bytes(args[1])[: len(args[1]) // 2])
            raise Killed

        return wrapped


WRITE = os.write
PLACES: list[tuple[Any, str]] = [
    (os, "open"),
    (os, "write"),
    (os, "fsync"),
    (Path, "replace"),
    (Path, "unlink"),
]


def story(kept: Kept, acknowledged: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Writes, folds, writes, stops, starts, writes; each name is noted once its answer is there."""
    for number in range(3):
        kept.server.create(f"first {number}")
        acknowledged.append(f"first {number}")
    kept.state.fold()
    with monkeypatch.context() as patched:
        # somebody writes while the file is being written; it is in the next journal only
        patched.setattr(state_file, "write_whole", lambda *args: meanwhile(kept, acknowledged, *args))
        kept.state.fold()
    for number in range(2):
        kept.server.create(f"second {number}")
        acknowledged.append(f"second {number}")
    kept.state.close()
    kept.open()
    kept.server.create("third")
    acknowledged.append("third")


def meanwhile(kept: Kept, acknowledged: list[str], *args: Any) -> int:
    kept.server.create("meanwhile")
    acknowledged.append("meanwhile")
    return write_whole(*args)


@pytest.mark.parametrize("when", ["before", "half", "after"])
def test_nothing_acknowledged_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, when: str) -> None:
    last, finished = 0, False
    while not finished:
        last += 1
        path = tmp_path / str(last) / "state.json"
        path.parent.mkdir()
        acknowledged: list[str] = []
        finished = lives_through(path, acknowledged, Fate(last, when), monkeypatch)
        reopened = Kept(path)
        names = reopened.names()
        assert names[:2] == ["anvil", "rocket"], last
        assert names[2 : 2 + len(acknowledged)] == acknowledged, last
        assert len(names) <= 3 + len(acknowledged), last
        reopened.state.close()
        with TinyDB(path) as db:
            assert len(db.table(TABLE)) in ((len(names),) if acknowledged else (0, len(names))), last
    assert last > 30


def lives_through(path: Path, acknowledged: list[str], fate: Fate, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the story came to its end."""
    kept = Kept(path)
    try:
        with monkeypatch.context() as patched:
            for owner, name in PLACES:
                patched.setattr(owner, name, fate.meets(getattr(owner, name)))
            story(kept, acknowledged, monkeypatch)
    except Killed:
        kept.state.abandon()
        return False
    kept.state.abandon()
    return True


def test_a_line_cut_off_is_as_if_it_had_never_been(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "state.json")
    kept.server.create("bolt")
    kept.server.create("nut")
    kept.state.abandon()
    (journal,) = tmp_path.glob("*.journal.*")
    whole = journal.read_bytes()
    start = whole.rindex(b"\n", 0, -1) + 1
    for end in (start, start + 1, start + 5, len(whole) - 2, len(whole) - 1):
        journal.write_bytes(whole[:end])
        saved, _, behind = recovered(tmp_path / "state.json")
        assert behind
        assert [change[1] for change in saved.worlds["default"].later if change[0] == "acme/things"] == [3]
    kept.open()
    assert kept.names() == ["anvil", "rocket", "bolt"]
    kept.state.close()


def test_nobody_writes_between_the_picture_and_the_next_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path / "state.json")
    writer = threading.Thread(target=kept.server.create, args=("meanwhile",))
    real = StateFile._turn_over

    def turn_over(state: StateFile, fresh: JournalFile) -> None:
        writer.start()
        writer.join(0.2)
        assert writer.is_alive()
        real(state, fresh)

    monkeypatch.setattr(StateFile, "_turn_over", turn_over)
    kept.state.fold()
    writer.join()
    monkeypatch.undo()
    kept.crash()
    assert kept.names() == ["anvil", "rocket", "meanwhile"]
    kept.state.close()
