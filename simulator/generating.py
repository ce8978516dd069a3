"""Writes what a vendor's generator makes: JSON, JSON lines or CSV, complete or not at all."""

from __future__ import annotations

import csv
import importlib
import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO

import orjson

FORMATS = ("json", "jsonl", "csv")
Row = dict[str, Any]


class CannotGenerate(ValueError):
    """The vendor has no generator, or the file cannot be written like this."""


def generate(vendor: str, counts: Mapping[str, int], seed: int, path: Path | None, form: str | None) -> None:
    """So many of each kind into `path`, or to standard output. Raises CannotGenerate.

    `form` is one of FORMATS, by default what the path ends in, or jsonl. CSV of several kinds goes to
    one file for each, `shop-customers.csv` and `shop-events.csv` for `shop.csv`.
    """
    generator = _generator(vendor)
    form = form or ("jsonl" if path is None else path.suffix.removeprefix("."))
    if form not in FORMATS:
        raise CannotGenerate(f"{path}: a file ends in .json, .jsonl or .csv, or --format says what it is")
    if not counts or not counts.keys() <= generator.kinds.keys():
        raise CannotGenerate(f"say how many with {' and '.join(f'--{kind}' for kind in generator.kinds)}")
    try:
        _write_all(generator, counts, seed, path, form)
    except OSError as error:
        raise CannotGenerate(f"{path or 'standard output'} cannot be written: {error.strerror}") from error
    except ValueError as error:
        raise CannotGenerate(str(error)) from error


def _write_all(
    generator: ModuleType, counts: Mapping[str, int], seed: int, path: Path | None, form: str
) -> None:
    streams = {
        kind: _watched(rows, kind, counts.get(kind, 0))
        for kind, rows in generator.streams(counts, seed).items()
    }
    if form != "csv":
        _write(path, _json(generator, streams) if form == "json" else _jsonl(streams))
        return
    asked = [kind for kind in streams if kind in counts]
    if len(asked) > 1 and path is None:
        raise CannotGenerate("standard output takes CSV of one kind only")
    for kind in asked:
        target = path.with_stem(f"{path.stem}-{kind}") if path and len(asked) > 1 else path
        _write(target, _csv(generator.kinds[kind], streams[kind]))


def _generator(vendor: str) -> ModuleType:
    name = f"simulator.vendors.{vendor}.generator"
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise CannotGenerate(f"nothing can be generated for {vendor}") from error


def _json(generator: ModuleType, streams: Mapping[str, Iterable[Row]]) -> Iterator[bytes]:
    for before, rows in zip(generator.envelope, streams.values(), strict=False):
        yield before
        for number, row in enumerate(rows):
            yield (b",\n" if number else b"\n") + orjson.dumps(row)
        yield b"\n"
    yield generator.envelope[-1] + b"\n"


def _jsonl(streams: Mapping[str, Iterable[Row]]) -> Iterator[bytes]:
    for rows in streams.values():
        for row in rows:
            yield orjson.dumps(row) + b"\n"


def _csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    line = io.StringIO(newline="")
    writer = csv.writer(line, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row, column) for column in columns])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()
    yield line.getvalue().encode()


def _cell(row: Row, column: str) -> Any:
    """What a row has at a dotted path; structures as JSON."""
    value: Any = row
    for step in column.split("."):
        value = value[step]
    return orjson.dumps(value).decode() if isinstance(value, dict | list | bool) else value


def _watched(rows: Iterable[Row], kind: str, count: int) -> Iterable[Row]:
    """The rows, with a progress bar where somebody looks at standard error."""
    if not sys.stderr.isatty():
        return rows
    from rich.console import Console  # noqa: PLC0415 - only where there is a bar to draw
    from rich.progress import track  # noqa: PLC0415

    return track(rows, f"generating {kind}", total=count, console=Console(stderr=True), transient=True)


def _write(path: Path | None, lines: Iterable[bytes]) -> None:
    if path is None:
        _drain(sys.stdout.buffer, lines)
        return
    draft = path.with_name(f"{path.name}.tmp")
    try:
        with draft.open("wb") as file:
            _drain(file, lines)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _drain(file: BinaryIO, lines: Iterable[bytes]) -> None:
    file.writelines(lines)
    file.flush()
