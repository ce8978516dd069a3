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
    "not-found-code", 404, "what does not exist, or is not seen, is 404", SILENT, "400", 404, 400
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

UNKNOWN_FORMAT = _guess(
    "unknown-format",
    "refuse",
    "a format that is neither json nor xml is 400",
    SILENT,
    "`json`",
    "refuse",
    "json",
)
UNKNOWN_PATH = _guess(
    "unknown-path",
    "status",
    "a path that is no operation is HTTP 404, another method HTTP 405, as a web server answers",
    "guide: speaks of operations only",
    "`200`: as any refusal",
    "status",
    "200",
)
EXTRA_KEYS = _reading(
    "extra-keys",
    "keys of a body that the operation does not know are passed over",
    "callers send some",
    "400",
)
XML_SINGLE = _reading(
    "xml-single",
    "an element where an array is meant is an array of one, also without its mark",
    "guide: the mark array='true'",
    "400",
)
ORDER_OF_CHECKS = _reading(
    "order-of-checks",
    "what is checked: path, body, token there, token valid, right, shape of the body, database, "
    "search value, quota, data, unique email, subscriptions, segments",
    SILENT,
    "another order",
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

MATCHING_LEFT_OUT = _reading(
    "matching-left-out",
    "without matching the search is by email if it is given, else by profile_id if that is, else by the "
    "email of the data",
    "guide: the default is email; examples of functions have profile_id and no matching",
    "400",
)
SEARCH_VALUE_IN_DATA = _guess(
    "search-value-in-data",
    True,
    "a search value that is not given beside the data is taken from it: email, phones, the custom field, "
    "subscriptions",
    "callers send phones in the data only; the rest by analogy",
    "`false`: 400",
    True,
    False,
)
NO_SEARCH_VALUE = _guess(
    "no-search-value",
    "create",
    "an import by email without any address creates a profile",
    SILENT,
    "`refuse`: 400",
    "create",
    "refuse",
)
SEVERAL_HITS = _guess(
    "several-hits",
    "first",
    "of several profiles that match, one whose own field it is goes before those with a subscription, "
    "then the one that was created first",
    "user guide: the field should be unique",
    "`refuse`: 400",
    "first",
    "refuse",
)
RESOURCE_NARROWS = _guess(
    "resource-id-narrows",
    "subscriptions",
    "resource_id limits the search among subscriptions; the profile's own address or number still counts",
    "guide: one sentence, on subscriptions",
    "`all`: only subscriptions to the resource count",
    "subscriptions",
    "all",
)
DELETED_MATCH = _reading(
    "deleted-subscriptions-match", "deleted subscriptions are not searched", SILENT, "they are"
)
PUSH_SUB_KEYS = _reading(
    "push-sub-keys",
    "push_sub searches by provider and subscription_id together",
    "callers: claims of an SDK",
    "subscription_id alone",
)
CUSTOM_SUB_KEYS = _reading(
    "custom-sub-keys",
    "custom_sub searches by channel and cc_data",
    "guide: the mode; its page could not be read",
    "others",
)
EMAIL_PHONE_EITHER = _reading(
    "email-phone-either",
    "email_phone and email_phone_sub find by either of the two; the address goes first",
    "guide: names of the modes",
    "both must match",
)
EMAIL_CASE = _reading(
    "email-case", "addresses are compared without regard to case and kept as sent", SILENT, "case matters"
)
PHONE_COMPARE = _reading(
    "phone-compare",
    "numbers are compared by their digits and plus sign, and kept as sent",
    SILENT,
    "a leading 8 is +7",
)
FIELD_VALUE_TYPES = _reading(
    "field-value-types",
    "field_value is taken as the type of the field; of tags all that are named must be there",
    "guide: a combination of tags, separated by commas",
    "strict types, any of the tags",
)
UNKNOWN_FIELD_NAME = _guess(
    "unknown-field-name",
    "refuse",
    "a search by a field that the database has not is 400",
    SILENT,
    "`nothing`: no profile is found",
    "refuse",
    "nothing",
)
BATCH_SEARCH_VALUE = _reading(
    "batch-search-value",
    "in batches what is searched for is read from each profile: email, phones, profile_id, the custom "
    "field, subscriptions",
    "callers: phones in each profile",
    "the value beside the data, for all",
)

# --- writing a profile ------------------------------------------------------------------

SEARCH_VALUE_WRITTEN = _guess(
    "search-value-written",
    True,
    "a new profile gets the value that was searched for, where its data leaves that field out",
    "a write-up leaves it out; the guide repeats it in the data",
    "`false`: only the data is written",
    True,
    False,
)
MISSING_BY_ID = _reading(
    "missing-by-id",
    "an import by profile_id of a profile that does not exist is not found and creates nothing",
    "user guide: only when updating; not what comes of it",
    "another code",
)
EMAIL_COLLISION = _reading(
    "email-collision",
    "an email that another profile of the database has is refused as a duplicate, and changes nothing",
    "guide, Add profile: the email is unique; not what an update with another's does",
    "merged, passed over",
)
PHONES_REPLACED = _guess(
    "phones-replaced",
    "replace",
    "phones that are sent take the place of those that the profile has",
    SILENT,
    "`add`: they are added",
    "replace",
    "add",
)
NULL_DATA = _reading(
    "null-data",
    "data that is null is 400, but for profiles/add, where it makes an empty profile",
    "guide, Add profile",
    "no change",
)
MANDATORY_FIELD = _guess(
    "mandatory-field",
    "refuse",
    "a profile cannot be created without the mandatory fields of its database",
    "user guide: the panel asks for them",
    "`ignore`: it can",
    "refuse",
    "ignore",
)
TARIFF_LIMIT = _reading(
    "tariff-limit",
    "402 when the account has as many profiles as its quota, which a fixture sets",
    "guide: the code and its text",
    "counts of messages or databases",
)
FUNCTIONS_ON_CREATE = _reading(
    "update-functions-on-create",
    "functions on a new profile work on empty fields",
    "guide: import takes functions too",
    "400",
)
GEO = _reading(
    "geo",
    "detect_geo knows the networks of documentation only; _ip gives _country, _region, _city, _tz, _lat, "
    "_lon and _regip gives _regcountry, _regcity, but for fields that are sent",
    "guide: `_regip` or `_ip`",
    "one of the two only",
)
DERIVED_FIELDS = _reading(
    "derived-fields",
    "_md5 is of the lower-case email, _domaingroup is `other`, _acid is random; deliveries are those of "
    "campaigns, opens and clicks there are none",
    "guide: names and looks in one example",
    "other meanings",
)
ID_IN_GET = _reading(
    "id-in-get", "profiles/get gives the id as _id", "guide: that part of the example is cut", "another name"
)
BATCH_ITEM = _reading(
    "batch-item",
    "items of a result have error, error_text and, on success, profile_id",
    "guide: errors and ids, in words",
    "other members",
)
BATCH_ATOMIC = _guess(
    "batch-atomic",
    False,
    "a profile of a batch that is refused does not touch the others; one that is no object is refused so too",
    SILENT,
    "`true`: it fails the whole batch",
    True,
    False,
)
BATCH_HARD_LIMIT = _guess(
    "batch-hard-limit",
    "advice",
    "10,000 profiles in a batch are advice",
    "guide: a warning",
    "`refuse`: more are 400",
    "advice",
    "refuse",
)
EMPTY_BATCH = _reading("empty-batch", "an empty batch succeeds with an empty result", SILENT, "400")

# --- fields of a profile ----------------------------------------------------------------

FIELD_CONVERSION = _reading(
    "field-conversion",
    "a text that is a number is one where a number is meant, a number is its text where a text is meant, "
    "a lone tag or object is a list of one; any other value of a wrong type is 400",
    SILENT,
    "all of them refused",
)
EPOCH_DATES = _guess(
    "epoch-dates",
    True,
    "dates may be numbers: seconds, or from 10^11 on milliseconds, since 1970",
    "callers send such numbers; no page says how they are taken",
    "400",
    True,
    False,
)
DATES_OUT = _reading(
    "dates-out", "dates are given back in UTC with milliseconds and Z", "guide: one example", "as sent"
)
EMAIL_FORM = _reading(
    "email-form",
    "an e-mail address has one @, a dot in its domain, no spaces and at most 254 characters",
    "guide: examples, no rule",
    "looser",
)
PHONE_FORM = _reading(
    "phone-form",
    "a phone number has 7 to 15 digits, perhaps a plus sign; spaces, dashes and brackets do not count",
    "guide: examples, no rule",
    "E.164 only",
)
SEX_NUMBERS = _reading(
    "sex-numbers",
    "numbers from 0 to 2 are kept for _sex as given",
    "guide has words in one place and an integer in another; callers do not agree on its meaning",
    "turned into words",
)
POSTAL_CODE = _reading(
    "postal-code",
    "_postal_code is kept as sent, number or text",
    "guide: number in the table, text in examples",
    "always text",
)
COUNTRY_FORM = _reading("country-form", "_country has two letters", "guide: RU", "any text")
GLOBAL_STATUS = _reading(
    "global-status-default",
    "_status is 0, subscribed, until it is set, and does not follow the subscriptions",
    "user guide: the meanings; nothing on the beginning",
    "taken from subscriptions",
)
STATUS_OUT = _reading(
    "status-out", "_status is given back as its number", "guide: that part of the example is cut", "a word"
)
NULL_KEEPS = _guess(
    "null-keeps", True, "null leaves a field as it is", SILENT, "`false`: it clears the field", True, False
)
UNKNOWN_FIELD = _guess(
    "unknown-custom-field",
    "ignore",
    "a field that the database has not is passed over",
    "callers send such keys; the page on common errors could not be read",
    "`refuse`: 400; `store`: kept as sent",
    "ignore",
    "refuse",
    "store",
)
FUNCTION_DETECTION = _reading(
    "function-detection",
    "an object whose `action` is one of the six names is a function; with another `action` it is a value, "
    "which only a field of type object or arr_object takes",
    "guide: functions stand where values do",
    "by the type of the field",
)
FUNCTION_WRONG_TYPE = _guess(
    "function-wrong-type",
    "refuse",
    "a function that the type of the field has not is 400",
    SILENT,
    "`ignore`: the field stays",
    "refuse",
    "ignore",
)
INCR_MISSING = _guess(
    "incr-missing",
    "zero",
    "incr of a field without a value counts from 0",
    SILENT,
    "`refuse`: 400",
    "zero",
    "refuse",
)
ADD_DUPLICATES = _reading(
    "add-duplicates",
    "add passes over what the list has, delete over what it has not",
    SILENT,
    "kept twice, refused",
)
UPSERT_PATH = _reading(
    "upsert-path",
    "submatch is a dotted path; steps missing in an object are made, elements of an arr_object without the "
    "property stay as they are",
    "guide: examples, and the rule on elements",
    "no steps are made",
)
UNSET_EMAIL = _guess(
    "unset-email",
    "refuse",
    "unset of email is 400",
    "guide: it cannot be unset; not what comes of trying",
    "`ignore`: it stays",
    "refuse",
    "ignore",
)
EVENTS_WHEN = _reading(
    "events-when",
    "profiles and subscriptions added or updated, subscriptions deleted or restored, and static segments "
    "entered or left are events, unless triggers are skipped",
    SILENT,
    "other events",
)

# --- subscriptions ----------------------------------------------------------------------

SUBSCRIPTION_IDENTITY = _reading(
    "subscription-identity",
    "resource, channel and contact say which subscription of a profile is meant",
    SILENT,
    "one subscription to a channel of a resource",
)
INVALID_SUBSCRIPTION = _reading(
    "invalid-subscription",
    "a subscription is invalid if its shape is wrong, if the token does not see its resource, or if the "
    "resource has not its channel, its database or one of its cats",
    "guide: skip_invalid_subscriptions drops invalid ones; what makes one invalid is not said",
    "fewer or more reasons",
)
INVALID_SUBSCRIPTION_CODE = _guess(
    "invalid-subscription-code",
    400,
    "a subscription, sent with a profile, to a resource that the token does not see is 400",
    SILENT,
    "404",
    400,
    404,
)
NEW_STATUS = _guess(
    "new-status",
    "subscribed",
    "a new subscription without status is subscribed",
    SILENT,
    "unconfirmed, where a double opt-in is set up",
    "subscribed",
    "unconfirmed",
)
NEW_PRIORITY = _guess(
    "new-priority",
    "highest",
    "a new subscription without priority has 0, the highest",
    "guide: 0 is the highest, and a resource may raise the priority of new subscriptions",
    "`lowest`: the one after the profile's others, unless the resource raises new ones",
    "highest",
    "lowest",
)
MINUS_ONE = _reading(
    "minus-one",
    "-1 leaves status or priority as it is, in every operation",
    "guide, Update multiple profiles",
    "only in profiles/update_batch",
)
CATS = _guess(
    "cats",
    "add",
    "cats that are sent are added to those of the subscription",
    "guide: categories to subscribe to",
    "`replace`: they are all that it has",
    "add",
    "replace",
)
OLDER_CONTACTS = _reading(
    "sms-data-push-data",
    "sms_data and push_data are older forms of phone and of provider and subscription_id",
    "guide: email_data, in an example of profiles/add_batch",
    "only email_data",
)
BOTH_FORMS = _reading(
    "both-forms", "of both forms of a contact the one that is not nested counts", SILENT, "an error"
)
NOTIFY_CONTACT = _reading(
    "notify-contact",
    "channels other than email, sms and push, telegram_bot, whatsapp and viber take any cc_data",
    "callers: an SDK names notify among the channels with cc_data",
    "a phone for notify",
)
SET_REVIVES = _guess(
    "set-revives",
    True,
    "setting or importing a subscription that was deleted brings it back, with its status unless one is sent",
    SILENT,
    "false: it is refused until it is restored",
    True,
    False,
)
DELETED_HIDDEN = _guess(
    "deleted-hidden",
    True,
    "deleted subscriptions are not read",
    "guide: deleting sets is_delete and keeps the record; who sees it is not said",
    "false: they are read, with is_delete",
    True,
    False,
)
XXH_HASH_ID = _reading(
    "xxh-hash-id",
    "_xxh and hash_id are digests of profile, resource, channel and contact",
    "guide: their lengths in an example",
    "other digests",
)
CUSTOM_FIELDS_EMPTY = _reading(
    "custom-fields-empty",
    "custom_fields and cats are left out when there are none",
    "guide: the second example of subscriptions/list",
    "empty ones",
)
SET_ANSWER = _reading(
    "set-answer", "subscriptions/set answers error and error_text", SILENT, "more than that"
)
GET_SUB_MISSING = _reading(
    "get-sub-missing", "a subscription that the profile has not is not found", SILENT, "data null"
)
RESTORE_PATH = _reading(
    "restore-path",
    "subscriptions/restore takes what delete takes; one that is not deleted is not found",
    "guide: a page Restore deleted subscription, which could not be read",
    "another path",
)
LIST_ORDER = _reading(
    "list-order",
    "subscriptions of a profile come as they were made, those of a resource by profile id and _xxh",
    SILENT,
    "by priority",
)
LIST_ALL_CURSOR = _reading(
    "list-all-cursor",
    "next_from_id names the first subscription of the next part, as <profile id>.<_xxh>, and is empty when "
    "there is none; a from_id of another form is 400",
    "guide: 41 signs in an example",
    "another form",
)
LIST_ALL_LIMIT = _guess(
    "list-all-limit",
    1000,
    "subscriptions/list_all without limit gives so many",
    "guide: 1000 in other lists",
    "another number",
)
UNSUB_MESSAGE = _reading(
    "unsub-message",
    "an unknown rtoken or smid, or a message of another resource, is not found; categories are taken from "
    "the subscription, whose status stays; an empty list of them is as none; unsubscribing twice succeeds",
    "guide: what profiles/message_unsub takes and does",
    "other codes",
)

# --- databases, resources, segments -----------------------------------------------------

NEXT_FROM_ID_END = _reading(
    "next-from-id-end",
    "next_from_id at the end is the last id plus one, and from_id itself where nothing was found",
    "guide: 6 after the ids to 5, in an example of databases/list",
    "0",
)
TOTAL_COUNT = _reading(
    "total-count",
    "total_count counts all that the token sees, whatever the filters",
    "guide: the number of all databases",
    "what the filters let through",
)
LIST_FILTERS = _reading(
    "list-filters",
    "ui_tags, groups and groups_id each let through what has one of theirs; together all must",
    "guide: their names and types",
    "all of theirs",
)
FIELDS_GET = _reading(
    "fields-get",
    "databases/fields_get takes id or db_id and answers as resources/fields_get",
    "guide: its path, in Profile data object",
    "other parameters, another answer",
)
SYSTEM_FIELD_TITLES = _reading(
    "system-field-titles",
    "the titles and types of the system fields of profiles",
    "guide: their names, in Profile data object",
    "other titles, finer types, more fields",
)
SUBSCRIPTION_SYSTEM_FIELDS = _reading(
    "subscription-system-fields",
    "subscriptions have the same system fields on every channel",
    "guide: a list of them, legible in part, in Get resource fields",
    "fewer on channels without a device, more on others",
)
SEGMENT_ANSWER = _reading(
    "segment-answer", "segments/add answers segment_id beside error and error_text", SILENT, "data, id"
)
SEGMENT_REQUIRED = _reading(
    "segment-required",
    "segments/add needs name and list_id; a segment is not static and not updated daily unless it says so",
    SILENT,
    "other defaults",
)
SEGMENT_CONDITIONS = _reading(
    "segment-conditions",
    "conditions of a segment are kept and not evaluated: what is not static has no members",
    "guide: a member `segment`, whose grammar could not be read",
    "members by conditions",
)
SEGMENTS_UNKNOWN = _guess(
    "segments-unknown",
    "refuse",
    "add_to_segments and remove_from_segments with a segment that the database has not are 404",
    SILENT,
    "`ignore`: it is passed over",
    "refuse",
    "ignore",
)
SEGMENTS_DYNAMIC = _reading(
    "segments-dynamic",
    "putting a profile into a segment that is not static, or taking it out, is 400",
    "guide: these operations are for static segments",
    "404, or nothing happens",
)
SEGSTATIC_REPEAT = _reading(
    "segstatic-repeat", "adding a member again and removing who is none succeed", SILENT, "an error"
)

# --- campaigns --------------------------------------------------------------------------

TRIGGER_ANSWER = _reading(
    "trigger-answer",
    "both import_and_start answer profile_id, triggers/start the bare envelope",
    SILENT,
    "an id of what was started",
)
CAMPAIGN_DATABASE = _reading(
    "campaign-database",
    "the campaign says in which database the profile is; another db_id is 400",
    "guide: db_id is not in the table of triggers/import_and_start",
    "db_id is needed",
)
TRIGGER_INACTIVE = _guess(
    "trigger-inactive",
    400,
    "launching a campaign or scenario that is not active, or a trigger of another type than API, is 400",
    "user guide: only active trigger campaigns of the type special API call can be launched",
    "404",
    400,
    404,
)
TIMEOUT_START = _reading(
    "timeout-start",
    "with a timeout the campaign is started that much later, for the profile as it is then",
    "guide: triggers/import_and_start has a timeout in days, hours and minutes",
    "for the profile as it was imported",
)
CAMPAIGN_MESSAGE = _reading(
    "campaign-message",
    "a campaign or scenario sends one message, to the subscription of the highest priority among those "
    "to its channel that are subscribed, and none where the profile's global status is another",
    "user guide: statuses that stop sending; guide: priority",
    "several messages, other conditions of a scenario",
)
TEMPLATE_VALUES = _reading(
    "template-values",
    "`{apicontent.name}` is the member of content, `{apicontent.a.b}` one inside it, empty where there is "
    "none; custom_data and the names of attachments are kept with the message",
    "guide: content is read as {apicontent.name}",
    "other variables too",
)
SMID = _reading(
    "smid", "the id of a message is 24 hexadecimal digits", "guide: smid is a text", "another form"
)
