"""compose.yaml: as its schema wants it, with the vendors' names, run with clients that know of none of it."""

from __future__ import annotations

import fnmatch
import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

from simulator.kernel.vendor import discover
from tests.package import engine
from tests.package.engine import PROGRAMS, ROOT

COMPOSE = Path(sys.executable).with_name("docker-compose")
WHY_NOT = engine.missing() or ("" if COMPOSE.exists() else "docker-compose is not installed")
runs = pytest.mark.skipif(bool(WHY_NOT), reason=f"NOTHING IS COMPOSED: {WHY_NOT}")
CLIENTS = {
    "with_requests.py": ["python3"],
    "with_httpx.py": ["python3"],
    "with_urllib.py": ["python3"],
    "with_https.mjs": ["node"],
    "with_fetch.mjs": ["node"],
    "with_curl.php": ["php", "-d", "curl.cainfo=/ca/ca.pem"],
    "with_net_http.rb": ["ruby"],
    "with_curl.sh": ["sh"],
}
ADMIN = {"SIMULATOR_ADMIN_TOKEN": "not-much-of-a-secret"}
TOKEN = {"Authorization": f"Bearer {ADMIN['SIMULATOR_ADMIN_TOKEN']}"}
OTHERWISE = """
services:
  simulator:
    image: {simulator}
    ports: !override ["127.0.0.1::7470"]
  client:
    image: {clients}
"""
"""Images that are made here, and a port that is free."""


def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    return found


def aliases() -> list[str]:
    found: list[str] = services()["simulator"]["networks"]["vendors"]["aliases"]
    return found


def test_it_is_as_its_schema_wants_it() -> None:
    checker = Path(sys.executable).with_name("check-jsonschema")
    command = [str(checker), "--builtin-schema", "vendor.compose-spec", str(ROOT / "compose.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_each_vendors_hosts_are_aliases_and_nobody_elses() -> None:
    """Of `*.` and a domain at least one name is known. Seen to fail without api.infact.no, and with www."""
    hosts = [host for vendor in discover().values() for host in vendor.hosts]
    assert len(aliases()) == len(set(aliases()))
    assert [host for host in hosts if not fnmatch.filter(aliases(), host)] == []
    assert [name for name in aliases() if not any(fnmatch.fnmatch(name, host) for host in hosts)] == []


def test_it_gives_no_rights_away() -> None:
    simulator = services()["simulator"]
    assert simulator["read_only"]
    assert simulator["cap_drop"] == ["ALL"]
    assert all(port.startswith("127.0.0.1:") for port in simulator["ports"])


# --- run ------------------------------------------------------------------------------------


class Project:
    """The services of compose.yaml under a name of their own, with images that are made here."""

    def __init__(self, folder: Path) -> None:
        otherwise = folder / "otherwise.yaml"
        text = OTHERWISE.format(simulator=engine.simulator(), clients=engine.clients())
        otherwise.write_text(text, encoding="utf-8")
        files = ("--file", str(ROOT / "compose.yaml"), "--file", str(otherwise))
        self.name = f"simulator-test-{os.getpid()}"
        self._prefix = [str(COMPOSE), "--project-name", self.name, *files]

    def __call__(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*self._prefix, *arguments],
            env=os.environ | ADMIN,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=engine.PATIENCE,
            check=False,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    def client(self, *command: str) -> subprocess.CompletedProcess[str]:
        """What a client does, to its end, beside a simulator that is ready."""
        return self("run", "--rm", "--no-TTY", "client", *command, check=False)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    running = Project(tmp_path_factory.mktemp("compose"))
    try:
        running("up", "--no-build", "--wait", "simulator")
        yield running
    finally:
        running("--profile", "client", "down", "--volumes")


@runs
@pytest.mark.slow
@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_with_the_vendors_host_in_it_meets_the_simulator(name: str, project: Project) -> None:
    """Seen to fail without the alias, without --tls-port, and without the variables of the CA."""
    done = project.client(*CLIENTS[name], f"/programs/{name}")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.strip().splitlines()[-1]) >= 43


@runs
@pytest.mark.slow
@pytest.mark.parametrize("host", aliases())
def test_each_alias_is_spoken_tls_to(host: str, project: Project) -> None:
    done = project.client("curl", "--silent", "--show-error", "--head", f"https://{host}/")
    assert done.stdout.lower().count("x-simulator-operation: unknown") == 1, done.stderr


@runs
@pytest.mark.slow
def test_a_client_gets_nowhere_else(project: Project) -> None:
    """Seen to fail without `internal`."""
    network = json.loads(engine.docker("network", "inspect", f"{project.name}_vendors").stdout)[0]
    assert network["Internal"]
    done = project.client("curl", "--silent", "--show-error", "--connect-timeout", "3", "https://192.0.2.1/")
    assert done.returncode in (7, 28), "no connection, or nobody who answers"


@runs
@pytest.mark.slow
def test_a_client_cannot_read_the_key_of_the_ca(project: Project) -> None:
    done = project.client("setpriv", "--reuid=10002", "cat", "/ca/ca.pem", "/ca/ca-key.pem")
    assert "BEGIN CERTIFICATE" in done.stdout
    assert "Permission denied" in done.stderr


@runs
@pytest.mark.slow
def test_it_is_steered_from_outside(project: Project) -> None:
    place = project("port", "simulator", "7470").stdout.strip()
    with closing(http.client.HTTPConnection(place, timeout=60)) as connection:
        connection.request("GET", "/_simulator/version", headers=TOKEN)
        assert json.loads(connection.getresponse().read())["commit"] == engine.REVISION


@runs
@pytest.mark.slow
def test_the_clients_are_judged(project: Project) -> None:
    """Of which one has asked for nothing but a token, which is no mistake."""
    project.client("python3", "/programs/with_urllib.py")
    verdict = project("exec", "--no-TTY", "simulator", "simulator", "verdict", "--fail-on=never").stdout
    assert "# " in verdict.splitlines()[0]
    assert "Infact | 1/" in verdict


@runs
@pytest.mark.slow
def test_state_and_trust_outlive_the_container(project: Project) -> None:
    token = f"Authorization: {TOKEN['Authorization']}"
    ask = ("curl", "--silent", "--show-error", "--fail", "-H", token)
    worlds = "http://simulator:7470/_simulator/worlds"
    project.client(*ask, worlds, "-d", '{"name": "kept"}')
    certificate = project.client("cat", "/ca/ca.pem").stdout
    project("up", "--no-build", "--wait", "--force-recreate", "simulator")
    assert json.loads(project.client(*ask, f"{worlds}/kept").stdout)["name"] == "kept"
    assert project.client("cat", "/ca/ca.pem").stdout == certificate != ""


def test_every_client_is_here_but_those_that_need_a_compiler() -> None:
    left_out = {"WithHttpClient.java", "with_net_http.go"}
    assert {path.name for path in PROGRAMS.iterdir()} == CLIENTS.keys() | left_out
