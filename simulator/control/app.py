"""The control API as one Flask application: guard, judge, view."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from flask import Flask, request

from simulator.control import (
    about,
    clock,
    docs,
    fidelity,
    fixtures,
    journal,
    outbox,
    problems,
    state,
    vendors,
    verdict,
    wire,
)
from simulator.control import worlds as worlds_routes
from simulator.control.guard import Guard
from simulator.gateway import Gateway
from simulator.kernel.contract import Contract
from simulator.kernel.ledger import graded
from simulator.kernel.pipeline import BODY_LIMIT

if TYPE_CHECKING:
    from simulator.ways import Access

RESOURCES = (about, vendors, worlds_routes, fixtures, clock, journal, verdict, outbox, state, fidelity, docs)


@cache
def document() -> dict[str, Any]:
    """The control API's OpenAPI document."""
    found: dict[str, Any] = orjson.loads(Path(__file__).with_name("openapi.json").read_bytes())
    return found


class ControlApp(Flask):
    """`contract` is the control API's own document; `commit` the source it was built from, if known;
    `access` the ways to get here, if there are more than this one."""

    def __init__(self, gateway: Gateway, guard: Guard, commit: str | None, access: Access | None) -> None:
        super().__init__("simulator.control", static_folder=None)
        self.gateway = gateway
        self.guard = guard
        self.commit = commit
        self.access = access
        self.contract = Contract(document())
        self.ready = False
        self.graded = cache(graded)
        self.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
        self.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
        for resource in RESOURCES:
            resource.routes.register(self)
        problems.register(self)
        self.before_request(self._receive)

    def _receive(self) -> None:
        """Runs before an unknown path is refused: a stranger does not learn what there is."""
        self.guard.check(request, request.endpoint)
        if request.endpoint is not None:
            wire.read(self.contract.operations[request.endpoint])


def create_control(
    gateway: Gateway, guard: Guard | None = None, commit: str | None = None, access: Access | None = None
) -> ControlApp:
    """The control API over the worlds of `gateway`, for whom `guard` lets in (default: loopback)."""
    return ControlApp(gateway, guard or Guard(), commit, access)
