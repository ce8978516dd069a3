"""How the owner of a request is recognised before any of the vendor's code is loaded."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from urllib.parse import parse_qs


def credential_of(environ: Mapping[str, str]) -> str | None:
    """The access token, the key of Basic, or the App Key in a link or header; bodies are not looked into."""
    query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True)
    for name in ("access_token", "appkey"):
        said = query.get(name, [""])[0]  # of two the first, as where it is checked
        if said:
            return said
    scheme, _, value = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    key_and_secret = basic(scheme, value)
    return key_and_secret[0] if key_and_secret else environ.get("HTTP_APPKEY")


def basic(scheme: str, value: str) -> tuple[str, str] | None:
    """Key and secret of a Basic credential; None where it is not one."""
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except ValueError:
        return None
    key, separator, secret = text.partition(":")
    return (key, secret) if separator else None
