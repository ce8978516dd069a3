"""Guesses: the wire."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import SILENT, reading

ERRORS = reading(
    "errors",
    "refusals are {status: error, success: false, message, error}, 400, 401 or 404, worded as by Joi",
    "page: no error is shown; Flutter names Joi and reads `error`, React Native `message`, sites `status`",
    "other bodies, other texts",
)
TOKEN_ERRORS = reading(
    "token-errors",
    "refusals that concern tokens are {code, error, error_description}",
    "page: the answer of /api/token looks like node-oauth2-server 2",
    "other bodies",
)
UNKNOWN_ROUTE = reading("unknown-route", "an unknown path or method is 404 `Not found`", SILENT, "HTML")
JSON_BODIES = reading(
    "json-bodies",
    "JSON is read wherever a form is",
    "page: Add prospect names JSON; Flutter and React Native send nothing else",
    "forms only, below /api and /jsapi",
)
OTHER_BODIES = reading(
    "other-bodies",
    "a body that is neither form nor JSON is as if there were none",
    "Express, which the libraries' comments point to, reads no others",
    "415",
)
EMPTY_TEXTS = reading(
    "empty-texts", "an empty text is as if it were not sent", "page: samples send userCountry=", "it is kept"
)
TRIMMED_NAMES = reading(
    "trimmed-names",
    "blanks around the name of a field are cut off",
    "page: samples send comment%20=",
    "it is another field",
)
EMAIL_TWICE_ENCODED = reading(
    "email-twice-encoded",
    "an e-mail address with %40 and no @ is decoded once more",
    "page: the Node samples of init encode it twice",
    "it is refused",
)
UNKNOWN_FIELDS = reading("unknown-fields", "a field that is not listed is ignored", SILENT, "400")
CHECKS = reading(
    "checks",
    "what the contract asks for is checked even where it is assumed: what must be there, forms, lengths",
    "page: values and ranges of some fields, without what happens to others; Flutter names Joi",
    "it is taken as it is",
)
STATUS_OF_SUCCESS = reading("status-of-success", "every success is 200", SILENT, "201 where one is made")
BEARER = reading(
    "bearer",
    "the token is also read from `Authorization: Bearer`",
    "RFC 6750; page: the query only",
    "401",
)
