"""Guesses: searching a profile."""

from __future__ import annotations

from simulator.vendors.altcraft.assumptions.ledger import SILENT, guess, reading

MATCHING_LEFT_OUT = reading(
    "matching-left-out",
    "without matching the search is by email if it is given, else by profile_id if that is, else by the "
    "email of the data",
    "guide: the default is email; examples of functions have profile_id and no matching",
    "400",
)
SEARCH_VALUE_IN_DATA = guess(
    "search-value-in-data",
    True,
    "a search value that is not given beside the data is taken from it: email, phones, the custom field, "
    "subscriptions",
    "callers send phones in the data only; the rest by analogy",
    "`false`: 400",
    True,
    False,
)
NO_SEARCH_VALUE = guess(
    "no-search-value",
    "create",
    "an import by email without any address creates a profile",
    SILENT,
    "`refuse`: 400",
    "create",
    "refuse",
)
SEVERAL_HITS = guess(
    "several-hits",
    "first",
    "of several profiles that match, one whose own field it is goes before those with a subscription, "
    "then the one that was created first",
    "user guide: the field should be unique",
    "`refuse`: 400",
    "first",
    "refuse",
)
RESOURCE_NARROWS = guess(
    "resource-id-narrows",
    "subscriptions",
    "resource_id limits the search among subscriptions; the profile's own address or number still counts",
    "guide: one sentence, on subscriptions",
    "`all`: only subscriptions to the resource count",
    "subscriptions",
    "all",
)
DELETED_MATCH = reading(
    "deleted-subscriptions-match", "deleted subscriptions are not searched", SILENT, "they are"
)
PUSH_SUB_KEYS = reading(
    "push-sub-keys",
    "push_sub searches by provider and subscription_id together",
    "callers: claims of an SDK",
    "subscription_id alone",
)
CUSTOM_SUB_KEYS = reading(
    "custom-sub-keys",
    "custom_sub searches by channel and cc_data",
    "guide: the mode; its page could not be read",
    "others",
)
EMAIL_PHONE_EITHER = reading(
    "email-phone-either",
    "email_phone and email_phone_sub find by either of the two; the address goes first",
    "guide: names of the modes",
    "both must match",
)
EMAIL_CASE = reading(
    "email-case", "addresses are compared without regard to case and kept as sent", SILENT, "case matters"
)
PHONE_COMPARE = reading(
    "phone-compare",
    "numbers are compared by their digits and plus sign, and kept as sent",
    SILENT,
    "a leading 8 is +7",
)
FIELD_VALUE_TYPES = reading(
    "field-value-types",
    "field_value is taken as the type of the field; of tags all that are named must be there",
    "guide: a combination of tags, separated by commas",
    "strict types, any of the tags",
)
UNKNOWN_FIELD_NAME = guess(
    "unknown-field-name",
    "refuse",
    "a search by a field that the database has not is 400",
    SILENT,
    "`nothing`: no profile is found",
    "refuse",
    "nothing",
)
BATCH_SEARCH_VALUE = reading(
    "batch-search-value",
    "in batches what is searched for is read from each profile: email, phones, profile_id, the custom "
    "field, subscriptions",
    "callers: phones in each profile",
    "the value beside the data, for all",
)
