"""Stored documents put by hand over the control API: as they are, and crippled in every place."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import quote

from werkzeug.test import TestResponse

from tests.simulated import Simulated

Stored = tuple[str, dict[str, Any]]
"""A collection and one of its documents."""


def stored(simulated: Simulated) -> list[Stored]:
    """One document of each collection, and of each set of members in it."""
    found: dict[Any, Stored] = {}
    with simulated.world.entered():
        for name, table in simulated.world.store.tables(simulated.vendor).items():
            for document in table.scan():
                shape = tuple((member, value is None) for member, value in sorted(document.items()))
                found.setdefault((name, shape), (name, document))
    return list(found.values())


def put(simulated: Simulated, collection: str, document: dict[str, Any]) -> TestResponse:
    kind = "integer" if isinstance(document["id"], int) else "string"
    path = f"/_simulator/state/{collection}/{quote(str(document['id']), safe='')}"
    return simulated.control.put(f"{path}?secrets=shown&key={kind}", json=document)


def crippled(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Copies of a document, each with one value missing or of another type, and the pointer to that."""
    for steps in list(_places(document)):
        if steps == ("id",):
            continue
        for change in ("missing", {"not": "this"}, None):
            copy = deepcopy(document)
            holder: Any = copy
            for step in steps[:-1]:
                holder = holder[step]
            if change == holder[steps[-1]]:
                continue
            if change != "missing":
                holder[steps[-1]] = deepcopy(change)
            elif isinstance(holder, dict):
                del holder[steps[-1]]
            yield "".join(f"/{step}" for step in steps), copy


def _places(node: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Ways to every value of a document; of a list, to the first element."""
    inner = node.items() if isinstance(node, dict) else enumerate(node[:1]) if isinstance(node, list) else ()
    for step, value in inner:
        yield (*before, step)
        yield from _places(value, (*before, step))


def taken(simulated: Simulated, collection: str, document: dict[str, Any]) -> list[dict[str, Any]]:
    """The crippled copies of a document that are not refused; what it was is put back.

    Asserts that each of the others is refused, and the place told.
    """
    found = []
    for pointer, copy in crippled(document):
        answer: Any = put(simulated, collection, copy)
        if answer.status_code == 200:
            found += [copy] if answer.json != document else []
            put(simulated, collection, document)
        else:
            assert answer.status_code == 400, (collection, pointer, answer.text)
            assert answer.json["detail"].startswith("body "), (collection, pointer, answer.text)
    return found


def rounds(simulated: Simulated) -> Iterator[int]:
    """Worlds of crippled documents: in each, every document that can be is crippled in another place."""
    documents = stored(simulated)
    copies = [taken(simulated, *one) for one in documents]
    for number in range(max(map(len, copies))):
        for (collection, _), found in zip(documents, copies, strict=True):
            if number < len(found):
                put(simulated, collection, found[number])
        yield number
        for collection, document in documents:
            put(simulated, collection, document)
