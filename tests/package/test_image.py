"""The image: built by a container engine without a network, and run as docs/containers.md says.

What stands in for python:3.13-slim is a small Debian with the Python that runs the tests (engine.py).
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import simulator
from tests.package import engine
from tests.package.engine import PROGRAMS, docker
from tests.process import PATIENCE, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(bool(engine.missing()), reason=f"NO IMAGE IS BUILT: {engine.missing()}"),
]
CLOSED = ("--network=none", "--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges")
STATE = "--mount=type=volume,target=/state"
TOKEN = "pHKtJVe2IDK-NkW0GYxuv1g_K907X2IrvkWhZIhYYS0"
"""The first token of the default world: same fixture, same seed, same bytes."""


@pytest.fixture(scope="module")
def image() -> str:
    return engine.simulator()


@contextmanager
def started(image: str, *arguments: str, health: str = "healthy") -> Iterator[str]:
    """The id of a container that is so by its own account; it and its state are gone at the end."""
    programs = f"--volume={PROGRAMS}:/programs:ro"
    quick = ("--health-interval=1s", "--health-start-period=1s")
    command = ("run", "--detach", *quick, *CLOSED, STATE, programs, image)
    name = docker(*command, *arguments).stdout.strip()
    try:
        await_health(name, health)
        yield name
    finally:
        docker("rm", "--force", "--volumes", name)


def await_health(name: str, wanted: str = "healthy") -> None:
    until = time.monotonic() + PATIENCE
    while state(name)["Health"]["Status"] != wanted:
        assert state(name)["Running"], docker("logs", name).stderr
        assert time.monotonic() < until, state(name)
        time.sleep(0.2)


def state(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(docker("inspect", "--format={{json .State}}", name).stdout)
    return found


def fetched(name: str) -> str:
    """The token that a client inside of the container is given."""
    url = "http://127.0.0.1:7470/infact/v1/Account/token"
    return docker("exec", name, "python", "/programs/with_urllib.py", url).stdout


def test_it_serves_without_rights_and_without_a_network(image: str) -> None:
    """Seen to fail with `USER root`."""
    with started(image) as name:
        assert fetched(name) == f"{TOKEN}\n"
        assert docker("exec", name, "id", "-u").stdout == "10001\n"
        out = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=5)"
        assert "Network is unreachable" in docker("exec", name, "python", "-c", out, check=False).stderr


def test_it_writes_to_its_state_alone(image: str) -> None:
    """Seen to fail with /state left to root."""
    with started(image, "serve", "--host=0.0.0.0", "--state=/state/state.json") as name:
        assert fetched(name) == f"{TOKEN}\n"
        assert docker("exec", name, "touch", "/usr/local/x", check=False).returncode != 0
        assert docker("diff", name).stdout == "A /programs\n"
        docker("restart", name)
        await_health(name)
        assert fetched(name) not in ("", f"{TOKEN}\n"), "the second token of a world that went on"


def test_it_stops_when_it_is_told(image: str) -> None:
    """Docker kills what has not stopped in ten seconds, and its exit code is 137 then. Seen to fail with a
    shell for an entry point, which keeps the signal to itself."""
    with started(image) as name:
        docker("stop", name)
        assert state(name)["ExitCode"] == 0


def test_it_is_unhealthy_where_nobody_answers(image: str) -> None:
    with started(image, "serve", "--port=7471", health="unhealthy") as name:
        assert state(name)["Running"]


def test_it_says_what_it_is(image: str) -> None:
    labels = json.loads(docker("inspect", "--format={{json .Config.Labels}}", image).stdout)
    assert labels["org.opencontainers.image.version"] == simulator.__version__
    assert labels["org.opencontainers.image.revision"] == engine.REVISION
    said = docker("run", "--rm", image, "version").stdout
    assert said.startswith(f"Simulator {simulator.__version__} (commit {engine.REVISION})\n")


def test_what_it_leaves_out_is_not_missed(image: str, tmp_path: Path) -> None:
    """The tables of phonenumbers that the Dockerfile removes: people with their numbers come out the same."""
    command = ("generate", "infact", "--rows=50", "--seed=1", "--out=-")
    here = run(*command, folder=tmp_path)
    assert here.stdout.count("\n") == 50
    assert docker("run", "--rm", *CLOSED, image, *command).stdout == here.stdout


def test_it_holds_what_serving_needs_and_nothing_else(image: str) -> None:
    listed = "import importlib.metadata as m; print(*(each.name.lower() for each in m.distributions()))"
    installed = docker("run", "--rm", "--entrypoint=python", image, "-c", listed).stdout.split()
    assert {"flask", "uvicorn", "marketing-api-simulator"} <= set(installed)
    assert not {"hatchling", "pytest", "schemathesis", "requests"} & set(installed)
    assert docker("run", "--rm", "--entrypoint=ls", image, "/source", check=False).returncode != 0
