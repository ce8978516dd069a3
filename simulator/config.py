"""Settings: flag > environment > file > default, joined once into one frozen object."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from simulator.kernel.clock import parse_instant

PREFIX = "SIMULATOR_"
ALIASES = {"no_headers": "headers", "allow_host": "allow_hosts"}
"""Flags whose name is not their setting's."""


class BadSettings(ValueError):
    """A setting is unknown or cannot have this value; the message says where it came from."""


@dataclass(frozen=True)
class Settings:
    """What `simulator serve` and other commands were told.

    `clock` freezes the default world there; `state` is the file its state is kept in;
    `allow_hosts` are further Host names the control API answers to; `assume` sets
    assumptions (`id=value`) of the default world; `log_format` is text, json or off, by default
    text where somebody is looking and off elsewhere; `strict_fidelity` fails a run that relied on a guess.
    `tls` makes the port speak HTTPS, `tls_port` is one that does beside it, with certificates of the
    authority in `ca_dir`; `proxy_port` is that of a forward proxy, which lets clients out to `allow` alone.
    `url`, `world` and `fail_on` are for `verdict`: which simulator and world to ask, and what fails a run.
    """

    host: str = "127.0.0.1"
    port: int = 7470
    port_file: Path | None = None
    fixture: str = "demo"
    seed: int = 0
    clock: datetime | None = None
    state: Path | None = None
    admin_token: str | None = None
    allow_hosts: tuple[str, ...] = ()
    headers: bool = True
    check_responses: bool = False
    journal_limit: int = 1000
    log_format: str | None = None
    assume: Mapping[str, Any] = field(default_factory=dict)
    strict_fidelity: bool = False
    tls: bool = False
    tls_port: int | None = None
    proxy_port: int | None = None
    allow: tuple[str, ...] = ()
    ca_dir: Path | None = None
    url: str | None = None
    world: str | None = None
    fail_on: str = "violation"

    @property
    def address(self) -> str:
        """Where a client on this computer finds the server. Raises BadSettings where nobody said."""
        if self.url is not None:
            return self.url
        if self.port == 0:
            raise BadSettings("port 0 is any that is free: say --url")
        return url_of(self.host, self.port, secure=self.tls)

    @property
    def ca_file(self) -> Path:
        """The certificate of the CA that is kept, and its other files beside it."""
        if self.ca_dir is not None:
            return self.ca_dir / "ca.pem"
        from platformdirs import user_data_path  # noqa: PLC0415 - few commands ask

        return user_data_path("marketing-api-simulator", appauthor=False) / "ca.pem"

    @property
    def own_names(self) -> tuple[str, ...]:
        """What this server is called, besides `localhost` and the vendors' hosts."""
        host = () if self.host in EVERYWHERE else (self.host.lower(),)
        return (*host, *self.allow_hosts)


EVERYWHERE = ("", "0.0.0.0", "::")  # noqa: S104
"""Hosts that stand for every address of this computer."""


def reachable(host: str) -> str:
    """The address at which a client on this computer finds a server that listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def url_of(host: str, port: int, *, secure: bool = False) -> str:
    """Where a client on this computer finds a server that listens there."""
    name, scheme = reachable(host), "https" if secure else "http"
    return f"{scheme}://[{name}]:{port}" if ":" in name else f"{scheme}://{name}:{port}"


def load(
    flags: Mapping[str, Any], environ: Mapping[str, str] = os.environ, folder: Path | None = None
) -> Settings:
    """The settings in force. Raises BadSettings."""
    merged: dict[str, Any] = {}
    for source, values in (
        *_files(folder or Path.cwd()),
        ("environment", _environment(environ)),
        ("flag", flags),
    ):
        for written, value in values.items():
            name = ALIASES.get(written, written)
            merged[name] = _converted(name, written, value, source)
    settings = Settings(**merged)
    if settings.tls and settings.tls_port is not None:
        raise BadSettings("tls and tls_port: the port speaks TLS, or another one beside it")
    return settings


def _files(folder: Path) -> list[tuple[str, Mapping[str, Any]]]:
    """`[tool.simulator]` of pyproject.toml, then `simulator.toml`, where they exist."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    project = folder / "pyproject.toml"
    if project.is_file():
        found.append((f"{project} [tool.simulator]", _table(_toml(project), "tool", "simulator")))
    own = folder / "simulator.toml"
    if own.is_file():
        found.append((str(own), _toml(own)))
    return [
        (source, {key.replace("-", "_"): value for key, value in values.items()}) for source, values in found
    ]


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BadSettings(f"{path}: {error}") from error


