"""Every guess about Altcraft, named; correct one here, in one line, and the answers follow.

Sources: "guide" is the vendor's developer guide, "user guide" its user guide, "callers" public code
that calls the real service, "write-up" what users have told of it.
"""

from __future__ import annotations

from simulator.kernel.assumptions import Ledger

ALL = Ledger("altcraft")
_guess, _reading = ALL.guess, ALL.reading

SILENT = "no page that could be read says"

# --- the wire ---------------------------------------------------------------------------

HTTP_STATUS = _guess(
    "http-status",
    "200",
    "a refusal comes with HTTP 200; its code is in the body",
    "guide: 200 is the transport's success, then the sentence is cut; callers test `error` after a success",
    "`mirror`: the HTTP status is the code",
    "200",
    "mirror",
)
ERROR_TEXTS = _reading(
    "error-texts",
    "error_text is the text of the code, then what is wrong after a colon",
    "guide: a table of codes, legible to 403",
    "other texts",
)
FORBIDDEN_TEXT = _reading(
    "forbidden-text", "the text of 403 is `No access`", "guide: `No `, the rest is cut", "No …"
)
UNKNOWN_TOKEN = _guess(
    "unknown-token", 401, "an unknown token is 401", "guide: 401 API token required", "403", 401, 403
)
NOT_FOUND_CODE = _guess(
    "not-found-code", 404, "what does not exist, or is not seen, is 404", SILENT, "400 or 440", 404, 400, 440
)
DUPLICATE_CODE = _guess(
    "duplicate-code", 409, "a unique e-mail address that another profile has is 409", SILENT, "400", 409, 400
)
OTHER_CONTENT_TYPE = _guess(
    "other-content-type",
    "json",
    "a body of another content type, or of none, is read as JSON",
    SILENT,
    "`refuse`: 415",
    "json",
    "refuse",
)
FORMAT = _reading(
    "format",
    "the parameter `format` of the body, then of the query, then the header Accept choose XML",
    "guide: the form is chosen by header or parameters; which header is not said",
    "another header, another order",
)

# --- access -----------------------------------------------------------------------------

TOKEN_ORDER = _reading(
    "token-order",
    "of several tokens the body's counts, then the header's, then the query's",
    SILENT,
    "the header's",
)
TOKEN_GROUPS = _reading(
    "token-groups",
    "a token sees the databases and resources of its groups; others are not found",
    "guide: tokens and objects have groups",
    "403",
)
PERMISSION_NAMES = _reading(
    "permission-names",
    "rights are profiles.read, profiles.write, profiles.delete, databases.read, resources.read, "
    "segments.write and campaigns.write",
    "guide: deleting needs a right of its own; no other is named",
    "fewer rights",
)

# --- searching a profile ----------------------------------------------------------------

# --- fields of a profile ----------------------------------------------------------------

# --- subscriptions ----------------------------------------------------------------------

# --- databases, resources, segments -----------------------------------------------------

# --- campaigns --------------------------------------------------------------------------
