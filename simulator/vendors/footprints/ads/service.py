"""What an app shows: advertisements that run now, products, the nearest location."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates
from simulator.vendors.footprints.state import ADS, LOCATIONS, PLACEMENTS, PRODUCTS, TRACKED
from simulator.vendors.footprints.tracking import record

SEARCHED = ("name", "description", "category")

Fields = Mapping[str, Any]


def content(world: World, application: Document, fields: Fields) -> dict[str, list[Document]]:
    """The ads of each placement for the screen that asks, and the products of both kinds.

    Raises Invalid for an unknown `mid`, as all below.
    """
    visitor = record.found(world, application, "mobile", fields["mid"])
    world.assume(rules.CONTENT_SEARCH)
    asked = {name: fields[name] for name in ("additionalData", "searchQuery") if name in fields}
    record.track(world, visitor, "content", asked)
    screens = _screens(fields.get("additionalData", []))
    return {
        **{placement: _ads(world, application, placement, screens) for placement in PLACEMENTS},
        "sponsoredProducts": _products(world, application, "sponsored"),
        "recommendationProducts": _matching(
            _products(world, application, "recommended"), fields.get("searchQuery", "")
        ),
    }


def sponsored(world: World, application: Document, fields: Fields) -> list[Document]:
    """The sponsored products that run now."""
    record.found(world, application, "mobile", fields["mid"])
    world.assume(rules.PRODUCT_CONTEXT)
    world.assume(rules.SPONSORED_FORMS)
    return _products(world, application, "sponsored")


def advertised(world: World, application: Document, fields: Fields) -> list[Document]:
    """The first sponsored product that has an ad, in a list; an empty one where none has."""
    return [product for product in sponsored(world, application, fields) if product["adId"]][:1]


def recommended(world: World, application: Document, fields: Fields) -> list[Document]:
    """The products that have the `searchQuery` in their texts."""
    record.found(world, application, "mobile", fields["mid"])
    world.assume(rules.PRODUCT_CONTEXT)
    world.assume(rules.PRODUCT_SEARCH)
    return _matching(_products(world, application, "recommended"), fields["searchQuery"])


def open_link(world: World, application: Document, ad_id: str) -> str:
    """Where the link of an ad leads; the tap is counted. Raises NotFound."""
    world.assume(rules.SMART_LINKS)
    ad = world.store.table(ADS).get(ad_id)
    if ad is None or not ad["link"] or not _is_for(ad, application):
        raise NotFound("Ad not found")
    world.store.table(ADS).put(ad | {"clicks": ad["clicks"] + 1})
    return str(ad["link"])


def nearest_location(world: World, application: Document, fields: Fields) -> Document | None:
    """The location nearest to where the device was last; None without a position or a location."""
    visitor = record.found(world, application, "mobile", fields["mid"])
    order = world.assume(rules.NEAREST_LOCATION)
    position = _last_position(world, visitor)
    if position is None:
        return None

    def distance(location: Document) -> float:
        latitude, longitude = location["coords"] if order == "lat-lon" else reversed(location["coords"])
        return _haversine(position["lat"], position["lon"], latitude, longitude)

    return min(world.store.table(LOCATIONS).scan(), key=distance, default=None)


def _screens(told: list[Fields] | Fields) -> set[str]:
    """The screens that ask: Flutter sends a list of objects, its model says one object."""
    parts = told if isinstance(told, list) else [told]
    return {part["screenIdentifier"] for part in parts if "screenIdentifier" in part}


def _ads(world: World, application: Document, placement: str, screens: set[str]) -> list[Document]:
    world.assume(rules.SCREENS)
    return [
        ad
        for ad in world.store.table(ADS).find("placement", placement)
        if _is_for(ad, application) and _runs(world, ad) and (not ad["screens"] or screens & {*ad["screens"]})
    ]


def _products(world: World, application: Document, kind: str) -> list[Document]:
    ads = world.store.table(ADS)
    found = []
    for product in world.store.table(PRODUCTS).find("kind", kind):
        ad = ads.get(product["adId"]) if product["adId"] else None
        if _is_for(product, application) and (ad is None or _runs(world, ad)):
            found.append(product)
    return found


def _matching(products: list[Document], text: str) -> list[Document]:
    wanted = text.lower()
    return [
        product
        for product in products
        if any(wanted in (product["shown"].get(name) or "").lower() for name in SEARCHED)
    ]


def _is_for(shown: Document, application: Document) -> bool:
    return shown["application"] in (None, application["id"])


def _runs(world: World, ad: Document) -> bool:
    """Whether an ad is published and has not expired; a date that it does not have bounds nothing."""
    world.assume(rules.RUNNING_ADS)
    now = dates.now(world)
    published, expires = ad["shown"].get("publishDate"), ad["shown"].get("expirationDate")
    return (published or now) <= now <= (expires or now)


def _last_position(world: World, visitor: Document) -> dict[str, Any] | None:
    """What the device told last of where it is, under this id or one that it had before."""
    tracked = world.store.table(TRACKED)
    keys = [key for each in (visitor["id"], *visitor["linked"]) for key in tracked.keys_of("visitor", each)]
    newest_first = map(tracked.__getitem__, sorted(map(int, keys), reverse=True))
    return next((done["data"] for done in newest_first if done["kind"] == "geo"), None)


def _haversine(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """The sine, squared, of half the angle between two places in degrees: it grows with their distance."""
    up, across = math.radians(to_latitude - latitude), math.radians(to_longitude - longitude)
    narrowing = math.cos(math.radians(latitude)) * math.cos(math.radians(to_latitude))
    return math.sin(up / 2) ** 2 + narrowing * math.sin(across / 2) ** 2
