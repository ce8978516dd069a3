"""The life of one vendor request, as one list of stages.

The gateway has chosen the world; from here on one Flask application per vendor does
the rest, so that 404, 405 and 500 come out in that vendor's own shape.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, Response, g, request
from werkzeug import exceptions as http
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date
from werkzeug.routing import Rule
from werkzeug.wrappers import Request

from simulator.kernel import errors, media
from simulator.kernel.choices import Use, offers
from simulator.kernel.contract import Contract
from simulator.kernel.journal import Body, Entry
from simulator.kernel.payload import Payload
from simulator.kernel.routes import ExactRule
from simulator.kernel.tally import Tally
from simulator.kernel.vendor import Vendor
from simulator.kernel.verdict import judge_request, judge_response
from simulator.kernel.violation import Violation
from simulator.kernel.world import World

log = logging.getLogger(__name__)
WORLD = "simulator.world"
RAW_PATH = "simulator.path"
ENTRY = "simulator.entry"
BODY_LIMIT = 64 * 1024 * 1024
"""Bytes that are read into memory at all; a vendor's own limit is lower."""


class ContractDeviation(AssertionError):
    """An answer of the simulator's own breaks the vendor's contract."""


@dataclass(frozen=True)
class Policy:
    """How strict the pipeline is with the simulator itself, and what it shows.

    `raise_faults` lets the simulator's own failures through instead of answering 500; `whole_run` counts
    what all worlds are asked, and outlives them.
    """

    headers: bool = True
    check_responses: bool = False
    raise_faults: bool = False
    whole_run: Tally | None = None


@dataclass
class Exchange:
    """One request on its way through the stages."""

    app: VendorApp
    world: World
    request: Request
    payload: Payload
    entry: Entry
    operation: str | None = None
    use: Use | None = None
    unread: Exception | None = None
    account: Any = None
    response: Response | None = None


class VendorApp(Flask):
    """The application of one vendor; `view_functions` are its operations, by operationId."""

    url_rule_class: type[Rule] = ExactRule

    def __init__(self, vendor: Vendor, contract: Contract, policy: Policy) -> None:
        super().__init__(f"simulator.vendors.{vendor.name}", static_folder=None)
        self.vendor = vendor
        self.contract = contract
        self.offers = offers(contract)
        self.policy = policy
        self.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
        self.config["PROPAGATE_EXCEPTIONS"] = policy.raise_faults
        self.config["MAX_CONTENT_LENGTH"] = BODY_LIMIT
        self.url_map.strict_slashes = False
        self.url_map.merge_slashes = False
        vendor.parts.routes(self)

    def full_dispatch_request(self) -> Response:
        # the object itself: its proxy costs at each use
        current: Request = cast(Any, request)._get_current_object()
        world: World = current.environ[WORLD]
        with world.entered():
            exchange = g.exchange = open_entry(self, world, current)
            try:
                for stage in STAGES:
                    if exchange.response is None:
                        stage(exchange)
            except Exception as error:  # noqa: BLE001 - every failure becomes the vendor's own answer
                exchange.response = rendered(exchange, error)
            for stage in CLOSING:
                stage(exchange)
            return cast(Response, exchange.response)

    def handle_exception(self, error: Exception) -> Response:
        """The world could not be entered, or the answer not finished: the vendor's 500, with no entry."""
        if self.policy.raise_faults:
            raise error
        log.exception("%s %s failed", request.method, request.path, exc_info=error)
        world: World = request.environ[WORLD]
        return self.make_response(self.vendor.parts.render_error(world, request, errors.InternalFault()))


def open_entry(app: VendorApp, world: World, request: Request) -> Exchange:
    """Journal the request as it came, before anything can go wrong with it."""
    raw, unread = b"", None
    try:
        raw = request.get_data(cache=True)
    except (HTTPException, OSError) as error:
        unread = error  # the client broke off, or promised more than it sent, or sends too much
    entry = world.journal.open(
        time=world.clock.now(),
        vendor=app.vendor.name,
        method=request.method,
        path=request.environ[RAW_PATH],
        query=request.query_string.decode("latin-1"),
        headers=request.environ,
        body=raw,
    )
    request.environ[ENTRY] = entry
    payload = media.received(request, raw, app.vendor.parts.decoders)
    return Exchange(app, world, request, payload, entry, unread=unread)


def match(exchange: Exchange) -> None:
    """Which operation this is. No operation is the vendor's 404 or 405."""
    problem = exchange.request.routing_exception  # type: ignore[attr-defined]
    if problem is not None:
        method, path = exchange.request.method, exchange.request.path
        preflight = exchange.app.vendor.parts.preflight
        if method == "OPTIONS" and preflight and isinstance(problem, http.MethodNotAllowed):
            exchange.entry.contract = "ok"  # browsers ask on their own: no client's mistake
            answer = preflight(exchange.request, problem.valid_methods or [])
            exchange.response = exchange.app.make_response(answer)
            return
        exchange.entry.contract = "violation"
        exchange.entry.nearest = exchange.app.contract.nearest(method, path)
        message = f"{method} {path} is no operation of {exchange.app.vendor.title}"
        stray = Violation("operation", "", "undocumented", message, "documented")
        exchange.entry.violations = [stray.describe()]
        raise problem
    exchange.operation = exchange.entry.operation = exchange.request.endpoint  # type: ignore[attr-defined]


