"""`simulator verdict`: asks a running simulator what a world's clients did, and whether that fails a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote
from urllib.request import ProxyHandler, Request, build_opener

from simulator.verdicts.formats import FORMATS
from simulator.verdicts.words import headline, plural

Row = dict[str, Any]
PATIENCE_SECONDS = 30
SUFFIXES = {".json": "json", ".xml": "junit", ".sarif": "sarif", ".md": "markdown"}
"""The format that a file's name asks for."""


class CannotAsk(Exception):
    """There is no verdict to be had; the message says why."""


def fetch(url: str, world: str | None, token: str | None) -> Row:
    """The verdict on a world, by default on that of the URL. Raises CannotAsk."""
    place = f"{url.rstrip('/')}{f'/_worlds/{quote(world)}' if world else ''}/_simulator/verdict?format=json"
    try:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = Request(place, headers=headers)  # noqa: S310 - the user's own URL
        # a proxy of the surroundings knows nothing of a server on this computer
        with build_opener(ProxyHandler({})).open(request, timeout=PATIENCE_SECONDS) as answer:
            found = json.load(answer)
    except HTTPError as error:
        raise CannotAsk(f"{place} answers {error.code}: {_detail(error)}") from error
    except URLError as error:
        raise CannotAsk(f"{place} cannot be reached: {error.reason}") from error
    except (OSError, ValueError) as error:
        raise CannotAsk(f"{place}: {error}") from error
    if not isinstance(found, dict) or "violations" not in found:
        raise CannotAsk(f"{place} is no simulator's verdict")
    return found


def _detail(error: HTTPError) -> str:
    """What a problem document says, and what to do about a missing token."""
    try:
        detail = str(json.load(error)["detail"])
    except (ValueError, LookupError, TypeError):
        detail = error.reason
    return f"{detail} (--admin-token)" if error.code == 401 else detail


def format_for(wanted: str | None, out: Path | None) -> str:
    """The format asked for, else that of the file's name, else Markdown."""
    return wanted or SUFFIXES.get(out.suffix.lower() if out else "", "markdown")


def written(verdict: Row, form: str) -> str:
    return FORMATS[form][1](verdict)


def failure(verdict: Row, fail_on: str) -> str | None:
    """Why a run fails that must not have done `fail_on`; None if it does not."""
    if fail_on != "never" and not verdict["ok"]:
        return headline(verdict)
    if fail_on == "assumed" and verdict["relied_on"]:
        return f"answers relied on {plural(len(verdict['relied_on']), 'guess', 'guesses')}"
    return None
