"""Writes what a vendor's generator makes: JSON, JSON lines or CSV, complete or not at all."""

from __future__ import annotations

import csv
import importlib
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import orjson

FORMATS = ("json", "jsonl", "csv")
Row = dict[str, Any]


class CannotGenerate(ValueError):
    """The vendor has no generator, or the file cannot be written like this."""


def generate(vendor: str, count: int, seed: int, path: Path | None, form: str | None) -> None:
    """`count` rows into `path`, or to standard output. Raises CannotGenerate.

    `form` is one of FORMATS, by default what the path ends in, or jsonl.
    """
    generator = _generator(vendor)
    form = form or ("jsonl" if path is None else path.suffix.removeprefix("."))
    if form not in FORMATS:
        raise CannotGenerate(f"{path}: a file ends in .json, .jsonl or .csv, or --format says what it is")
    try:
        lines = WRITERS[form](generator, _watched(generator.rows(count, seed), count))
        if path is None:
            _write(sys.stdout.buffer, lines)
        else:
            _write_file(path, lines)
    except OSError as error:
        raise CannotGenerate(f"{path or 'standard output'} cannot be written: {error.strerror}") from error
    except ValueError as error:
        raise CannotGenerate(str(error)) from error


def _generator(vendor: str) -> ModuleType:
    name = f"simulator.vendors.{vendor}.generator"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise CannotGenerate(f"nothing can be generated for {vendor}") from error


def _json(generator: ModuleType, rows: Iterable[Row]) -> Iterator[bytes]:
    before, after = generator.envelope
    yield before
    for number, row in enumerate(rows):
        yield (b",\n" if number else b"\n") + orjson.dumps(row)
    yield b"\n" + after + b"\n"


def _jsonl(_: ModuleType, rows: Iterable[Row]) -> Iterator[bytes]:
    for row in rows:
        yield orjson.dumps(row) + b"\n"


def _csv(generator: ModuleType, rows: Iterable[Row]) -> Iterator[bytes]:
    line = io.StringIO(newline="")
    writer = csv.DictWriter(line, generator.columns, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow(row)
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()
    yield line.getvalue().encode()


WRITERS: dict[str, Callable[[ModuleType, Iterable[Row]], Iterator[bytes]]] = {
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
}


def _watched(rows: Iterable[Row], count: int) -> Iterable[Row]:
    """The rows, with a progress bar where somebody looks at standard error."""
    if not sys.stderr.isatty():
        return rows
    from rich.console import Console  # noqa: PLC0415 - only where there is a bar to draw
    from rich.progress import track  # noqa: PLC0415

    return track(rows, "generating", total=count, console=Console(stderr=True), transient=True)


def _write_file(path: Path, lines: Iterable[bytes]) -> None:
    draft = path.with_name(f"{path.name}.tmp")
    try:
        with draft.open("wb") as file:
            _write(file, lines)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _write(file: BinaryIO, lines: Iterable[bytes]) -> None:
    file.writelines(lines)
    file.flush()
