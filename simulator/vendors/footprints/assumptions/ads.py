"""Guesses: ads and products."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import guess, reading

RUNNING_ADS = reading(
    "running-ads",
    "an ad is sent from its publishDate until its expirationDate, and so are the products that it is for",
    "Flutter has both dates, and itself drops what has expired",
    "the server sends them all",
)
SCREENS = reading(
    "screens",
    "an ad that names screens is sent for these only, one that names none for all",
    "Flutter sends the screenIdentifier of the screen that asks",
    "screens are for statistics",
)
SMART_LINKS = guess(
    "smart-links",
    "counted",
    "linkUrl leads here, GET /mobileapi/link/{adId}, where the tap is counted, and on to the ad's own page",
    "Flutter: the server counts the click of a smart URL and forwards; its path is not known",
    "linkUrl is the ad's own page (direct)",
    "counted",
    "direct",
)
CONTENT_SEARCH = reading(
    "content-search",
    "content delivery is kept as something done; its searchQuery narrows the recommended products",
    "Flutter has the member without a word on it",
    "it narrows all, or nothing",
)
PRODUCT_CONTEXT = reading(
    "product-context",
    "additionalData of a request for products changes nothing",
    "Flutter passes on what its caller gives",
    "it narrows them",
)
SPONSORED_FORMS = reading(
    "sponsored-forms",
    "-id gives ids only, -json all there is, -ad the first product that has an ad",
    "Flutter reads all three with the same model; their paths",
    "whole products each time",
)
PRODUCT_SEARCH = reading(
    "product-search",
    "recommended are the products whose name, description or category has the text, in any case",
    "Flutter sends a searchQuery; what becomes of it is not known",
    "words, or products that go with those found",
)
NEAREST_LOCATION = guess(
    "nearest-location",
    "lat-lon",
    "the proximity location is the one nearest to the last position; coords are latitude and longitude",
    "Flutter takes any object; page: coords of List Locations, 0 and 0 in the sample",
    "coords are longitude and latitude, as in GeoJSON (lon-lat)",
    "lat-lon",
    "lon-lat",
)
