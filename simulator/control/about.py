"""GET / health ready version: is it there, and what is it?"""

from __future__ import annotations

from flask import Response, render_template_string, request

import simulator
from simulator.control.problems import Problem
from simulator.control.wire import answer, app, gateway, worlds
from simulator.kernel.routes import Routes
from simulator.kernel.worlds import BadBirth

routes = Routes()

PATIENCE = 2.0
"""Seconds that `ready` waits for the default world."""

LINKS = (
    "docs",
    "openapi.json",
    "vendors",
    "worlds",
    "clock",
    "requests",
    "verdict",
    "outbox",
    "fixtures",
    "fidelity",
    "version",
)
PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{{ name }}</title>
<h1>{{ name }} {{ version }}</h1>
<ul>{% for title, url in links.items() %}<li><a href="{{ url }}">{{ title }}</a></li>{% endfor %}</ul>
</html>
"""


@routes.get("/", "getIndex")
def get_index() -> Response | str:
    links = {name: f"{request.script_root}/{name}" for name in LINKS}
    index = {"name": "Simulator", "version": simulator.__version__, "links": links}
    if request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html":
        return render_template_string(PAGE, **index)
    return answer(index)


@routes.get("/health", "getHealth")
def get_health() -> Response:
    return answer({"status": "ok"})


NO_ACCESS = {"proxy_port": None, "ca": None}
"""What is said where nobody told the control API how else it is reached."""


@routes.get("/ready", "getReady")
def get_ready() -> Response:
    """Plants the default world's fixtures if nobody has; from then on says yes without touching it."""
    if not app().ready:
        _plant()
        app().ready = True
    return answer({"status": "ready"})


def _plant() -> None:
    world = worlds().get("default")
    if world is None:
        raise Problem(503, "there is no default world yet")
    if not world.store.lock.acquire(timeout=PATIENCE):
        raise Problem(503, "the default world is busy", headers={"Retry-After": "1"})
    try:
        for vendor in gateway().vendors:
            world.store.touch(vendor)
    except BadBirth as error:
        raise Problem(503, str(error)) from error
    finally:
        world.store.lock.release()


@routes.get("/version", "getVersion")
def get_version() -> Response:
    contracts = {name: gateway().contract(name) for name in gateway().vendors}
    return answer(
        {
            "name": "Simulator",
            "version": simulator.__version__,
            "commit": app().commit,
            "contracts": {
                name: {"version": contract.version, "hash": contract.hash}
                for name, contract in contracts.items()
            },
        }
    )


@routes.get("/access", "getAccess")
def get_access() -> Response:
    found = app().access
    return answer({"proxy_port": found.proxy_port, "ca": found.pem} if found else NO_ACCESS)
