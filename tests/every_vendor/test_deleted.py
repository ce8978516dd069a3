"""A stored document deleted by hand: whatever named it, the vendor's operations answer as vendors do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from simulator.kernel.vendor import discover
from tests.arranging import stored
from tests.simulated import Make, Simulated, worlds_of
from tests.walking import Kept, Walk

CLOCK = "2024-03-01T08:00:00Z"
VENDORS = [
    pytest.param(vendor, marks=pytest.mark.slow if vendor == "contacthub" else ()) for vendor in discover()
]
LIVING = {"infact": 15, "footprints": 35, "altcraft": 10, "contacthub": 25}
"""At least so many kinds of documents there are to delete."""


@pytest.fixture(params=VENDORS)
def walk(request: pytest.FixtureRequest) -> Iterator[tuple[Simulated, Walk]]:
    """A world of the vendor's documents, and what more its own examples put there."""
    with worlds_of(request.param, CLOCK) as make:
        simulated, walk = begun(request.param, make)
        walk.to_begin_with()
        yield simulated, walk


def begun(vendor: str, make: Make) -> tuple[Simulated, Walk]:
    world, client, credentials = make()
    simulated = type("Walked", (Simulated,), {"vendor": vendor})(world, client)
    return simulated, Walk(simulated, credentials)


def delete(simulated: Simulated, collection: str, key: int | str) -> None:
    kind = "integer" if isinstance(key, int) else "string"
    path = f"/_simulator/state/{collection}/{quote(str(key), safe='')}?key={kind}"
    answer: Any = simulated.control.delete(path)
    assert answer.status_code == 204, answer.text


def test_the_walk_arrives(walk: tuple[Simulated, Walk]) -> None:
    """Most examples do what they are examples of; else the test below would see refusals alone."""
    statuses = walk[1].all()
    assert sum(min(found) < 400 for found in statuses.values()) > 0.8 * len(statuses)


def test_what_named_a_deleted_document_does_no_harm(walk: tuple[Simulated, Walk]) -> None:
    """A fault, or an answer that the contract has not, would be raised by the call; so would one of due work.

    Seen to fail before what cannot be without a document went with it: a token without its account, an offer
    without its catalogue, a job without a chunk of its file; and with a trigger's work without its campaign.
    """
    simulated, calls = walk
    kept = Kept(simulated)
    documents = stored(simulated)
    assert len(documents) >= LIVING[simulated.vendor]
    for collection, document in documents:
        delete(simulated, collection, document["id"])
        calls.all()
        kept.restore()


def test_what_cannot_be_without_it_goes_with_it(walk: tuple[Simulated, Walk]) -> None:
    """And what names it in a list, or may be without it, stays as it was."""
    simulated, _ = walk
    gone, left = GONE[simulated.vendor]
    before = {name: dict(rows) for name, rows in simulated.state().items()}
    delete(simulated, f"{simulated.vendor}/{gone[0]}", gone[1])
    after = simulated.state()
    changed = {name.partition("/")[2] for name, rows in before.items() if after.get(name) != rows}
    assert changed == left


GONE: dict[str, tuple[tuple[str, int | str], set[str]]] = {
    "infact": (
        ("customers", 43),
        {"customers", "tokens", "datasources", "templates", "campaigns", "recipients"},
    ),
    "footprints": (("catalogues", "5a0000000000000000000101"), {"catalogues", "offers", "skus"}),
    "altcraft": (("databases", 5), {"databases", "segments", "profiles", "campaigns", "messages", "events"}),
    "contacthub": (
        ("nodes", "33333333-3333-4333-8333-333333333333"),
        {"nodes", "customers"},
    ),
}
