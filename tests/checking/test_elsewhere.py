"""`simulator check` against a server that is no simulator, or does not look like one."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner

from simulator.checking.command import Asked
from simulator.cli import main
from tests.checking.fakes import CREDENTIALS
from tests.process import MAIN, PATIENCE, Process, run, started

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
FAKED = ("--operation", "getToken", "--operation", "listObjects")
DEMO = '[infact]\nusername = "demo"\npassword = "demo-secret"\ndatasource_id = 265\n'


@contextmanager
def faked(kind: str, folder: Path) -> Iterator[str]:
    """The address of a fake."""
    port = folder / "port"
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.checking.fakes", kind, str(port)], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    try:
        until = time.monotonic() + PATIENCE
        while not (port.exists() and port.read_text()) and time.monotonic() < until:
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port.read_text()}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with started("--journal-limit", "100000", folder=tmp_path_factory.mktemp("server")) as process:
        yield process


@pytest.fixture
def mount(server: Process, tmp_path: Path) -> str:
    """Infact in the default world, where no control API is below the address."""
    (tmp_path / "credentials.toml").write_text(DEMO)
    requests.post(f"{server.url}/_simulator/reset", json={}, timeout=PATIENCE).raise_for_status()
    return f"{server.url}/infact"


def methods(server: Process) -> set[str]:
    """The methods of all requests to the default world's vendors."""
    listed = requests.get(
        f"{server.url}/_simulator/requests", params={"limit": 1000}, timeout=PATIENCE
    ).json()
    return {each["method"] for each in listed["requests"]}


def test_a_fake_that_keeps_to_the_contract(tmp_path: Path) -> None:
    (tmp_path / "credentials.toml").write_text(CREDENTIALS)
    flags = (*FAKED, "--credentials", "credentials.toml", "--examples", "3")
    with faked("right", tmp_path) as url:
        done = run("check", "infact", "--base-url", url, *flags, "--read-only", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_a_fake_that_does_not(tmp_path: Path) -> None:
    (tmp_path / "credentials.toml").write_text(CREDENTIALS)
    flags = (*FAKED, "--credentials", "credentials.toml", "--examples", "3")
    with faked("wrong", tmp_path) as url:
        done = run("check", "infact", "--base-url", url, *flags, "--read-only", folder=tmp_path)
    assert done.returncode == 1, done.stderr
    failed = [line for line in done.stdout.splitlines() if line.startswith("infact ") and "failed (" in line]
    assert [line.split()[1] for line in failed] == ["listObjects:"]


def test_read_only_writes_nothing(server: Process, mount: str, tmp_path: Path) -> None:
    flags = ("--credentials", "credentials.toml", "--examples", "2", "--chains", "3")
    done = run("check", "infact", "--base-url", mount, *flags, "--read-only", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert methods(server) == {"GET"}
    assert "infact insertItem: left out, it writes" in done.stdout
    assert "--no-read-only" in done.stdout.splitlines()[-1]


def test_without_read_only_it_writes(server: Process, mount: str, tmp_path: Path) -> None:
    """So that the test above can fail."""
    flags = ("--credentials", "credentials.toml", "--operation", "updateItem", "--examples", "2")
    done = run("check", "infact", "--base-url", mount, *flags, "--no-read-only", folder=tmp_path)
    assert done.returncode in (0, 1), done.stderr
    assert methods(server) >= {"PUT", "DELETE"}


def test_read_only_holds_whatever_comes_up_with_a_call(server: Process, mount: str, tmp_path: Path) -> None:
    """Here, every operation is taken for one that reads; what would write is stopped as it is sent.

    Seen to fail without the guard: updateItem was driven.
    """
    code = f"import simulator.checking.running as r; r.changes_nothing = lambda *_: True; {MAIN}"
    flags = ("--credentials", "credentials.toml", "--operation", "updateItem", "--examples", "2")
    done = run("check", "infact", "--base-url", mount, *flags, "--read-only", folder=tmp_path, code=code)
    assert done.returncode == 1, done.stderr
    assert "may write; --no-read-only allows it" in done.stdout
    assert methods(server) <= {"GET"}


def test_to_send_nothing_is_not_to_be_fine(mount: str, tmp_path: Path) -> None:
    flags = ("--credentials", "credentials.toml", "--operation", "updateItem", "--read-only")
    done = run("check", "infact", "--base-url", mount, *flags, folder=tmp_path)
    assert (done.returncode, done.stderr) == (2, "simulator: nothing was sent, so nothing is known\n")


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://127.0.0.1:7470", True),
        ("http://127.1.2.3/x", True),
        ("http://[::1]:7470", True),
        ("http://localhost", True),
        ("http://api.localhost:80", True),
        ("https://api.infact.no", False),
        ("http://192.0.2.7:7470", False),
        ("http://localhost.example.com", False),
        ("http://127.0.0.1.example.com", False),
    ],
)
def test_only_this_machine_is_written_to_unasked(url: str, here: bool) -> None:
    asked = Asked((), url, None, None, (), 20, 30, None, None, None, None)
    assert asked.plan.read_only is not here
    assert dataclasses.replace(asked, read_only=False).plan.read_only is False
    assert dataclasses.replace(asked, read_only=True).plan.read_only is True


def test_missing_credentials_are_named(server: Process, tmp_path: Path) -> None:
    (tmp_path / "some.json").write_text('{"infact": {"username": "demo"}}')
    flags = ("check", "infact", "--base-url", f"{server.url}/infact")
    for more, missing in (
        ((), "username, password, datasource_id"),
        (("--credentials", "some.json"), "password, datasource_id"),
    ):
        done = run(*flags, *more, folder=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"infact cannot be driven without {missing}." in done.stderr
        assert "--credentials FILE" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nobody",), "there is no vendor 'nobody'"),
        ((), "say which one vendor it is"),
        (("infact", "contacthub"), "say which one vendor it is"),
        (("infact", "--operation", "getNothing"), "no operation 'getNothing' of infact"),
        (("infact", "--credentials", "no.toml"), "no.toml cannot be read"),
        (("infact", "--credentials", "bad.toml"), "bad.toml: "),
        (("infact", "--credentials", "flat.toml"), "there is a table for each vendor"),
        (("infact", "--credentials", "good.toml", "--har", "no/h.har"), "no/h.har cannot be written"),
    ],
)
def test_what_cannot_be_checked(
    server: Process, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.toml").write_text("= 3")
    (tmp_path / "flat.toml").write_text('username = "demo"')
    (tmp_path / "good.toml").write_text(DEMO)
    done = CliRunner().invoke(main, ["check", "--base-url", f"{server.url}/infact", *arguments])
    assert (done.exit_code, done.stdout) == (2, "")
    assert says in done.stderr


def test_nobody_there(tmp_path: Path) -> None:
    done = run("check", "infact", "--base-url", "http://127.0.0.1:9", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "http://127.0.0.1:9/_simulator/vendors" in done.stderr


WITHOUT = "import sys; sys.modules.update(dict.fromkeys(['schemathesis', 'hypothesis', 'requests']));"


def test_without_the_extra(tmp_path: Path) -> None:
    """Check says what it needs; the server needs none of it."""
    done = run("check", "infact", "--base-url", "http://127.0.0.1:9", folder=tmp_path, code=WITHOUT + MAIN)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "simulator: check needs an extra: pip install 'marketing-api-simulator[check]'\n"
    with started(folder=tmp_path, code=WITHOUT + MAIN) as server:
        answer = requests.get(f"{server.url}/infact/v1/Account/token", timeout=PATIENCE)
    assert answer.status_code == 401
