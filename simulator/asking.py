"""Asks the control API of a running simulator, as commands do."""

from __future__ import annotations

import json
import ssl
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

PATIENCE_SECONDS = 30


class CannotAsk(Exception):
    """There is no answer to be had; the message says why."""


def ask(place: str, token: str | None, ca: Path | None = None) -> Any:
    """The JSON at a URL; over HTTPS the authority in `ca` is trusted, too. Raises CannotAsk."""
    try:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = Request(place, headers=headers)  # noqa: S310 - the user's own URL
        # a proxy of the surroundings knows nothing of a server on this computer
        opener = build_opener(ProxyHandler({}), HTTPSHandler(context=_trusting(ca)))
        with opener.open(request, timeout=PATIENCE_SECONDS) as answer:
            return json.load(answer)
    except HTTPError as error:
        raise CannotAsk(f"{place} answers {error.code}: {_detail(error)}") from error
    except URLError as error:
        raise CannotAsk(f"{place} cannot be reached: {_reason(error, ca)}") from error
    except (OSError, ValueError) as error:
        raise CannotAsk(f"{place}: {error}") from error


def _trusting(ca: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca is not None and ca.exists():
        context.load_verify_locations(ca)
    return context


def _reason(error: URLError, ca: Path | None) -> str:
    if isinstance(error.reason, ssl.SSLCertVerificationError):
        return f"its certificate is none of the CA {ca} ({error.reason.verify_message}; --ca-dir)"
    return str(error.reason)


def _detail(error: HTTPError) -> str:
    """What a problem document or a line of text says, and what to do about a missing token."""
    text = error.read().decode(errors="replace")
    try:
        detail = str(json.loads(text)["detail"])
    except (ValueError, LookupError, TypeError):
        detail = text.strip() if error.headers.get_content_type() == "text/plain" else str(error.reason)
    return f"{detail} (--admin-token)" if error.code == 401 else detail
