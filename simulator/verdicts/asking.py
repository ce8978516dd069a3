"""`simulator verdict`: asks a running simulator what a world's clients did, and whether that fails a run."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from simulator.asking import CannotAsk, ask
from simulator.verdicts.formats import FORMATS
from simulator.verdicts.words import headline, plural

Row = dict[str, Any]
SUFFIXES = {".json": "json", ".xml": "junit", ".sarif": "sarif", ".md": "markdown"}
"""The format that a file's name asks for."""


def fetch(url: str, world: str | None, token: str | None, ca: Path | None = None) -> Row:
    """The verdict on a world, by default on that of the URL. Raises CannotAsk."""
    place = f"{url.rstrip('/')}{f'/_worlds/{quote(world)}' if world else ''}/_simulator/verdict?format=json"
    found = ask(place, token, ca)
    if not isinstance(found, dict) or "violations" not in found:
        raise CannotAsk(f"{place} is no simulator's verdict")
    return found


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
