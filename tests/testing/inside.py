"""A WSGI application for clients of this process, and the same one behind a socket."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from simulator import server, ways
from simulator.bridge import call, environ_of
from simulator.testing.interception import Answered, Sent, intercepting

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def handed_to(app: WSGIApplication) -> Callable[[Sent], Answered]:
    """What answers as the application does."""

    def handle(sent: Sent) -> Answered:
        url = urlsplit(sent.url)
        scope = {
            "method": sent.method,
            "scheme": url.scheme,
            "http_version": "1.1",
            "raw_path": url.path.encode("latin-1"),
            "query_string": url.query.encode("latin-1"),
            "headers": [(name.encode("latin-1"), value.encode("latin-1")) for name, value in sent.headers],
        }
        answer = call(app, environ_of(scope, sent.body))
        try:
            return Answered(answer.status, answer.headers, b"".join([answer.body, *(answer.chunks or ())]))
        finally:
            answer.close()

    return handle


@contextmanager
def inside(app: WSGIApplication, *hosts: str, **options: Any) -> Iterator[None]:
    """Requests to `hosts`, each with a port or without, are the application's."""

    def is_ours(host: str, port: int) -> bool:
        return host in hosts or f"{host}:{port}" in hosts

    with intercepting(handed_to(app), is_ours, **options):
        yield


@contextmanager
def listening(app: WSGIApplication) -> Iterator[int]:
    """The port at which the application is served."""
    stop = server.Stop()
    with ways.listening("127.0.0.1", 0) as listener:
        thread = threading.Thread(target=server.run, args=(app, listener, stop))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            stop(signal.SIGTERM, None)
            thread.join()
