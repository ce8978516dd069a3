"""`simulator env` in a real shell: clients as people write them, told of a server's proxy and CA, and untold.

The clients are those of tests/clients. Seen to fail: without the proxy variables, and without the CA's.
"""

from __future__ import annotations

import json
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.testing import shells
from tests.clients.test_clients import CLIENTS, HOSTILE, PROGRAMS, TOKEN, here
from tests.process import PATIENCE, QUIET, Process, run, started

pytestmark = pytest.mark.slow

SIMULATOR = shlex.join([sys.executable, "-m", "simulator"])
SHOW = shlex.join([sys.executable, "-c", "import json, os; print(json.dumps(dict(os.environ)))"])
RESET_CODE = """
import os
from urllib.request import Request, urlopen
urlopen(Request(os.environ["SIMULATOR_URL"] + "/_simulator/reset", b"{}", method="POST"))
"""
RESET = shlex.join([sys.executable, "-c", RESET_CODE])
"""After it a world gives its first token again."""
QUIETER = {name: value for name, value in QUIET.items() if name not in ("SHLVL", "_", "PWD", "OLDPWD")}


@dataclass
class Told:
    """A server, and a shell's script that is told of it first."""

    server: Process
    folder: Path

    @property
    def flags(self) -> str:
        return shlex.join(["--url", self.server.url, "--ca-dir", str(self.folder / "ca dir")])

    def shell(self, script: str, **environ: str) -> str:
        """What a script prints after it was told, with `$ENV` as the command to be told by."""
        done = subprocess.run(
            ["sh", "-euc", f'eval "$({SIMULATOR} env {self.flags})"\n{script}'],
            cwd=self.folder,
            env=QUIETER | environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=4 * PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def variables(self, script: str = "", **environ: str) -> dict[str, str]:
        """The shell's environment at the end."""
        found: dict[str, str] = json.loads(self.shell(f"{script}\n{SHOW}", **environ))
        return {name: value for name, value in found.items() if name not in ("SHLVL", "_", "PWD", "OLDPWD")}


@contextmanager
def serving(*flags: str, folder: Path) -> Iterator[Told]:
    """Its CA is in a folder with a space in its name, as on macOS."""
    with started(*flags, folder=folder, environ={"SIMULATOR_CA_DIR": str(folder / "ca dir")}) as server:
        yield Told(server, folder)


WAYS = [pytest.param((), id="http"), pytest.param(("--tls",), id="https", marks=pytest.mark.slow)]


@pytest.fixture(scope="module", params=WAYS)
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with serving("--proxy-port", "0", *request.param, folder=tmp_path_factory.mktemp("served")) as found:
        yield found


@pytest.mark.parametrize("name", here())
def test_a_client_with_the_vendors_host_in_it_meets_the_simulator(name: str, told: Told) -> None:
    client = shlex.join([*CLIENTS[name], str(PROGRAMS / name)])
    hostile = {"GOFLAGS": "-mod=mod", **HOSTILE}
    assert TOKEN in told.shell(f"{RESET}\n{client}", **hostile)


def test_what_the_server_says_to_type_tells_a_shell_of_it(tmp_path: Path) -> None:
    """Whatever its port is. Seen to fail without the URL in it."""
    with serving("--proxy-port", "0", folder=tmp_path) as told:
        while "told to a shell by" not in (line := told.server.out.next()):
            assert line, "nothing is said of it"
        typed = line.partition("told to a shell by")[2].strip().replace("simulator env", f"{SIMULATOR} env")
        done = subprocess.run(
            ["sh", "-euc", f"{typed}\n{SHOW}"],
            cwd=tmp_path,
            env=QUIETER | {"SIMULATOR_CA_DIR": str(tmp_path / "ca dir")},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        assert json.loads(done.stdout)["HTTPS_PROXY"] == told.variables()["HTTPS_PROXY"]


def test_another_host_is_kept_out_and_the_server_says_so(tmp_path: Path) -> None:
    with serving("--proxy-port", "0", folder=tmp_path) as told:
        ask = shlex.join([sys.executable, str(PROGRAMS / "with_requests.py"), "https://shop.example.net/"])
        told.shell(f"! {ask}\n! {ask}")
        line = told.server.err.next()
        assert line.startswith(
            "simulator: shop.example.net is no host of a simulated vendor and is kept out;"
        )
        assert told.server.stop() == 0
        assert len(told.server.err.rest()) == 1


def test_an_allowed_host_is_tried(tmp_path: Path) -> None:
    with serving("--proxy-port", "0", "--allow", "*.example.invalid", folder=tmp_path) as told:
        proxy = told.variables()["HTTP_PROXY"].removeprefix("http://").split(":")
        with socket.create_connection((proxy[0], int(proxy[1])), timeout=PATIENCE) as client:
            client.sendall(b"CONNECT shop.example.invalid:443 HTTP/1.1\r\n\r\n")
            assert client.recv(100).startswith(b"HTTP/1.1 502 shop.example.invalid is allowed but not")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_a_client_of_the_proxy_does_not_hold_the_end_up(number: int, code: int, tmp_path: Path) -> None:
    with serving("--proxy-port", "0", "--tls", folder=tmp_path) as told:
        port = int(told.variables()["HTTP_PROXY"].rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
            client.sendall(b"CONNECT api.infact.no:80 HTTP/1.1\r\n\r\n")
            assert client.recv(65536).startswith(b"HTTP/1.1 200 ")
            client.sendall(b"GET /v1/nowhere HTTP/1.1\r\nHost: api.infact.no\r\n\r\n")
            assert client.recv(65536).startswith(b"HTTP/1.1 404 ")
            assert told.server.stop(number) == code
            assert told.server.err.rest() == []


def test_off_loopback_the_proxy_leads_to_no_loopback(tmp_path: Path) -> None:
    """What listens there is this computer's own business."""
    with serving("--proxy-port", "0", "--host", "0.0.0.0", "--admin-token", "t", folder=tmp_path) as told:
        lines = iter(told.server.out.next, "")
        url = next(line.split()[1] for line in lines if line.strip().startswith("proxy"))
        with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), timeout=PATIENCE) as client:
            client.sendall(f"GET {told.server.url}/_simulator/health HTTP/1.1\r\n\r\n".encode())
            assert client.recv(100).startswith(b"HTTP/1.1 403 127.0.0.1 is no host of a simulated vendor")


# --- what is set, and what is taken back --------------------------------------------------------


def test_only_addresses_where_there_is_no_proxy_and_no_tls(tmp_path: Path) -> None:
    with serving(folder=tmp_path) as told:
        before, after = QUIETER, told.variables()
        assert not (tmp_path / "ca dir").exists()
    new = {name for name in after if after[name] != before.get(name)}
    assert new == {"SIMULATOR_URL", "_SIMULATOR_ENV"} | {name for name in new if name.endswith("_BASE_URL")}
    assert after["INFACT_BASE_URL"] == f"{after['SIMULATOR_URL']}/infact/v1"


def test_trust_alone_where_there_is_tls_and_no_proxy(tmp_path: Path) -> None:
    with serving("--tls", folder=tmp_path) as told:
        client = shlex.join([sys.executable, str(PROGRAMS / "with_urllib.py")])
        assert TOKEN in told.shell(f"{client} $INFACT_BASE_URL/Account/token")
        assert not {"HTTP_PROXY", "NODE_OPTIONS"} & (told.variables().keys() - QUIET.keys())


OWN = {
    "HTTP_PROXY": "http://proxy.example.com:3128",
    "SSL_CERT_FILE": "",
    "NODE_OPTIONS": "--no-warnings",
    "JAVA_TOOL_OPTIONS": '-Xmx64m -Dit\'s="quoted"',
    "PHP_INI_SCAN_DIR": "/mine",
    "SIMULATOR_PORT": "1",
}
"""What a shell may have had."""


@pytest.mark.parametrize("own", [{}, OWN], ids=["nothing", "own"])
def test_unset_gives_back_what_was_there(own: dict[str, str], told: Told) -> None:
    """Also what was told twice."""
    again = f'eval "$({SIMULATOR} env {told.flags})"\n'
    undo = f'eval "$({SIMULATOR} env --unset)"\n'
    assert told.variables(again + undo, **own) == QUIETER | own


def test_what_is_added_to_is_added_to_once(told: Told) -> None:
    again = f'eval "$({SIMULATOR} env {told.flags})"'
    found = told.variables(again, **OWN)
    assert found["NODE_OPTIONS"].startswith("--no-warnings --require ")
    assert found["JAVA_TOOL_OPTIONS"].startswith(OWN["JAVA_TOOL_OPTIONS"] + " -Dhttp.proxyHost=127.0.0.1 ")
    assert found["PHP_INI_SCAN_DIR"].startswith("/mine:")
    assert found == told.variables(**OWN)


def test_what_was_changed_since_is_left(told: Told) -> None:
    script = f"""
        export NODE_OPTIONS="--first $NODE_OPTIONS --last" PHP_INI_SCAN_DIR="$PHP_INI_SCAN_DIR:/last"
        export HTTP_PROXY=http://other.example.com SSL_CERT_FILE=/other.pem
        unset INFACT_BASE_URL
        eval "$({SIMULATOR} env --unset)"
    """
    found = told.variables(script, **OWN)
    assert found["NODE_OPTIONS"] == "--first --no-warnings --last"
    assert found["PHP_INI_SCAN_DIR"] == "/mine:/last"
    assert (found["HTTP_PROXY"], found["SSL_CERT_FILE"]) == ("http://other.example.com", "/other.pem")
    assert not {"INFACT_BASE_URL", "https_proxy", "_SIMULATOR_ENV"} & found.keys()


def test_a_shell_that_was_told_nothing(tmp_path: Path) -> None:
    done = run("env", "--unset", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "simulator: this shell was not told of a simulator\n"


def test_a_shell_that_was_told_nonsense(tmp_path: Path) -> None:
    done = run("env", "--unset", folder=tmp_path, environ={shells.KEPT: '{"A": 1}'})
    assert (done.returncode, done.stdout) == (2, "")
    assert "_SIMULATOR_ENV is not as `simulator env` wrote it" in done.stderr


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    """Whatever is evaluated then is empty."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
    done = run("env", "--port", port, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"http://127.0.0.1:{port}/_simulator/access cannot be reached" in done.stderr


def test_a_server_that_speaks_tls_to_one_who_does_not(told: Told, tmp_path: Path) -> None:
    port = str(told.server.port)
    flags = [] if told.server.url.startswith("https") else ["--tls"]
    done = run("env", "--port", port, *flags, "--ca-dir", str(told.folder / "ca dir"), folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "this port speaks https://" in done.stderr or "cannot be reached" in done.stderr


def test_off_loopback_it_takes_the_token(tmp_path: Path) -> None:
    with serving("--host", "0.0.0.0", "--admin-token", "s3cret", folder=tmp_path) as told:
        flags = ("env", "--url", told.server.url)
        done = run(*flags, folder=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert "(--admin-token)" in done.stderr
        assert run(*flags, "--admin-token", "s3cret", folder=tmp_path).returncode == 0


def test_other_shells_words() -> None:
    kept = {"A": [None, "ours"], "B": ["it's \\ $HOME", "ours"]}
    environ = {"A": "ours", "B": "ours", shells.KEPT: json.dumps(kept)}
    assert shells.left(environ, "sh") == [
        "unset A",
        """export B='it'"'"'s \\ $HOME'""",
        "unset _SIMULATOR_ENV",
    ]
    assert shells.left(environ, "fish") == [
        "set -e A",
        """set -gx B 'it\\'s \\\\ $HOME'""",
        "set -e _SIMULATOR_ENV",
    ]
    assert shells.left(environ, "powershell") == [
        "Remove-Item Env:A",
        """$env:B = 'it''s \\ $HOME'""",
        "Remove-Item Env:_SIMULATOR_ENV",
    ]
