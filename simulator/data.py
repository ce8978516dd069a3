"""Where contracts and fixtures are: beside the package in a checkout, inside it when installed.

Both are written in YAML and read as the JSON bundled from it (`make bundle`; a test
holds the two equal), because parsing YAML would be most of the start-up time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import orjson

PACKAGE = Path(__file__).parent


def root() -> Path:
    """The folder that holds `contracts/` and `fixtures/`."""
    installed = PACKAGE / "_data"
    return installed if installed.is_dir() else PACKAGE.parent


@cache
def contract(vendor: str) -> dict[str, Any]:
    """A vendor's contract. Raises LookupError when there is none."""
    return _read(root() / "contracts" / vendor / "openapi.json")


def contract_hash(vendor: str) -> str:
    """First 12 hex digits of the SHA-256 of the bundled contract."""
    return hashlib.sha256((root() / "contracts" / vendor / "openapi.json").read_bytes()).hexdigest()[:12]


def commit() -> str | None:
    """The commit this was built from, as 12 hex digits; None where nobody noted it.

    Image builds note it in `_data/commit`; a checkout is asked itself.
    """
    noted, git = root() / "commit", root() / ".git"
    if noted.is_file():
        return noted.read_text().strip()[:12] or None
    try:
        head = (git / "HEAD").read_text().strip()
        name = head.removeprefix("ref: ")
        return (head if name == head else (git / name).read_text().strip())[:12]
    except OSError:
        return None


def _read(path: Path) -> dict[str, Any]:
    try:
        document: dict[str, Any] = orjson.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise LookupError(f"there is no {path.parent.name}/{path.name}") from error
    return document


class FixtureFiles:
    """The fixtures that come with the simulator: `fixtures/{vendor}/{name}.json`."""

    def names(self, vendor: str) -> list[str]:
        return sorted(path.stem for path in (root() / "fixtures" / vendor).glob("*.json"))

    def read(self, vendor: str, name: str) -> Mapping[str, Any]:
        return _read(root() / "fixtures" / vendor / f"{name}.json")
