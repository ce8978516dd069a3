"""Guesses: fields of a profile."""

from __future__ import annotations

from simulator.vendors.altcraft.assumptions.ledger import SILENT, guess, reading

FIELD_CONVERSION = reading(
    "field-conversion",
    "a text that is a number is one where a number is meant, a number is its text where a text is meant, "
    "a lone tag or object is a list of one; any other value of a wrong type is 400",
    SILENT,
    "all of them refused",
)
EPOCH_DATES = guess(
    "epoch-dates",
    True,
    "dates may be numbers: seconds, or from 10^11 on milliseconds, since 1970",
    "callers send such numbers; no page says how they are taken",
    "400",
    True,
    False,
)
DATES_OUT = reading(
    "dates-out", "dates are given back in UTC with milliseconds and Z", "guide: one example", "as sent"
)
EMAIL_FORM = reading(
    "email-form",
    "an e-mail address has one @, a dot in its domain, no spaces and at most 254 characters",
    "guide: examples, no rule",
    "looser",
)
PHONE_FORM = reading(
    "phone-form",
    "a phone number has 7 to 15 digits, perhaps a plus sign; spaces, dashes and brackets do not count",
    "guide: examples, no rule",
    "E.164 only",
)
SEX_NUMBERS = reading(
    "sex-numbers",
    "numbers from 0 to 2 are kept for _sex as given",
    "guide has words in one place and an integer in another; callers do not agree on its meaning",
    "turned into words",
)
POSTAL_CODE = reading(
    "postal-code",
    "_postal_code is kept as sent, number or text",
    "guide: number in the table, text in examples",
    "always text",
)
COUNTRY_FORM = reading("country-form", "_country has two letters", "guide: RU", "any text")
GLOBAL_STATUS = reading(
    "global-status-default",
    "_status is 0, subscribed, until it is set, and does not follow the subscriptions",
    "user guide: the meanings; nothing on the beginning",
    "taken from subscriptions",
)
STATUS_OUT = reading(
    "status-out", "_status is given back as its number", "guide: that part of the example is cut", "a word"
)
NULL_KEEPS = guess(
    "null-keeps", True, "null leaves a field as it is", SILENT, "`false`: it clears the field", True, False
)
UNKNOWN_FIELD = guess(
    "unknown-custom-field",
    "ignore",
    "a field that the database has not is passed over",
    "callers send such keys; the page on common errors could not be read",
    "`refuse`: 400; `store`: kept as sent",
    "ignore",
    "refuse",
    "store",
)
FUNCTION_DETECTION = reading(
    "function-detection",
    "an object whose `action` is one of the six names is a function; with another `action` it is a value, "
    "which only a field of type object or arr_object takes",
    "guide: functions stand where values do",
    "by the type of the field",
)
FUNCTION_WRONG_TYPE = guess(
    "function-wrong-type",
    "refuse",
    "a function that the type of the field has not is 400",
    SILENT,
    "`ignore`: the field stays",
    "refuse",
    "ignore",
)
INCR_MISSING = guess(
    "incr-missing",
    "zero",
    "incr of a field without a value counts from 0",
    SILENT,
    "`refuse`: 400",
    "zero",
    "refuse",
)
ADD_DUPLICATES = reading(
    "add-duplicates",
    "add passes over what the list has, delete over what it has not",
    SILENT,
    "kept twice, refused",
)
UPSERT_PATH = reading(
    "upsert-path",
    "submatch is a dotted path; steps missing in an object are made, elements of an arr_object without the "
    "property stay as they are",
    "guide: examples, and the rule on elements",
    "no steps are made",
)
UNSET_EMAIL = guess(
    "unset-email",
    "refuse",
    "unset of email is 400",
    "guide: it cannot be unset; not what comes of trying",
    "`ignore`: it stays",
    "refuse",
    "ignore",
)
EVENTS_WHEN = reading(
    "events-when",
    "profiles and subscriptions added or updated, subscriptions deleted or restored, and static segments "
    "entered or left are events, unless triggers are skipped",
    SILENT,
    "other events",
)
