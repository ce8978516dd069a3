"""What the documents tell people to type does what they say.

In a document, `<!-- run -->` or `<!-- tour -->` marks the console blocks from there to the next mark or
heading as one session. It is typed into a shell, against a server of its own.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from simulator.control import Guard, create_control
from simulator.data import FixtureFiles
from simulator.gateway import Gateway
from simulator.kernel.pipeline import Policy
from simulator.kernel.vendor import discover
from simulator.kernel.world import Birth
from simulator.kernel.worlds import Worlds

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PRINTED = "http://127.0.0.1:7470"
MARK = re.compile(r"<!-- (?:run|tour) -->\n(.*?)(?=<!-- (?:run|tour) -->|^#|\Z)", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)
ANSWER = re.compile(r"```json\n(.*?)```", re.DOTALL)
CURLS = {"ours": f"{sys.executable} {Path(__file__).with_name('curl.py')}", "curl": shutil.which("curl")}

SHOWN = {
    "README.md": [["x-simulator-contract: violation"], []],
    "simulator/vendors/contacthub/README.md": [['"id":"b80d68f8'], ['"totalElements":2']],
    "simulator/vendors/altcraft/README.md": [
        ['"_fname":"Anna"', '"_domaingroup":"other"'],
        ['"status": "sent"', '"text": "Thank you for order 1001."', '"type": "profile_updated"'],
    ],
    "simulator/vendors/infact/README.md": [
        ['"Key":"members"', '"Name":"clubLevel"'],
        ['"subject": "Sommer"', '"to": "kari@example.com"', '"state": "Sent"'],
        ['"datasource_id": 1'],
    ],
    "simulator/vendors/footprints/README.md": [
        ['"internalId":"demo1club"'],
        [
            '"contractId":',
            '"uid":"',
            '"to": "ana.exemplu@example.com"',
            '"number": "GE-1"',
            '"code":"F7ZT11AA"',
            '"totalResults":1',
        ],
    ],
}
"""What each session must show besides its `json` blocks, by document: facts the text around it states."""


def sessions(document: str) -> list[str]:
    """The commands of each session, without the prompt and what is shown."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        "\n".join(
            line.removeprefix("$ ")
            for block in BLOCK.findall(part)
            for line in block.splitlines()
            if line.startswith(("$ ", " "))
        )
        for part in MARK.findall(text)
    ]


def answers(document: str) -> list[list[str]]:
    """The lines that each session shows as answers; they must come out as printed."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        [line.strip() for block in ANSWER.findall(part) for line in block.splitlines() if line.strip()]
        for part in MARK.findall(text)
    ]


def marked() -> list[str]:
    found = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("simulator/**/*.md")]
    return sorted(str(path.relative_to(ROOT)) for path in found if MARK.search(path.read_text("utf-8")))


class Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    """A server with the fixture `demo`."""
    worlds = Worlds(discover(), FixtureFiles())
    worlds.create(Birth())
    gateway = Gateway(worlds, Policy(check_responses=True), lambda made: create_control(made, Guard()))
    server = make_server("127.0.0.1", 0, gateway, threaded=True, request_handler=Silent)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    serving.join()
    server.server_close()


def test_each_document_with_sessions_is_known() -> None:
    assert marked() == sorted(SHOWN)
    assert {name: len(sessions(name)) for name in SHOWN} == {name: len(SHOWN[name]) for name in SHOWN}


@pytest.mark.parametrize("curl", [name for name, command in CURLS.items() if command])
@pytest.mark.parametrize(
    ("document", "number"), [(name, n) for name in SHOWN for n in range(len(SHOWN[name]))]
)
def test_sessions_work(document: str, number: int, curl: str, url: str, tmp_path: Path) -> None:
    commands = sessions(document)[number]
    assert PRINTED in commands
    script = (
        f'set -e\ncurl() {{ {CURLS[curl]} --fail-with-body "$@"; echo; }}\n{commands.replace(PRINTED, url)}\n'
    )
    ran = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    printed = ran.stdout.replace(url, PRINTED)
    for line in answers(document)[number]:
        assert line in printed
    for fact in SHOWN[document][number]:
        assert fact.lower() in printed.lower()
