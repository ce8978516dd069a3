"""Every guess about Infact, named; correct one here, in one line, and the answers follow.

Sources speak of two pages of the vendor's wiki: "datasource page" (api/datasource) and
"campaign page" (api/campaign), and of further pages by their path.
"""

from __future__ import annotations

from simulator.kernel.assumptions import Ledger

ALL = Ledger("infact")
_guess, _reading = ALL.guess, ALL.reading

ASPNET = "the Swagger page has the marks of ASP.NET Core; no page shows an error"
SILENT = "no page says"

# --- the wire ---------------------------------------------------------------------------

ERROR_BODIES = _reading(
    "error-bodies",
    "errors are ASP.NET Core problem details (application/problem+json); 401 and 405 have no body",
    ASPNET,
    "a body of the vendor's own",
)
UNKNOWN_ROUTE = _reading("unknown-route", "an unknown path is 404 without a body", ASPNET, "problem details")
PATH_SPELLING = _reading(
    "path-spelling",
    "paths match without regard to case, with or without a slash at the end",
    "the pages mix /Campaign/, /campaign and /Campaigns, /objects/ and /data",
    "one spelling only",
)
KEY_SPELLING = _reading(
    "key-spelling",
    "keys of fixed models match without regard to case",
    "the campaign page mixes ClientID, clientID and ClientId",
    "one spelling only",
)
ENUM_NAMES = _guess(
    "enum-names",
    "names",
    "an enum is taken by its name, in any case",
    "datasource page: the models print names; " + ASPNET,
    "also by its number, as the framework can",
    "names",
    "numbers",
)
NUMBER_IN_PATH = _reading(
    "number-in-path", "an id in a path that is no number is 400", ASPNET, "404, by a route constraint"
)
BODY_LIMIT = _guess(
    "body-limit",
    30_000_000,
    "a body of more bytes than this is 413",
    "campaign page: a restriction on the content size of POST, without a figure; Kestrel's default",
    "another figure",
)
MEDIA_TYPE = _reading("media-type", "a body that is not application/json is 415", ASPNET, "any type is read")
TIME_ZONE = _guess(
    "time-zone",
    "Europe/Oslo",
    "times without a zone are local time there; dates are days there",
    "a Norwegian vendor; " + SILENT,
    "UTC",
)

# --- account ----------------------------------------------------------------------------

TOKEN_RESPONSE = _guess(
    "token-response",
    "object",
    "the token comes as {Token, TokenType, ExpiresIn, Expires}",
    "the Account page is not public; every known answer has PascalCase keys",
    "a bare JSON string",
    "object",
    "string",
)
TOKEN_LIFETIME = _guess("token-lifetime", 3600, "a token holds this many seconds", SILENT, "another lifetime")
CLIENT_ID_OWNER = _reading(
    "client-id-owner",
    "a ClientId that is not the login's own is 400",
    "campaign page: ClientId identifies the user; login and ClientId are handed out together",
    "403, or any ClientId is taken",
)

# --- datasources ------------------------------------------------------------------------

NOT_FOUND = _reading(
    "not-found",
    "an unknown datasource, object or item, or another customer's, is 404",
    "datasource page: the data is private to the customer; " + SILENT + " how",
    "403 or 400",
)
ITEM_ID = _reading(
    "item-id",
    "itemId is the value of the object's key property, `id`",
    "datasource page, example: item 12 has id 12",
    "an internal row number",
)
WRITE_RESPONSE = _reading(
    "write-response", "writes answer 200 with the stored row or rows", SILENT, "204, or the id alone"
)
UPDATE_IS_PARTIAL = _guess(
    "update-is-partial",
    True,
    "PUT changes only the properties given; null clears one",
    "as import is described; " + SILENT + " for PUT",
    "PUT replaces the row",
    True,
    False,
)
UPDATE_ID = _reading(
    "update-id", "an id in the body that differs from the path's is 400", SILENT, "it is ignored"
)
DUPLICATE_ID = _guess(
    "duplicate-id",
    "conflict",
    "inserting an id that exists is 409",
    SILENT,
    "the row is updated",
    "conflict",
    "upsert",
)
ASSIGNED_ID = _reading("assigned-id", "a row without id gets the highest id plus one", SILENT, "400")
BATCH_WHOLE = _reading("batch-whole", "a batch is stored whole or not at all", SILENT, "good rows are kept")
ARRAY_ON_DATA = _reading(
    "array-on-data",
    "an array posted to /data is a batch",
    "datasource page: the batch example posts to /data",
    "400",
)
LENIENT_VALUES = _reading(
    "lenient-values",
    "a value that does not convert to its property's type is stored as null",
    "datasource page, example: dateOfBirth is posted as `Birthday` and read back as null",
    "400, for types other than Date",
)
VALUE_TYPES = _reading(
    "value-types",
    "how values of each property type are read and shown",
    "datasource page: seven type names and one example row; customer-use-cases/query-filters: more names",
    "other conversions",
)
EMPTY_TEXT = _reading("empty-text", "an empty string is null, but in text", SILENT, "it does not convert")
UNKNOWN_PROPERTIES = _reading("unknown-properties", "names that no property has are ignored", SILENT, "400")
CREATED_DATE = _reading(
    "created-date",
    "a property marked so in the scheme is today where an insert leaves it out",
    "datasource page: createdDate is never sent and always returned",
    "null",
)
PHONE_FORM = _reading(
    "phone-form",
    "phones become + and digits, short ones with the country's code; SMS goes to valid mobile numbers only",
    "campaign page: 919013xx stands for +47919013xx; the details are not given",
    "stored as sent",
)

