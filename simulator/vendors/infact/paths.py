"""How a request is recognised before any of the vendor's code is loaded."""

from __future__ import annotations

from collections.abc import Mapping

from simulator.kernel.authorization import basic, bearer


def canonical_path(path: str) -> str:
    """Paths match without regard to case or to one slash at the end (infact.path-spelling).

    Only ASCII letters are folded: WSGI hands paths over as bytes in disguise.
    """
    return path.encode("latin-1", "replace").lower().decode("latin-1").removesuffix("/") or "/"


def credential_of(environ: Mapping[str, str]) -> str | None:
    """The login of Basic, or the token of Bearer; None where there is neither."""
    header = environ.get("HTTP_AUTHORIZATION", "")
    token = bearer(header)
    if token is not None:
        return token
    login_and_password = basic(header)
    return login_and_password[0] if login_and_password else None
