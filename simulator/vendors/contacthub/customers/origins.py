"""What each source said about a customer, apart from what the others said.

A customer that one source alone has written keeps nothing extra: it is what that source said. From
the second writer on, `origins` holds the members by source, each with its own dates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.vendors.contacthub.customers.shape import MEMBERS, blank

ORIGINS = "origins"
DATES = ("registeredAt", "updatedAt")
View = Callable[[Mapping[str, Any]], dict[str, Any]]


def note(
    document: Document,
    source: str | None,
    change: Callable[[Mapping[str, Any]], dict[str, Any]],
    now: str,
) -> None:
    """Keep apart what `source` (None: a user) changes, before the customer itself is changed."""
    seen = document["seen"]
    if ORIGINS not in document and (seen["version"] == 0 or source == seen["sourceInfo"]["registeredBy"]):
        return
    found = document[ORIGINS] = _all(document)
    if source is not None:
        said = found.get(source) or blank() | {"registeredAt": now}
        found[source] = {**said, **change(said), "updatedAt": now}


def listed(document: Document, show: View) -> list[dict[str, Any]]:
    """What each source said, in the order in which they first spoke, as shown."""
    return [_shown(document, source, show(said)) for source, said in _all(document).items()]


def one(document: Document, source: str, show: View) -> dict[str, Any]:
    """What one source said. Raises NotFound."""
    said = _all(document).get(source)
    if said is None:
        raise NotFound(f"source not found {source}")
    return _shown(document, source, show(said))


def _all(document: Document) -> dict[str, dict[str, Any]]:
    if ORIGINS in document:
        found: dict[str, dict[str, Any]] = document[ORIGINS]
        return found
    seen = document["seen"]
    first = seen["sourceInfo"]["registeredBy"]
    return {first: {name: seen[name] for name in (*MEMBERS, *DATES)}} if first else {}


def _shown(document: Document, source: str, said: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": source, "nodeId": document["node"], **said}
