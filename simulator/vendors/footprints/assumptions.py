"""Every guess about Footprints for Retail, named; correct one here, in one line, and the answers follow.

Sources: "page" is the vendor's API documentation, "Flutter" and "React Native" its client libraries,
"sites" web pages that load its script.
"""

from __future__ import annotations

from simulator.kernel.assumptions import Ledger

ALL = Ledger("footprints")
_guess, _reading = ALL.guess, ALL.reading

SILENT = "page: nothing is said"

# --- the wire ---------------------------------------------------------------------------

ERRORS = _reading(
    "errors",
    "refusals are {status: error, success: false, message, error}, 400, 401 or 404, worded as by Joi",
    "page: no error is shown; Flutter names Joi and reads `error`, React Native `message`, sites `status`",
    "other bodies, other texts",
)
TOKEN_ERRORS = _reading(
    "token-errors",
    "refusals that concern tokens are {code, error, error_description}",
    "page: the answer of /api/token looks like node-oauth2-server 2",
    "other bodies",
)
UNKNOWN_ROUTE = _reading("unknown-route", "an unknown path or method is 404 `Not found`", SILENT, "HTML")
JSON_BODIES = _reading(
    "json-bodies",
    "JSON is read wherever a form is",
    "page: Add prospect names JSON; Flutter and React Native send nothing else",
    "forms only, below /api and /jsapi",
)
OTHER_BODIES = _reading(
    "other-bodies",
    "a body that is neither form nor JSON is as if there were none",
    "Express, which the libraries' comments point to, reads no others",
    "415",
)
EMPTY_TEXTS = _reading(
    "empty-texts", "an empty text is as if it were not sent", "page: samples send userCountry=", "it is kept"
)
TRIMMED_NAMES = _reading(
    "trimmed-names",
    "blanks around the name of a field are cut off",
    "page: samples send comment%20=",
    "it is another field",
)
EMAIL_TWICE_ENCODED = _reading(
    "email-twice-encoded",
    "an e-mail address with %40 and no @ is decoded once more",
    "page: the Node samples of init encode it twice",
    "it is refused",
)
UNKNOWN_FIELDS = _reading("unknown-fields", "a field that is not listed is ignored", SILENT, "400")
CHECKS = _reading(
    "checks",
    "what the contract asks for is checked even where it is assumed: what must be there, forms, lengths",
    "page: values and ranges of some fields, without what happens to others; Flutter names Joi",
    "it is taken as it is",
)
STATUS_OF_SUCCESS = _reading("status-of-success", "every success is 200", SILENT, "201 where one is made")
BEARER = _reading(
    "bearer",
    "the token is also read from `Authorization: Bearer`",
    "RFC 6750; page: the query only",
    "401",
)

# --- tokens -----------------------------------------------------------------------------

# --- leads ------------------------------------------------------------------------------

LEAD_IS_OF_CLIENT = _reading(
    "lead-is-of-client",
    "each new lead finds or makes its client, gets a snapshot and enters the client's timeline",
    "page: the times in the answer of Get customers, milliseconds apart in this order",
    "a client is made when the lead becomes a customer",
)
SNAPSHOTS = _reading(
    "snapshots",
    "each change of a lead adds a snapshot to its history",
    "page: Get customers shows one in a lead's history",
    "changes of status only",
)
STATUS_TRANSITIONS = _reading(
    "status-transitions", "any status may follow any", "page: six values, no transitions", "a funnel"
)

# --- actions and documents --------------------------------------------------------------

# --- customers --------------------------------------------------------------------------

SAME_PERSON = _reading(
    "same-person",
    "e-mail addresses are compared without case, phone numbers by digits; where one is given, it decides",
    "page: e-mail and phone together are mandatory in Get customers",
    "exact texts; a client of its own for each pair",
)
GAPS_OF_CLIENTS = _reading(
    "gaps-of-clients", "a further lead fills what its client lacks, and changes nothing", SILENT, "it changes"
)

# --- loyalty ----------------------------------------------------------------------------

# --- lists and notifications ------------------------------------------------------------

# --- web tracking -----------------------------------------------------------------------

APPKEY = _reading(
    "appkey",
    "a missing appkey is 400, an unknown one 401 `Invalid appkey`",
    "React Native tells a refused App Key from other failures, without status",
    "another status",
)

# --- mobile tracking --------------------------------------------------------------------

# --- ads and products -------------------------------------------------------------------
