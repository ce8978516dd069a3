"""Where in a client's source a request was made, as the client itself says in the header X-Simulator-Caller.

`src/people/client.py:41`: a path, quoted as in a URL and relative to the client's working directory where the
file lies below it, and a line. No vendor asked for it, so that what cannot be read is as good as nothing.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

KEY = "HTTP_X_SIMULATOR_CALLER"
"""Where a WSGI environment has it."""
WRITTEN = re.compile(r"([A-Za-z0-9_.~/%-]{1,1000}):([1-9][0-9]{0,6})")


class Caller(NamedTuple):
    """A line, counted from 1, of a file."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def read(value: str | None) -> Caller | None:
    """What a header's value says."""
    found = WRITTEN.fullmatch(value or "")
    if found is None:
        return None
    try:
        file = unquote(found[1], errors="strict")
    except UnicodeDecodeError:
        return None
    return Caller(file, int(found[2])) if file.isprintable() else None
