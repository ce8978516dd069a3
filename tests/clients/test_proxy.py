"""The proxy itself, over sockets: both forms of a request, what it refuses, and what it passes on."""

from __future__ import annotations

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from simulator.kernel.vendor import discover
from simulator.testing.ca import Authority
from simulator.testing.proxy import Borders, Place, Proxy, parse, proxying
from simulator.ways import listening

VENDOR = "api.infact.no"


class Echo(BaseHTTPRequestHandler):
    """Answers with what it got."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        got = {"line": self.requestline, "headers": list(map(list, self.headers.items())), "size": len(body)}
        answer = json.dumps(got).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer) + len(body)))
        self.end_headers()
        self.wfile.write(answer + body)

    def log_message(self, *_: object) -> None:
        pass


@dataclass
class Between:
    """A proxy before a server that echoes; `said` is what it told."""

    port: int
    echo: int
    authority: Authority
    said: list[str] = field(default_factory=list)

    def raw(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as client:
            client.sendall(request)
            return b"".join(iter(lambda: client.recv(65536), b""))

    def tunnel(self, host: str, context: ssl.SSLContext | None = None, port: int = 443) -> HTTPSConnection:
        context = context or self.authority.client()
        connection = HTTPSConnection("127.0.0.1", self.port, context=context, timeout=60)
        connection.set_tunnel(host, port)
        return connection


@contextmanager
def echoing(context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server that echoes, with TLS if it is given a context; its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    serving = threading.Thread(target=server.serve_forever)
    serving.start()
    yield server.server_port
    server.shutdown()
    serving.join()
    server.server_close()


@pytest.fixture
def echo() -> Iterator[int]:
    with echoing() as port:
        yield port


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority.made([VENDOR])


@pytest.fixture
def between(echo: int, authority: Authority) -> Iterator[Between]:
    with between_with((), echo, authority) as made:
        yield made


@contextmanager
def between_with(allow: tuple[str, ...], echo: int, authority: Authority) -> Iterator[Between]:
    with listening("127.0.0.1", 0) as listener:
        made = Between(listener.getsockname()[1], echo, authority)
        borders = Borders(tuple(discover().values()), Place(echo), allow)
        with proxying(Proxy(borders, authority, made.said.append), listener):
            yield made


def test_tls_is_ended_in_the_vendors_name_and_the_rest_is_passed_on(between: Between) -> None:
    """A body far beyond any buffer, twice over one connection; the Host is the vendor's."""
    body = bytes(range(256)) * 20_000
    with closing(between.tunnel(VENDOR)) as client:
        for path in ("/v1/one", "/v1/two?x=1"):
            client.request("POST", path, body, {"Authorization": "Bearer t"})
            answer = client.getresponse().read()
            got = json.loads(answer[: -len(body)])
            assert answer.endswith(body)
            assert got["line"] == f"POST {path} HTTP/1.1"
            assert ["Host", VENDOR] in got["headers"]
            assert ["Authorization", "Bearer t"] in got["headers"]
    assert between.said == []


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_whole_url(between: Between, scheme: str) -> None:
    """Also for https, which some clients ask for so. What is for the proxy stays with it."""
    with closing(HTTPConnection("127.0.0.1", between.port, timeout=60)) as client:
        headers = {
            "Proxy-Authorization": "Basic cHJveHk6c2VjcmV0",
            "Proxy-Connection": "keep-alive",
            "X-A": "b",
        }
        client.request("POST", f"{scheme}://user@{VENDOR.upper()}/v1/x?y=%20", b"12345", headers)
        got = json.loads(client.getresponse().read().removesuffix(b"12345"))
    assert got["line"] == "POST /v1/x?y=%20 HTTP/1.1"
    names = {name.lower(): value for name, value in got["headers"]}
    assert (names["host"].lower(), names["x-a"], names["connection"]) == (VENDOR, "b", "close")
    assert not [name for name in names if name.startswith("proxy-")]


