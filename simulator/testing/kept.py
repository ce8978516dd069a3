"""The authority that a user keeps, so that it is trusted once: two files in a folder of theirs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock
from platformdirs import user_data_path

from simulator.config import BadSettings, Settings
from simulator.testing.ca import LOCAL, Authority

CERTIFICATE, KEY, LOCK = "ca.pem", "ca-key.pem", "ca.lock"
PATIENCE_SECONDS = 30
"""How long another process may take to make it."""


def folder_of(settings: Settings) -> Path:
    """Where it is kept: `ca_dir`, else the user's own data folder."""
    return settings.ca_dir or user_data_path("marketing-api-simulator", appauthor=False)


def authority(folder: Path, names: Iterable[str]) -> Authority:
    """What is kept in `folder`, made if there is none; it may sign for `names`. Raises BadSettings."""
    wanted = [*LOCAL, *names]
    try:
        if not (folder / CERTIFICATE).exists():
            _make(folder, wanted)
        found = Authority((folder / CERTIFICATE).read_bytes(), (folder / KEY).read_bytes())
    except OSError as error:
        raise BadSettings(f"ca_dir: {error.filename or folder}: {error.strerror or error}") from error
    except (ValueError, TypeError) as error:
        raise _useless(folder, f"is broken: {error}") from error
    if found.expired:
        raise _useless(folder, "has expired")
    refused = [name for name in wanted if not found.may_sign(name)]
    if refused:
        raise _useless(folder, f"may not sign for {', '.join(refused)}, as it was made without")
    return found


def _useless(folder: Path, why: str) -> BadSettings:
    return BadSettings(
        f"ca_dir: the CA in {folder} {why}; remove {CERTIFICATE} and {KEY} there to have a new one made, "
        "which is to be trusted anew"
    )


def _make(folder: Path, names: list[str]) -> None:
    """The certificate comes last: where there is one, all is there. A key alone was never used."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(folder / LOCK, timeout=PATIENCE_SECONDS):
        if (folder / CERTIFICATE).exists():
            return
        made = Authority.made(names)
        write(folder / KEY, made.key, 0o600)
        write(folder / CERTIFICATE, made.pem, 0o644)


def write(path: Path, data: bytes, mode: int = 0o644) -> None:
    """A file that is whole from its first instant, and never more open than `mode`. Raises OSError."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(draft).chmod(mode)
        Path(draft).replace(path)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
