"""What docs/tls.md tells people to type does what it says, in a shell and with the server that it names."""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from tests.process import MAIN, PATIENCE, QUIET, started

PAGE = Path(__file__).parents[2] / "docs" / "tls.md"
SESSION = re.compile(
    r"<!-- served with: (.*?) -->\n```console\n(.*?)```\n(?:```json\n(.*?)```\n)?", re.DOTALL
)
SESSIONS = SESSION.findall(PAGE.read_text(encoding="utf-8"))
SIMULATOR = shlex.join([sys.executable, "-c", MAIN])


@contextmanager
def served(command: str, folder: Path) -> Iterator[dict[str, str]]:
    """What `command` starts, on free ports; by which port stands for which of the page."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        proxy = str(taken.getsockname()[1])
    flags = shlex.split(command.replace("7471", proxy))[2:]
    with started(*flags, folder=folder, environ={"SIMULATOR_CA_DIR": str(folder / "ca")}) as server:
        yield {"7470": str(server.port), "7471": proxy}


@pytest.mark.skipif(not shutil.which("curl"), reason="what is typed is curl's")
@pytest.mark.parametrize(("command", "typed", "shown"), SESSIONS, ids=[each[0] for each in SESSIONS])
def test_what_is_typed_shows_what_is_printed(command: str, typed: str, shown: str, tmp_path: Path) -> None:
    with served(command, tmp_path) if command != "nothing" else nullcontext({"7470": "7470"}) as ports:
        script = "\n".join(line.removeprefix("$ ") for line in typed.splitlines())
        for ours, theirs in ports.items():
            script = script.replace(ours, theirs)
        done = subprocess.run(
            ["sh", "-euc", f'simulator() {{ {SIMULATOR} "$@"; }}\n{script}'],
            cwd=tmp_path,
            env=QUIET | {"SIMULATOR_CA_DIR": str(tmp_path / "ca"), "SIMULATOR_PORT": ports["7470"]},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert (done.returncode, done.stderr) == (0, "")
    for line in shown.splitlines():
        assert line.strip() in done.stdout


def test_the_page_has_a_session_for_each_chapter() -> None:
    assert [each[0] for each in SESSIONS] == [
        "simulator serve --tls",
        "simulator serve --proxy-port 7471",
        "nothing",
    ]
