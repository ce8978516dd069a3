"""What `simulator exec` writes about a run, and what it returns for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from xml.etree import ElementTree

import orjson
import pytest

from simulator.testing.reports import FILES, CannotReport, Reporter
from tests.process import run


class Judge(BaseHTTPRequestHandler):
    """Answers every path with the server's `verdict`, if it is asked with the token."""

    def do_GET(self) -> None:
        self.send_response(200 if self.headers["Authorization"] == "Bearer t0" else 401)
        self.end_headers()
        self.wfile.write(getattr(self.server, "verdict", b""))

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def judging(verdict: bytes) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Judge)
    server.verdict = verdict  # type: ignore[attr-defined]
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield server.server_port
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.mark.parametrize(
    ("ok", "relied_on", "failing"),
    [
        (True, [], set()),
        (True, [{"id": "x"}], {"assumed"}),
        (False, [], {"violation", "assumed"}),
        (False, [{"id": "x"}], {"violation", "assumed"}),
    ],
)
def test_what_a_run_fails_on(ok: bool, relied_on: list[object], failing: set[str]) -> None:
    with judging(orjson.dumps({"ok": ok, "relied_on": relied_on})) as port:
        reporter = Reporter(port, "t0")
        assert {each for each in ("violation", "assumed", "never") if reporter.failed(each)} == failing


def test_reports_are_files_as_they_came(tmp_path: Path) -> None:
    with judging(b"as it is") as port:
        Reporter(port, "t0").write(tmp_path / "new" / "folder")
    written = {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}
    assert written == dict.fromkeys(FILES, b"as it is")


def test_what_is_not_given_is_said(tmp_path: Path) -> None:
    with judging(b"") as port, pytest.raises(CannotReport, match=r"/_simulator/verdict.* answered 401"):
        Reporter(port, "wrong").write(tmp_path)


@pytest.mark.parametrize(("own", "code"), [(0, 1), (9, 9)])
def test_a_report_that_cannot_be_written(own: int, code: int, tmp_path: Path) -> None:
    """It fails a run that was fine, and does not hide how another one failed."""
    (tmp_path / "out").write_text("no folder")
    done = run("exec", "--report", "out", "--", "sh", "-c", f"exit {own}", folder=tmp_path)
    assert done.returncode == code
    assert "out" in done.stderr


URL = "https://api.infact.no/v1/Campaign"
WRONG = [
    "-X",
    "PUT",
    "-d",
    '{"ClientId": "DemoClient", "CampaginId": "1"}',
    "-H",
    "Content-Type: application/json",
]
RIGHT = ["https://api.infact.no/v1/Account/token"]
CURL = ["curl", "-s", "-o", "answer", "-u", "demo:demo-secret"]


def test_a_client_that_breaks_a_contract_fails_the_run(tmp_path: Path) -> None:
    command = [*CURL, *WRONG, URL]
    flags = ["--report", "out", "--fail-on", "violation"]
    done = run("exec", *flags, "--", *command, folder=tmp_path)
    assert (done.returncode, done.stderr) == (3, "")
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(FILES)
    verdict = orjson.loads((tmp_path / "out" / "verdict.json").read_bytes())
    assert "/CampaginId" in [each["pointer"] for each in verdict["violations"]]
    failures = ElementTree.parse(tmp_path / "out" / "junit.xml").getroot().findall(".//failure")
    assert len(failures) == 1
    (entry,) = orjson.loads((tmp_path / "out" / "requests.har").read_bytes())["log"]["entries"]
    assert entry["request"]["method"] == "PUT"


@pytest.mark.parametrize(("fail_on", "code"), [("violation", 0), ("assumed", 3), ("never", 0)])
def test_a_client_that_breaks_none(fail_on: str, code: int, tmp_path: Path) -> None:
    """The token's life is a guess."""
    assert run("exec", "--fail-on", fail_on, "--", *CURL, *RIGHT, folder=tmp_path).returncode == code


def test_the_commands_own_failure_comes_first(tmp_path: Path) -> None:
    script = f"curl -s -o answer -u demo:demo-secret -X PUT -d '{{\"No\": 1}}' {URL}; exit 9"
    assert run("exec", "--fail-on", "violation", "--", "sh", "-c", script, folder=tmp_path).returncode == 9
