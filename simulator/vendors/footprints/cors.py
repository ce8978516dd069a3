"""Pages of any origin may call: omnichannel.js is loaded and used from the customers' own sites."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response
from werkzeug.wrappers import Request

HEADERS = {"Access-Control-Allow-Origin": "*"}


def preflight(request: Request, methods: Iterable[str]) -> Response:
    """The answer to a browser that asks whether it may."""
    asked = request.headers.get("Access-Control-Request-Headers", "")
    headers = HEADERS | {
        "Access-Control-Allow-Methods": ", ".join(sorted(methods)),
        "Access-Control-Max-Age": "86400",
    }
    return Response(status=204, headers=headers | ({"Access-Control-Allow-Headers": asked} if asked else {}))
