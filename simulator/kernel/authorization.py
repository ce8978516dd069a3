"""The Authorization header of the schemes that vendors take: Bearer (RFC 6750 2.1) and Basic (RFC 7617 2)."""

from __future__ import annotations

import base64


def bearer(header: str) -> str | None:
    """The token, which may be empty; None where the scheme is another, or there is no header."""
    scheme, _, value = header.partition(" ")
    return value.strip() if scheme.lower() == "bearer" else None


def basic(header: str) -> tuple[str, str] | None:
    """Login and password; None where the scheme is another, or they cannot be read."""
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except ValueError:
        return None
    login, separator, password = text.partition(":")
    return (login, password) if separator else None
