"""Requests are generated when their tests are collected, which takes most of a minute of each process."""

from __future__ import annotations

from pathlib import Path

import pytest

SLOW = "\npytestmark = pytest.mark.slow\n"
"""In a file of which every test is slow."""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where slow tests are left out, such a file is not read: nothing of it would be run."""
    left_out = config.option.markexpr == "not slow" and collection_path.suffix == ".py"
    return True if left_out and SLOW in collection_path.read_text(encoding="utf-8") else None
