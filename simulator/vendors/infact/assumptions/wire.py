"""Guesses: the wire."""

from __future__ import annotations

from simulator.vendors.infact.assumptions.ledger import ASPNET, SILENT, guess, reading

ERROR_BODIES = reading(
    "error-bodies",
    "errors are ASP.NET Core problem details (application/problem+json); 401 and 405 have no body",
    ASPNET,
    "a body of the vendor's own",
)
UNKNOWN_ROUTE = reading("unknown-route", "an unknown path is 404 without a body", ASPNET, "problem details")
PATH_SPELLING = reading(
    "path-spelling",
    "paths match without regard to case, with or without a slash at the end",
    "the pages mix /Campaign/, /campaign and /Campaigns, /objects/ and /data",
    "one spelling only",
)
KEY_SPELLING = reading(
    "key-spelling",
    "keys of fixed models match without regard to case",
    "the campaign page mixes ClientID, clientID and ClientId",
    "one spelling only",
)
ENUM_NAMES = guess(
    "enum-names",
    "names",
    "an enum is taken by its name, in any case",
    "datasource page: the models print names; " + ASPNET,
    "also by its number, as the framework can",
    "names",
    "numbers",
)
NUMBER_IN_PATH = reading(
    "number-in-path", "an id in a path that is no number is 400", ASPNET, "404, by a route constraint"
)
BODY_LIMIT = guess(
    "body-limit",
    30_000_000,
    "a body of more bytes than this is 413",
    "campaign page: a restriction on the content size of POST, without a figure; Kestrel's default",
    "another figure",
)
MEDIA_TYPE = reading("media-type", "a body that is not application/json is 415", ASPNET, "any type is read")
TIME_ZONE = guess(
    "time-zone",
    "Europe/Oslo",
    "times without a zone are local time there; dates are days there",
    "a Norwegian vendor; " + SILENT,
    "UTC",
)
