"""Who calls: key and secret for a token, a token below /api, an App Key below /jsapi and /mobileapi."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.wrappers import Request

from simulator.kernel.authorization import basic, bearer
from simulator.kernel.errors import Unauthenticated
from simulator.kernel.pipeline import exchange
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates, wire
from simulator.vendors.footprints.errors import InvalidToken, TokenRefused, required
from simulator.vendors.footprints.state import APPLICATIONS, TOKENS

OPEN = {"getOmnichannelLibrary"}
LINKS = {"openAdLink"}
"""Opened by a browser: the App Key stands in the query."""
INVALID_CLIENT = "Client credentials are invalid"
INVALID_TOKEN = "The access token provided is invalid."  # noqa: S105
EXPIRED_TOKEN = "The access token provided has expired."  # noqa: S105


@dataclass(frozen=True)
class Caller:
    """The data source (application) that calls and, with a token, the person it was given to."""

    application: Document
    person: str | None = None


def authenticate(world: World, request: Request, operation: str) -> Caller | None:
    """Raises TokenRefused, InvalidToken, or what a missing or unknown App Key is."""
    if operation in OPEN:
        return None
    if operation == "createToken":
        return _by_key(world, request)
    path = exchange().app.contract.operations[operation].path
    if path.startswith("/api/"):
        return _by_token(world, request)
    return _by_appkey(world, request, request.args if operation in LINKS else wire.sent())


def _by_key(world: World, request: Request) -> Caller:
    key, secret = basic(request.headers.get("Authorization", "")) or (None, None)
    application = world.store.table(APPLICATIONS).first("key", key) if key else None
    if application is None or application["secret"] != secret:
        raise TokenRefused(401, "invalid_client", INVALID_CLIENT)
    return Caller(application)


def _by_token(world: World, request: Request) -> Caller:
    said = request.args.get("access_token", "")
    if not said:
        presented = bearer(request.headers.get("Authorization", ""))
        if presented is not None:
            world.assume(rules.BEARER)
            said = presented
    token = world.store.table(TOKENS).first("token", said) if said else None
    if token is None:
        raise InvalidToken(INVALID_TOKEN)
    if token["expires"] <= dates.now(world):
        raise InvalidToken(EXPIRED_TOKEN)
    return Caller(world.store.table(APPLICATIONS)[token["application"]], token["person"])


def _by_appkey(world: World, request: Request, fields: Mapping[str, Any]) -> Caller:
    # Flutter sends it in a header too
    said = fields.get("appkey") or fields.get("appKey") or request.headers.get("appKey")
    world.assume(rules.APPKEY)
    if not said:
        raise required("appkey")
    application = world.store.table(APPLICATIONS).first("key", said) if isinstance(said, str) else None
    if application is None:
        raise _InvalidAppkey
    return Caller(application)


class _InvalidAppkey(Unauthenticated):
    def __init__(self) -> None:
        super().__init__("appkey", presented=True)
        self.detail = "Invalid appkey"
