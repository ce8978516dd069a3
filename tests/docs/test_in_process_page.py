"""docs/in-process.md: its example runs and prints what is printed there, and its sentence is the guard's."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.testing.interception import Answered, EgressRefused, intercepting

PAGE = (Path(__file__).parents[2] / "docs" / "in-process.md").read_text(encoding="utf-8")


def test_the_example_runs(tmp_path: Path) -> None:
    """In a process that has imported nothing. Seen to fail with a word of the output changed."""
    found = re.search(r"<!-- in process -->\n```python\n(.+?)```\n```\n(.+?)```\n", PAGE, re.DOTALL)
    assert found
    (tmp_path / "client.py").write_text(found[1], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "client.py"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stderr, done.stdout) == ("", found[2])


def test_the_refusal_is_as_shown() -> None:
    shown = next(line for line in PAGE.splitlines() if line.startswith("example.com is no host"))
    with (
        intercepting(lambda _: Answered(200, [], b""), lambda *_: False),
        pytest.raises(EgressRefused) as refused,
    ):
        socket.getaddrinfo("example.com", 80)
    told = re.sub(r"called by \S+:\d+;", "called by src/shop.py:41;", refused.value.strerror or "")
    assert told == shown
