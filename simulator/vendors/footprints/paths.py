"""How the owner of a request is recognised before any of the vendor's code is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from simulator.kernel.authorization import basic, bearer


def credential_of(environ: Mapping[str, str]) -> str | None:
    """The access token, the key of Basic, or the App Key in a link or header; bodies are not looked into."""
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    for name in ("access_token", "appkey"):
        said = query.get(name, [""])[0]  # of two the first, as where it is checked
        if said:
            return said
    header = environ.get("HTTP_AUTHORIZATION", "")
    token = bearer(header)
    if token is not None:
        return token
    key_and_secret = basic(header)
    return key_and_secret[0] if key_and_secret else environ.get("HTTP_APPKEY")
