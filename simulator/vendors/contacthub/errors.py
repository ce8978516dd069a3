"""Contacthub's errors: the body with four keys (API standards), and the framework's for unknown routes."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

import orjson
from flask import Response
from werkzeug.wrappers import Request

from simulator.kernel import errors
from simulator.kernel.pipeline import RAW_PATH
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules

UNAUTHENTICATED = "The client is not authorized to access the API"


class Existing(errors.Conflict):
    """Another customer has the unique properties; `data` names it, for who may read."""

    def __init__(self, detail: str, data: dict[str, Any] | None) -> None:
        super().__init__(detail)
        self.data = data


STATUS: dict[type[errors.DomainError], int] = {
    errors.Malformed: 400,
    errors.Invalid: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.MethodNotAllowed: 405,
    errors.Conflict: 409,
    Existing: 409,
    errors.TooLarge: 413,
    errors.UnsupportedMedia: 415,
    errors.RateLimited: 429,
    errors.InternalFault: 500,
}
DEFAULTS = {
    400: "request is not valid",
    413: "payload is too large",
    415: "Unsupported Media Type",
    429: "too many requests",
    500: "internal server error",
}
CORS = {"Access-Control-Allow-Origin": "*"}


def render(world: World, request: Request, error: errors.DomainError) -> Response:
    """`error` as the vendor answers it."""
    if isinstance(error, errors.UnknownOperation):
        return _framework(world, request)
    status = STATUS[type(error)]
    headers = dict(CORS)
    if isinstance(error, errors.TooLarge):
        status = world.assume(rules.TOO_LARGE)
    if isinstance(error, errors.MethodNotAllowed):
        headers["Allow"] = ", ".join(error.allow)
        return _standard(world, status, f"Request method '{request.method}' not supported", headers=headers)
    if isinstance(error, errors.RateLimited):
        headers["Retry-After"] = str(max(1, round(error.retry_after)))
    if status == 400:
        world.assume(rules.VALIDATION_TEXTS)
    listed = error.fields if isinstance(error, errors.Invalid) else {}
    data = error.data if isinstance(error, Existing) else None
    said = UNAUTHENTICATED if status == 401 else error.detail or DEFAULTS.get(status, "")
    return _standard(world, status, said, listed=listed, data=data, headers=headers)


def _standard(
    world: World,
    status: int,
    message: str,
    *,
    listed: dict[str, list[str]] | None = None,
    data: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    found = [
        {"message": text, "path": path, "data": None, "code": None}
        for path, texts in (listed or {}).items()
        for text in texts
    ]
    body = {"message": message, "logref": _logref(world), "data": data, "errors": found}
    return Response(orjson.dumps(body), status, headers, content_type="application/json;charset=UTF-8")


def _framework(world: World, request: Request) -> Response:
    # PHP's client tells it from the standard body by its `status` (contacthub-sdk-php, GuzzleApiClientTest)
    body = {
        "timestamp": int(world.clock.now().timestamp() * 1000),
        "status": 404,
        "error": "Not Found",
        "message": "No message available",
        "path": request.environ[RAW_PATH],
    }
    return Response(orjson.dumps(body), 404, CORS, content_type="application/json;charset=UTF-8")


def _logref(world: World) -> str:
    # errors leave no trace in state, so this is drawn from the request's number, not from a sequence
    seed = f"{world.birth.seed}/{world.journal.last_index}".encode()
    return str(uuid.UUID(bytes=hashlib.blake2b(seed, digest_size=16).digest(), version=4))
