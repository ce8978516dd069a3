"""Requests answered in the client's own process: what is intercepted, what is not, what is left behind."""

from __future__ import annotations

import asyncio
import concurrent.futures.thread
import http.client
import json
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import urllib3
from requests.adapters import BaseAdapter
from urllib3.exceptions import InsecureRequestWarning
from werkzeug.wrappers import Response

from simulator.testing.interception import Answered, Sent, intercepting
from tests.testing.echo import CLIENTS, Echo
from tests.testing.inside import inside, listening

HOST = "api.infact.no"
URL = f"https://{HOST}/v1"


class Recorder:
    """Answers everything with its own name."""

    def __init__(self, name: str = "ours") -> None:
        self.name = name
        self.sent: list[Sent] = []

    def __call__(self, sent: Sent) -> Answered:
        self.sent.append(sent)
        return Answered(200, [("Content-Type", "text/plain")], self.name.encode())

    @property
    def urls(self) -> list[str]:
        return [sent.url for sent in self.sent]


def is_ours(host: str, port: int) -> bool:
    return host == HOST


@pytest.fixture
def ours() -> Iterator[Recorder]:
    recorder = Recorder()
    with intercepting(recorder, is_ours):
        yield recorder


async def asynchronous(url: str) -> httpx.Response:
    async with httpx.AsyncClient() as session:
        return await session.get(url)


def by_http_client(url: str) -> bytes:
    secure, host = url.startswith("https:"), url.split("/")[2]
    with closing((http.client.HTTPSConnection if secure else http.client.HTTPConnection)(host)) as connection:
        connection.request("GET", url.split(host)[1])
        return connection.getresponse().read()


LIBRARIES: dict[str, Callable[[str], Any]] = {
    "requests": lambda url: requests.get(url, timeout=3).content,
    "httpx": lambda url: httpx.get(url, timeout=3).content,
    "httpx, asynchronous": lambda url: asyncio.run(asynchronous(url)).content,
    "urllib3": lambda url: urllib3.PoolManager(retries=False).request("GET", url).data,
    "urllib.request": lambda url: urllib.request.urlopen(url, timeout=3).read(),
    "http.client": by_http_client,
}
every_library = pytest.mark.parametrize("fetch", LIBRARIES.values(), ids=LIBRARIES)


# --- what leads to us ------------------------------------------------------------------------


@every_library
@pytest.mark.parametrize("url", [f"http://{HOST}/a%2Fb?c=%20", f"https://{HOST}/", f"https://{HOST}:8443/x"])
def test_a_vendors_host(ours: Recorder, fetch: Callable[[str], Any], url: str) -> None:
    assert fetch(url) == b"ours"
    assert ours.urls == [url]
    assert dict(ours.sent[0].headers)["Host"] == url.split("/")[2]


def test_the_port_may_decide() -> None:
    with intercepting(Recorder("7470"), lambda host, port: (host, port) == ("localhost", 7470)):
        assert requests.get("http://LOCALHOST:7470/", timeout=3).text == "7470"
        with pytest.raises(requests.ConnectionError):
            requests.get("http://localhost:1/", timeout=3)


