"""The image's health check, as written in the Dockerfile, against a server as the image starts it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.process import started

ROOT = Path(__file__).parents[2]


def check(port: int) -> int:
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text())
    (found,) = re.findall(r"^HEALTHCHECK .*? CMD (\[.*\])$", text, re.MULTILINE)
    _, *arguments = json.loads(found)
    code = arguments[-1].replace("7470", str(port))
    done = subprocess.run([sys.executable, *arguments[:-1], code], capture_output=True, check=False)
    return done.returncode


def test_it_tells_healthy_from_gone(tmp_path: Path) -> None:
    with started("--host", "0.0.0.0", folder=tmp_path) as server:
        assert check(server.port) == 0
        server.stop()
        assert check(server.port) != 0
