"""What `simulator exec` writes about a run, and what it returns for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from xml.etree import ElementTree

import orjson
import pytest
import requests

from simulator.config import Settings
from simulator.testing import Simulator
from simulator.testing.exec import served
from simulator.testing.links import Remote
from simulator.testing.reports import FILES, CannotReport, Reporter
from tests.process import run

pytestmark = pytest.mark.slow

TOKEN = "t0"


@contextmanager
def server() -> Iterator[tuple[Reporter, Simulator]]:
    """What reports on it, and its default world."""
    with served(Settings(port=0, admin_token=TOKEN)) as here:
        yield Reporter(here.port, TOKEN), Simulator.at(f"http://127.0.0.1:{here.port}", token=TOKEN)


def ask(world: Simulator, query: str = "", path: str = "/Account/token") -> None:
    login = (world.infact.username, world.infact.password)
    requests.get(f"{world.infact.base_url}{path}{query}", auth=login, timeout=60)


def test_what_a_run_fails_on() -> None:
    with server() as (reporter, world):

        def failing() -> set[str]:
            return {each for each in ("violation", "assumed", "never") if reporter.failed(each)}

        assert failing() == set()
        ask(world)
        assert failing() == {"assumed"}
        ask(world, "?fast=1")
        assert failing() == {"violation", "assumed"}


def test_reports_are_of_all_worlds(tmp_path: Path) -> None:
    """Seen to fail with those of the default world alone."""
    with server() as (reporter, default):
        other = Simulator.create(Remote(default.url, TOKEN), "other")
        ask(default)
        ask(other, "?fast=1")
        ask(other)
        reporter.write(tmp_path / "new" / "folder")
        assert reporter.failed("violation")
    written = {path.name: path.read_bytes() for path in (tmp_path / "new" / "folder").iterdir()}
    assert written.keys() == set(FILES)
    verdict = orjson.loads(written["verdict.json"])
    assert [(world["world"], world["calls"]) for world in verdict["worlds"]] == [("default", 1), ("other", 2)]
    assert [row["found_in"] for row in verdict["violations"]] == [
        [{"world": "other", "count": 1, "first_request": 1}]
    ]
    entries = orjson.loads(written["requests.har"])["log"]["entries"]
    assert [(entry["_world"], entry["_index"]) for entry in entries] == [
        ("default", 1),
        ("other", 1),
        ("other", 2),
    ]


def test_what_is_not_given_is_said(tmp_path: Path) -> None:
    with server() as (reporter, _):
        with pytest.raises(CannotReport, match=r"administration token"):
            Reporter(reporter.port, "wrong").write(tmp_path)
        port = reporter.port
    with pytest.raises(CannotReport, match="does not answer"):
        Reporter(port).write(tmp_path)


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