@pytest.mark.parametrize("name", ["requests", "httpx", "httpx, asynchronous", "urllib3", "urllib.request"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_of_the_environment_is_not_asked(
    ours: Recorder, monkeypatch: pytest.MonkeyPatch, name: str, scheme: str
) -> None:
    """Seen to fail with the destination of a tunnel, and with that of a whole URL, not looked at."""
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    assert LIBRARIES[name](f"{scheme}://{HOST}/a%2Fb?c") == b"ours"
    assert ours.urls == [f"{scheme}://{HOST}/a%2Fb?c"]


def test_a_proxy_of_the_clients(ours: Recorder) -> None:
    with urllib3.ProxyManager("http://127.0.0.1:9") as proxied:
        assert proxied.request("GET", URL).data == proxied.request("GET", f"http://{HOST}/").data == b"ours"
    connection = http.client.HTTPSConnection("127.0.0.1", 9)
    connection.set_tunnel(HOST, headers={"X-Proxy": "1"})
    connection.request("GET", "/v1")
    assert connection.getresponse().read() == b"ours"
    with httpx.Client(proxy="http://127.0.0.1:9") as session:
        assert session.get(URL).content == b"ours"
    assert ours.urls == [URL, f"http://{HOST}/", URL, URL]


def test_verification_is_as_far_away_as_ever(ours: Recorder) -> None:
    """Who switches it off is warned by urllib3, and who does not is not."""
    with pytest.warns(InsecureRequestWarning):
        assert requests.get(URL, verify=False, timeout=3).text == "ours"
    assert httpx.get(URL, verify=False).text == "ours"
    with pytest.raises(OSError, match="no-such-file"):
        requests.get(URL, verify="no-such-file.pem", timeout=3)


def test_any_copy_of_urllib3(ours: Recorder) -> None:
    """As those that some packages bring along; pip's is one."""
    vendored: Any = pytest.importorskip("pip._vendor.requests")
    assert vendored.get(URL, timeout=3).text == "ours"


def test_a_class_made_meanwhile(ours: Recorder) -> None:
    """Seen to fail with __init_subclass__ left alone."""

    class Own(http.client.HTTPSConnection):
        def connect(self) -> None:
            raise AssertionError("it goes out by itself")

    connection = Own(HOST)
    connection.request("GET", "/")
    assert connection.getresponse().read() == b"ours"


IMPORTED_LATER = """
import sys
from simulator.testing.interception import Answered, intercepting
assert not {"httpx", "requests", "urllib3", "flask", "asyncio"} & set(sys.modules), sorted(sys.modules)
urls = []
def handle(sent):
    urls.append(sent.url)
    return Answered(200, [], b"")
with intercepting(handle, lambda host, port: host == "api.infact.no"):
    import httpx, requests, asyncio
    requests.get("https://api.infact.no/requests")
    httpx.get("https://api.infact.no/httpx")
    async def main():
        async with httpx.AsyncClient() as session:
            await asyncio.gather(session.get("https://api.infact.no/async"))
    asyncio.run(main())
print(*urls)
"""


def test_libraries_imported_later() -> None:
    """None is imported by us. Seen to fail with the finder left out."""
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED_LATER], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.stderr, done.stdout.split()) == (
        "",
        [f"https://{HOST}/{n}" for n in ("requests", "httpx", "async")],
    )


# --- what does not -----------------------------------------------------------------------------


def test_what_a_client_has_of_its_own_stays_its_own(ours: Recorder) -> None:
    class Adapter(BaseAdapter):
        def send(self, request: Any, *_: Any, **__: Any) -> requests.Response:
            answer = requests.Response()
            answer.status_code, answer.url, answer._content = 299, request.url, b"mine"
            return answer

        def close(self) -> None:
            pass

    session = requests.Session()
    session.mount("https://", Adapter())
    assert session.get(URL).status_code == 299
    with httpx.Client(transport=httpx.MockTransport(lambda _: httpx.Response(299))) as client:
        assert client.get(URL).status_code == 299
    with httpx.Client(mounts={f"https://{HOST}": httpx.WSGITransport(Echo())}) as client:
        assert client.get(URL).text == "æ"
        assert client.get(f"http://{HOST}").text == "ours"
    assert ours.urls == [f"http://{HOST}/"]