def _table(document: Mapping[str, Any], *steps: str) -> Mapping[str, Any]:
    for step in steps:
        document = document.get(step, {})
        if not isinstance(document, Mapping):
            raise BadSettings(f"pyproject.toml: {step} is no table")
    return document


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    return {
        key.removeprefix(PREFIX).lower(): value
        for key, value in environ.items()
        if key.startswith(PREFIX) and value != ""
    }


def _converted(name: str, written: str, value: Any, source: str) -> Any:
    names = {f.name for f in fields(Settings)}
    if name not in names:
        raise BadSettings(f"{source}: there is no setting {written!r}; there are {', '.join(sorted(names))}")
    try:
        return not _flag(value) if written == "no_headers" else CONVERT[name](value)
    except (TypeError, ValueError) as error:
        raise BadSettings(f"{source}: {written}: {error}") from error


def _port(value: Any) -> int:
    port = int(value)
    if not 0 <= port <= 65535:
        raise ValueError(f"{port} is not a port")
    return port


def _positive(value: Any) -> int:
    number = int(value)
    if number < 1:
        raise ValueError(f"{number} is not 1 or more")
    return number


def _flag(value: Any) -> bool:
    words = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    word = str(value).lower()
    if word not in words:
        raise ValueError(f"{value!r} is neither true nor false")
    return words[word]


def _clock(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        value = value.isoformat()
    return None if value == "real" else parse_instant(value)


def _names(value: Any) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else list(value)
    return tuple(part.strip().lower() for part in parts if part.strip())


def _allow(value: Any) -> tuple[str, ...]:
    names = _names(value)
    for name in names:
        if "/" in name or ":" in name:
            raise ValueError(f"{name!r}: give a host's name, without scheme, port and path")
    return names


def _log_format(value: Any) -> str:
    if value not in ("text", "json", "off"):
        raise ValueError(f"{value!r} is not text, json or off")
    return str(value)


def _url(value: Any) -> str:
    if not str(value).startswith(("http://", "https://")):
        raise ValueError(f"{value!r} is no URL: it begins with http:// or https://")
    return str(value)


def _fail_on(value: Any) -> str:
    if value not in ("violation", "assumed", "never"):
        raise ValueError(f"{value!r} is not violation, assumed or never")
    return str(value)


def _assume(value: Any) -> dict[str, Any]:
    """`id=value,id=value`, a list of such, or a table; values are read by the rule itself."""
    if isinstance(value, Mapping):
        return dict(value)
    pairs = value.split(",") if isinstance(value, str) else list(value)
    split = [pair.partition("=") for pair in pairs]
    if any(not separator for _, separator, _ in split):
        raise ValueError("give id=value")
    return {name.strip(): text.strip() for name, _, text in split}


CONVERT: dict[str, Callable[[Any], Any]] = {
    "host": str,
    "port": _port,
    "port_file": Path,
    "fixture": str,
    "seed": int,
    "clock": _clock,
    "state": Path,
    "admin_token": str,
    "allow_hosts": _names,
    "headers": _flag,
    "check_responses": _flag,
    "journal_limit": _positive,
    "log_format": _log_format,
    "assume": _assume,
    "strict_fidelity": _flag,
    "tls": _flag,
    "tls_port": _port,
    "proxy_port": _port,
    "allow": _allow,
    "ca_dir": Path,
    "url": _url,
    "world": str,
    "fail_on": _fail_on,
}
