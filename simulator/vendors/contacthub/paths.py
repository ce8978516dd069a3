"""The inferred paths, in one table: what the contract says of each, and their other readings served.

The vendor's reference of 1.299 prints its operations without method and path. The contract grades an
operation whose method or path is inferred `x-evidence: assumed`, and lists other readings of it in
`x-path-aliases` and `x-method-aliases`. Correct a path there; routes and assumptions follow.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from flask import Flask

from simulator import data
from simulator.kernel.contract import METHODS
from simulator.kernel.routes import ExactRule


@dataclass(frozen=True)
class Reading:
    """One way to call an operation: a method and the contract's template of a path."""

    method: str
    path: str

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


@dataclass(frozen=True)
class InferredPath:
    """An operation whose method or path is inferred: the reading chosen, from what, and the others."""

    operation: str
    chosen: Reading
    source: str
    aliases: tuple[Reading, ...]


class AliasRule(ExactRule):
    """The route of a reading that was not chosen."""


@cache
def inferred() -> Mapping[str, InferredPath]:
    """The table, by operationId, in the contract's order."""
    rows = [
        _row(method.upper(), path, item[method])
        for path, item in data.contract("contacthub")["paths"].items()
        for method in METHODS
        if item.get(method, {}).get("x-evidence") == "assumed"
    ]
    return {row.operation: row for row in rows}


def _row(method: str, path: str, document: Mapping[str, Any]) -> InferredPath:
    methods = [method, *document.get("x-method-aliases", [])]
    templates = [path, *document.get("x-path-aliases", [])]
    chosen, *aliases = (Reading(method, path) for path, method in product(templates, methods))
    return InferredPath(document["operationId"], chosen, document["x-source"], tuple(aliases))


def register_aliases(app: Flask) -> None:
    """Serve every other reading as the operation itself."""
    for row in inferred().values():
        for alias in row.aliases:
            app.url_map.add(AliasRule(_rule(alias.path), [alias.method], endpoint=row.operation))


def _rule(template: str) -> str:
    """A path of the contract as a route: `{nodeId}` is `<node_id>`."""
    return re.sub(r"\{(\w+)\}", lambda found: f"<{_snake(found[1])}>", template)


def _snake(name: str) -> str:
    return re.sub(r"(?=[A-Z])", "_", name).lower()
