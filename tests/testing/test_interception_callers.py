"""Whose line a request was, for clients of every kind."""

from __future__ import annotations

import os
import runpy
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent
from threading import Thread
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pluggy
import pytest

import simulator
from simulator.testing.interception import Answered, EgressRefused, Sent, intercepting

HOST = "api.infact.no"
URL = f"https://{HOST}/"
CALLER = "x-simulator-caller"
Run = Callable[..., list[str]]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a client."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def run(home: Path) -> Iterator[Run]:
    """Runs a program at a place below the working directory, or elsewhere; the lines it was seen at."""
    told: list[str] = []

    def handle(sent: Sent) -> Answered:
        told.extend(value for name, value in sent.headers if name.lower() == CALLER)
        return Answered(200, [], b"{}")

    def run(source: str, place: str = "client.py") -> list[str]:
        file = home / place
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(source).lstrip("\n"), encoding="utf-8")
        with intercepting(handle, lambda host, _: host == HOST):
            runpy.run_path(str(file))
        return told

    return run  # type: ignore[return-value]


CALLS = {
    "requests": f"import requests\n\nrequests.get('{URL}', timeout=3)",
    "session": f"import requests\ns = requests.Session()\ns.post(\n    '{URL}',\n    json={{}},\n)",
    "httpx": f"import httpx\n\nhttpx.get('{URL}')",
    "urllib": f"import urllib.request\n\nurllib.request.urlopen('http://{HOST}/').close()",
    "urllib3": f"import urllib3\n\nurllib3.PoolManager().request('GET', '{URL}')",
    "http.client": f"import http.client\nc = http.client.HTTPConnection('{HOST}')\nc.request('GET', '/')",
}


@pytest.mark.parametrize("source", CALLS.values(), ids=CALLS)
def test_the_line_that_calls_the_library(run: Run, source: str) -> None:
    assert run(source) == ["client.py:3"]


def test_names_are_relative_and_quoted(run: Run) -> None:
    assert run(CALLS["requests"], "my src/kunde-ø.py") == ["my%20src/kunde-%C3%B8.py:3"]
    assert unquote("my%20src/kunde-%C3%B8.py") == "my src/kunde-ø.py"


def test_code_elsewhere_has_its_whole_path(run: Run, home: Path) -> None:
    assert run(CALLS["requests"], "../elsewhere/client.py") == [f"{home.parent}/elsewhere/client.py:3"]


def test_the_innermost_of_the_clients_own_lines(run: Run) -> None:
    """Of a client that its test calls, the client's; seen to fail with the outermost taken."""
    assert run(
        f"""
        import requests
        def fetch():
            return requests.get("{URL}")
        fetch()
        """
    ) == ["client.py:3"]


def with_sdk(home: Path, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A vendor's library, installed at a place."""
    folder = home / place
    folder.mkdir(parents=True)
    (folder / "sdk_of_somebody.py").write_text(f"import requests\ndef fetch():\n    requests.get('{URL}')\n")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "sdk_of_somebody", raising=False)


SDK = "import sdk_of_somebody\n\n\nsdk_of_somebody.fetch()\n"


