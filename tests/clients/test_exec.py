"""`simulator exec` as a command: codes, signals, and what it leaves behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from simulator.config import Settings
from simulator.testing.exec import Run, execute
from tests.process import PATIENCE, QUIET, Lines, run

pytestmark = pytest.mark.slow

EXEC = [sys.executable, "-m", "simulator", "exec"]


@pytest.mark.parametrize("code", [0, 7])
def test_the_commands_code_is_ours(code: int, tmp_path: Path) -> None:
    done = run("exec", "--", "sh", "-c", f"exit {code}", folder=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", "")


def test_a_command_ended_by_a_signal(tmp_path: Path) -> None:
    assert run("exec", "sh", "-c", "kill -9 $$", folder=tmp_path).returncode == 137


def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    done = run("exec", "no-such-command", folder=tmp_path)
    assert (done.returncode, done.stderr) == (127, "simulator: no-such-command: not found\n")


def test_a_command_that_cannot_be_run(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no program")
    done = run("exec", "./text", folder=tmp_path)
    assert (done.returncode, done.stderr) == (126, "simulator: ./text: Permission denied\n")


def test_a_fixture_that_is_not_there(tmp_path: Path) -> None:
    done = run("exec", "--fixture", "nowhere", "--", "echo", "ran", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "nowhere" in done.stderr


def test_what_is_no_host_is_not_allowed(tmp_path: Path) -> None:
    done = run("exec", "--allow", "https://example.com", "--", "echo", "ran", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "allow: 'https://example.com': give a host's name" in done.stderr


def test_hosts_that_are_allowed_are_a_setting(tmp_path: Path) -> None:
    client = [sys.executable, str(Path(__file__).with_name("programs") / "with_requests.py")]
    environ = {"SIMULATOR_ALLOW": "*.example.invalid"}
    done = run("exec", "--", *client, "https://shop.example.invalid/", folder=tmp_path, environ=environ)
    assert "502 shop.example.invalid is allowed but not to be had" in done.stderr


SHOW = "import json, os; print(json.dumps(dict(os.environ)))"


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """No file, no port. Seen to fail with a folder made by mkdtemp."""
    environ = {"TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    done = run("exec", "--", sys.executable, "-c", SHOW, folder=tmp_path, environ=environ)
    told = json.loads(done.stdout)
    assert told["SSL_CERT_FILE"].startswith(str(tmp_path))
    assert list(tmp_path.iterdir()) == []
    for url in (told["SIMULATOR_URL"], told["HTTPS_PROXY"]):
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))


def test_whoever_calls_it_is_as_before() -> None:
    """Environment, signals and threads of the process itself."""
    environ, threads = dict(os.environ), threading.active_count()
    handlers = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    assert execute(Run(("sh", "-c", 'test -n "$HTTPS_PROXY" && exit 5')), Settings(), print) == 5
    assert dict(os.environ) == environ
    assert [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)] == handlers
    # the one that carries requests out ends with the process
    assert threading.active_count() <= threads + 1


def test_what_a_client_had_is_kept(tmp_path: Path) -> None:
    """Options are added to; addresses are those of this run."""
    environ = {"NODE_OPTIONS": "--no-warnings", "JAVA_TOOL_OPTIONS": "-Xmx64m", "PHP_INI_SCAN_DIR": "/mine"}
    done = run("exec", "--", sys.executable, "-c", SHOW, folder=tmp_path, environ=environ)
    told = json.loads(done.stdout)
    assert told["NODE_OPTIONS"].startswith("--no-warnings --require ")
    assert told["JAVA_TOOL_OPTIONS"].startswith("-Xmx64m -Dhttp.proxyHost=127.0.0.1 ")
    assert told["PHP_INI_SCAN_DIR"].startswith("/mine:")
    assert told["INFACT_BASE_URL"] == told["SIMULATOR_URL"] + "/infact/v1"
    assert told["no_proxy"] == "localhost,127.0.0.1,::1"


def test_a_simulator_inside(tmp_path: Path) -> None:
    assert run("exec", "--", *EXEC, "--", "sh", "-c", "exit 5", folder=tmp_path).returncode == 5


LISTENER = """
import os, signal, sys, time
# a byte for each one: two that come at once are one call of a handler
end, wakeup = os.pipe()
os.set_blocking(wakeup, False)
signal.set_wakeup_fd(wakeup)
for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
    signal.signal(number, lambda *_: None)
print("ready", flush=True)
heard = os.read(end, 1)
time.sleep(0.5)  # for a second one, which should not come
os.set_blocking(end, False)
try:
    heard += os.read(end, 9)
except BlockingIOError:
    pass
print(*[signal.Signals(number).name for number in heard], flush=True)
sys.exit(9)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_are_the_commands(number: signal.Signals, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [*EXEC, "--", sys.executable, "-c", LISTENER],
        cwd=tmp_path,
        env=QUIET | {"TMPDIR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    out = Lines(process.stdout)
    assert out.next() == "ready\n"
    process.send_signal(number)
    assert process.wait(PATIENCE) == 9
    assert out.rest() == ["ready\n", f"{number.name}\n"]
    assert list(tmp_path.iterdir()) == []


IN_A_TERMINAL = """
import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))
"""


SLOWLY = """
import subprocess, time
send = subprocess.Popen.send_signal
def slowly(process, number):
    time.sleep(0.1)  # two at once would be one
    send(process, number)
subprocess.Popen.send_signal = slowly
from simulator.cli import main
main(prog_name="simulator")
"""


def test_ctrl_c_reaches_the_command_once(tmp_path: Path) -> None:
    """A terminal sends it to both of us. Seen to fail with `_in_foreground` answering no: SIGINT SIGINT."""
    ours = [sys.executable, "-c", SLOWLY, "exec", "--", sys.executable, "-c", LISTENER]
    process = subprocess.Popen(
        [sys.executable, "-c", IN_A_TERMINAL, *ours],
        cwd=tmp_path,
        env=QUIET,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    out = Lines(process.stdout)
    assert out.next() == "ready\n"
    process.stdin.write("\x03")
    process.stdin.flush()
    lines = out.rest()
    process.stdin.close()
    assert process.wait(PATIENCE) == 9
    assert [line.strip().removeprefix("^C") for line in lines] == ["ready", "SIGINT"]
