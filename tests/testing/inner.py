"""Runs of pytest within tests of its plugin."""

from __future__ import annotations

import pytest

OTHERS = ("schemathesis", "hypothesispytest", "faker", "anyio")


def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without plugins that have nothing to do with ours, each of which costs time in each worker."""
    monkeypatch.setenv("PYTEST_ADDOPTS", " ".join(f"-p no:{name}" for name in OTHERS))