@pytest.mark.parametrize("place", [".venv/lib/python3/site-packages", "../venv/site-packages", "../lib"])
def test_a_library_is_named_by_the_line_that_calls_it(
    run: Run, home: Path, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one installed below the working directory. Seen to fail with INSTALLED left out."""
    with_sdk(home, place, monkeypatch)
    assert run(SDK) == ["client.py:4"]
    monkeypatch.delitem(sys.modules, "sdk_of_somebody")


def test_a_library_alone_is_named_itself(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a thread of its own, where nobody's code is that is nearer."""
    with_sdk(home, "../venv/site-packages", monkeypatch)
    source = """
        import threading, sdk_of_somebody
        thread = threading.Thread(target=sdk_of_somebody.fetch)
        thread.start()
        thread.join()
        """
    assert run(source) == [f"{home.parent}/venv/site-packages/sdk_of_somebody.py:3"]
    monkeypatch.delitem(sys.modules, "sdk_of_somebody")


INSTALLED = """
import http.client
from simulator.testing import interception
def handle(sent):
    print(interception.__file__, dict(sent.headers).get("X-Simulator-Caller"))
    return interception.Answered(200, [], b"")
with interception.intercepting(handle, lambda *_: True):
    http.client.HTTPConnection("api.infact.no").request("GET", "/")
"""


def test_the_simulator_is_nobody_also_where_it_is_installed(tmp_path: Path) -> None:
    """Seen to fail where it was a library like any."""
    source, folder = Path(simulator.__file__).parent, tmp_path / "site-packages"
    shutil.copytree(source, folder / "simulator", ignore=shutil.ignore_patterns("__pycache__", "vendors"))
    environ = os.environ | {"PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", INSTALLED],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"{folder}/simulator/testing/interception/__init__.py None\n"


def test_a_header_of_ones_own_stays_alone(run: Run) -> None:
    headers = {"x-simulator-caller": "cart.js:7"}
    assert run(f"import requests\nrequests.get('{URL}', headers={headers})") == ["cart.js:7"]


def test_what_was_typed_in_has_no_line(home: Path) -> None:
    """As at a prompt or in a doctest. Nor is it pytest's: seen to fail with pluggy a library like any."""
    told: list[str] = []

    def handle(sent: Sent) -> Answered:
        told.extend(value for name, value in sent.headers if name.lower() == CALLER)
        return Answered(200, [], b"")

    typed: dict[str, Any] = {}
    exec(compile(f"import requests\ndef call(): requests.get('{URL}')", "<stdin>", "exec"), typed)
    plugins = pluggy.PluginManager("typed")
    plugins.add_hookspecs(type("Hooks", (), {"call": pluggy.HookspecMarker("typed")(typed["call"])}))
    plugins.register(SimpleNamespace(call=pluggy.HookimplMarker("typed")(typed["call"])))
    with intercepting(handle, lambda *_: True):
        thread = Thread(target=plugins.hook.call)
        thread.start()
        thread.join()
    assert told == []


ASYNC = {
    "awaited": "await session.get(URL)",
    "in a task": "await asyncio.create_task(session.get(URL))",
    "gathered": "await asyncio.gather(session.get(URL))",
    "with patience": "await asyncio.wait_for(session.get(URL), 3)",
    "in a thread": "await asyncio.to_thread(httpx.get, URL)",
    "in the pool": "await asyncio.get_running_loop().run_in_executor(None, httpx.get, URL)",
    "in a group": "await in_group(session.get(URL))",
}


@pytest.mark.parametrize("runner", ["asyncio", "uvloop"])
@pytest.mark.parametrize("line", ASYNC.values(), ids=ASYNC)
def test_lines_of_what_is_asynchronous(run: Run, line: str, runner: str) -> None:
    """Seen to fail, all but the first, where tasks and threads are not followed: it is asyncio.run's then."""
    source = f"""
        import asyncio, httpx, uvloop
        URL = "{URL}"
        async def main():
            async with httpx.AsyncClient() as session:
                {line}
        async def in_group(coroutine):
            async with asyncio.TaskGroup() as group:
                group.create_task(coroutine)
        {runner}.run(main())
        """
    assert run(source) == ["client.py:8" if "group" in line else "client.py:5"]


def test_lines_of_threads(run: Run) -> None:
    source = f"""
        import requests
        from concurrent.futures import ThreadPoolExecutor
        from threading import Thread
        def fetch(url):
            requests.get(url)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(requests.get, "{URL}").result()
            pool.submit(fetch, "{URL}").result()
            list(pool.map(requests.get, ["{URL}"]))
        thread = Thread(target=fetch, args=["{URL}"])
        thread.start()
        thread.join()
        """
    assert run(source) == ["client.py:7", "client.py:5", "client.py:9", "client.py:5"]


def test_who_is_refused_is_told_the_line(run: Run) -> None:
    with pytest.raises(EgressRefused, match=r"called by src/client\.py:3; allow="):
        run(
            "import http.client\nc = http.client.HTTPConnection('example.com')\nc.request('GET', '/')",
            "src/client.py",
        )
