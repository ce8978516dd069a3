"""How a request is recognised before any of the vendor's code is loaded."""

from __future__ import annotations

import base64
from collections.abc import Mapping


def canonical_path(path: str) -> str:
    """Paths match without regard to case or to one slash at the end (infact.path-spelling).

    Only ASCII letters are folded: WSGI hands paths over as bytes in disguise.
    """
    return path.encode("latin-1", "replace").lower().decode("latin-1").removesuffix("/") or "/"


def credential_of(environ: Mapping[str, str]) -> str | None:
    """The login of Basic, or the token of Bearer; None where there is neither."""
    scheme, _, value = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    login_and_password = basic(scheme, value)
    return login_and_password[0] if login_and_password else None


def basic(scheme: str, value: str) -> tuple[str, str] | None:
    """Login and password of a Basic credential; None where it is not one."""
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(value.strip(), validate=True).decode()
    except ValueError:
        return None
    login, separator, password = text.partition(":")
    return (login, password) if separator else None
