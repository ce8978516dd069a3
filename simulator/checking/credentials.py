"""Credentials from a file, TOML or JSON: by vendor and the names of `GET /_simulator/vendors`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


class BadCredentials(Exception):
    """The file cannot be read, or lacks something; the message says what."""


def read(path: Path | None) -> dict[str, dict[str, Any]]:
    """Credentials by vendor; none without a file. Raises BadCredentials."""
    if path is None:
        return {}
    try:
        text = path.read_text(encoding="utf-8")
        found = json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except OSError as error:
        raise BadCredentials(f"{path} cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise BadCredentials(f"{path}: {error}") from error
    if not isinstance(found, dict) or not all(isinstance(table, dict) for table in found.values()):
        raise BadCredentials(f"{path}: there is a table for each vendor, and nothing beside")
    return found


def demand(vendor: str, needs: Sequence[str], given: Mapping[str, Any]) -> None:
    """Raises BadCredentials naming those that are missing."""
    missing = [name for name in needs if given.get(name) is None]
    if missing:
        lines = "\n".join(f"  {name} = …" for name in missing)
        raise BadCredentials(
            f"{vendor} cannot be driven without {', '.join(missing)}."
            f" --credentials FILE says them (TOML or JSON):\n  [{vendor}]\n{lines}"
        )
