"""What browsers ask before they call: the vendor's browser SDK runs in other sites' pages."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response
from werkzeug.wrappers import Request

from simulator.vendors.contacthub.errors import CORS

HEADERS = "Authorization, Content-Type, Contactlab-ClientId"
"""What the vendor's browser SDK sends (contacthub-sdk-browser)."""


def preflight(request: Request, methods: Iterable[str]) -> Response:
    """The answer to OPTIONS on a path that takes `methods`; it asks for no token, as browsers send none."""
    listed = ", ".join(sorted(methods))
    headers = {"Access-Control-Allow-Methods": listed, "Access-Control-Allow-Headers": HEADERS}
    if "Access-Control-Request-Method" not in request.headers:
        headers = {"Allow": listed}
    response = Response(status=200, headers=CORS | headers)
    del response.headers["Content-Type"]
    return response