# --- import -----------------------------------------------------------------------------

MERGE_KEY = _reading(
    "merge-key",
    "a missing MergeKey, or one the object does not allow, is 400",
    "datasource page: the list of keys comes from support",
    "any property, or id where none is given",
)
IMPORT_ORDER = _reading(
    "import-order", "an item sees what items before it did", SILENT, "all see the state before"
)
IMPORT_NULL = _reading("import-null", "a null in an item clears the property", SILENT, "it is ignored")
IMPORT_NO_MATCH = _reading(
    "import-no-match",
    "an item whose key has a value that no row has is inserted",
    "datasource page: only an item without the key's value is shown to be added",
    "it is an error",
)
IMPORT_KEEPS_ID = _reading(
    "import-keeps-id", "an item's id never rewrites the id of the row it matched", SILENT, "the id changes"
)
IMPORT_ROW_ERROR = _reading(
    "import-row-error",
    "an item that is no object, or inserts an id that exists, is a row error and changes nothing",
    SILENT,
    "the whole import fails",
)
IMPORTED_COUNT = _guess(
    "imported-count",
    "inserted",
    "ImportedCount counts the items that added a row",
    "datasource page, example: one row updated, one added, ImportedCount 1",
    "it counts the items that updated rows",
    "inserted",
    "updated",
)
INVALID_PROPERTIES = _guess(
    "invalid-properties",
    "pairs",
    "InvalidPropertiesCount counts each dropped property of each item",
    SILENT,
    "it counts distinct property names",
    "pairs",
    "names",
)
ERRORS_COUNT = _guess(
    "errors-count",
    "total",
    "ErrorsCount is RowErrorsCount plus InvalidPropertiesCount",
    SILENT,
    "it counts failures of the import as a whole, which never happen",
    "total",
    "import",
)
IMPORT_DURATION = _guess(
    "import-duration",
    10_000,
    "ImportDuration is this many ticks of 100 ns per item, so that it repeats",
    "datasource page, example: 00:00:01.8505410 for two items",
    "real time",
)

# --- query ------------------------------------------------------------------------------

PREDICATES = _reading(
    "predicates",
    "predicates beyond Equals and In, their names and values",
    "datasource page: only these two survive, and MaxValue proves a range",
    "other names",
)
USE_OR = _reading(
    "use-or",
    "UseOr joins an element to what stands before it, left to right; one that says nothing is passed over",
    "datasource page: the flag exists on elements without children",
    "it joins the element's children",
)
NULL_ROWS = _reading(
    "null-rows",
    "a null fails every comparison but IsNull, Equals null and the negative ones",
    SILENT,
    "SQL's three-valued logic",
)
TEXT_CASE = _reading(
    "text-case",
    "Equals and In mind case; Contains, StartsWith and EndsWith do not",
    SILENT,
    "the database's collation decides",
)
RELATED_PATHS = _reading(
    "related-paths",
    "an operation on `relation.property` asks for any related row; a filter on a relation, for one in all",
    "datasource page: `__tags.tag`, and objects that relate by id columns",
    "another syntax",
)
ORDER_NULLS = _reading(
    "order-nulls", "nulls come last in Order; without Order rows come by id", SILENT, "first"
)
GROUP_BY = _reading("group-by", "GroupBy keeps the first row of each combination", SILENT, "it aggregates")
COUNT_LIMIT = _reading(
    "count-limit",
    "Count is the most rows taken; 0 is no limit",
    "datasource page: the sample value is 0",
    "it is informative",
)
IS_DICTIONARY = _reading(
    "is-dictionary", "IsDictionary changes nothing for sending", SILENT, "distinct values only"
)
SELF_JOIN = _reading(
    "self-join",
    "SelfJoin keeps rows for which another row of the object has each Child equal to their Parent",
    "datasource page: parent, child and a comparison",
    "another meaning",
)
QUERY_DEPTH = _reading("query-depth", "a query nested more than 64 deep is 400", ASPNET, "no limit")
QUERY_TIME = _reading(
    "query-time", "a query is evaluated when the campaign is sent", SILENT, "when it is created"
)

# --- campaigns --------------------------------------------------------------------------

