"""The HTTP server, over its socket: clients that are slow, odd, broken or gone harm nobody but themselves."""

from __future__ import annotations

import base64
import http.client
import json
import re
import socket
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.process import Process, started

BASIC = b"Authorization: Basic " + base64.b64encode(b"demo:demo-secret") + b"\r\n"
GET = b"GET /infact/v1/Account/token HTTP/1.1\r\nHost: localhost\r\n" + BASIC
POST = b"POST /infact/v1/Campaign HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + BASIC
CLOSE = b"Connection: close\r\n\r\n"
BODY = b'{"ClientId": "DemoClient"}'


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    with started(folder=tmp_path_factory.mktemp("served")) as running:
        yield running


def connected(server: Process, first: bytes = b"") -> socket.socket:
    found = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    found.sendall(first)
    return found


def statuses(server: Process, raw: bytes) -> list[int]:
    """The statuses of all answers until the server hangs up."""
    with closing(connected(server, raw)) as connection:
        received = b""
        while part := connection.recv(65536):
            received += part
    return [int(found) for found in re.findall(rb"HTTP/1\.[01] (\d{3}) ", received)]


def test_pipelined_requests_are_answered_in_order(server: Process) -> None:
    assert statuses(server, (GET + b"\r\n") * 5 + GET + CLOSE) == [200] * 6


def test_a_chunked_body(server: Process) -> None:
    head = POST.replace(b"Campaign ", b"nowhere ") + b"Transfer-Encoding: chunked\r\n" + CLOSE
    assert statuses(server, head + b"%x\r\n%b\r\n0\r\n\r\n" % (len(BODY), BODY)) == [404]


def test_who_expects_100_gets_it(server: Process) -> None:
    raw = POST.replace(b"Campaign ", b"nowhere ") + b"Expect: 100-continue\r\nContent-Length: 2\r\n" + CLOSE
    assert statuses(server, raw + b"{}") == [100, 404]


def test_http_1_0(server: Process) -> None:
    assert statuses(server, GET.replace(b"HTTP/1.1", b"HTTP/1.0") + b"\r\n") == [200]


@pytest.mark.parametrize(
    "raw",
    [
        POST + b"Content-Length: abc\r\n\r\n{}",
        POST + b"Content-Length: -5\r\n\r\n{}",
        POST + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        POST + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        POST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n",
        POST + b"Transfer-Encoding: gzip\r\n" + CLOSE + b"{}",
        b"\x16\x03\x01\x00\xa5\x01\x00\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /infact/\x00 HTTP/1.1\r\nHost: localhost\r\n" + CLOSE,
        GET + b"Broken\r\n\r\n",
    ],
)
def test_what_is_no_http_is_the_clients_fault(server: Process, raw: bytes) -> None:
    assert statuses(server, raw) == [400]


@pytest.mark.parametrize(
    "path", [b"/infact/v1/%ff%fe", b"/infact/v1/%00", b"/%2e%2e/%2e%2e", b"/infact/v1/%zz"]
)
def test_odd_paths_are_not_found(server: Process, path: bytes) -> None:
    (status,) = statuses(server, b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\n" + CLOSE)
    assert status in (400, 404)


@pytest.mark.parametrize("clients", [1, 100])
def test_slow_uploads_hold_up_nobody(server: Process, clients: int) -> None:
    slow = [connected(server, POST + b"Content-Length: 1000\r\n\r\n{") for _ in range(clients)]
    try:
        assert statuses(server, GET + CLOSE) == [200]
    finally:
        for connection in slow:
            connection.close()
    assert statuses(server, GET + CLOSE) == [200]


def test_those_who_do_not_read_hold_up_nobody(server: Process) -> None:
    deaf = [connected(server, (GET + b"\r\n") * 200) for _ in range(10)]
    try:
        assert statuses(server, GET + CLOSE) == [200]
    finally:
        for connection in deaf:
            connection.close()


def test_a_body_cut_short_is_not_a_request(server: Process) -> None:
    with closing(connected(server, POST + b"Content-Length: 1000\r\n\r\n{")) as connection:
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1000) == b""


def test_the_vendor_says_what_is_too_large(server: Process) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    with closing(connection):
        connection.request("GET", "/infact/v1/Account/token", headers=basic())
        token = json.loads(connection.getresponse().read())["Token"]
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        path = "/infact/v1/datasources/265/objects/members/data/import/json"
        connection.request("POST", path, b" " * (65 * 1024 * 1024), headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 413
        assert answer.headers["X-Simulator-Operation"]


def basic() -> dict[str, str]:
    name, _, value = BASIC.decode().strip().partition(": ")
    return {name: value}


def test_an_answer_names_no_server_and_the_worlds_date(server: Process) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    with closing(connection):
        connection.request("POST", "/_simulator/worlds", json.dumps({"clock": "2031-05-06T07:08:09Z"}))
        made = json.loads(connection.getresponse().read())
        connection.request("GET", f"/_worlds/{made['name']}/infact/v1/Account/token", headers=basic())
        answer = connection.getresponse()
        answer.read()
    assert answer.headers["Date"] == "Tue, 06 May 2031 07:08:09 GMT"
    assert answer.headers["Server"] is None
