"""`simulator verdict` and `serve --strict-fidelity` as processes, on a client in another process."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen
from xml.etree import ElementTree as ET

import pytest

from tests.process import PATIENCE, Process, run, started

pytestmark = pytest.mark.slow

CLIENT = Path(__file__).with_name("client.py")
FAULTS = [
    ("contacthub", "createCustomer", "body", "/base/dob", "pattern"),
    ("contacthub", "createCustomer", "body", "/base/timezone", "enum"),
    ("contacthub", "createCustomer", "body", "/extrenal", "additionalProperties"),
    ("contacthub", "createCustomer", "body", "/nodeId", "required"),
    ("contacthub", "searchCustomers", "query", "/nodeId", "required"),
    ("contacthub", "searchCustomers", "query", "/size", "type"),
    ("infact", "importJson", "body", "", "encoding"),
    ("infact", "importJson", "body", "/Tags", "type"),
    ("infact", "importJson", "body", "/Tgas", "additionalProperties"),
    ("infact", "importJson", "header", "/Content-Type", "contentType"),
    ("infact", "importJson", "query", "/dryrun", "undocumented"),
    ("infact", None, "operation", "", "undocumented"),
]


def use(server: Process, how: str, folder: Path, world: str = "") -> None:
    """Run the client to its end, against a world of this server."""
    command = [sys.executable, str(CLIENT), server.url + world, how]
    subprocess.run(command, check=True, timeout=PATIENCE, cwd=folder)


def verdict(server: Process, folder: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    return run("verdict", "--url", server.url, *flags, folder=folder)


def test_a_wrong_client_fails_and_the_corrected_one_does_not(tmp_path: Path) -> None:
    """Seen to fail with one of the client's mistakes corrected, and with exit code 0 for any verdict."""
    with started(folder=tmp_path) as server:
        use(server, "wrong", tmp_path)
        done = verdict(server, tmp_path, "--out", "verdict.json")
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr == "simulator: 12 contract violations in 13 calls\n"
        found = json.loads((tmp_path / "verdict.json").read_text())["violations"]
        named = [(v["vendor"], v["operation"], v["in"], v["pointer"], v["keyword"]) for v in found]
        assert named == FAULTS
        assert {v["count"] for v in found} == {1}

        sarif = json.loads(verdict(server, tmp_path, "--format", "sarif").stdout)
        assert len(sarif["runs"][0]["results"]) == 12
        junit = ET.fromstring(verdict(server, tmp_path, "--format", "junit").stdout)
        lines = [line for failure in junit.iter("failure") for line in (failure.text or "").splitlines()]
        assert len(lines) == 12
        report = verdict(server, tmp_path).stdout
        assert report.count("\n| error |") == 12

        reset(server)
        use(server, "right", tmp_path)
        done = verdict(server, tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("# ✅ Simulator: 0 contract violations in 13 calls\n")


def reset(server: Process) -> None:
    urlopen(f"{server.url}/_simulator/reset", b"{}").close()


def test_what_fails_a_run(tmp_path: Path) -> None:
    with started(folder=tmp_path) as server:
        assert verdict(server, tmp_path, "--fail-on", "assumed").returncode == 0
        use(server, "right", tmp_path)
        assert verdict(server, tmp_path, "--fail-on", "violation").returncode == 0
        done = verdict(server, tmp_path, "--fail-on", "assumed")
        assert done.returncode == 3
        assert re.fullmatch(r"simulator: answers relied on \d+ guesses\n", done.stderr)
        use(server, "wrong", tmp_path)
        for fail_on, code in (("violation", 3), ("assumed", 3), ("never", 0)):
            assert verdict(server, tmp_path, "--fail-on", fail_on).returncode == code
            environ = {"SIMULATOR_FAIL_ON": fail_on, "SIMULATOR_URL": server.url}
            assert run("verdict", folder=tmp_path, environ=environ).returncode == code


def test_one_world_of_many(tmp_path: Path) -> None:
    with started(folder=tmp_path) as server:
        make(server, {"name": "w"})
        use(server, "wrong", tmp_path, "/_worlds/w")
        assert verdict(server, tmp_path).returncode == 0
        assert verdict(server, tmp_path, "--world", "w").returncode == 3
        assert run("verdict", "--url", f"{server.url}/_worlds/w", folder=tmp_path).returncode == 3
        done = verdict(server, tmp_path, "--world", "v")
        assert (done.returncode, done.stdout) == (2, "")
        assert "POST /_simulator/worlds makes 'v'" in done.stderr


def make(server: Process, world: dict[str, Any]) -> None:
    urlopen(f"{server.url}/_simulator/worlds", json.dumps(world).encode()).close()


def test_a_file_is_written_in_the_format_of_its_name(tmp_path: Path) -> None:
    with started(folder=tmp_path) as server:
        for name, begins in (
            ("v.xml", "<?xml"),
            ("v.sarif", "{"),
            ("v.md", "# "),
            ("v.txt", "# "),
            ("v.json", "{"),
        ):
            assert verdict(server, tmp_path, "--out", name).returncode == 0
            assert (tmp_path / name).read_text().startswith(begins)
        assert "$schema" in (tmp_path / "v.sarif").read_text()
        done = verdict(server, tmp_path, "--out", "no/v.xml")
        assert (done.returncode, done.stderr) == (
            2,
            "simulator: no/v.xml cannot be written: No such file or directory\n",
        )


def test_a_server_with_a_token(tmp_path: Path) -> None:
    with started("--admin-token", "s3cret", folder=tmp_path) as server:
        done = verdict(server, tmp_path)
        assert done.returncode == 2
        assert "(--admin-token)" in done.stderr
        assert verdict(server, tmp_path, "--admin-token", "s3cret").returncode == 0
        environ = {"SIMULATOR_ADMIN_TOKEN": "s3cret"}
        assert run("verdict", "--url", server.url, folder=tmp_path, environ=environ).returncode == 0


@contextmanager
def something_else() -> Iterator[str]:
    """A server that is no simulator."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"[]" if "list" in self.path else b"<html>")

        def log_message(self, *_: Any) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_no_simulator_there(tmp_path: Path) -> None:
    with something_else() as url:
        for place in (url, f"{url}/list"):
            assert run("verdict", "--url", place, folder=tmp_path).returncode == 2
    done = run("verdict", "--url", url, folder=tmp_path)
    assert done.returncode == 2
    assert "cannot be reached" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("--fail-on", "warning"), "is not violation, assumed or never"),
        (("--url", "localhost:7470"), "is no URL"),
        (("--format", "pdf"), "pdf"),
    ],
)
def test_usage(tmp_path: Path, flags: tuple[str, ...], says: str) -> None:
    done = run("verdict", *flags, folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr


# --- serve --strict-fidelity ---------------------------------------------------------------


def test_a_strict_run_that_relied_on_a_guess_fails(tmp_path: Path) -> None:
    """In a world that is gone by then, too. Seen to fail where only the worlds still there were asked."""
    with started("--strict-fidelity", folder=tmp_path) as server:
        make(server, {"name": "w"})
        use(server, "right", tmp_path, "/_worlds/w")
        urlopen(Request(f"{server.url}/_simulator/worlds/w", method="DELETE")).close()
        assert server.stop() == 3
        said = "".join(server.err.rest())
    assert re.search(r"answers relied on \d+ guesses:\n", said)
    assert "infact: assumption infact.token-lifetime: " in said


def test_a_strict_run_that_relied_on_none_is_fine(tmp_path: Path) -> None:
    with started("--strict-fidelity", folder=tmp_path) as server:
        assert server.stop() == 0
        assert server.err.rest() == []
