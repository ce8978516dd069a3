"""The bridge, spoken to as an HTTP server speaks: what reaches the application, and what goes back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from werkzeug import Request

from simulator.bridge import Bridge, environ_of
from simulator.crew import Crew

SCOPE: dict[str, Any] = {
    "type": "http",
    "method": "POST",
    "scheme": "http",
    "http_version": "1.1",
    "raw_path": b"/a",
    "query_string": b"",
    "headers": [],
    "server": ("127.0.0.1", 7470),
    "client": ("127.0.0.1", 50000),
}


def tell(app: Any, parts: tuple[bytes, ...] = (b"",), *, limit: int = 1000, **scope: Any) -> dict[str, Any]:
    """What a client gets: status, headers, the messages with its body, and what `seen` heard."""
    heard: list[int] = []
    bridge = Bridge(app, seen=lambda _, status: heard.append(status), body_limit=limit)
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages[-1]["more_body"] = False
    sent: list[Any] = []

    async def receive() -> Any:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(bridge({**SCOPE, **scope}, receive, send))
    start, *rest = sent
    return {
        "status": start["status"],
        "headers": start["headers"],
        "chunks": [message["body"] for message in rest],
        "left": messages,
        "heard": heard,
    }


def environ_for(parts: tuple[bytes, ...] = (b"",), **scope: Any) -> dict[str, Any]:
    found: dict[str, Any] = {}

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        found.update(environ, body=environ["wsgi.input"].read())
        start_response("204 No Content", [])
        return []

    assert tell(app, parts, **scope)["status"] == 204
    return found


def test_paths_and_queries_arrive_as_sent() -> None:
    environ = environ_for(raw_path=b"/a%20b//%2f%ff%C3%A6", query_string=b"x=%26&y")
    assert environ["PATH_INFO"].encode("latin-1") == b"/a b///\xff\xc3\xa6"
    assert environ["QUERY_STRING"] == "x=%26&y"
    assert environ["REQUEST_URI"] == "/a%20b//%2f%ff%C3%A6?x=%26&y"


def test_headers_arrive_as_sent() -> None:
    sent = [(b"x-one", b"1"), (b"x-one", b"2"), (b"cookie", b"a=1"), (b"cookie", b"b=2")]
    environ = environ_for(headers=[*sent, (b"x-name", b"\xe6"), (b"x_one", b"3"), (b"content-type", b"a/b")])
    assert environ["HTTP_X_ONE"] == "1,2"
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_NAME"] == "æ"
    assert environ["CONTENT_TYPE"] == "a/b"


def test_a_body_is_whole_and_has_a_length() -> None:
    environ = environ_for((b"ab", b"", b"cd"), headers=[(b"transfer-encoding", b"chunked")])
    assert (environ["body"], environ["CONTENT_LENGTH"]) == (b"abcd", "4")


def test_a_chunked_body_is_read_by_the_application() -> None:
    headers = [(b"transfer-encoding", b"chunked"), (b"content-type", b"application/x-www-form-urlencoded")]
    request = Request(environ_of(SCOPE | {"headers": headers}, b"appkey=x"))
    assert request.get_data() == b"appkey=x"


def test_no_body_has_no_length_unless_it_was_said() -> None:
    assert "CONTENT_LENGTH" not in environ_for()
    assert environ_for(headers=[(b"content-length", b"0")])["CONTENT_LENGTH"] == "0"


def test_too_much_is_refused_before_it_is_all_here() -> None:
    answer = tell(None, (b"x" * 600, b"x" * 600, b"x" * 600), limit=1000)
    assert answer["status"] == 413
    assert (b"connection", b"close") in answer["headers"]
    assert len(answer["left"]) == 1


def test_a_client_that_breaks_off_is_not_served() -> None:
    async def receive() -> Any:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        pytest.fail(str(message))

    asyncio.run(Bridge(lambda *_: pytest.fail("called"))(dict(SCOPE), receive, send))


def test_an_application_that_fails_is_answered_for(caplog: pytest.LogCaptureFixture) -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        raise ZeroDivisionError("as asked")

    answer = tell(app)
    assert (answer["status"], answer["heard"]) == (500, [500])
    assert b"as asked" not in b"".join(answer["chunks"])
    assert "ZeroDivisionError: as asked" in caplog.text


def test_a_stream_leaves_chunk_by_chunk_and_is_closed() -> None:
    closed = threading.Event()

    class Stream:
        def __iter__(self) -> Iterator[bytes]:
            yield from (b"one", b"two", b"three")

        def close(self) -> None:
            closed.set()

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Stream:
        start_response("200 OK", [("Content-Type", "text/event-stream")])
        return Stream()

    assert tell(app)["chunks"] == [b"one", b"two", b"three", b""]
    assert closed.is_set()


def test_an_answer_of_known_length_leaves_as_one() -> None:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Length", "6")])
        yield from (b"one", b"two")

    assert tell(app)["chunks"] == [b"onetwo"]


# --- the crew ----------------------------------------------------------------------------


def test_quick_jobs_are_done_by_one_thread_in_their_order() -> None:
    done: list[tuple[int, int]] = []

    def job(number: int) -> None:
        done.append((number, threading.get_ident()))

    async def main() -> None:
        crew = Crew(patience=60)
        await asyncio.gather(*(crew.do(partial(job, number)) for number in range(50)))

    asyncio.run(main())
    assert [number for number, _ in done] == list(range(50))
    assert len({thread for _, thread in done}) == 1


def test_a_slow_job_does_not_hold_up_the_next() -> None:
    async def main() -> str:
        crew, released = Crew(patience=0.01), threading.Event()
        slow = asyncio.ensure_future(crew.do(lambda: released.wait(10)))
        await asyncio.sleep(0)
        quick = await crew.do(lambda: "quick")
        released.set()
        assert await slow
        return quick

    assert asyncio.run(main()) == "quick"


def test_there_are_never_more_than_so_many() -> None:
    async def main() -> int:
        crew, released, started = Crew(most=3, patience=0.001), threading.Event(), []

        def job() -> None:
            started.append(1)
            released.wait(60)

        waiting = [asyncio.ensure_future(crew.do(job)) for _ in range(10)]
        await asyncio.sleep(0.1)
        reached = len(started)
        released.set()
        await asyncio.gather(*waiting)
        return reached

    assert asyncio.run(main()) == 3


def test_a_failure_is_the_callers() -> None:
    async def main() -> None:
        crew = Crew()
        with pytest.raises(ValueError, match="no number"):
            await crew.do(lambda: int("no number"))
        assert await crew.do(lambda: 1) == 1

    asyncio.run(main())
