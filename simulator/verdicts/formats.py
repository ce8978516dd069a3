"""The formats of a verdict: media type, and how the document is written."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from simulator.verdicts import junit, markdown, sarif


def as_json(verdict: dict[str, Any]) -> str:
    return json.dumps(verdict, indent=2, ensure_ascii=False) + "\n"


FORMATS: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "json": ("application/json", as_json),
    "junit": ("application/xml", junit.render),
    "sarif": ("application/sarif+json", sarif.render),
    "markdown": ("text/markdown", markdown.render),
}