@pytest.mark.parametrize(
    "request_line", ["CONNECT shop.example.net:443", "GET http://shop.example.net/a?token=secret"]
)
def test_another_host_is_refused_by_name(between: Between, request_line: str) -> None:
    answer = between.raw(f"{request_line} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    head, _, body = answer.decode().partition("\r\n\r\n")
    sentence = "shop.example.net is no host of a simulated vendor and is kept out; --allow shop.example.net"
    assert head.startswith(f"HTTP/1.1 403 {sentence}")
    assert body.startswith(f"simulator: {sentence}")
    assert len(between.said) == 1
    assert "secret" not in between.said[0]


@pytest.mark.parametrize(
    "name", ["api.infact.no.example.net", "infact.no", "xapi.infact.no", "127.0.0.1.example.net"]
)
def test_a_name_like_a_vendors_is_not_the_vendors(between: Between, name: str) -> None:
    assert between.raw(f"CONNECT {name}:443 HTTP/1.1\r\n\r\n".encode()).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize(
    "line",
    ["GET /v1/x HTTP/1.1", "GET ftp://api.infact.no/ HTTP/1.1", "nonsense", "", "CONNECT a:b HTTP/1.1"],
)
def test_what_is_no_proxy_request(between: Between, line: str) -> None:
    assert between.raw(f"{line}\r\n\r\n".encode()).startswith(b"HTTP/1.1 400 ")


def test_a_head_without_end(between: Between) -> None:
    assert between.raw(b"GET http://api.infact.no/ HTTP/1.1\r\nX: " + b"x" * 100_000).startswith(
        b"HTTP/1.1 400 "
    )


def test_a_refused_body_is_read_so_that_the_answer_is_too(between: Between) -> None:
    with closing(HTTPConnection("127.0.0.1", between.port, timeout=60)) as client:
        client.request("POST", "http://shop.example.net/", b"x" * 1_000_000)
        assert client.getresponse().status == 403


def test_a_client_that_does_not_trust_us_is_spoken_of(between: Between) -> None:
    with closing(between.tunnel(VENDOR, ssl.create_default_context())) as client, pytest.raises(ssl.SSLError):
        client.request("POST", "/", b"")
    # the proxy learns of it by its own reading
    for _ in range(600):
        if between.said:
            break
        threading.Event().wait(0.1)
    assert between.said[0].startswith(f"{VENDOR}: the client broke TLS off")


def test_loopback_is_nobodys_business(between: Between) -> None:
    with closing(HTTPConnection("127.0.0.1", between.port, timeout=60)) as client:
        client.request("POST", f"http://127.0.0.1:{between.echo}/mine", b"")
        assert json.loads(client.getresponse().read())["line"] == "POST /mine HTTP/1.1"


def test_an_allowed_host_keeps_its_own_tls(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    """The client trusts the host's authority and not ours. Names are looked up here."""
    theirs, resolve = Authority.made(["shop.example.net"]), socket.getaddrinfo

    def resolved(host: Any, *rest: Any, **more: Any) -> Any:
        return resolve("127.0.0.1" if host == "shop.example.net" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    with (
        echoing(theirs.context("shop.example.net")) as shop,
        between_with(("*.example.net",), 9, authority) as between,
        closing(between.tunnel("shop.example.net", theirs.client(), shop)) as client,
    ):
        client.request("POST", "/in", b"12")
        assert b'"POST /in HTTP/1.1"' in client.getresponse().read()
    assert between.said == []


def test_who_is_allowed() -> None:
    borders = Borders((), Place(1), ("pay.example.com", "*.example.org"))
    asked = [
        "pay.example.com",
        "x.pay.example.com",
        "a.b.example.org",
        "example.org",
        "notexample.org",
        "::1",
    ]
    assert [host for host in asked if borders.is_allowed(host)] == [
        "pay.example.com",
        "a.b.example.org",
        "::1",
    ]


def test_a_connection_that_stays_open_does_not_hold_the_end_up(
    echo: int, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor is it spoken of. Seen to fail without `except CancelledError`."""
    with between_with((), echo, authority) as between:
        client = socket.create_connection(("127.0.0.1", between.port), timeout=60)
        client.sendall(f"CONNECT {VENDOR}:80 HTTP/1.1\r\n\r\n".encode())
        assert client.recv(65536).startswith(b"HTTP/1.1 200 ")
    assert client.recv(1) == b""
    client.close()
    assert caplog.records == []


def test_a_client_that_goes_is_gone_for_a_simulator_that_speaks_tls(authority: Authority) -> None:
    """As TLS has no half of a connection to close. Seen to fail without `writer.close()` in `_pump`."""
    gone = threading.Event()
    with listening("127.0.0.1", 0) as simulator, listening("127.0.0.1", 0) as listener:

        def serve() -> None:
            plain, _ = simulator.accept()
            with authority.context(VENDOR).wrap_socket(plain, server_side=True) as spoken:
                while spoken.recv(100):
                    pass
                gone.set()

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        place = Place(simulator.getsockname()[1], context=authority.client())
        borders = Borders(tuple(discover().values()), place)
        with proxying(Proxy(borders, authority, print), listener):
            with socket.create_connection(listener.getsockname(), timeout=60) as client:
                client.sendall(f"CONNECT {VENDOR}:80 HTTP/1.1\r\n\r\n".encode())
                assert client.recv(65536).startswith(b"HTTP/1.1 200 ")
                client.sendall(b"GET / HTTP/1.1\r\n\r\n")
            assert gone.wait(10)
        serving.join()


def test_parsing_an_address_in_brackets() -> None:
    asked = parse(b"GET http://[::1]:8080 HTTP/1.1\r\n\r\n")
    assert (asked.host, asked.port, asked.head.splitlines()[:2]) == (
        "::1", 8080, [b"GET / HTTP/1.1", b"Host: [::1]:8080"],
    )  # fmt: skip
