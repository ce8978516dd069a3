"""What the views share: the world of the request, its judged query and body, and how answers are written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

import orjson
from flask import Response, current_app, g, request

from simulator.control.problems import Problem
from simulator.gateway import WORLD_PREFIX
from simulator.kernel.agenda import Ran
from simulator.kernel.contract import Operation
from simulator.kernel.payload import Payload
from simulator.kernel.pipeline import WORLD
from simulator.kernel.vendor import Vendor
from simulator.kernel.verdict import judge_request
from simulator.kernel.violation import Violation
from simulator.kernel.world import World

if TYPE_CHECKING:
    from simulator.control.app import ControlApp
    from simulator.gateway import Gateway
    from simulator.kernel.worlds import Worlds


def app() -> ControlApp:
    return cast("ControlApp", current_app)


def gateway() -> Gateway:
    return app().gateway


def worlds() -> Worlds:
    return gateway().worlds


def world() -> World:
    """The world that the request addresses."""
    found: World = request.environ[WORLD]
    return found


@contextmanager
def entered() -> Iterator[tuple[World, list[Ran]]]:
    """Be the only one in the addressed world, with all due work done: the world, and what was done."""
    with world().entered() as ran:
        yield world(), ran


def vendor_named(name: str, *, at: str = "") -> Vendor:
    """Raises Problem when there is none of this name: 404 for one in the path, 400 for one said at `at`."""
    if name not in gateway().vendors:
        detail = f"no vendor {name!r}; there are {', '.join(gateway().vendors)}"
        raise Problem(400, f"{at}: {detail}") if at else Problem(404, detail)
    return gateway().vendors[name]


def read(operation: Operation) -> None:
    """Judge the request by the control API's own document. Raises Problem 400."""
    # all that is read here is JSON: a client that did not say so (curl -d) is understood
    request.environ["CONTENT_TYPE"] = "application/json"
    payload = Payload(request.get_data(cache=True))
    # a body of an operation that takes none is not an error: some clients always send {}
    judged = payload if operation.bodies else Payload(b"")
    found = judge_request(app().contract, operation, request, request.view_args or {}, judged)
    if found:
        raise Problem(400, _sentence(found), violations=found)
    g.body = payload.value if payload.raw else {}
    g.query = {
        parameter.name: parameter.read(request.args.getlist(parameter.name))
        for parameter in operation.parameters
        if parameter.place == "query" and parameter.name in request.args
    }


def _sentence(found: list[Violation]) -> str:
    first = found[0]
    place = f"{first.place} {first.pointer}".strip()
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    return f"{place}: {first.message}{more}"


def body() -> dict[str, Any]:
    """The judged body; {} where none was sent."""
    found: dict[str, Any] = g.body
    return found


def query() -> dict[str, Any]:
    """The judged query parameters that were sent, typed."""
    found: dict[str, Any] = g.query
    return found


def answer(value: Any, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """`value` as JSON that people can read, too."""
    text = orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    return Response(text, status, headers, content_type="application/json")


def nothing() -> Response:
    response = Response(status=204)
    del response.headers["Content-Type"]
    return response


def address(of: World) -> str:
    """Where a world is reached: `http://127.0.0.1:7470`, and for all but the default its prefix."""
    root = request.host_url.removesuffix("/")
    return root if of.name == "default" else f"{root}/{WORLD_PREFIX}/{of.name}"