def receive(exchange: Exchange) -> None:
    """Nothing can be said of a request whose body could not be read."""
    if isinstance(exchange.unread, HTTPException):
        raise exchange.unread
    if exchange.unread is not None:
        raise errors.Malformed("the body ended before it was complete")


def judge_client(exchange: Exchange) -> None:
    """What the contract says of the request; never changes how the vendor answers."""
    operation = exchange.app.contract.operations[cast(str, exchange.operation)]
    arguments: Mapping[str, Any] = exchange.request.view_args or {}  # type: ignore[attr-defined]
    contract, use = exchange.app.contract, Use(exchange.app.offers[operation.id])
    found = judge_request(contract, operation, exchange.request, arguments, exchange.payload, use=use)
    exchange.use = use
    exchange.entry.contract = "violation" if any(v.severity == "error" for v in found) else "ok"
    exchange.entry.violations = [violation.describe() for violation in found]


def authenticate(exchange: Exchange) -> None:
    """Whose request it is, by the vendor's own rules."""
    parts = exchange.app.vendor.parts
    exchange.account = parts.authenticate(exchange.world, exchange.request, cast(str, exchange.operation))


def carry_out(exchange: Exchange) -> None:
    """The operation itself: load, service, dump. One transaction; an error undoes it all."""
    view = exchange.app.view_functions[cast(str, exchange.operation)]
    arguments: Mapping[str, Any] = exchange.request.view_args or {}  # type: ignore[attr-defined]
    with exchange.world.store.transaction():
        exchange.response = exchange.app.make_response(cast(Response, view(**arguments)))


def check_answer(exchange: Exchange) -> None:
    """What the contract says of our answer, when asked to look."""
    policy, response = exchange.app.policy, cast(Response, exchange.response)
    if not policy.check_responses or exchange.operation is None:
        return
    operation = exchange.app.contract.operations[exchange.operation]
    payload = media.answered(response, exchange.app.vendor.parts.decoders)
    deviations = judge_response(operation, response, payload)
    exchange.entry.deviations = [violation.describe() for violation in deviations]
    if deviations and policy.raise_faults:
        raise ContractDeviation(f"{operation.id} answered {response.status_code}: {deviations}")
    if deviations:
        log.error("%s answered against the contract: %s", operation.id, deviations)


def add_headers(exchange: Exchange) -> None:
    """When it is in this world, and what the simulator made of the request."""
    exchange.entry.assumed = exchange.world.assumed
    headers: Headers = cast(Response, exchange.response).headers
    headers.setdefault("Date", http_date(exchange.entry.time))
    if not exchange.app.policy.headers:
        return
    headers.add("X-Simulator-Request", str(exchange.entry.index))
    headers.add("X-Simulator-Operation", exchange.operation or "unknown")
    headers.add("X-Simulator-Contract", "ok" if exchange.entry.contract == "ok" else "violation")
    if exchange.entry.assumed:
        headers.add("X-Simulator-Assumed", ", ".join(exchange.entry.assumed))


def close_entry(exchange: Exchange) -> None:
    """Journal the answer as it goes out."""
    response = cast(Response, exchange.response)
    exchange.entry.status = response.status_code
    exchange.entry.response_headers = list(response.headers.items())
    exchange.entry.response_body = Body.of(response.get_data())


def count(exchange: Exchange) -> None:
    """Add it to what is known of this world's clients when the journal has forgotten it."""
    exchange.world.tally.add(exchange.entry, exchange.use)
    if exchange.app.policy.whole_run is not None:
        exchange.app.policy.whole_run.add(exchange.entry, exchange.use)


Stage = Callable[[Exchange], None]
STAGES: list[Stage] = [match, receive, judge_client, authenticate, carry_out]
CLOSING: list[Stage] = [check_answer, add_headers, close_entry, count]


def rendered(exchange: Exchange, error: Exception) -> Response:
    """Any failure, in the vendor's shape."""
    if isinstance(error, HTTPException):
        error = from_http(error)
    if not isinstance(error, errors.DomainError):
        if exchange.app.policy.raise_faults:
            raise error
        log.exception("%s %s failed", exchange.request.method, exchange.request.path, exc_info=error)
        error = errors.InternalFault()
    render = exchange.app.vendor.parts.render_error
    return exchange.app.make_response(render(exchange.world, exchange.request, error))


def from_http(error: HTTPException) -> errors.DomainError | HTTPException:
    """The framework's own refusals as facts a vendor knows how to word."""
    if isinstance(error, http.NotFound):
        return errors.UnknownOperation()
    if isinstance(error, http.MethodNotAllowed):
        return errors.MethodNotAllowed(error.valid_methods or [])
    if isinstance(error, http.RequestEntityTooLarge):
        return errors.TooLarge()
    if isinstance(error, http.UnsupportedMediaType):
        return errors.UnsupportedMedia()
    if (error.code or 500) < 500:
        return errors.Malformed(error.description or "")
    return error


def exchange() -> Exchange:
    """The exchange being carried out, for routes."""
    found: Exchange = g.exchange
    return found
