"""Guesses: lists and notifications."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import SILENT, guess, reading

LIST_PAGE_SIZE = guess(
    "list-page-size",
    20,
    "catalogues, offers and SKUs on a page",
    "page: two on the only page shown",
    "10, 50",
)
LIST_PAGES = reading(
    "list-pages",
    "X-Records counts all there are, in the order they were made; a page after the last is empty",
    "page: 2 records, 1 page",
    "the records of the page; another order; 404",
)
UNSET_IN_LISTS = reading(
    "unset-in-lists",
    "what a listed thing does not have is left out",
    "page: all is set in the samples",
    "null",
)
PLACES = reading(
    "places", "country_name and county_name are compared without case, as a whole", SILENT, "exact texts"
)
BUSINESS_USERS = reading(
    "business-users",
    "hostesses are no business users",
    "page: the one shown is a consultant",
    "they are listed",
)
TEMPLATES = reading(
    "templates", "a templateKey that the account does not have is 404", SILENT, "400, or success"
)
TEMPLATE_TEXTS = reading(
    "template-texts",
    "a template names what was sent as {{firstName}}, {{lastName}} and {{email}}; what was not sent is empty",
    "page: nothing is said of templates, but the three are fields of Send Notifications",
    "other names",
)
PLUS_SIGNS = reading(
    "plus-signs",
    "a blank within attachmentFileContent is a plus sign",
    "page: samples send base64 in a form without encoding it",
    "such a file is refused",
)
