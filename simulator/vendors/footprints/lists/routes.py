"""GET /api/offerCategory, offer, sku, location, offlineCampaign, business-users, channels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response

from simulator.kernel.routes import Routes
from simulator.kernel.store import Collection, Document
from simulator.vendors.footprints import paging
from simulator.vendors.footprints.lists import schemas, service
from simulator.vendors.footprints.state import CATALOGUES, CHANNELS, OFFERS, SKUS
from simulator.vendors.footprints.wire import answer, query, world

routes = Routes()


@routes.get("/api/offerCategory", "listCatalogues")
def list_catalogues() -> Response:
    return _paged(CATALOGUES, schemas.named)


@routes.get("/api/offer", "listOffers")
def list_offers() -> Response:
    catalogue = service.finder(world(), CATALOGUES)
    return _paged(OFFERS, lambda offer: schemas.offer(offer, catalogue(offer["offerCategoryId"])))


@routes.get("/api/sku", "listSkus")
def list_skus() -> Response:
    offer = service.finder(world(), OFFERS)
    return _paged(SKUS, lambda sku: schemas.sku(sku, offer(sku["offerId"])))


@routes.get("/api/location", "listLocations")
def list_locations() -> Response:
    asked = query()
    found = service.locations(world(), asked.get("country_name"), asked.get("county_name"))
    return answer([schemas.location(location) for location in found])


@routes.get("/api/offlineCampaign", "listOfflineCampaigns")
def list_offline_campaigns() -> Response:
    return answer([schemas.campaign(campaign) for campaign in service.offline_campaigns(world())])


@routes.get("/api/business-users", "listBusinessUsers")
def list_business_users() -> Response:
    return answer([schemas.user(*found) for found in service.business_users(world())])


@routes.get("/api/channels", "listChannels")
def list_channels() -> Response:
    return answer([schemas.channel(channel) for channel in world().store.table(CHANNELS).scan()])


def _paged(collection: Collection, show: Callable[[Document], Any]) -> Response:
    number = query().get("page", 1)
    found = service.page(world(), collection, number)
    headers = paging.headers(found.total, number, found.size)
    return answer([show(document) for document in found.documents], headers=headers)
