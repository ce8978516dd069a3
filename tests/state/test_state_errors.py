"""A state file that cannot be used is refused and left as it is; a full disk loses nothing."""

from __future__ import annotations

import errno
import os
import resource
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simulator.kernel import state_file
from simulator.kernel.pipeline import Policy
from simulator.kernel.saved import BadStateFile
from simulator.kernel.state_file import StateFile
from simulator.kernel.state_journal import JournalFile
from tests.kept import Kept
from tests.process import run

WRITE = os.write


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and not path.name.endswith(".lock")
    }


def used(folder: Path) -> Path:
    """A state file as a kill left it: the file and a journal with two lines."""
    kept = Kept(folder / "state.json")
    kept.server.create("bolt")
    kept.state.fold()
    kept.server.create("nut")
    kept.server.create("volt")
    kept.state.abandon()
    return folder / "state.json"


def damaged(path: Path, change: Callable[[bytes], bytes]) -> None:
    path.write_bytes(change(path.read_bytes()))


def the_journal(folder: Path) -> Path:
    (found,) = folder.glob("*.journal.*")
    return found


BAD: dict[str, tuple[Callable[[Path], Any], str]] = {
    "not JSON": (lambda path: path.write_text("name,phone\n"), "is not JSON"),
    "empty": (lambda path: path.write_bytes(b""), "is not JSON"),
    "binary": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n\0\xff"), "is not JSON"),
    "cut off": (lambda path: damaged(path, lambda text: text[: len(text) // 2]), "is not JSON"),
    "deep": (lambda path: path.write_bytes(b"[" * 100_000), "is not JSON"),
    "a list": (lambda path: path.write_text("[1]"), "no state file of the simulator"),
    "other JSON": (lambda path: path.write_text('{"name": "app"}'), "no state file of the simulator"),
    "other TinyDB": (
        lambda path: path.write_text('{"_default": {"1": {"id": 1}}}'),
        "no state file of the simulator",
    ),
    "a table of a list": (
        lambda path: damaged(path, lambda text: text[:-2] + b',"default/acme/x":[]}'),
        "is no table",
    ),
    "a damaged journal": (
        lambda path: damaged(the_journal(path.parent), lambda text: b"0" + text[1:]),
        "line 1 is damaged",
    ),
    "a changed journal": (
        lambda path: damaged(the_journal(path.parent), lambda text: text.replace(b"volt", b"bolt")),
        "line 2 is damaged",
    ),
    "a journal from elsewhere": (
        lambda path: the_journal(path.parent).rename(path.with_name("state.json.journal.9")),
        "is older than its journal",
    ),
    "a gap": (lambda path: path.with_name("state.json.journal.4").touch(), "lacks one of the journals"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_cannot_be_used_is_left_alone(tmp_path: Path, name: str) -> None:
    path = used(tmp_path)
    spoil, says = BAD[name]
    spoil(path)
    before = contents(tmp_path)
    with pytest.raises(BadStateFile, match=says) as caught:
        Kept(path)
    assert "state.json" in str(caught.value)
    assert contents(tmp_path) == before


def test_the_command_line_says_it_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"name": "app"}')
    done = run("serve", "--port", "0", "--state", "package.json", folder=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "package.json is no state file of the simulator" in done.stderr
    assert (tmp_path / "package.json").read_text() == '{"name": "app"}'


def test_one_server_at_a_time(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "state.json")
    kept.server.create("bolt")
    before = contents(tmp_path)
    with pytest.raises(BadStateFile, match="in use by another simulator"):
        StateFile(tmp_path / "state.json", "0")
    assert contents(tmp_path) == before
    kept.reopen()
    kept.state.close()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadStateFile, match="there is no folder"):
        StateFile(tmp_path / "no" / "state.json", "0")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "state.json").mkdir()
    with pytest.raises(BadStateFile, match="cannot be read"):
        StateFile(tmp_path / "state.json", "0")


def test_a_read_only_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = used(tmp_path)
    before = contents(tmp_path)
    # to an administrator, who may run the tests, everything is writable
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(BadStateFile, match="cannot be written"):
        Kept(path)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("call", ["open", "fsync"])
def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = used(tmp_path)
    before = contents(tmp_path)

    def refused(*args: Any, **kwargs: Any) -> Any:
        raise OSError(errno.EROFS, "Read-only file system")

    with monkeypatch.context() as patched:
        patched.setattr(JournalFile, "create", refused)
        if call == "fsync":
            patched.setattr(state_file, "write_whole", refused)
        with pytest.raises(BadStateFile, match="cannot be written: Read-only file system"):
            Kept(path)
    assert contents(tmp_path) == before
    Kept(path).state.close()


def test_a_fixture_that_is_gone(tmp_path: Path) -> None:
    path = used(tmp_path)
    the_journal(tmp_path).unlink()
    damaged(path, lambda text: text.replace(b'"fixture":"demo"', b'"fixture":"gone"'))
    with pytest.raises(BadStateFile, match="no fixture 'gone'"):
        Kept(path)


# --- no room -----------------------------------------------------------------------------


class FullDisk:
    """A disk on which only so many bytes more can be written, and nothing after."""

    def __init__(self, room: int) -> None:
        self.room = room

    def write(self, descriptor: int, line: bytes) -> int:
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = WRITE(descriptor, bytes(line)[: self.room])
        self.room -= written
        return written


@pytest.mark.parametrize("room", [0, 1, 40])
def test_what_cannot_be_written_down_has_not_happened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    kept = Kept(tmp_path / "state.json", policy=Policy())
    kept.server.create("bolt")
    before = contents(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", FullDisk(room).write)
        answer = kept.server.create("nut")
        assert (answer.status_code, answer.get_json()["acme"]) == (500, "InternalFault")
        assert kept.server.call("DELETE", "/v1/things/1").status_code == 500
        assert kept.server.control("POST", "/reset").status_code == 500
        assert kept.server.control("POST", "/worlds", {"name": "other"}).status_code == 500
    assert contents(tmp_path) == before
    assert kept.names() == ["anvil", "rocket", "bolt"]
    assert kept.server.control("GET", "/worlds/other").status_code == 404
    assert kept.server.create("nut").get_json()["id"] == 4
    kept.crash()
    assert kept.names() == ["anvil", "rocket", "bolt", "nut"]
    kept.state.close()


def test_a_write_that_cannot_be_taken_back_ends_that_journal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = Kept(tmp_path / "state.json", policy=Policy())
    kept.server.create("bolt")

    def refused(*_: Any) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(os, "write", FullDisk(10).write)
        patched.setattr(os, "ftruncate", refused)
        patched.setattr(state_file, "write_whole", refused)
        assert kept.server.create("nut").status_code == 500
    # the next journal takes over at once, and reading goes on past the torn end of this one
    assert kept.server.create("washer").status_code == 201
    kept.crash()
    assert kept.names() == ["anvil", "rocket", "bolt", "washer"]
    kept.state.close()


def test_a_file_that_cannot_be_folded_keeps_its_journals(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Kept(tmp_path / "state.json", fold_at=300)

    def refused(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    names = [f"thing {number}" for number in range(30)]
    with monkeypatch.context() as patched:
        patched.setattr(state_file, "write_whole", refused)
        for name in names:
            assert kept.server.create(name).status_code == 201
        with pytest.raises(OSError, match="No space"):
            kept.state.close()
    assert "could not be written" in caplog.text
    assert len(list(tmp_path.glob("*.journal.*"))) > 2
    kept.open()
    assert kept.names() == ["anvil", "rocket", *names]
    assert len(list(tmp_path.glob("*.journal.*"))) == 1
    kept.state.close()


def test_a_limit_of_the_operating_system(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "state.json", policy=Policy())
    kept.server.create("bolt")
    size = the_journal(tmp_path).stat().st_size
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, hard))
    try:
        assert kept.server.create("nut").status_code == 500
        assert the_journal(tmp_path).stat().st_size == size
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert kept.server.create("nut").status_code == 201
    kept.crash()
    assert kept.names() == ["anvil", "rocket", "bolt", "nut"]
    kept.state.close()


def test_after_the_end_nothing_is_acknowledged(tmp_path: Path) -> None:
    kept = Kept(tmp_path / "state.json", policy=Policy())
    kept.state.close()
    assert kept.server.create("bolt").status_code == 500
    kept.open()
    assert kept.names() == ["anvil", "rocket"]
    kept.state.close()


def test_a_journal_takes_back_what_it_wrote_in_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = JournalFile.create(tmp_path / "state.json", 1)
    journal.append(["gone", "a"])
    whole = journal.path.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(os, "write", FullDisk(5).write)
        with pytest.raises(OSError, match="No space"):
            journal.append(["gone", "b"])
    assert journal.path.read_bytes() == whole
    journal.close()
