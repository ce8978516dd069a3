"""Ads and products as apps read them: every value is a text or null, on which Flutter insists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from simulator.kernel.store import Document

AD = (
    "adType",
    "adId",
    "title",
    "campaignName",
    "topMessage",
    "contentType",
    "contentUrl",
    "bannerType",
    "bottomMessage",
    "buttonText",
    "publishDate",
    "expirationDate",
    "campaignId",
)
SPONSORED = (
    "id",
    "name",
    "url",
    "image",
    "campaignId",
    "adId",
    "offerPrice",
    "originalPrice",
    "sku",
    "description",
    "category",
)
SPONSORED_IDS = ("id", "sku", "campaignId", "adId")
RECOMMENDED = ("id", "name", "url", "image", "price", "description", "category", "campaignId", "adId")
RECOMMENDED_IDS = ("id", "campaignId", "adId")


def ad(ad: Document, link: str | None) -> dict[str, Any]:
    """An ad with where a tap on it leads."""
    return _texts(ad["shown"], AD) | {"linkUrl": link} | _more(ad["shown"])


def sponsored(product: Document) -> dict[str, Any]:
    return _texts(product["shown"], SPONSORED) | _more(product["shown"])


def recommended(product: Document) -> dict[str, Any]:
    return _texts(product["shown"], RECOMMENDED) | _more(product["shown"])


def ids(products: Iterable[Document], names: Iterable[str]) -> list[dict[str, Any]]:
    """Products by their ids alone; those that have none cannot be shown so."""
    return [_texts(product["shown"], names) for product in products if product["shown"].get("id")]


def _texts(shown: Document, names: Iterable[str]) -> dict[str, str | None]:
    return {name: None if shown.get(name) is None else str(shown[name]) for name in names}


def _more(shown: Document) -> dict[str, Any]:
    return {"additionalData": shown["additionalData"]} if "additionalData" in shown else {}
