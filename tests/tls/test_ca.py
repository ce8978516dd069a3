"""`simulator ca`: one authority for a user, made once, kept well, and honest when it cannot be used."""

from __future__ import annotations

import socket
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from simulator.config import BadSettings, Settings
from simulator.kernel.clock import system_now
from simulator.kernel.vendor import discover
from simulator.testing import ca, kept
from simulator.testing.ca import Authority
from tests.process import MAIN, PATIENCE, QUIET, run
from tests.tls.test_authority import served


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_is_made_once_and_then_kept(tmp_path: Path) -> None:
    """Below a folder of the user's own, in which nothing else appears."""
    environ = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    first = run("ca", folder=tmp_path, environ=environ)
    assert (first.returncode, first.stderr, first.stdout.count("\n")) == (0, "", 1)
    file = Path(first.stdout.rstrip("\n"))
    pem = file.read_bytes()
    assert file.is_relative_to(tmp_path)
    assert run("ca", folder=tmp_path, environ=environ).stdout == first.stdout
    assert file.read_bytes() == pem
    assert (mode(file.parent), mode(file), mode(file.parent / "ca-key.pem")) == (0o700, 0o644, 0o600)
    assert sorted(path.name for path in file.parent.iterdir()) == ["ca-key.pem", "ca.lock", "ca.pem"]


@pytest.mark.parametrize("how", ["flag", "environment", "file"])
def test_where_it_is_kept_is_a_setting(how: str, tmp_path: Path) -> None:
    if how == "file":
        (tmp_path / "simulator.toml").write_text('ca_dir = "mine"')
    flags = ["--ca-dir", "mine"] if how == "flag" else []
    environ = {"SIMULATOR_CA_DIR": "mine"} if how == "environment" else {}
    done = run("ca", *flags, folder=tmp_path, environ=environ)
    assert Path(done.stdout.rstrip("\n")).samefile(tmp_path / "mine" / "ca.pem")


def test_a_folder_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    """Such as a volume that containers share: they read the certificate, and not the key."""
    (tmp_path / "shared").mkdir(mode=0o755)
    assert run("ca", "--ca-dir", "shared", folder=tmp_path).returncode == 0
    assert mode(tmp_path / "shared") == 0o755
    assert mode(tmp_path / "shared" / "ca-key.pem") == 0o600


def test_hints_name_the_file_below_its_path(tmp_path: Path) -> None:
    done = run("ca", "--ca-dir", "with space", "--install-hints", folder=tmp_path)
    path, _, hints = done.stdout.partition("\n")
    assert path == str(tmp_path / "with space" / "ca.pem")
    for system in (
        "Debian",
        "Fedora",
        "Alpine",
        "macOS",
        "Windows",
        "Chrome",
        "Java",
        "Node",
        "Python",
        "PHP",
    ):
        assert f"\n{system}" in hints
    assert hints.count("\n  trust ") == hints.count("\n  undo ") == 11
    assert f"sudo cp '{path}' /usr/local/share/ca-certificates/simulator.crt" in hints


SLOWLY = """
import time
from simulator.testing import kept
write = kept.write
def slowly(path, data, mode=0o644):
    print("writing", path.name, flush=True)
    time.sleep(0.5)
    write(path, data, mode)
kept.write = slowly
"""


def test_of_several_that_start_at_once_one_makes_it(tmp_path: Path) -> None:
    """Seen to fail without the lock, and with the lock without the second look."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", SLOWLY + MAIN, "ca", "--ca-dir", "new"],
            cwd=tmp_path,
            env=QUIET,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    said = [process.communicate(timeout=PATIENCE)[0].splitlines() for process in started]
    assert [process.returncode for process in started] == [0] * 4
    assert sorted(line for lines in said for line in lines[:-1]) == ["writing ca-key.pem", "writing ca.pem"]
    assert len({lines[-1] for lines in said}) == 1


# --- what cannot be used ----------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert kept.authority(Settings(ca_dir=tmp_path / "ca"), discover().values())
    return tmp_path / "ca"


def other_key(folder: Path) -> None:
    (folder / "ca-key.pem").write_bytes(Authority.made([]).signer)


def unreadable(folder: Path) -> None:
    """As root reads everything, what cannot be read is a folder here."""
    (folder / "ca-key.pem").unlink()
    (folder / "ca-key.pem").mkdir()


BREAK: dict[str, Callable[[Path], object]] = {
    "is broken: ": other_key,
    "ca-key.pem: Is a directory": unreadable,
    "ca-key.pem: No such file or directory": lambda folder: (folder / "ca-key.pem").unlink(),
    "is broken: there is no certificate": lambda folder: (folder / "ca.pem").write_text("no certificate"),
    "is broken: there is no key": lambda folder: (folder / "ca-key.pem").write_text("no key"),
    "is broken: there is no key without a password": lambda folder: (folder / "ca-key.pem").write_bytes(b""),
}


@pytest.mark.parametrize("why", BREAK)
def test_a_broken_pair_is_said_and_left_as_it_is(why: str, folder: Path) -> None:
    BREAK[why](folder)
    before = {path: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    with pytest.raises(BadSettings) as caught:
        kept.authority(Settings(ca_dir=folder), discover().values())
    assert str(caught.value).startswith("ca_dir: ")
    assert why in str(caught.value)
    assert {path: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    "command", [["ca"], ["serve", "--port", "0", "--tls"], ["serve", "--port", "0", "--proxy-port", "0"]]
)
def test_a_command_that_needs_a_broken_one_is_refused(command: list[str], folder: Path) -> None:
    other_key(folder)
    done = run(*command, "--ca-dir", str(folder), folder=folder)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"simulator: ca_dir: the CA in {folder} is broken")
    assert "remove ca.pem and ca-key.pem to have a new one made" in done.stderr


def test_a_server_without_tls_does_not_ask_for_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run("ca", "--ca-dir", "file/below", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "file: Not a directory" in done.stderr or "Not a directory" in done.stderr


def test_an_expired_one_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    later = system_now() + ca.LIFE + timedelta(days=1)
    monkeypatch.setattr(kept, "system_now", lambda: later)
    with pytest.raises(BadSettings, match="has expired; remove"):
        kept.authority(Settings(ca_dir=folder), discover().values())


def test_one_that_was_made_without_a_name_is_said(folder: Path) -> None:
    settings = Settings(ca_dir=folder, host="sim.example", allow_hosts=("10.9.8.7", "localhost"))
    with pytest.raises(BadSettings, match=r"may not sign for sim.example, 10.9.8.7, as it was made without"):
        kept.authority(settings, discover().values())


def test_a_users_own(tmp_path: Path) -> None:
    """Which signs by itself, and lives by its own rules."""
    own = trustme.CA()
    (tmp_path / "ca.pem").write_bytes(own.cert_pem.bytes())
    (tmp_path / "ca-key.pem").write_bytes(own.private_key_pem.bytes())
    found = kept.authority(Settings(ca_dir=tmp_path, host="sim.example"), discover().values())
    with served(found.context("sim.example")) as port:
        plain = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        with found.client().wrap_socket(plain, server_hostname="sim.example") as spoken:
            assert spoken.recv(9) == b"hello"
    assert found.pem == own.cert_pem.bytes()


def test_a_key_without_a_certificate_was_never_used(folder: Path) -> None:
    """It is what a process leaves that is killed between the two."""
    signer = (folder / "ca-key.pem").read_bytes()
    (folder / "ca.pem").unlink()
    assert kept.authority(Settings(ca_dir=folder), discover().values()).signer != signer
