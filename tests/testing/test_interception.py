"""Requests answered in the client's own process: what is intercepted, what is not, and as what."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import requests
import urllib3
from requests.adapters import BaseAdapter
from urllib3.exceptions import InsecureRequestWarning

from simulator.testing.interception import Answered, Sent, intercepting
from tests.testing.echo import CLIENTS, Echo
from tests.testing.inside import inside
from tests.testing.recording import HOST, LIBRARIES, URL, Recorder, every_library, is_ours

# --- what leads to us ------------------------------------------------------------------------


@every_library
@pytest.mark.parametrize("url", [f"http://{HOST}/a%2Fb?c=%20", f"https://{HOST}/", f"https://{HOST}:8443/x"])
def test_a_vendors_host(ours: Recorder, fetch: Callable[[str], Any], url: str) -> None:
    assert fetch(url) == b"ours"
    assert ours.urls == [url]
    assert dict(ours.sent[0].headers)["Host"] == url.split("/")[2]


def test_the_port_may_decide() -> None:
    with intercepting(Recorder("7470"), lambda host, port: (host, port) == ("localhost", 7470)):
        assert requests.get("http://LOCALHOST:7470/", timeout=30).text == "7470"
        with pytest.raises(requests.ConnectionError):
            requests.get("http://localhost:1/", timeout=30)


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
        assert requests.get(URL, verify=False, timeout=30).text == "ours"
    assert httpx.get(URL, verify=False).text == "ours"
    with pytest.raises(OSError, match="no-such-file"):
        requests.get(URL, verify="no-such-file.pem", timeout=30)


def test_any_copy_of_urllib3(ours: Recorder) -> None:
    """As those that some packages bring along; pip's is one."""
    vendored: Any = pytest.importorskip("pip._vendor.requests")
    assert vendored.get(URL, timeout=30).text == "ours"


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
    connection = http.client.HTTPConnection(HOST, timeout=30)
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
    assert requests.get(URL, headers={"Connection": "Upgrade", "Upgrade": "h2c"}, timeout=30).text == "ours"
