"""Every guess about Contacthub, named; correct one here, in one line, and the answers follow.

Sources: "reference" is the vendor's API reference 1.299, "1.51" its API file of that version,
"SDK" a client library of the vendor, "schemas" its JSON schemas of 2019.
"""

from __future__ import annotations

from typing import Any, TypeVar

from simulator.kernel.assumptions import Assumption

T = TypeVar("T")
ALL: list[Assumption[Any]] = []


def _guess(name: str, value: T, rule: str, source: str, instead: str, *choices: T) -> Assumption[T]:
    """A guess with a value that a world may set: one of `choices`, or any of the same type."""
    made = Assumption(f"contacthub.{name}", value, rule, source, instead, choices)
    ALL.append(made)
    return made


def _reading(name: str, rule: str, source: str, instead: str) -> Assumption[bool]:
    """A reading of the documents that is built in; it is named, not switchable."""
    return _guess(name, True, rule, source, instead, True)


SILENT = "no document says"

# --- the wire ---------------------------------------------------------------------------

INFERRED_PATH = _reading(
    "inferred-path",
    "the path or the method of the operation is inferred",
    "reference: titles without paths",
    "one of the contract's x-path-aliases or x-method-aliases",
)
REFUSED_ROLE = _reading(
    "refused-role", "a role that may not use an operation is 403", "1.51 lists 403 and roles, no text", "404"
)
WORKSPACE_STATUS = _reading(
    "workspace-status", "calls in a workspace that is not ENABLED are 403", SILENT, "they work"
)
VALIDATION_TEXTS = _reading(
    "validation-texts",
    "the texts of 400, and of 404 for customers and events",
    "SDK tests show a few texts only",
    "other texts",
)
THROTTLING = _reading(
    "throttling", "calls above maxRequestsPerMinute are 429, by calendar minute", SILENT, "another status"
)
TOO_LARGE = _guess(
    "too-large",
    400,
    "a payload above its limit is 400",
    "reference: 64 kB, without a status",
    "413",
    400,
    413,
)
EXTRA_KEYS = _reading(
    "extra-keys", "keys that a model does not name are ignored where it is not closed", SILENT, "400"
)
