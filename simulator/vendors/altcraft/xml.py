"""Bodies in XML: the root is `xml`, each key an element, arrays repeat theirs (guide, API interaction).

An array of one is marked `array='true'` in requests; without the mark the contract says what is an array.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

MEDIA_TYPES = ("application/xml", "text/xml")
ROOT = "xml"
MARK = "@array"
TEXT = "#text"


def read(raw: bytes) -> Any:
    """What stands below the root, with texts at its leaves and None for empty elements. Raises ValueError."""
    try:
        document = xmltodict.parse(raw)
    except ExpatError as error:
        raise ValueError(f"XML: {error}") from error
    if document.keys() != {ROOT}:
        raise ValueError(f"XML: the root is not <{ROOT}>")
    return _plain(document[ROOT])


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {name: _plain(inner) for name, inner in value.items() if not name.startswith(("@", "#"))}
    inner = kept or value.get(TEXT)
    return [inner] if value.get(MARK) == "true" else inner


def write(value: dict[str, Any]) -> bytes:
    """`value` as the vendor writes it: `<xml><error>0</error>…</xml>`."""
    text: str = xmltodict.unparse({ROOT: _named(value)}, full_document=False)
    return text.encode()


def _named(value: Any) -> Any:
    """`value` with keys that can be names of elements."""
    if isinstance(value, list):
        return [_named(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {re.sub(r"^(?=[^A-Za-z_])|[^\w.-]", "_", name): _named(inner) for name, inner in value.items()}
