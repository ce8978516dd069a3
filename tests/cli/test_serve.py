"""`simulator serve` as a command: what it prints, writes and returns."""

from __future__ import annotations

import http.client
import json
import signal
import socket
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from simulator.kernel.vendor import discover
from tests.process import Process, run, started


def get(server: Process, path: str, method: str = "GET", body: Any = None, **headers: str) -> Any:
    """Status and JSON."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        sent = None if body is None else json.dumps(body)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, sent, {"Content-Type": "application/json"} | names)
        answer = connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None


def test_it_says_where_it_is_and_how_to_log_in(tmp_path: Path) -> None:
    with started(folder=tmp_path) as server:
        assert server.first_line.startswith("Simulator 0.")
        assert 'world "default" (fixture: demo)' in server.first_line
        vendors = [server.out.next() for _ in discover()]
        (infact,) = [line for line in vendors if f"{server.url}/infact/v1" in line]
        assert "login demo / demo-secret" in infact
        assert get(server, "/_simulator/ready")[0] == 200


def test_without_a_flag_nothing_is_written(tmp_path: Path) -> None:
    with started(folder=tmp_path, environ={"HOME": str(tmp_path), "TMPDIR": str(tmp_path)}) as server:
        assert get(server, "/_simulator/worlds", "POST", {"name": "other"})[0] == 201
        assert get(server, "/_simulator/reset", "POST")[0] < 300
        assert server.stop() == 0
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_it_ends_as_it_is_asked_to(tmp_path: Path, number: int, code: int) -> None:
    with started(folder=tmp_path) as server:
        idle = socket.create_connection(("127.0.0.1", server.port))
        assert server.stop(number) == code
        idle.close()
        assert server.err.rest() == []


SLOWLY = """
import time
from simulator.gateway import Gateway
call = Gateway.__call__
def slowly(gateway, environ, start_response):
    if "import" in environ["PATH_INFO"]:
        print("in flight", flush=True)
        time.sleep(0.7)
    return call(gateway, environ, start_response)
