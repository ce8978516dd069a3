"""Simulators for tests of a module, and pytest within tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from simulator.config import Settings
from simulator.testing.exec import served
from simulator.testing.links import InProcess, Link

OTHERS = ("schemathesis", "hypothesispytest", "faker", "anyio")


@pytest.fixture
def quiet(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without plugins that have nothing to do with ours, each of which costs time in each process."""
    monkeypatch.setenv("PYTEST_ADDOPTS", " ".join(f"-p no:{name}" for name in OTHERS))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with served(Settings(port=0)) as here:
        yield f"http://127.0.0.1:{here.port}"


@pytest.fixture(scope="module")
def in_process() -> Iterator[Link]:
    with closing(InProcess()) as link:
        yield link
