"""How Altcraft reads bodies and writes answers: JSON or XML, in the form that the client asks for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import orjson
from flask import Response

from simulator.kernel.contract import Operation
from simulator.kernel.errors import Invalid, Malformed, UnsupportedMedia
from simulator.kernel.payload import Payload
from simulator.kernel.pipeline import exchange
from simulator.kernel.violation import escape
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import xml

if TYPE_CHECKING:
    from simulator.vendors.altcraft.auth import Caller

JSON = "application/json"
FORMATS = ("json", "xml")
IN_DATA = ("/email", "/phone", "/provider", "/subscription_id")
"""Search values that may stand in the data instead (altcraft.search-value-in-data)."""
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
    payload = _payload()
    if payload is None:
        raise UnsupportedMedia
    if payload.error is not None:
        raise Malformed(payload.error)
    if not isinstance(payload.value, dict):
        raise Malformed("an object is wanted")
    if not payload.is_text:
        return payload.value
    world().assume(rules.XML_SINGLE)
    return cast(dict[str, Any], operation().accepted[JSON].types.typed(payload.value))


def _payload() -> Payload | None:
    """The body read by its content type, or as JSON (altcraft.other-content-type); None if it is not read."""
    mimetype, payload = exchange().request.mimetype, exchange().payload
    if mimetype == JSON or mimetype in xml.MEDIA_TYPES or not payload.raw:
        return payload
    return Payload(payload.raw) if world().assume(rules.OTHER_CONTENT_TYPE) == "json" else None


def body(*left_out: str, value_in_data: bool = False) -> dict[str, Any]:
    """The body, right by the contract, without keys that the operation does not name: nobody judged them.

    The insides of the members `left_out` are for the caller to judge; with `value_in_data` a search value
    may be missing beside the data. Raises Malformed, UnsupportedMedia, Invalid.
    """
    value = sent()
    if any(violation["keyword"] == "additionalProperties" for violation in exchange().entry.violations):
        world().assume(rules.EXTRA_KEYS)
    judged = {
        key: type(inner)() if key in left_out and isinstance(inner, dict | list) else inner
        for key, inner in value.items()
    }
    found = operation().accepted[JSON].violations(judged, "body")
    found = [v for v in found if not (value_in_data and v.keyword == "required" and v.pointer in IN_DATA)]
    problems = {v.pointer: v.message for v in found}
    if "/format" not in problems and exchange().request.args.get("format", "json") not in FORMATS:
        problems["/format"] = "is neither json nor xml"
    if "/format" in problems and world().assume(rules.UNKNOWN_FORMAT) == "json":
        del problems["/format"]
    if "/data" in problems and value.get("data", "") is None:
        world().assume(rules.NULL_DATA)
    if problems:
        pointer, message = next(iter(problems.items()))
        raise Invalid({name: [text] for name, text in problems.items()}, f"{pointer} {message}".strip())
    named = _named()
    return {key: inner for key, inner in value.items() if key in named}


def _named() -> Mapping[str, Any]:
    """The members of the operation's body, as the contract has them."""
    pointer = f"{operation().pointer}/requestBody/content/{escape(JSON)}/schema"
    schema: Mapping[str, Any] = exchange().app.contract.resolved(pointer)[1]["properties"]
    return schema


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
    request, payload = exchange().request, _payload()
    known = payload is not None and payload.raw and isinstance(payload.value, dict)
    for named in (cast(Payload, payload).value.get("format") if known else None, request.args.get("format")):
        if named in FORMATS:
            return str(named)
    accepted = request.accept_mimetypes.best_match([JSON, *xml.MEDIA_TYPES], default=JSON)
    if accepted in xml.MEDIA_TYPES and request.accept_mimetypes.provided:
        world().assume(rules.FORMAT)
        return "xml"
    return "json"
