"""The file of a job: CSV, read into rows that know on which line of the file they begin."""

from __future__ import annotations

import csv
import io

Row = tuple[int, list[str]]
"""The line it begins on, counted from 1 as editors do, and its cells."""


class BadFile(Exception):
    """The file cannot be loaded at all; the text says why."""


def rows(content: bytes) -> list[Row]:
    """The header and the rows that are not blank. Raises BadFile."""
    # newline="" ends lines at \n, \r\n and \r, as editors do, and leaves those inside quotes as they are
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    found: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if cells:
                found.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(f"line {line}: {error}") from error
    if not found:
        raise BadFile("the file is empty")
    return found


def _text(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `object` and `start` are of what follows a byte order mark, if there is one
        line = error.object.count(b"\n", 0, error.start) + 1
        raise BadFile(
            f"the file is not UTF-8: byte 0x{error.object[error.start]:02x} in line {line}"
        ) from error
    if "\0" in text:
        raise BadFile("the file is no text")
    return text
