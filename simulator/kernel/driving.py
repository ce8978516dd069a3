"""What a vendor says of how its contract is driven at a server: who calls, and what there is to begin with.

Each vendor's `checking.py` exports one `DRIVING`, which `simulator/checking/` reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Credentials = Mapping[str, Any]
"""By the names that `GET /_simulator/vendors` gives them."""
Ask = Callable[[str, Mapping[str, str]], Any]
"""The JSON that a GET of this path with these headers is answered."""


class Lacking(Exception):
    """Nobody at hand may call; the message names credentials of which one would do."""


@dataclass(frozen=True)
class Credential:
    """How a request says who calls: one header, or one parameter of the query."""

    name: str
    value: str
    place: str = "header"


def nowhere(_: Credentials) -> Mapping[str, Any]:
    return {}


def as_it_is(_: str, __: str, value: Any, ___: Credentials) -> Any:
    return value


@dataclass(frozen=True)
class Driving:
    """How a vendor is driven.

    needs          credentials without which nothing can be driven, by name
    credential     (operation's OpenAPI object, credentials, ask) -> what a call of it carries, or None;
                   raises Lacking
    begin          (credentials) -> path parameters of what exists at the server, where chains begin
    arrange        (operationId, place, value, credentials) -> a generated "path", "query" or "body" as sent
    apart          operations that are driven by themselves only, not in chains
    media_types    the bodies to send; None: all that the contract has
    write_form     (value) -> a form as the vendor reads it; None: as HTML has it
    assume         values of assumptions in the simulator's world, so that checks can hold
    """

    needs: tuple[str, ...]
    credential: Callable[[Mapping[str, Any], Credentials, Ask], Credential | None]
    begin: Callable[[Credentials], Mapping[str, Any]] = nowhere
    arrange: Callable[[str, str, Any, Credentials], Any] = as_it_is
    apart: tuple[str, ...] = ()
    media_types: frozenset[str] | None = None
    write_form: Callable[[Any], bytes | str] | None = None
    assume: Mapping[str, str] = field(default_factory=dict)
