"""Tokens: who gets one, for how long, and what it says of its holder.

The grants are those of the vendor's page, Authentication, with one more for the refresh tokens it gives out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from simulator.kernel.clock import to_milliseconds
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import people
from simulator.vendors.footprints.errors import TokenRefused
from simulator.vendors.footprints.ids import new_hash, new_id
from simulator.vendors.footprints.state import PEOPLE, TOKENS

PARAMETERS = ("grant_type", "pin", "username", "password", "refresh_token")
APP, HOSTESS = "app_scope", "hostess_scope"
UNKNOWN_PERSON = "User credentials are invalid"
UNKNOWN_GRANT = "Invalid or missing grant_type parameter"

Asked = Mapping[str, Any]


def grant(world: World, application: Document, asked: Asked) -> tuple[Document, Document | None]:
    """A new token for what is asked, and the person it is for, if any. Raises TokenRefused."""
    kind = _text(asked, "grant_type")
    if kind not in GRANTS:
        raise TokenRefused(400, "invalid_request", UNKNOWN_GRANT)
    person = GRANTS[kind](world, application, asked)
    return _issued(world, application, person), person


def _issued(world: World, application: Document, person: Document | None) -> Document:
    world.assume(rules.SCOPES)
    seconds = world.assume(rules.TOKEN_LIFETIME)
    token: Document = {
        "id": new_id(world),
        "token": new_hash(world, "token"),
        "refresh": new_hash(world, "refresh"),
        "application": application["id"],
        "person": person and person["id"],
        "scope": [APP, HOSTESS] if person and people.is_hostess(person) else [APP],
        "seconds": seconds,
        "expires": to_milliseconds(world.clock.now() + timedelta(seconds=seconds)),
    }
    world.store.table(TOKENS).put(token)
    world.claim("footprints", token["token"])
    return token


def _by_key(world: World, application: Document, asked: Asked) -> Document | None:  # noqa: ARG001
    """The data source alone, or with the hostess whose PIN is sent along, as all samples do."""
    pin = _text(asked, "pin")
    if pin is None:
        return None
    person = world.store.table(PEOPLE).first("pin", pin)
    if world.assume(rules.PIN_WITH_KEY) == "required" and person is None:
        raise TokenRefused(400, "invalid_grant", UNKNOWN_PERSON)
    return person


def _by_pin(world: World, application: Document, asked: Asked) -> Document:  # noqa: ARG001
    pin = _text(asked, "pin")
    if pin is None:
        raise TokenRefused(400, "invalid_request", 'Missing parameter. "pin" is required')
    person = world.store.table(PEOPLE).first("pin", pin)
    if person is None:
        raise TokenRefused(400, "invalid_grant", UNKNOWN_PERSON)
    return person


def _by_password(world: World, application: Document, asked: Asked) -> Document:  # noqa: ARG001
    username, password = _text(asked, "username"), _text(asked, "password")
    if username is None or password is None:
        detail = 'Missing parameters. "username" and "password" are required'
        raise TokenRefused(400, "invalid_request", detail)
    person = world.store.table(PEOPLE).first("username", username)
    if person is None or person["password"] != password:
        raise TokenRefused(400, "invalid_grant", UNKNOWN_PERSON)
    return person


def _by_refresh(world: World, application: Document, asked: Asked) -> Document | None:
    """Whose token it was; a refresh token serves once, the access token beside it holds until it expires."""
    if world.assume(rules.REFRESH) == "unknown":
        raise TokenRefused(400, "invalid_request", UNKNOWN_GRANT)
    said = _text(asked, "refresh_token")
    if said is None:
        raise TokenRefused(400, "invalid_request", 'Missing parameter. "refresh_token" is required')
    old = world.store.table(TOKENS).first("refresh", said)
    if old is None or old["application"] != application["id"]:
        raise TokenRefused(400, "invalid_grant", "Invalid refresh token")
    world.store.table(TOKENS).put(old | {"refresh": None})
    return world.store.table(PEOPLE).get(old["person"]) if old["person"] else None


GRANTS: dict[str | None, Callable[[World, Document, Asked], Document | None]] = {
    "client_credentials": _by_key,
    "pin": _by_pin,
    "password": _by_password,
    "refresh_token": _by_refresh,
}


def _text(asked: Asked, name: str) -> str | None:
    """A parameter; None where it is not sent. Raises TokenRefused for what is no text."""
    value = asked.get(name)
    if value is not None and not isinstance(value, str):
        raise TokenRefused(400, "invalid_request", f'Invalid parameter. "{name}" must be a string')
    return value
