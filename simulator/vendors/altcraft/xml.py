"""Bodies in XML: the root is `xml`, each key an element, arrays repeat theirs (guide, API interaction).

An array of one is marked `array='true'` in requests; without the mark the contract says what is an array.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict

from simulator.kernel.payload import MOST_NESTED, nested_too_deeply

MEDIA_TYPES = ("application/xml", "text/xml")
ROOT = "xml"
MARK = "@array"
TEXT = "#text"
NO_CHARACTERS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot have, section 2.2."""

NO_NAME = re.compile("[^A-Za-zÀ-ÖØ-öø-ÿА-яЁё0-9_.-]")
"""What names of elements are made without; XML itself allows a little more."""


def read(raw: bytes) -> Any:
    """What stands below the root, with texts at its leaves and None for empty elements; an object without
    members for a root without. Raises ValueError."""
    try:
        document = xmltodict.parse(raw)
    except (ExpatError, LookupError) as error:  # LookupError: an encoding that nobody knows
        raise ValueError(f"XML: {error}") from error
    if document.keys() != {ROOT}:
        raise ValueError(f"XML: the root is not <{ROOT}>")
    if nested_too_deeply(document):
        raise ValueError(f"XML: nested deeper than {MOST_NESTED} levels")
    return _plain(document[ROOT]) or {}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_mark(item) for item in value]
    inner = _without_mark(value)
    if not isinstance(value, dict) or value.get(MARK) != "true":
        return inner
    return [] if inner is None else [inner]


def _without_mark(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    kept = {name: _plain(inner) for name, inner in value.items() if not name.startswith(("@", "#"))}
    return kept or value.get(TEXT)


def write(value: dict[str, Any]) -> bytes:
    """`value` as the vendor writes it: `<xml><error>0</error>…</xml>`, an empty array as an empty element."""
    text: str = xmltodict.unparse({ROOT: _named(value)}, full_document=False)
    return text.encode()


def _named(value: Any) -> Any:
    """`value` with keys that can be names of elements, and texts that XML can have."""
    if isinstance(value, str):
        return NO_CHARACTERS.sub("\ufffd", value)
    if not isinstance(value, dict):
        return value
    named = {}
    for key, inner in value.items():
        name = NO_NAME.sub("_", key)
        name = f"_{name}" if re.match(r"[\d.-]|$", name) else name
        named[name] = _items(name, inner) if isinstance(inner, list) else _named(inner)
    return named


def _items(name: str, items: list[Any]) -> list[Any]:
    """The elements of an array; an array in it is an element with its own items below."""
    return [
        {name: _items(name, item)} if isinstance(item, list) else _named(item) for item in items or [None]
    ]