def test_a_transport_that_goes_on_to_httpx(ours: Recorder) -> None:
    class Marking(httpx.HTTPTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            request.headers["X-Marked"] = "1"
            return super().handle_request(request)

    with httpx.Client(transport=Marking(retries=2)) as client:
        assert client.get(URL).text == "ours"
    assert ("X-Marked", "1") in ours.sent[0].headers


def test_a_socket_in_the_file_system_is_of_this_computer(ours: Recorder, tmp_path: Path) -> None:
    """Whatever host the URL names. Seen to fail with the check of `uds` left out."""
    path = str(tmp_path / "s")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()

        def serve() -> None:
            taken, _ = listener.accept()
            with taken:
                taken.recv(1000)
                taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nunix")

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        with httpx.Client(transport=httpx.HTTPTransport(uds=path)) as client:
            assert client.get("http://docker.example.com/info").text == "unix"
        thread.join()


# --- as it is to be ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in CLIENTS if not name.endswith("async")])
def test_no_socket_and_no_thread_is_made(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen to fail with a client that goes out."""
    echo = Echo()
    made: list[Any] = []
    monkeypatch.setattr(socket.socket, "__init__", lambda *_, **__: made.append("a socket"))
    monkeypatch.setattr(threading.Thread, "start", lambda *_: made.append("a thread"))
    with inside(echo, "127.0.0.1:7470"):
        CLIENTS[name]("127.0.0.1:7470")
    assert echo.seen
    assert made == []


@every_library
def test_what_the_simulator_raises_comes_through(fetch: Callable[[str], Any]) -> None:
    class Fault(Exception):
        pass

    def fail(sent: Sent) -> Answered:
        raise Fault

    with intercepting(fail, is_ours), pytest.raises(Fault):
        fetch(f"http://{HOST}/")


def test_bytes_that_are_no_request_get_the_servers_answer(ours: Recorder) -> None:
    connection = http.client.HTTPConnection(HOST)
    connection.putrequest("GET", "/")
    connection.putheader("Content-Length", "many")
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (400, b"Invalid HTTP request received.")
    assert ours.sent == []


def test_a_request_that_does_not_end_times_out(ours: Recorder) -> None:
    connection = http.client.HTTPConnection(HOST, timeout=3)
    connection.putrequest("POST", "/")
    connection.putheader("Content-Length", "10")
    connection.endheaders(b"nine byte")
    with pytest.raises(TimeoutError):
        connection.getresponse()
    connection.close()
    assert ours.sent == []


def test_a_request_counts_when_it_is_sent(ours: Recorder) -> None:
    """Not when its answer is read: some clients never do. Seen to fail with the exchange made then."""
    connection = http.client.HTTPConnection(HOST)
    connection.request("POST", "/fire", b"and forget")
    connection.close()
    assert [sent.body for sent in ours.sent] == [b"and forget"]


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("GET", 204), ("GET", 304)])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_no_body_where_http_has_none(method: str, status: int, scheme: str) -> None:
    """Whatever the answer has. Seen to fail with bodies of HEAD, and of 204, delivered."""

    def handle(_: Sent) -> Answered:
        return Answered(status, [("Content-Length", "4")], b"body")

    with intercepting(handle, is_ours), requests.Session() as session:
        for _ in range(2):
            answer = session.request(method, f"{scheme}://{HOST}/")
            assert (answer.status_code, answer.content) == (status, b"")
            assert httpx.request(method, f"{scheme}://{HOST}/").content == b""
        assert (answer.headers.get("Content-Length") == "4") == (method == "HEAD")


def test_one_request_at_a_time(ours: Recorder) -> None:
    connection = http.client.HTTPConnection(HOST)
    connection.request("GET", "/first")
    with pytest.raises(http.client.CannotSendRequest):
        connection.request("GET", "/second")
    assert connection.getresponse().read() == b"ours"
    assert ours.urls == [f"http://{HOST}/first"]


def test_an_upgrade_is_not_taken(ours: Recorder) -> None:
    assert requests.get(URL, headers={"Connection": "Upgrade", "Upgrade": "h2c"}, timeout=3).text == "ours"


# --- begun, nested, ended --------------------------------------------------------------------------


def places() -> list[Any]:
    """All that is changed while somebody intercepts."""
    owners: list[tuple[Any, tuple[str, ...]]] = [
        (http.client.HTTPConnection, ("connect", "putrequest", "__init_subclass__")),
        (http.client.HTTPSConnection, ("connect",)),
        (urllib3.connection.HTTPConnection, ("connect", "putrequest")),
        (urllib3.connection.HTTPSConnection, ("connect",)),
        (httpx.HTTPTransport, ("handle_request",)),
        (httpx.AsyncHTTPTransport, ("handle_async_request",)),
        (socket, ("getaddrinfo",)),
        (socket.socket, ("connect", "connect_ex")),
        (asyncio.BaseEventLoop, ("create_task",)),
        (concurrent.futures.thread.ThreadPoolExecutor, ("submit",)),
    ]
    return [*(vars(owner).get(name) for owner, names in owners for name in names), *sys.meta_path]


def test_all_is_as_before() -> None:
    """Also after a failure inside. Seen to fail with a restored method left on a class that inherits it."""
    before = places()
    with pytest.raises(ZeroDivisionError), intercepting(Recorder(), is_ours):
        raise ZeroDivisionError(len([each for each in places() if each in before]))
    assert places() == before


def test_one_within_another() -> None:
    outer, inner, before = Recorder("outer"), Recorder("inner"), places()
    with intercepting(outer, lambda host, _: host in (HOST, "api.contactlab.it")):
        with intercepting(inner, is_ours):
            assert requests.get(URL, timeout=3).text == "inner"
            assert requests.get("https://api.contactlab.it", timeout=3).text == "outer"
        assert requests.get(URL, timeout=3).text == "outer"
        assert httpx.get(URL).text == "outer"
    assert places() == before


def test_ended_in_any_order() -> None:
    """As those of two threads may be."""
    before, first, second = places(), ExitStack(), ExitStack()
    first.enter_context(intercepting(Recorder("first"), is_ours))
    second.enter_context(intercepting(Recorder("second"), is_ours))
    first.close()
    assert requests.get(URL, timeout=3).text == "second"
    second.close()
    assert places() == before


def test_who_patches_on_top_may_end_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """What they put back then does what was there before us. Seen to fail with us active for ever."""
    with intercepting(Recorder(), is_ours):
        theirs = http.client.HTTPConnection.connect
    monkeypatch.setattr(http.client.HTTPConnection, "connect", theirs)
    connected: list[Any] = []
    monkeypatch.setattr(socket, "create_connection", lambda address, *_: connected.append(address))
    connection = http.client.HTTPConnection(HOST)
    with pytest.raises(AttributeError):  # for want of a socket
        connection.connect()
    assert connected == [(HOST, 80)]


def test_in_all_threads(ours: Recorder) -> None:
    texts: list[str] = []
    thread = threading.Thread(target=lambda: texts.append(requests.get(URL, timeout=3).text))
    thread.start()
    thread.join()
    assert texts == ["ours"]


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[int]:
    """A server at a port: what a client would have come to without us."""
    with listening(Response("real")) as port:
        yield port


@pytest.mark.parametrize("make", [requests.Session, httpx.Client])
def test_connections_kept_from_before_and_beyond(make: Callable[[], Any], elsewhere: int) -> None:
    """A connection that was open before leads to us meanwhile, and nothing of ours stays in the pool."""
    url = f"http://127.0.0.1:{elsewhere}/"
    with make() as session:
        assert session.get(url).text == "real"
        with intercepting(Recorder(), lambda host, port: port == elsewhere):
            assert session.get(url).text == "ours"
            assert session.get(url).text == "ours"
        assert session.get(url).text == "real"


def test_a_bare_connection_from_before_and_beyond(elsewhere: int) -> None:
    """Seen to fail with an open connection left as it is."""

    def get() -> bytes:
        connection.request("GET", "/")
        return connection.getresponse().read()

    connection = http.client.HTTPConnection("127.0.0.1", elsewhere)
    assert get() == b"real"
    with intercepting(Recorder(), lambda host, port: port == elsewhere):
        assert get() == b"ours"
    assert get() == b"real"
    connection.close()


def test_a_connection_of_ours_ends_with_us() -> None:
    """Seen to fail with an answer from a simulator whose test is over."""
    recorder = Recorder()
    connection = http.client.HTTPConnection(HOST)
    with intercepting(recorder, is_ours):
        connection.connect()
    with pytest.raises(ConnectionResetError):
        connection.request("GET", "/")
    assert recorder.sent == []


def test_what_the_simulator_does_itself_goes_where_it_likes(elsewhere: int) -> None:
    """One at a URL is asked over the network. Seen to fail with the simulator intercepted, too."""

    def relay(sent: Sent) -> Answered:
        connection = http.client.HTTPConnection("127.0.0.1", elsewhere)
        connection.request(sent.method, "/")
        try:
            return Answered(200, [], connection.getresponse().read())
        finally:
            connection.close()

    def mine(host: str, port: int) -> bool:
        json.loads(json.dumps(requests.get(f"http://127.0.0.1:{elsewhere}", timeout=3).text == "real"))
        return True

    with intercepting(relay, mine):
        assert requests.get(URL, timeout=3).text == "real"
        assert httpx.get(f"http://127.0.0.1:{elsewhere}").text == "real"
