"""`simulator env`: a running simulator, told to a shell in its own words, and taken back.

What the variables were before is kept in one more variable of the same shell.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Callable, Mapping
from typing import Any

from simulator import config
from simulator.asking import CannotAsk, ask
from simulator.config import BadSettings, Settings
from simulator.kernel.vendor import discover
from simulator.testing.environment import ADDED_TO, Way, variables
from simulator.testing.trust import Trust

KEPT = "_SIMULATOR_ENV"
"""JSON: by variable what it was, null if it was not set, and what we made of it. Not SIMULATOR_…, which are
settings."""
Changes = Mapping[str, str | None]
"""Variables to set, and to unset where there is None."""


def _posix(name: str, value: str | None) -> str:
    return f"unset {name}" if value is None else f"export {name}={shlex.quote(value)}"


def _fish(name: str, value: str | None) -> str:
    """In single quotes only these two are special (fishshell.com/docs/current/language.html#quotes)."""
    if value is None:
        return f"set -e {name}"
    quoted = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"set -gx {name} '{quoted}'"


def _powershell(name: str, value: str | None) -> str:
    if value is None:
        return f"Remove-Item Env:{name}"
    quoted = value.replace("'", "''")
    return f"$env:{name} = '{quoted}'"


SHELLS: Mapping[str, Callable[[str, str | None], str]] = {
    "sh": _posix,
    "fish": _fish,
    "powershell": _powershell,
}


def entered(environ: Mapping[str, str], shell: str, flags: Mapping[str, Any]) -> list[str]:
    """The lines that tell a shell of the simulator that runs. Raises BadSettings, CannotAsk or OSError."""
    back = undone(environ)
    before = {name: value for name, value in {**environ, **back}.items() if value is not None}
    told = variables(before, way_to(config.load(flags, before)), discover().values())
    told[KEPT] = json.dumps({name: [before.get(name), value] for name, value in told.items()})
    return _lines(shell, {**back, **told})


def left(environ: Mapping[str, str], shell: str) -> list[str]:
    """The lines that undo what a shell was told; none if it was told nothing. Raises BadSettings."""
    return _lines(shell, undone(environ))


def _lines(shell: str, changes: Changes) -> list[str]:
    return [SHELLS[shell](name, value) for name, value in changes.items()]


def way_to(settings: Settings) -> Way:
    """How to get to the simulator that the settings name, with the files by which it is trusted written."""
    url = settings.address.rstrip("/")
    place = f"{url}/_simulator/access"
    found = ask(place, settings.admin_token, settings.ca_file)
    if not isinstance(found, dict) or not {"proxy_port", "ca"} <= found.keys():
        raise CannotAsk(f"{place} is no simulator's answer")
    if found["ca"] is None:
        return Way(url, found["proxy_port"])
    pem = str(found["ca"]).encode()
    trust = Trust(settings.ca_file.absolute().parent / "trust" / hashlib.sha256(pem).hexdigest()[:16])
    trust.write(pem)
    return Way(url, found["proxy_port"], trust)


def undone(environ: Mapping[str, str]) -> dict[str, str | None]:
    """What to set and to unset so that a shell is as it was. What was changed since is left as it is, but for
    our own words in it. Raises BadSettings."""
    if KEPT not in environ:
        return {}
    try:
        kept = json.loads(environ[KEPT])
        found = [(name, _was(name, environ.get(name), *values)) for name, values in kept.items()]
    except (ValueError, TypeError, AttributeError) as error:
        raise BadSettings(f"environment: {KEPT} is not as `simulator env` wrote it") from error
    return {**{name: value for name, value in found if value != environ.get(name)}, KEPT: None}


def _was(name: str, now: str | None, before: str | None, ours: str) -> str | None:
    if now == ours:
        return before
    if now is not None and name in ADDED_TO:
        return now.replace(ours.removeprefix(before or ""), "").strip() or None
    return now