Gateway.__call__ = slowly
from simulator.cli import main
main(prog_name="simulator")
"""


def test_requests_in_flight_are_finished_and_saved(tmp_path: Path) -> None:
    with started("--state", "state.json", folder=tmp_path, code=SLOWLY) as server:
        token = basic_token(server)
        path = "/infact/v1/datasources/265/objects/members/data/import/json"
        body = {"MergeKey": "id", "Items": [{"id": 7_000_001, "firstname": "Kari"}]}
        answers: list[Any] = []
        client = threading.Thread(
            target=lambda: answers.append(get(server, path, "POST", body, Authorization=f"Bearer {token}"))
        )
        client.start()
        while server.out.next() != "in flight\n":
            pass
        assert server.stop() == 0
        client.join()
    assert answers[0][0] == 200
    assert "7000001" in (tmp_path / "state.json").read_text()
    assert not list(tmp_path.glob("*.journal.*"))


def basic_token(server: Process) -> str:
    basic = "Basic ZGVtbzpkZW1vLXNlY3JldA=="
    return str(get(server, "/infact/v1/Account/token", Authorization=basic)[1]["Token"])


def test_the_port_file_is_there_while_it_is_true(tmp_path: Path) -> None:
    with started("--port-file", "port", folder=tmp_path) as server:
        assert (tmp_path / "port").read_text() == f"{server.port}\n"
        assert server.stop() == 0
    assert list(tmp_path.iterdir()) == []


def test_a_port_file_that_cannot_be_written(tmp_path: Path) -> None:
    done = run("serve", "--port", "0", "--port-file", "no/port", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "port_file" in done.stderr


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = str(other.getsockname()[1])
        done = run("serve", "--port", port, "--state", "state.json", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"cannot listen on 127.0.0.1 port {port}" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_off_loopback_the_control_api_has_a_token(tmp_path: Path) -> None:
    with started("--host", "0.0.0.0", folder=tmp_path) as server:
        assert server.url.startswith("http://127.0.0.1:")
        while "Authorization: Bearer " not in (line := server.out.next()):
            assert line
        token = line.split()[-1]
        assert get(server, "/_simulator/worlds")[0] == 401
        assert get(server, "/_simulator/worlds", Authorization=f"Bearer {token}")[0] == 200
        assert get(server, "/_simulator/ready")[0] == 200


def test_a_given_token_is_not_printed(tmp_path: Path) -> None:
    with started("--admin-token", "s3cret-token", folder=tmp_path) as server:
        assert get(server, "/_simulator/worlds")[0] == 401
        assert get(server, "/_simulator/worlds", Authorization="Bearer s3cret-token")[0] == 200
        server.stop()
        assert "s3cret-token" not in "".join([*server.out.rest(), *server.err.rest()])


def test_settings_reach_the_world(tmp_path: Path) -> None:
    flags = ("--fixture", "docs", "--seed", "7", "--clock", "2024-02-03T04:05:06Z", "--no-headers")
    with started(*flags, folder=tmp_path) as server:
        status, world = get(server, "/_simulator/worlds/default")
        assert status == 200
        assert (world["fixture"], world["seed"], world["clock"]["now"]) == ("docs", 7, "2024-02-03T04:05:06Z")
        with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
            connection.request("GET", "/infact/v1/nowhere")
            answer = connection.getresponse()
            assert not [name for name, _ in answer.getheaders() if name.lower().startswith("x-simulator")]


def test_a_saved_world_goes_on_as_it_was(tmp_path: Path) -> None:
    with started("--state", "state.json", "--seed", "7", folder=tmp_path) as server:
        assert server.stop() == 0
        assert not any("as it was saved" in line for line in server.out.rest())
    with started("--state", "state.json", "--seed", "8", folder=tmp_path) as server:
        assert get(server, "/_simulator/worlds/default")[1]["seed"] == 7
        server.stop()
        assert any("as it was saved" in line for line in server.out.rest())


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (("--fixture", "nothing"), "no fixture 'nothing'"),
        (("--assume", "infact.nothing=1"), "no assumption 'infact.nothing'"),
        (("--port", "http"), "port"),
        (("--port", "70000"), "is not a port"),
        (("--clock", "tomorrow"), "clock"),
        (("--journal-limit", "0"), "is not 1 or more"),
        (("--log-format", "xml"), "is not text, json or off"),
        (("--host", "no.such.host.invalid"), "cannot listen on no.such.host.invalid"),
        (("--assume", "x"), "give id=value"),
    ],
)
def test_settings_that_cannot_be(tmp_path: Path, flags: tuple[str, ...], says: str) -> None:
    done = run("serve", "--port", "0", *flags, folder=tmp_path)
    assert done.returncode == 2
    assert done.stdout == ""
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_flag_there_is_not(tmp_path: Path) -> None:
    assert run("serve", "--colour", "red", folder=tmp_path).returncode == 2


def test_requests_are_logged_without_secrets(tmp_path: Path) -> None:
    with started("--log-format", "json", folder=tmp_path) as server:
        get(server, "/infact/v1/Account/token?apikey=hush&x", Authorization="Basic ZGVtbzpkZW1vLXNlY3JldA==")
        get(server, "/_worlds/other/infact/v1/nowhere")
        get(server, "/_worlds/default/infact/v1/nowhere")
        server.stop()
    token, stray, unknown = (json.loads(line) for line in server.err.rest())
    assert token["path"] == "/infact/v1/Account/token?apikey=…&x"
    assert (token["status"], token["vendor"], token["world"]) == (200, "infact", "default")
    assert token["operation"]
    assert (stray["status"], stray["world"]) == (404, None)
    assert (unknown["operation"], unknown["contract"]) == (None, "violation")


def test_requests_are_logged_as_text(tmp_path: Path) -> None:
    with started("--log-format", "text", folder=tmp_path) as server:
        get(server, "/infact/v1/nowhere")
        server.stop()
    (line,) = server.err.rest()
    assert line.split(" ", 1)[1] == "404 GET /infact/v1/nowhere unknown operation violation\n"


def test_nobody_looks_nothing_is_logged(tmp_path: Path) -> None:
    with started(folder=tmp_path) as server:
        get(server, "/infact/v1/nowhere")
        server.stop()
    assert server.err.rest() == []
