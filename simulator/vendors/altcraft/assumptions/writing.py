"""Guesses: writing a profile."""

from __future__ import annotations

from simulator.vendors.altcraft.assumptions.ledger import SILENT, guess, reading

SEARCH_VALUE_WRITTEN = guess(
    "search-value-written",
    True,
    "a new profile gets the value that was searched for, where its data leaves that field out",
    "a write-up leaves it out; the guide repeats it in the data",
    "`false`: only the data is written",
    True,
    False,
)
MISSING_BY_ID = reading(
    "missing-by-id",
    "an import by profile_id of a profile that does not exist is not found and creates nothing",
    "user guide: only when updating; not what comes of it",
    "another code",
)
EMAIL_COLLISION = reading(
    "email-collision",
    "an email that another profile of the database has is refused as a duplicate, and changes nothing",
    "guide, Add profile: the email is unique; not what an update with another's does",
    "merged, passed over",
)
PHONES_REPLACED = guess(
    "phones-replaced",
    "replace",
    "phones that are sent take the place of those that the profile has",
    SILENT,
    "`add`: they are added",
    "replace",
    "add",
)
NULL_DATA = reading(
    "null-data",
    "data that is null is 400, but for profiles/add, where it makes an empty profile",
    "guide, Add profile",
    "no change",
)
MANDATORY_FIELD = guess(
    "mandatory-field",
    "refuse",
    "a profile cannot be created without the mandatory fields of its database",
    "user guide: the panel asks for them",
    "`ignore`: it can",
    "refuse",
    "ignore",
)
TARIFF_LIMIT = reading(
    "tariff-limit",
    "402 when the account has as many profiles as its quota, which a fixture sets",
    "guide: the code and its text",
    "counts of messages or databases",
)
FUNCTIONS_ON_CREATE = reading(
    "update-functions-on-create",
    "functions on a new profile work on empty fields",
    "guide: import takes functions too",
    "400",
)
GEO = reading(
    "geo",
    "detect_geo knows the networks of documentation only; _ip gives _country, _region, _city, _tz, _lat, "
    "_lon and _regip gives _regcountry, _regcity, but for fields that are sent",
    "guide: `_regip` or `_ip`",
    "one of the two only",
)
DERIVED_FIELDS = reading(
    "derived-fields",
    "_md5 is of the lower-case email, _domaingroup is `other`, _acid is random; deliveries are those of "
    "campaigns, opens and clicks there are none",
    "guide: names and looks in one example",
    "other meanings",
)
ID_IN_GET = reading(
    "id-in-get", "profiles/get gives the id as _id", "guide: that part of the example is cut", "another name"
)
BATCH_ITEM = reading(
    "batch-item",
    "items of a result have error, error_text and, on success, profile_id",
    "guide: errors and ids, in words",
    "other members",
)
BATCH_ATOMIC = guess(
    "batch-atomic",
    False,
    "a profile of a batch that is refused does not touch the others; one that is no object is refused so too",
    SILENT,
    "`true`: it fails the whole batch",
    True,
    False,
)
BATCH_HARD_LIMIT = guess(
    "batch-hard-limit",
    "advice",
    "10,000 profiles in a batch are advice",
    "guide: a warning",
    "`refuse`: more are 400",
    "advice",
    "refuse",
)
EMPTY_BATCH = reading("empty-batch", "an empty batch succeeds with an empty result", SILENT, "400")