CAMPAIGN_RESPONSE = _reading(
    "campaign-response", "200 with Id and the caller's own id", SILENT, "201, or the id alone"
)
TEMPLATE_CHECK = _guess(
    "template-check",
    True,
    "a template id that the customer does not have is 400",
    SILENT,
    "it is found out when sending",
    True,
    False,
)
CONDITIONAL_FIELDS = _reading(
    "conditional-fields",
    "the fields of a channel are required when Type or a priority names that channel",
    "campaign page: Yes/No in the table, the condition is cut off for some",
    "they are never required",
)
NOTHING_TO_SEND = _reading(
    "nothing-to-send",
    "no recipients, or types 1 and 3 with no priority of 1 or 2, are 400; type 2 may be empty",
    "campaign page: Yes/No for the recipients of type 1",
    "an empty send",
)
PAST_SCHEDULE = _reading("past-schedule", "a ScheduleDate that is past sends at once", SILENT, "400")
QUEUE = _reading(
    "queue",
    "a campaign without schedule is sent by the queue, due at once; type 3 within the request",
    "campaign page: a queue-based flow, and type 3 avoids it",
    "minutes later",
)
ONE_MESSAGE = _reading(
    "one-message",
    "a recipient gets one message, on the first channel that can be used",
    "campaign page: the channel is preferred; the picture is lost",
    "one on each channel",
)
PHONE_CHOICE = _guess(
    "phone-choice",
    "valid",
    "the first valid number of CellularPhone, Phone2 to Phone5 is used",
    "campaign page: looking for a phone number in that order",
    "the first that is not empty",
    "valid",
    "filled",
)
EMAIL_FORM = _reading("email-form", "an e-mail address is text around one @, in any case", SILENT, "any text")
DUPLICATE_ADDRESS = _reading(
    "duplicate-address",
    "duplicates are equal addresses on a channel, after the channel is chosen; the first is kept",
    "campaign page: the same phone number or e-mail address",
    "compared before",
)
COLUMN_NAMES = _reading(
    "column-names",
    "PhoneName and EmailName match keys exactly, else in any case; without, nobody is reached",
    SILENT,
    "400",
)
COLUMN_CHECK = _reading(
    "column-check", "in a campaign by query they are properties of the object, or 400", SILENT, "unreachable"
)
TEMPLATE_VARIABLES = _reading(
    "template-variables",
    "variables match without regard to case, also in the subject; unknown or null ones become empty",
    "campaign page: only an absent Custom property is said to become empty",
    "left as written",
)
CAMPAIGN_ID_TAKEN = _reading(
    "campaign-id-taken",
    "a CampaignId used before is 400 unless AllowDuplicateCampaignId; PUT then means the newest",
    "the flag's name",
    "it is never checked",
)
PART_NUMBERS = _guess(
    "part-numbers",
    1,
    "parts are numbered from this; an absent or zero PartNumber is the first part",
    "campaign page: PartCount 0 equals 1; the example leaves PartNumber out",
    "from 0",
    0,
    1,
)
PART_AGAIN = _reading("part-again", "sending a part again replaces it", SILENT, "it adds")
CONTAINER_RECIPIENTS = _reading(
    "container-recipients", "recipients in the POST of type 2 are its first part", SILENT, "they are ignored"
)
COUPONS = _reading(
    "coupons", "coupon fields are stored and can be used as variables", SILENT, "codes are made"
)

# --- blacklists -------------------------------------------------------------------------

BLACKLIST_TYPES = _reading(
    "blacklist-types",
    "Type is None, Global, Custom (the lists and forms named) or All",
    "campaign page: only None survives of the enum",
    "other names",
)
GLOBAL_BLACKLIST = _guess(
    "global-blacklist",
    "selected",
    "the global list is looked at where a campaign's Type is Global or All",
    "campaign page: Type is chosen per channel, and None comes first; no selection is None",
    "it holds for every campaign but where a Type says None, as its name may mean",
    "always",
    "selected",
)
BLACKLISTED = _reading(
    "blacklisted", "a blacklisted address closes its channel, not the other one", SILENT, "it closes both"
)
OLD_BLACKLIST = _reading(
    "old-blacklist", "BlackList above 0 is the id of a list, for both channels", SILENT, "0 or 1, a flag"
)
BLACKLIST_RESPONSE = _reading(
    "blacklist-response",
    "a check looks at every list, a short number being Norwegian, and answers {Phone, IsBlacklisted};"
    " additions and removals answer an empty 200",
    "api/blacklist: a check names no customer; answers are not shown",
    "the global list only; other bodies",
)
BLACKLIST_OPEN = _reading(
    "blacklist-open",
    "/Blacklist needs no credentials",
    "api/blacklist: `not required`, the heading is lost",
    "Basic",
)
BLACKLIST_COUNT = _guess(
    "blacklist-count", 100, "the global lists give this many entries by default", SILENT, "another page size"
)
GLOBAL_UPSERT = _reading(
    "global-upsert",
    "adding again refreshes Updated; removing what is not listed is 404",
    "api/blacklist: bodies and answers are not shown",
    "409 and 200",
)
