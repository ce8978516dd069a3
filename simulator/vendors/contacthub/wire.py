"""How Contacthub reads and writes JSON: bodies held to the contract's schemas, lists in pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

import orjson
from flask import Response

from simulator.kernel.errors import Invalid, Malformed, TooLarge, UnsupportedMedia
from simulator.kernel.pipeline import exchange
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.errors import CORS

PAYLOAD_LIMIT = 65536
MOST_ELEMENTS = 10_000
WHOLE_PAGE = 50


def world() -> World:
    """The world of the request being answered."""
    return exchange().world


def caller() -> Caller:
    """Who the request being answered is from."""
    return cast(Caller, exchange().account)


def answer(value: Any, status: int = 200) -> Response:
    """`value` as the vendor writes JSON."""
    return Response(orjson.dumps(value), status, CORS, content_type="application/json;charset=UTF-8")


def empty(status: int = 200) -> Response:
    """A status without a body."""
    response = Response(status=status, headers=CORS)
    del response.headers["Content-Type"]
    return response


def received(limit: int | None = PAYLOAD_LIMIT) -> Any:
    """The JSON body, whatever it holds. Raises UnsupportedMedia, TooLarge, Malformed."""
    request, payload = exchange().request, exchange().payload
    if request.mimetype != "application/json":
        raise UnsupportedMedia
    if limit is not None and len(payload.raw) > limit:
        raise TooLarge(f"payload is larger than {limit} bytes")
    if payload.error is not None:
        raise Malformed("JSON parse error")
    return payload.value


def body(limit: int | None = PAYLOAD_LIMIT) -> Any:
    """The JSON body, right by the contract but for keys it does not name. Raises what the vendor would."""
    value = received(limit)
    operation = exchange().app.contract.operations[cast(str, exchange().operation)]
    found = operation.accepted["application/json"].violations(value, "body")
    if found:
        raise Invalid(_by_pointer((v.pointer, v.message) for v in found), "request is not valid")
    return value


def form() -> tuple[dict[str, str], dict[str, tuple[str, bytes]]]:
    """The fields and the files (name, content) of a multipart form, right by the contract. A file that is
    sent as a field has no name. Raises UnsupportedMedia, Invalid."""
    request = exchange().request
    operation = exchange().app.contract.operations[cast(str, exchange().operation)]
    checker = operation.accepted.get(request.mimetype)
    if checker is None:
        raise UnsupportedMedia
    # a part may come without a name, which the form then has as None
    fields = {name or "": texts[-1] for name, texts in request.form.lists()}
    files = {name or "": (file.filename or "", file.read()) for name, file in request.files.items()}
    if "file" in fields and "file" not in files:
        files["file"] = ("", fields.pop("file").encode())
    found = checker.violations(fields | dict.fromkeys(files, ""), "body")
    if found:
        raise Invalid(_by_pointer((v.pointer, v.message) for v in found), "request is not valid")
    return fields, files


def query() -> dict[str, Any]:
    """The query parameters by name, as their types, defaults filled in. Raises Invalid."""
    operation = exchange().app.contract.operations[cast(str, exchange().operation)]
    found: dict[str, Any] = {}
    problems: list[tuple[str, str]] = []
    for parameter in operation.parameters:
        if parameter.place != "query":
            continue
        texts = exchange().request.args.getlist(parameter.name)
        if texts:
            value = parameter.read(texts)
            wrong = parameter.checker.violations(value, "query", f"/{parameter.name}")
            problems += [(v.pointer, v.message) for v in wrong]
            found[parameter.name] = value
        elif parameter.required:
            problems.append((f"/{parameter.name}", f"{parameter.name} is required"))
    if problems:
        world().assume(rules.VALIDATION_TEXTS)
        raise Invalid(_by_pointer(problems), "request is not valid")
    return found


def _by_pointer(problems: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pointer, message in problems:
        found.setdefault(pointer, []).append(message)
    return found


def page(
    elements: Sequence[Any],
    number: int,
    size: int,
    show: Callable[[Any], Any] = lambda element: element,
    *,
    capped: bool = True,
) -> dict[str, Any]:
    """{elements, page}: one page of all `elements`, each as `show` has it. Beyond the last it is empty.

    `capped` lists tell how much of them can be reached.
    """
    total = len(elements)
    first = number * size
    told = {
        "size": size,
        "totalElements": total,
        "totalUnfilteredElements": total,
        "totalPages": -(-total // size) if size else 0,
        "number": number,
    }
    if capped:
        most = -(-MOST_ELEMENTS // size) if size else 0
        told |= {"maxElements": MOST_ELEMENTS, "maxPages": most}
    return {"elements": [show(element) for element in elements[first : first + size]], "page": told}


def whole(elements: Sequence[Any], show: Callable[[Any], Any] = lambda element: element) -> dict[str, Any]:
    """{elements, page}: all `elements` on one page, for lists that take no paging parameters."""
    return page(elements, 0, max(WHOLE_PAGE, len(elements)), show, capped=False)
