"""A WSGI application for clients of this process, and the same one behind a socket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from simulator import server, ways
from simulator.bridge import ask
from simulator.testing.interception import Answered, Sent, intercepting

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def handed_to(app: WSGIApplication) -> Callable[[Sent], Answered]:
    """What answers as the application does."""

    def handle(sent: Sent) -> Answered:
        url = urlsplit(sent.url)
        target = f"{url.path}?{url.query}"
        return Answered(*ask(app, sent.method, target, sent.headers, sent.body, scheme=url.scheme))

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
    with ways.listening("127.0.0.1", 0) as listener, server.in_thread(app, listener):
        yield listener.getsockname()[1]
