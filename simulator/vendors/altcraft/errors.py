"""Altcraft's refusals: {error, error_text}, with HTTP 200 unless `altcraft.http-status` says otherwise."""

from __future__ import annotations

from flask import Response
from werkzeug.wrappers import Request

from simulator.kernel import errors
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import wire

CODES: dict[type[errors.DomainError], int] = {
    errors.Malformed: 400,
    errors.Invalid: 400,
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.UnknownOperation: 404,
    errors.MethodNotAllowed: 405,
    errors.Conflict: 409,
    errors.TooLarge: 413,
    errors.UnsupportedMedia: 415,
    errors.InternalFault: 500,
}
TEXTS = {
    400: "Incorrect request",
    401: "API token required",
    402: "Tariff limit reached",
    403: "No access",
    404: "Not found",
    405: "Method not allowed",
    409: "Duplicate",
    413: "Request too large",
    415: "Unsupported content type",
    500: "Internal server error",
}
TOLD = (errors.Malformed, errors.Invalid, errors.NotFound, errors.Conflict)
"""Whose detail is told to the client."""


class LimitReached(errors.DomainError):
    """The tariff allows no more profiles (code 402)."""


class InvalidSubscription(errors.Invalid):
    """A subscription that cannot be (altcraft.invalid-subscription)."""


class UnknownResource(InvalidSubscription):
    """A subscription to a resource that the token does not see."""


CODES[LimitReached] = 402


def refusal(world: World, error: errors.DomainError) -> dict[str, int | str]:
    """`error` as {error, error_text}: the text of its code, and what exactly is wrong."""
    world.assume(rules.ERROR_TEXTS)
    world.assume(rules.ORDER_OF_CHECKS)
    code = next(CODES[kind] for kind in type(error).__mro__ if kind in CODES)
    if code == 401 and isinstance(error, errors.Unauthenticated) and error.presented:
        code = world.assume(rules.UNKNOWN_TOKEN)
    if code == 403:
        world.assume(rules.FORBIDDEN_TEXT)
    if isinstance(error, errors.NotFound):
        code = world.assume(rules.NOT_FOUND_CODE)
    if isinstance(error, errors.Conflict):
        code = world.assume(rules.DUPLICATE_CODE)
    if isinstance(error, InvalidSubscription):
        world.assume(rules.INVALID_SUBSCRIPTION)
    if isinstance(error, UnknownResource):
        code = world.assume(rules.INVALID_SUBSCRIPTION_CODE)
    told = error.detail if isinstance(error, TOLD) else ""
    return {"error": code, "error_text": f"{TEXTS[code]}: {told}" if told else TEXTS[code]}


def render(world: World, request: Request, error: errors.DomainError) -> Response:  # noqa: ARG001
    """`error` as the vendor answers it, in the form that the client asked for."""
    said = refusal(world, error)
    if isinstance(error, errors.UnknownOperation | errors.MethodNotAllowed):
        shown = world.assume(rules.UNKNOWN_PATH) == "status"
    else:
        shown = world.assume(rules.HTTP_STATUS) == "mirror"
    status = int(said["error"]) if shown or said["error"] == 500 else 200
    headers = {"Allow": ", ".join(error.allow)} if isinstance(error, errors.MethodNotAllowed) else {}
    return wire.written(said, status, headers)
