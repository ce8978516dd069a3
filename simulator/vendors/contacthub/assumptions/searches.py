"""Guesses: searches."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import SILENT, guess, reading

SEARCH_CASE = guess(
    "search-case",
    "sensitive",
    "case counts when a search compares texts",
    SILENT,
    "it does not",
    "sensitive",
    "insensitive",
)
SEARCH_COMPARISON = reading(
    "search-comparison",
    "a search compares numbers with numbers, instants (texts or milliseconds) with instants, texts by "
    "character; in lists one that fits is enough; bounds belong to BETWEEN; a day is its midnight in UTC",
    "SDK tests show values only",
    "other conversions",
)
SEARCH_EMPTY_VALUE = reading(
    "search-empty-value",
    "EQUALS without value finds what is null, false, 0 or an empty text; other operators find nothing then",
    "the SDK for Python leaves such values out",
    "400",
)
SEARCH_IN = reading(
    "search-in",
    "IN: a list holds the value, or the attribute is among the values, or, between texts, contains it",
    "SDK tests use it so",
    "only one of these",
)
SEARCH_LIKE = reading(
    "search-like", "LIKE takes * and % for any text; without them it is a part of the text", SILENT, "regex"
)
SEARCH_EXCEPT = reading(
    "search-except", "EXCEPT: those of the first query that no other one finds", "its name", "another folding"
)
SEARCH_DID = reading(
    "search-did",
    "did: there is an event of the type that meets both condition and timeframe",
    "schema of queries in the SDK for Java",
    "timeframe counts from today",
)
SEARCH_ORDER = reading(
    "search-order", "customers without the member sorted by come last; texts by character", SILENT, "first"
)
SEARCH_FIELDS = reading(
    "search-fields",
    "fields: id and the members named, lists of objects whole; what was not named is absent",
    "tests of the SDK for Node.js",
    "it is null",
)
