"""How a request is recognised before any of the vendor's code is loaded."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qs

from simulator.kernel.authorization import bearer


def canonical_path(path: str) -> str:
    """Doubled slashes count as one, and one at the end as none (altcraft.slashes)."""
    return re.sub("/+", "/", path).removesuffix("/") or "/"


def credential_of(environ: Mapping[str, str]) -> str | None:
    """The token of the header or of the query; the one in a body is not looked for."""
    token = bearer(environ.get("HTTP_AUTHORIZATION", ""))
    if token is not None:
        return token
    tokens = parse_qs(environ.get("QUERY_STRING", "")).get("token")
    return tokens[-1] if tokens else None
