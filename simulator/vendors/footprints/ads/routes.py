"""What apps ask for: /mobileapi/content-delivery, products, the nearest location, links of ads."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from flask import Response

from simulator.kernel.pipeline import exchange
from simulator.kernel.routes import Routes
from simulator.kernel.store import Document
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.ads import schemas, service
from simulator.vendors.footprints.cors import HEADERS
from simulator.vendors.footprints.lists.schemas import location
from simulator.vendors.footprints.state import PLACEMENTS
from simulator.vendors.footprints.wire import answer, body, caller, world

routes = Routes()


@routes.post("/mobileapi/content-delivery", "getMobileContent")
def get_mobile_content() -> Response:
    asked = body()
    found = service.content(world(), caller().application, asked)
    data = {name: [schemas.ad(ad, _link(ad)) for ad in found[name]] for name in PLACEMENTS}
    data["sponsoredProducts"] = [schemas.sponsored(one) for one in found["sponsoredProducts"]]
    data["recommendationProducts"] = [schemas.recommended(one) for one in found["recommendationProducts"]]
    return _answer(asked, data)


@routes.get("/mobileapi/link/<ad_id>", "openAdLink")
def open_ad_link(ad_id: str) -> Response:
    page = service.open_link(world(), caller().application, ad_id)
    response = Response(status=302, headers=HEADERS | {"Location": page})
    del response.headers["Content-Type"]
    return response


@routes.post("/mobileapi/sponsored-products-id", "getSponsoredProductIds")
def get_sponsored_product_ids() -> Response:
    asked = body()
    found = service.sponsored(world(), caller().application, asked)
    return _answer(asked, schemas.ids(found, schemas.SPONSORED_IDS))


@routes.post("/mobileapi/sponsored-products-json", "getSponsoredProducts")
def get_sponsored_products() -> Response:
    asked = body()
    found = service.sponsored(world(), caller().application, asked)
    return _answer(asked, [schemas.sponsored(product) for product in found])


@routes.post("/mobileapi/sponsored-products-ad", "getSponsoredProductAd")
def get_sponsored_product_ad() -> Response:
    asked = body()
    found = service.advertised(world(), caller().application, asked)
    return _answer(asked, [schemas.sponsored(product) for product in found])


@routes.post("/mobileapi/recommendation-products", "getRecommendedProducts")
def get_recommended_products() -> Response:
    return _recommended()


@routes.post("/mobileapi/recommendation-products-ids", "getRecommendedProductIds")
def get_recommended_product_ids() -> Response:
    asked = body()
    found = service.recommended(world(), caller().application, asked)
    return _answer(asked, schemas.ids(found, schemas.RECOMMENDED_IDS))


@routes.post("/mobileapi/recommendation-products-json", "getRecommendedProductsJson")
def get_recommended_products_json() -> Response:
    return _recommended()


@routes.post("/mobileapi/recommendation-products/search", "searchRecommendedProducts")
def search_recommended_products() -> Response:
    return _recommended()


@routes.post("/mobileapi/proximity-location", "getProximityLocation")
def get_proximity_location() -> Response:
    asked = body()
    found = service.nearest_location(world(), caller().application, asked)
    return _answer(asked, found and location(found))


def _recommended() -> Response:
    asked = body()
    found = service.recommended(world(), caller().application, asked)
    return _answer(asked, [schemas.recommended(product) for product in found])


def _answer(asked: dict[str, Any], data: Any) -> Response:
    return answer({"success": True, "mobileId": asked["mid"], "data": data})


def _link(ad: Document) -> str | None:
    """Where a tap on an ad leads: to `openAdLink` of this world, or to the ad's own page."""
    own: str | None = ad["link"]
    if own is None or world().assume(rules.SMART_LINKS) == "direct":
        return own
    # the App Key tells whose tap it is, and finds a world that has keys of its own
    whose = urlencode({"appkey": caller().application["key"]})
    return f"{exchange().request.url_root}mobileapi/link/{quote(ad['id'], safe='')}?{whose}"
