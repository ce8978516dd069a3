"""The servers that were weighed: `python -m benchmarks.candidates NAME APP PORT` starts one of them.

APP is `simulator`, the whole of it, or `bare`, a Flask application that answers the same bytes and
parses and stores the same JSON.
"""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ITEM = "/infact/v1/datasources/265/objects/members/data/900001"
IMPORT = "/infact/v1/datasources/265/objects/members/data/import/json"
TOKEN = "/infact/v1/Account/token"


def simulator() -> WSGIApplication:
    from simulator.config import Settings
    from simulator.server import build

    return build(Settings())


def bare() -> WSGIApplication:
    import orjson
    from flask import Flask, Response, request

    from benchmarks.samples import ITEM_ANSWER

    app = Flask("bare")
    rows: dict[int, Any] = {}

    @app.get(ITEM)
    def item() -> Response:
        return Response(ITEM_ANSWER, content_type="application/json")

    @app.post(IMPORT)
    def store() -> Response:
        for row in orjson.loads(request.get_data())["Items"]:
            rows[row["id"]] = row
        return Response(b'{"Imported":1}', content_type="application/json")

    return app


def uvicorn(app: WSGIApplication, port: int) -> None:
    from simulator import server, ways

    with server.stoppable() as stop, ways.listening("127.0.0.1", port) as listener:
        server.run(app, listener, stop)


def granian(threads: int) -> Callable[[WSGIApplication, int], None]:
    def serve(app: WSGIApplication, port: int) -> None:
        from granian import Granian
        from granian.constants import Interfaces

        settings: dict[str, Any] = {"interface": Interfaces.WSGI, "blocking_threads": threads, "workers": 1}
        server = Granian("-", address="127.0.0.1", port=port, log_enabled=False, **settings)
        server.serve(target_loader=lambda: app, wrap_loader=False)

    return serve


def waitress(app: WSGIApplication, port: int) -> None:
    from waitress import serve

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    serve(app, host="127.0.0.1", port=port, threads=4, _quiet=True)


def gevent(app: WSGIApplication, port: int) -> None:
    from gevent.pywsgi import WSGIHandler, WSGIServer

    class Handler(WSGIHandler):  # type: ignore[misc]
        """Without this each answer waits 40 ms."""

        def __init__(self, connection: socket.socket, *more: Any, **options: Any) -> None:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            super().__init__(connection, *more, **options)

    WSGIServer(("127.0.0.1", port), app, log=None, handler_class=Handler).serve_forever()


def cheroot(app: WSGIApplication, port: int) -> None:
    from cheroot.wsgi import Server

    server = Server(("127.0.0.1", port), app, numthreads=10)
    # by itself it hangs up on the eleventh connection
    server.keep_alive_conn_limit = 100
    server.start()


SERVERS: dict[str, Callable[[WSGIApplication, int], None]] = {
    "uvicorn": uvicorn,
    "granian-1": granian(1),
    "granian-4": granian(4),
    "gevent": gevent,
    "waitress": waitress,
    "cheroot": cheroot,
}
APPS: dict[str, Callable[[], WSGIApplication]] = {"simulator": simulator, "bare": bare}

if __name__ == "__main__":
    name, application, port = sys.argv[1:]
    SERVERS[name](APPS[application](), int(port))
