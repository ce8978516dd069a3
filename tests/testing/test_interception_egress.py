"""Hosts that are not ours: who is kept out, what they are told, and who gets through."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import http.client
import pickle
import socket
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
import requests
import urllib3
import uvloop
from werkzeug.wrappers import Response

from simulator.testing.interception import Answered, EgressRefused, Sent, intercepting
from simulator.testing.interception.active import is_here
from tests.testing.inside import listening
from tests.testing.recording import HOST, LIBRARIES, Recorder, every_library, is_ours

KEPT_OUT = r"example\.com is no host of a simulated vendor and is kept out"
REFUSED = rf"{KEPT_OUT}, called by .+:\d+; allow=\['example.com'\]"


@pytest.fixture
def guarded() -> Iterator[None]:
    with intercepting(Recorder(), is_ours):
        yield


@pytest.fixture(scope="module")
def outside() -> Iterator[int]:
    """The port of a server, which is that of any host whose name is looked up."""
    with listening(Response("out")) as port:
        yield port


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that are looked up; each is this computer's. No test asks the network."""
    names: list[str] = []

    def getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        names.append(host.decode() if isinstance(host, bytes) else host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return names


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The addresses that are connected to, without doing it."""
    addresses: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: addresses.append(address))
    monkeypatch.setattr(socket.socket, "connect_ex", lambda _, address: addresses.append(address))
    return addresses


def chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        inner = [each for each in error.args if isinstance(each, BaseException)] if error.args else []
        error = error.__cause__ or error.__context__ or (inner[0] if inner else None)


# --- told in the libraries' own way -----------------------------------------------------------

USUAL: dict[str, type[Exception]] = {
    "requests": requests.ConnectionError,
    "httpx": httpx.ConnectError,
    "httpx, asynchronous": httpx.ConnectError,
    "urllib3": urllib3.exceptions.NewConnectionError,
    "urllib.request": OSError,
    "http.client": EgressRefused,
}


@pytest.mark.parametrize("name", USUAL)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_another_host_is_refused(name: str, scheme: str, resolved: list[str]) -> None:
    """As a connection that the host itself refuses, before its name is looked up; with the line."""
    with intercepting(Recorder(), is_ours), pytest.raises(USUAL[name], match=REFUSED) as refused:
        LIBRARIES[name](f"{scheme}://example.com/")
    assert any(isinstance(error, EgressRefused) for error in chain(refused.value))
    assert "tests/testing/recording.py:" in str(refused.value)
    assert resolved == []


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:9"])
@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("name", ["requests", "httpx", "urllib.request"])
def test_nor_by_way_of_a_proxy_here(
    guarded: None, monkeypatch: pytest.MonkeyPatch, name: str, scheme: str, proxy: str
) -> None:
    """Seen to fail with the destination of a tunnel unchecked, and that of a whole URL."""
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(variable, proxy)
    with pytest.raises(OSError if name != "httpx" else httpx.ConnectError, match=KEPT_OUT):
        LIBRARIES[name](f"{scheme}://example.com/")


def test_nor_by_a_connection_that_is_open(outside: int, resolved: list[str]) -> None:
    """Seen to fail with open connections left alone."""
    with requests.Session() as session:
        assert session.get(f"http://example.com:{outside}").text == "out"
        with intercepting(Recorder(), is_ours), pytest.raises(requests.ConnectionError, match="kept out"):
            session.get(f"http://example.com:{outside}")


# --- beneath the libraries ----------------------------------------------------------------------


def by_asyncio(host: str) -> None:
    async def connect() -> None:
        _, writer = await asyncio.open_connection(host, 443)
        writer.close()

    asyncio.run(connect())


def by_address(_: str) -> None:
    with socket.socket() as plain:
        plain.connect(("192.0.2.7", 443))


def by_error_code(_: str) -> None:
    with socket.socket() as plain:
        plain.connect_ex(("192.0.2.7", 443))


def by_asyncio_and_address(_: str) -> None:
    by_asyncio("192.0.2.7")


def by_six(_: str) -> None:
    with socket.socket(socket.AF_INET6) as plain:
        plain.connect(("2001:db8::7", 443, 0, 0))


def by_uvloop(host: str) -> None:
    async def connect() -> None:
        _, writer = await asyncio.open_connection(host, 443)
        writer.close()

    uvloop.run(connect())


def by_uvloop_and_name(host: str) -> None:
    async def look_up() -> None:
        await asyncio.get_running_loop().getaddrinfo(host, 443)

    uvloop.run(look_up())


def by_uvloop_and_address(_: str) -> None:
    async def connect() -> None:
        with socket.socket() as plain:
            plain.setblocking(False)
            await asyncio.get_running_loop().sock_connect(plain, ("192.0.2.7", 443))

    uvloop.run(connect())


SOCKETS: dict[str, Callable[[str], Any]] = {
    "create_connection": lambda host: socket.create_connection((host, 443)),
    "getaddrinfo": lambda host: socket.getaddrinfo(host, 443),
    "bytes": lambda host: socket.getaddrinfo(host.encode(), "https"),
    "asyncio": by_asyncio,
    "uvloop": by_uvloop,
    "uvloop, names": by_uvloop_and_name,
}
ADDRESSES = {
    "connect": by_address,
    "connect_ex": by_error_code,
    "asyncio": by_asyncio_and_address,
    "six": by_six,
    "uvloop": by_uvloop_and_address,
}


@pytest.mark.parametrize("connect", SOCKETS.values(), ids=SOCKETS)
def test_a_socket_by_name(guarded: None, connect: Callable[[str], Any]) -> None:
    """With the line also where a thread of asyncio looks the name up."""
    with pytest.raises(EgressRefused, match=REFUSED) as refused:
        connect("example.com")
    assert "test_interception_egress.py:" in str(refused.value)


@pytest.mark.parametrize("connect", ADDRESSES.values(), ids=ADDRESSES)
def test_a_socket_by_address(connected: list[Any], connect: Callable[[str], Any]) -> None:
    with intercepting(Recorder(), is_ours), pytest.raises(EgressRefused, match=r"7 is no host of"):
        connect("")
    assert connected == []


@pytest.mark.parametrize("connect", SOCKETS.values(), ids=SOCKETS)
@pytest.mark.parametrize("strict", [True, False])
def test_a_vendors_host_by_what_is_not_intercepted(connect: Callable[[str], Any], strict: bool) -> None:
    """It would be the real vendor: refused with advice, also where other hosts are let through."""
    advice = rf"{HOST} is simulated, .*simulator exec.*base URL"
    with intercepting(Recorder(), is_ours, guarded=strict), pytest.raises(EgressRefused, match=advice):
        connect(HOST)


# --- let through ----------------------------------------------------------------------------------


@pytest.mark.parametrize("allow", [["example.com"], ["EXAMPLE.com."], ["*.com"], ["x", "example.com"]])
@every_library
def test_an_allowed_host(
    fetch: Callable[[str], Any], allow: list[str], outside: int, resolved: list[str]
) -> None:
    with intercepting(Recorder(), is_ours, allow):
        assert fetch(f"http://example.com:{outside}/") == b"out"
    assert set(resolved) == {"example.com"}


@pytest.mark.parametrize("allow", ["*.example.com", "ample.com", "www.example.com", "*", "127.0.0.1"])
def test_what_does_not_allow_it(allow: str) -> None:
    with intercepting(Recorder(), is_ours, [allow]), pytest.raises(EgressRefused):
        socket.getaddrinfo("example.com", 80)


def test_an_address_that_an_allowed_name_led_to(
    monkeypatch: pytest.MonkeyPatch, connected: list[Any]
) -> None:
    """And that address for as long as it lasts. Seen to fail with what was found not kept in mind."""
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.7", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with intercepting(Recorder(), is_ours, ["example.com"]):
        socket.create_connection(("example.com", 443)).close()
    assert connected == [("192.0.2.7", 443)]
    with intercepting(Recorder(), is_ours), pytest.raises(EgressRefused):
        by_address("")


def test_an_allowed_address(connected: list[Any]) -> None:
    with intercepting(Recorder(), is_ours, ["192.0.2.7", "2001:db8::7"]):
        by_address("")
        by_six("")
    assert len(connected) == 2


def test_unguarded(resolved: list[str], connected: list[Any]) -> None:
    with intercepting(Recorder(), is_ours, guarded=False):
        assert socket.getaddrinfo("example.com", 80)
        by_address("")
    assert (resolved, connected) == (["example.com"], [("192.0.2.7", 443)])


def test_what_one_allows_is_allowed_within(resolved: list[str]) -> None:
    with intercepting(Recorder(), is_ours, ["example.com"]), intercepting(Recorder(), is_ours, guarded=False):
        assert socket.getaddrinfo("example.com", 80)
        with pytest.raises(EgressRefused):
            socket.getaddrinfo("example.org", 80)


@pytest.mark.parametrize(
    "host",
    ["localhost", "LOCALHOST", "127.0.0.1", "127.8.8.8", "::1", "[::1]", "0.0.0.0", "::", "a.localhost", ""],
)
def test_this_computer_is_free(host: str) -> None:
    assert is_here(host.lower().strip("[]"))


def test_servers_and_clients_of_this_computer(guarded: None, outside: int) -> None:
    """Sockets of every kind that stay here; a datagram's connection sends nothing."""
    assert requests.get(f"http://localhost:{outside}", timeout=30).text == "out"
    assert httpx.get(f"http://127.0.0.1:{outside}").text == "out"
    by_asyncio_at(outside)
    first, second = socket.socketpair()
    with first, second:
        second.sendall(b"x")
        assert first.recv(1) == b"x"
    with socket.socket(type=socket.SOCK_DGRAM) as datagrams, contextlib.suppress(OSError):
        datagrams.connect(("192.0.2.7", 53))
    assert socket.getaddrinfo(None, 80, flags=socket.AI_PASSIVE)
    assert socket.getaddrinfo(socket.gethostname(), 80)


def by_asyncio_at(port: int) -> None:
    async def connect() -> None:
        _, writer = await asyncio.open_connection("localhost", port)
        writer.close()
        await writer.wait_closed()

    asyncio.run(connect())


def test_a_refusal_is_a_refused_connection(guarded: None) -> None:
    """So that a client's own handling of a host that is down handles it."""
    with pytest.raises(ConnectionRefusedError) as refused:
        http.client.HTTPConnection("example.com").connect()
    assert refused.value.errno == errno.ECONNREFUSED
    again = pickle.loads(pickle.dumps(refused.value))  # as processes tell each other of failures
    assert (type(again), str(again)) == (EgressRefused, str(refused.value))


def test_who_answers_hears_names_plainly() -> None:
    heard: set[str] = set()

    def mine(host: str, _: int) -> bool:
        heard.add(host)
        return True

    def handle(sent: Sent) -> Answered:
        return Answered(200, [], sent.url.encode())

    with intercepting(handle, mine):
        for url in ("http://API.Infact.NO/", "http://api.infact.no./"):
            assert requests.get(url, timeout=30).text.lower() == url.lower().replace("no.", "no")
            assert httpx.get(url).status_code == 200
    assert heard == {"api.infact.no"}
