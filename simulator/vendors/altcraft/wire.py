"""How Altcraft reads bodies and writes answers: JSON or XML, in the form that the client asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import orjson
from flask import Response

from simulator.kernel.contract import Operation
from simulator.kernel.errors import Invalid, Malformed, UnsupportedMedia
from simulator.kernel.pipeline import exchange
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import xml

if TYPE_CHECKING:
    from simulator.vendors.altcraft.auth import Caller

JSON = "application/json"
SUCCESS = {"error": 0, "error_text": "Successful operation"}


def world() -> World:
    """The world of the request being answered."""
    return exchange().world


def caller() -> Caller:
    """Who the request being answered is from."""
    return cast("Caller", exchange().account)


def operation() -> Operation:
    """The contract's operation of the request being answered."""
    return exchange().app.contract.operations[cast(str, exchange().operation)]


def sent() -> dict[str, Any]:
    """The body as it came, JSON or XML. Raises Malformed or UnsupportedMedia."""
    request, payload = exchange().request, exchange().payload
    known = request.mimetype == JSON or request.mimetype in xml.MEDIA_TYPES
    if not known and world().assume(rules.OTHER_CONTENT_TYPE) == "refuse":
        raise UnsupportedMedia
    if payload.error is not None:
        raise Malformed(payload.error)
    if not isinstance(payload.value, dict):
        raise Malformed("an object is wanted")
    if not payload.is_text:
        return payload.value
    return cast(dict[str, Any], operation().accepted[JSON].types.typed(payload.value))


def body(*left_out: str) -> dict[str, Any]:
    """The body, right by the contract but for keys it does not name, and but for what is in `left_out`,
    which the caller judges itself. Raises Malformed, UnsupportedMedia, Invalid."""
    value = sent()
    judged = {key: inner for key, inner in value.items() if key not in left_out}
    found = operation().accepted[JSON].violations(judged, "body")
    found = [
        violation for violation in found if violation.pointer.split("/")[1:2] not in [[n] for n in left_out]
    ]
    if found:
        world().assume(rules.ERROR_TEXTS)
        raise Invalid(
            {v.pointer: [v.message] for v in found}, f"{found[0].pointer} {found[0].message}".strip()
        )
    return value


def done(**members: Any) -> Response:
    """The answer of a write: error, error_text, then `members`."""
    return written({**SUCCESS, **members})


def read(data: Any, **counters: Any) -> Response:
    """The answer of a read: data, error, error_text, then the counters."""
    return written({"data": data, **SUCCESS, **counters})


def written(
    value: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """`value` in the form that the client asked for."""
    if _form() == "xml":
        return Response(
            xml.write(dict(value)), status, headers, content_type="application/xml; charset=utf-8"
        )
    return Response(orjson.dumps(value), status, headers, content_type="application/json; charset=utf-8")


def _form() -> str:
    """json or xml: by the parameter of the body or the query, else by the header Accept (altcraft.format)."""
    request, payload = exchange().request, exchange().payload
    named = payload.value.get("format") if payload.raw and isinstance(payload.value, dict) else None
    named = named or request.args.get("format")
    if named in ("json", "xml"):
        return cast(str, named)
    accepted = request.accept_mimetypes.best_match([JSON, *xml.MEDIA_TYPES], default=JSON)
    if accepted in xml.MEDIA_TYPES and request.accept_mimetypes.provided:
        world().assume(rules.FORMAT)
        return "xml"
    return "json"
