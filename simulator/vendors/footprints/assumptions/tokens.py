"""Guesses: tokens."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import guess, reading

TOKEN_PARAMETERS = reading(
    "token-parameters",
    "what is asked of /api/token stands in the body, else in the query",
    "page: the table is headed Query Parameters, all samples send a body",
    "the body only",
)
SCOPES = reading(
    "scopes",
    "each token has app_scope, a hostess's hostess_scope and her name too; no operation asks for a scope",
    "page: the sample answer; nothing is said of scopes",
    "operations that need hostess_scope",
)
TOKEN_LIFETIME = guess(
    "token-lifetime",
    31_535_999,
    "an access token holds for so many seconds",
    "page: expires_in of the sample answer; that it is the same for each token is not said",
    "a lifetime for each grant",
)
PIN_WITH_KEY = guess(
    "pin-with-key",
    "optional",
    "with client_credentials a PIN adds its hostess, and one that is nobody's is passed over",
    "page: all samples send one, the table has it for grant pin only",
    "it is refused (required)",
    "optional",
    "required",
)
REFRESH = guess(
    "refresh",
    "once",
    "grant refresh_token gives its holder a new token; it serves once and never expires",
    "page: a refresh_token is given out, no grant for it is listed; RFC 6749, section 6",
    "no such grant (unknown)",
    "once",
    "unknown",
)
