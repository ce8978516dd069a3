"""Guesses: the wire."""

from __future__ import annotations

from simulator.vendors.altcraft.assumptions.ledger import SILENT, guess, reading

HTTP_STATUS = guess(
    "http-status",
    "200",
    "a refusal comes with HTTP 200; its code is in the body",
    "guide: 200 is the transport's success, then the sentence is cut; callers test `error` after a success",
    "`mirror`: the HTTP status is the code",
    "200",
    "mirror",
)
ERROR_TEXTS = reading(
    "error-texts",
    "error_text is the text of the code, then what is wrong after a colon",
    "guide: a table of codes, legible to 403",
    "other texts",
)
FORBIDDEN_TEXT = reading(
    "forbidden-text", "the text of 403 is `No access`", "guide: `No `, the rest is cut", "No …"
)
UNKNOWN_TOKEN = guess(
    "unknown-token", 401, "an unknown token is 401", "guide: 401 API token required", "403", 401, 403
)
NOT_FOUND_CODE = guess(
    "not-found-code", 404, "what does not exist, or is not seen, is 404", SILENT, "400", 404, 400
)
DUPLICATE_CODE = guess(
    "duplicate-code", 409, "a unique e-mail address that another profile has is 409", SILENT, "400", 409, 400
)
OTHER_CONTENT_TYPE = guess(
    "other-content-type",
    "json",
    "a body of another content type, or of none, is read as JSON",
    SILENT,
    "`refuse`: 415",
    "json",
    "refuse",
)
FORMAT = reading(
    "format",
    "the parameter `format` of the body, then of the query, then the header Accept choose XML",
    "guide: the form is chosen by header or parameters; which header is not said",
    "another header, another order",
)

UNKNOWN_FORMAT = guess(
    "unknown-format",
    "refuse",
    "a format that is neither json nor xml is 400",
    SILENT,
    "`json`",
    "refuse",
    "json",
)
UNKNOWN_PATH = guess(
    "unknown-path",
    "status",
    "a path that is no operation is HTTP 404, another method HTTP 405, as a web server answers",
    "guide: speaks of operations only",
    "`200`: as any refusal",
    "status",
    "200",
)
EXTRA_KEYS = reading(
    "extra-keys",
    "keys of a body that the operation does not know are passed over",
    "callers send some",
    "400",
)
XML_SINGLE = reading(
    "xml-single",
    "an element where an array is meant is an array of one, also without its mark",
    "guide: the mark array='true'",
    "400",
)
ORDER_OF_CHECKS = reading(
    "order-of-checks",
    "what is checked: path, body, token there, token valid, right, shape of the body, database, "
    "search value, quota, data, unique email, subscriptions, segments",
    SILENT,
    "another order",
)
