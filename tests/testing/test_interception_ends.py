"""Interception begun, nested and ended: what it leaves behind, and what was there before."""

from __future__ import annotations

import asyncio
import concurrent.futures.thread
import http.client
import json
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import httpx
import pytest
import requests
import urllib3
from werkzeug.wrappers import Response

from simulator.testing.interception import Answered, Sent, intercepting
from tests.testing.inside import listening
from tests.testing.recording import HOST, URL, Recorder, is_ours


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
            assert requests.get(URL, timeout=30).text == "inner"
            assert requests.get("https://api.contactlab.it", timeout=30).text == "outer"
        assert requests.get(URL, timeout=30).text == "outer"
        assert httpx.get(URL).text == "outer"
    assert places() == before


def test_ended_in_any_order() -> None:
    """As those of two threads may be."""
    before, first, second = places(), ExitStack(), ExitStack()
    first.enter_context(intercepting(Recorder("first"), is_ours))
    second.enter_context(intercepting(Recorder("second"), is_ours))
    first.close()
    assert requests.get(URL, timeout=30).text == "second"
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
    thread = threading.Thread(target=lambda: texts.append(requests.get(URL, timeout=30).text))
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
        json.loads(json.dumps(requests.get(f"http://127.0.0.1:{elsewhere}", timeout=30).text == "real"))
        return True

    with intercepting(relay, mine):
        assert requests.get(URL, timeout=30).text == "real"
        assert httpx.get(f"http://127.0.0.1:{elsewhere}").text == "real"
