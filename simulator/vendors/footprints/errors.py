"""Footprints' errors: one catalogue of what can be wrong, and the bodies they come in (footprints.errors)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from flask import Response
from werkzeug.wrappers import Request

from simulator.kernel import errors
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.cors import HEADERS

STATUS: dict[type[errors.DomainError], int] = {
    errors.Malformed: 400,
    errors.Invalid: 400,
    errors.Conflict: 400,
    errors.Unauthenticated: 401,
    errors.NotFound: 404,
    errors.UnknownOperation: 404,
    errors.MethodNotAllowed: 404,
    errors.TooLarge: 413,
    errors.InternalFault: 500,
}
TEXTS = {400: "Bad request", 404: "Not found", 413: "request entity too large", 500: "Internal server error"}


@dataclass(frozen=True)
class Broken:
    """One rule that a value breaks: Joi's name of it, what leads to the value, and the text."""

    kind: str
    path: tuple[str | int, ...]
    text: str

    @property
    def message(self) -> str:
        label = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return f'"{label.removeprefix(".") or "value"}" {self.text}'


class BrokenRules(errors.Invalid):
    """Values that are refused; the first is what the message says."""

    def __init__(self, broken: Sequence[Broken]) -> None:
        super().__init__({rule.message: [rule.text] for rule in broken}, broken[0].message)
        self.broken = broken


def broken(kind: str, name: str, text: str) -> BrokenRules:
    """One field is refused: `broken("any.required", "leadId", "is required")`."""
    return BrokenRules([Broken(kind, (name,), text)])


def required(name: str) -> BrokenRules:
    return broken("any.required", name, "is required")


class TokenRefused(errors.DomainError):
    """No token is given out: `error` of RFC 6749, section 5.2."""

    def __init__(self, status: int, error: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.error = error


class InvalidToken(errors.DomainError):
    """An access token that is missing, unknown or expired."""


def render(world: World, request: Request, error: errors.DomainError) -> Response:
    """`error` as the vendor answers it."""
    if isinstance(error, errors.Malformed) and request.path == "/api/token":
        error = TokenRefused(400, "invalid_request", error.detail or TEXTS[400])
    if isinstance(error, TokenRefused):
        return _token_refused(world, error)
    if isinstance(error, InvalidToken):
        world.assume(rules.TOKEN_ERRORS)
        said = {"code": 401, "error": "invalid_token", "error_description": error.detail}
        return _answer(401, said | {"status": "error", "success": False, "message": error.detail})
    if isinstance(error, errors.UnknownOperation | errors.MethodNotAllowed):
        world.assume(rules.UNKNOWN_ROUTE)
    world.assume(rules.ERRORS)
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    plain = isinstance(error, errors.UnknownOperation | errors.MethodNotAllowed) or not error.detail
    said_text = TEXTS[status] if plain else error.detail
    body: dict[str, Any] = {"status": "error", "success": False, "message": said_text, "error": said_text}
    if isinstance(error, BrokenRules):
        body["details"] = [
            {"message": rule.message, "path": list(rule.path), "type": rule.kind} for rule in error.broken
        ]
    return _answer(status, body)


def _token_refused(world: World, error: TokenRefused) -> Response:
    world.assume(rules.TOKEN_ERRORS)
    body = {"code": error.status, "error": error.error, "error_description": error.detail}
    challenge = {"WWW-Authenticate": 'Basic realm="Service"'} if error.status == 401 else {}
    return _answer(error.status, body, challenge)


def _answer(status: int, body: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    return Response(orjson.dumps(body), status, HEADERS | (headers or {}), content_type="application/json")
