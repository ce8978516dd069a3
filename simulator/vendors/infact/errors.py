"""Infact's errors: one table from what went wrong to status and body (infact.error-bodies)."""

from __future__ import annotations

import hashlib
from typing import Any

import orjson
from flask import Response
from werkzeug.wrappers import Request

from simulator.kernel import errors
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules

REALM = "api.infact.no"
RFC = "https://tools.ietf.org/html/rfc7231#section-6.5."
INVALID = "One or more validation errors occurred."

PROBLEMS: dict[type[errors.DomainError], tuple[int, str, str]] = {
    errors.Malformed: (400, f"{RFC}1", INVALID),
    errors.Invalid: (400, f"{RFC}1", INVALID),
    errors.Forbidden: (403, f"{RFC}3", "Forbidden"),
    errors.NotFound: (404, f"{RFC}4", "Not Found"),
    errors.Conflict: (409, f"{RFC}8", "Conflict"),
    errors.TooLarge: (413, f"{RFC}11", "Payload Too Large"),
    errors.UnsupportedMedia: (415, f"{RFC}13", "Unsupported Media Type"),
    errors.RateLimited: (429, "https://tools.ietf.org/html/rfc6585#section-4", "Too Many Requests"),
    errors.InternalFault: (
        500,
        "https://tools.ietf.org/html/rfc7231#section-6.6.1",
        "An error occurred while processing your request.",
    ),
}


def render(world: World, request: Request, error: errors.DomainError) -> Response:  # noqa: ARG001
    """`error` as the vendor answers it."""
    if isinstance(error, errors.UnknownOperation):
        world.assume(rules.UNKNOWN_ROUTE)
        return _bare(404, {})
    world.assume(rules.ERROR_BODIES)
    if isinstance(error, errors.Unauthenticated):
        return _challenge(error)
    if isinstance(error, errors.MethodNotAllowed):
        return _bare(405, {"Allow": ", ".join(error.allow)})
    status, kind, title = PROBLEMS[type(error)]
    problem: dict[str, Any] = {"type": kind, "title": title, "status": status, "traceId": _trace_id(world)}
    if isinstance(error, errors.Invalid) and error.fields:
        problem["errors"] = error.fields
    elif isinstance(error, errors.Malformed):
        problem["errors"] = {"$": [error.detail]}
    elif error.detail:
        problem["detail"] = error.detail
    headers = {"Retry-After": str(int(error.retry_after))} if isinstance(error, errors.RateLimited) else {}
    return Response(
        orjson.dumps(problem), status, headers, content_type="application/problem+json; charset=utf-8"
    )


def _challenge(error: errors.Unauthenticated) -> Response:
    if error.scheme == "Basic":
        return _bare(401, {"WWW-Authenticate": f'Basic realm="{REALM}"'})
    reason = ' error="invalid_token"' if error.presented else ""
    return _bare(401, {"WWW-Authenticate": f"Bearer{reason}"})


def _bare(status: int, headers: dict[str, str]) -> Response:
    response = Response(status=status, headers=headers)
    del response.headers["Content-Type"]
    return response


def _trace_id(world: World) -> str:
    # errors leave no trace in state, so this is drawn from the request's number, not from a sequence
    digest = hashlib.blake2b(
        f"{world.birth.seed}/{world.journal.last_index}".encode(), digest_size=24
    ).hexdigest()
    return f"00-{digest[:32]}-{digest[32:]}-00"
