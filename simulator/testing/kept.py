"""The authority that a user keeps, so that it is trusted once: two files in a folder of theirs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from simulator.config import BadSettings, Settings
from simulator.kernel.clock import system_now
from simulator.kernel.vendor import Vendor
from simulator.testing.ca import LOCAL, Authority, can_be_certified, names_of

PATIENCE_SECONDS = 30
"""How long another process may take to make it."""


def authority(settings: Settings, vendors: Iterable[Vendor]) -> Authority:
    """What is kept, made if there is none; it may sign for all that settings and vendors name.

    Raises BadSettings.
    """
    odd = [name for name in settings.own_names if not can_be_certified(name)]
    if odd:
        raise BadSettings(f"host, allow_hosts: no certificate can be made for {odd[0]!r}")
    pair = Pair(settings.ca_file)
    names = [*LOCAL, *names_of(vendors), *settings.own_names]
    try:
        if not pair.certificate.exists():
            _make(pair, names)
        found = Authority(pair.certificate.read_bytes(), pair.key.read_bytes())
    except OSError as error:
        raise BadSettings(f"ca_dir: {error.filename or pair.folder}: {error.strerror or error}") from error
    except (ValueError, TypeError) as error:
        raise pair.useless(f"is broken: {error}") from error
    if found.expires <= system_now():
        raise pair.useless("has expired")
    refused = [name for name in names if not found.may_sign(name)]
    if refused:
        raise pair.useless(f"may not sign for {', '.join(refused)}, as it was made without")
    return found


@dataclass(frozen=True)
class Pair:
    """A certificate's file and its key's, beside it."""

    certificate: Path

    @property
    def folder(self) -> Path:
        return self.certificate.parent

    @property
    def key(self) -> Path:
        return self.folder / "ca-key.pem"

    def useless(self, why: str) -> BadSettings:
        return BadSettings(
            f"ca_dir: the CA in {self.folder} {why}; remove {self.certificate.name} and {self.key.name} "
            "to have a new one made, which is to be trusted anew"
        )


def _make(pair: Pair, names: Iterable[str]) -> None:
    """The certificate comes last: where there is one, all is there. A key alone was never used."""
    pair.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with FileLock(pair.folder / "ca.lock", timeout=PATIENCE_SECONDS):
        if pair.certificate.exists():
            return
        made = Authority.made(names)
        write(pair.key, made.signer, 0o600)
        write(pair.certificate, made.pem)


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
