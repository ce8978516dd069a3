"""What an account has set up, as it is listed. Nothing here changes it: no public operation does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from simulator.kernel.store import Collection, Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import paging, people
from simulator.vendors.footprints.state import CAMPAIGNS, CATALOGUES, LOCATIONS, PEOPLE


@dataclass(frozen=True)
class Page:
    """Some of `total` documents, `size` at most."""

    documents: list[Document]
    total: int
    size: int


def page(world: World, collection: Collection, number: int) -> Page:
    """One page of all there are, in the order they were made (footprints.list-pages)."""
    world.assume(rules.LIST_PAGES)
    world.assume(rules.UNSET_IN_LISTS)
    size = world.assume(rules.LIST_PAGE_SIZE)
    table = world.store.table(collection)
    keys = list(table.raw())
    return Page([table[key] for key in paging.page(keys, number, size)], len(keys), size)


def finder(world: World, collection: Collection) -> Callable[[str], Document | None]:
    """Finds what another document names by its id."""
    return world.store.table(collection).get


def locations(world: World, country: str | None, county: str | None) -> list[Document]:
    """Those in a country and a county, if they are named (footprints.places)."""
    world.assume(rules.UNSET_IN_LISTS)
    if country or county:
        world.assume(rules.PLACES)
    return [
        location
        for location in world.store.table(LOCATIONS).scan()
        if _is_in(location["country"], country) and _is_in(location["county"], county)
    ]


def offline_campaigns(world: World) -> list[Document]:
    return world.store.table(CAMPAIGNS).find("type", "offline")


def business_users(world: World) -> list[tuple[Document, list[Document], list[Document]]]:
    """Each with the locations and the catalogues that are theirs."""
    world.assume(rules.BUSINESS_USERS)
    return [
        (
            person,
            _known(world, LOCATIONS, person["locations"]),
            _known(world, CATALOGUES, person["offerCategories"]),
        )
        for person in world.store.table(PEOPLE).scan()
        if not people.is_hostess(person)
    ]


def _is_in(place: str | None, wanted: str | None) -> bool:
    return not wanted or (place or "").casefold() == wanted.casefold()


def _known(world: World, collection: Collection, ids: list[str]) -> list[Document]:
    table = world.store.table(collection)
    return [table[key] for key in ids if key in table]
