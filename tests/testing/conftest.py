"""Simulators for tests of a module, and pytest within tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from types import ModuleType

import pytest

from simulator.config import Settings
from simulator.testing.exec import served
from simulator.testing.interception import intercepting
from simulator.testing.links import InProcess, Link
from tests.testing.inner import kept
from tests.testing.recording import Recorder, is_ours

OTHERS = ("schemathesis", "hypothesispytest", "faker", "anyio")


@pytest.fixture
def imported() -> Iterator[dict[str, ModuleType]]:
    """Modules that stay. pytester forgets what was first imported within, and ours would be there twice."""
    found: dict[str, ModuleType] = {}
    yield found
    for name, module in found.items():
        sys.modules.setdefault(name, module)


@pytest.fixture
def quiet(
    imported: dict[str, ModuleType], pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Without plugins that have nothing to do with ours, each of which costs time in each process."""
    monkeypatch.setenv("PYTEST_ADDOPTS", " ".join(f"-p no:{name}" for name in OTHERS))
    yield
    imported.update(kept(sys.modules, pytester.path))


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with served(Settings(port=0)) as here:
        yield f"http://127.0.0.1:{here.port}"


@pytest.fixture(scope="module")
def in_process() -> Iterator[Link]:
    with closing(InProcess()) as link:
        yield link


@pytest.fixture
def ours() -> Iterator[Recorder]:
    recorder = Recorder()
    with intercepting(recorder, is_ours):
        yield recorder
