"""Clients as people write them, with a vendor's host name in their code, run unchanged by `simulator exec`.

Wherever the machine permits they have a network of their own without a route out, so that an answer can be
the simulator's only. Seen to fail: without the proxy variables, without the CA variables, and with
`is_allowed` answering yes.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clients.isolated import possible, prefix
from tests.process import PATIENCE, QUIET

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(__file__).with_name("programs")
CLIENTS = {
    "with_requests.py": [sys.executable],
    "with_httpx.py": [sys.executable],
    "with_urllib.py": [sys.executable],
    "with_https.mjs": ["node"],
    "with_fetch.mjs": ["node"],
    "with_curl.php": ["php"],
    "with_net_http.rb": ["ruby"],
    "with_curl.sh": ["sh"],
    "WithHttpClient.java": ["java"],
    "with_net_http.go": ["go", "run"],
}
NEEDS = {"with_curl.sh": "curl", "WithHttpClient.java": "javac"}
SLOW = {"with_httpx.py", "with_urllib.py", "with_net_http.rb", "WithHttpClient.java", "with_net_http.go"}
TOKEN = "pHKtJVe2IDK-NkW0GYxuv1g_K907X2IrvkWhZIhYYS0"
"""The first token of the default world: same fixture, same seed, same bytes."""
REFUSED = "shop.example.net is no host of a simulated vendor and is kept out"
HOSTILE = {"NO_PROXY": "*", "no_proxy": "api.infact.no", "https_proxy": "http://127.0.0.1:9"}
"""Settings of a machine that would lead its clients past us."""


def here() -> list[object]:
    """The clients whose language is on this machine."""
    return [
        pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else [])
        for name, command in CLIENTS.items()
        if shutil.which(NEEDS.get(name, command[0]))
    ]


def executed(*command: str, folder: Path, options: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*prefix(), sys.executable, "-m", "simulator", "exec", *options, "--", *command],
        cwd=folder,
        env=QUIET | HOSTILE | {"GOFLAGS": "-mod=mod"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=4 * PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("name", here())
def test_a_client_with_the_vendors_host_in_it_meets_the_simulator(name: str, tmp_path: Path) -> None:
    done = executed(*CLIENTS[name], str(PROGRAMS / name), folder=tmp_path)
    assert (done.returncode, TOKEN in done.stdout) == (0, True), done.stderr
    assert "simulator:" not in done.stderr


@pytest.mark.parametrize("name", here())
def test_a_client_that_tries_another_host_is_told_so(name: str, tmp_path: Path) -> None:
    done = executed(*CLIENTS[name], str(PROGRAMS / name), "https://shop.example.net/", folder=tmp_path)
    assert (done.returncode != 0, done.stdout) == (True, "")
    said = [line for line in done.stderr.splitlines() if line.startswith("simulator:")]
    assert said == [f"simulator: {REFUSED}; --allow shop.example.net lets it through"]


@pytest.mark.skipif(not possible(), reason="this machine lets us make no network namespace")
def test_there_is_no_way_out_of_where_clients_are_tested(tmp_path: Path) -> None:
    code = "import socket; socket.create_connection(('192.0.2.1', 443), timeout=5)"
    done = executed(sys.executable, "-c", code, folder=tmp_path)
    assert "Network is unreachable" in done.stderr


def test_an_allowed_host_is_tried(tmp_path: Path) -> None:
    """It cannot be had here, and the client hears that it was let through."""
    client = [sys.executable, str(PROGRAMS / "with_urllib.py"), "https://shop.example.invalid/"]
    done = executed(*client, folder=tmp_path, options=("--allow", "*.example.invalid"))
    assert "502 shop.example.invalid is allowed but not to be had" in done.stderr
    assert "kept out" not in done.stderr


@pytest.mark.skipif(not shutil.which("curl"), reason="the example is curl's")
def test_the_example_of_the_readme_works(tmp_path: Path) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text.partition("### Run a client unchanged\n")[2]
    shown = re.search(r"\$ simulator exec -- (.+)\n```\n```json\n(.+)\n", section)
    assert shown
    assert shown[2] in executed(*shlex.split(shown[1]), folder=tmp_path).stdout


@pytest.mark.parametrize("name", CLIENTS)
def test_the_documents_show_what_is_run_here(name: str) -> None:
    pages = [page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "clients").glob("*.md")]
    shown = [
        text
        for page in pages
        for text in re.findall(rf"<!-- {name} -->\n```\w+\n(.*?)```\n", page, re.DOTALL)
    ]
    assert shown == [(PROGRAMS / name).read_text(encoding="utf-8")]


def test_every_program_is_run_somewhere() -> None:
    assert sorted(path.name for path in PROGRAMS.iterdir()) == sorted(CLIENTS)
