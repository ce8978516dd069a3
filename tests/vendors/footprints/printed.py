"""The requests that the samples of the vendor's documentation send, byte by byte; see samples/README.md."""

from __future__ import annotations

import re
from pathlib import Path

SAMPLES = Path(__file__).with_name("samples")
BLANK = re.compile(rb"\{\{([a-z_]+)\}\}")
NAMES = sorted(path.stem for path in SAMPLES.glob("*.http"))
"""`operation.language`: `addLead.curl`."""


def message(name: str, **values: str) -> bytes:
    """The request of a sample with its blanks filled. KeyError if one of them has no value."""
    head, _, body = (SAMPLES / f"{name}.http").read_bytes().partition(b"\r\n\r\n")
    given = {key.encode(): value.encode() for key, value in values.items()}
    body = BLANK.sub(lambda blank: given.get(blank[1], blank[0]), body)
    if body.startswith(b"{{size}}"):
        size = len(body.removeprefix(b"{{size}}\r\n").removesuffix(b"\r\n0\r\n\r\n"))
        given[b"size"] = b"%x" % size
    given[b"length"] = b"%d" % len(body)
    return BLANK.sub(lambda blank: given[blank[1]], head + b"\r\n\r\n" + body)


def blanks(name: str) -> set[str]:
    """What `message` must be told for a sample."""
    found = {blank.decode() for blank in BLANK.findall((SAMPLES / f"{name}.http").read_bytes())}
    return found - {"length", "size"}
