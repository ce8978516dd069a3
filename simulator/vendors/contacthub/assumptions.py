"""Every guess about Contacthub, named; correct one here, in one line, and the answers follow.

Sources: "reference" is the vendor's API reference 1.299, "1.51" its API file of that version,
"SDK" a client library of the vendor, "schemas" its JSON schemas of 2019, "user guide" its pages on the
user interface (explore.contactlab.com), "changelog" that of its API up to 1.52.
"""

from __future__ import annotations

from simulator.kernel.assumptions import Ledger
from simulator.vendors.contacthub.paths import inferred

ALL = Ledger("contacthub")
_guess, _reading = ALL.guess, ALL.reading

SILENT = "no document says"

# --- the wire ---------------------------------------------------------------------------

INFERRED_PATHS = {
    row.operation: _reading(
        f"path.{row.operation}",
        f"the operation is {row.chosen}",
        row.source,
        "; ".join(map(str, row.aliases)) or "another method or path",
    )
    for row in inferred().values()
}
"""operationId → that its method or its path is inferred."""
PATH_ALIAS = _reading(
    "path-alias",
    "the request came by another reading of an inferred method or path, and was answered all the same",
    "the alternatives of the operation's own assumption, contacthub.path.{operationId}",
    "404 or 405",
)
REFUSED_ROLE = _reading(
    "refused-role", "a role that may not use an operation is 403", "1.51 lists 403 and roles, no text", "404"
)
SOURCE_REFUSED = _reading(
    "source-refused",
    "a source that is off, or calls from elsewhere than its allowedIPs, is 401; allowedIPs are addresses and "
    "networks such as 192.0.2.0/24, parted by commas or spaces",
    "user guide: address ranges",
    "403; ranges from one address to another",
)
NODE_ACCESS = _reading(
    "node-access",
    "lists of nodes show those that the caller may read or write in, another node of the path is 403",
    "user guide: a user is limited to the nodes chosen, administrators too",
    "the configuration of all nodes is open",
)
WORKSPACE_STATUS = _reading(
    "workspace-status", "calls in a workspace that is not ENABLED are 403", SILENT, "they work"
)
VALIDATION_TEXTS = _reading(
    "validation-texts",
    "the texts of 400, and of 404 for customers and events",
    "SDK tests show a few texts only",
    "other texts",
)
THROTTLING = _reading(
    "throttling", "calls above maxRequestsPerMinute are 429, by calendar minute", SILENT, "another status"
)
TOO_LARGE = _guess(
    "too-large",
    400,
    "a payload above its limit is 400",
    "reference: 64 kB, without a status",
    "413",
    400,
    413,
)
EXTRA_KEYS = _reading(
    "extra-keys", "keys that a model does not name are ignored where it is not closed", SILENT, "400"
)

# --- nodes and send sources -------------------------------------------------------------

DEFAULT_MATCHING = _reading(
    "default-matching",
    "a workspace without a matching policy of its own has externalId, any case",
    "reference: an operation, no value",
    "another property",
)
ENTRY_NODE_REPLACED = _reading(
    "entry-node-replaced",
    "PUT of an entry node clears optional members left out and checks no stored customer",
    "reference: Modifies a specific entry node",
    "members left out stay",
)
OWN_ID = _reading(
    "own-id",
    "in PUT of an entry node or a source another id than that of the path is 400",
    "reference: the body has the id",
    "it is ignored",
)
MATCHING_CHANGED = _reading(
    "matching-changed",
    "another matching policy of an entry node holds for the writes that follow; customers that are the same "
    "by it stay apart until one of them is merged by a write",
    SILENT,
    "they are merged at once",
)
AGGREGATE_ENTRIES = _reading(
    "aggregate-entries", "entry nodes of an aggregate node that do not exist are 404", SILENT, "400"
)
AGGREGATE_NODE_FIXED = _reading(
    "aggregate-node-fixed",
    "PUT of an aggregate node ignores entryNodes, matchingProperties and state; what is left out stays",
    "reference: cannot be changed",
    "400",
)
STATE_CHANGES = _reading(
    "state-changes",
    "a change of state other than from NEW to ACTIVE is 400",
    "reference: the only supported transition",
    "another status",
)
AGGREGATE_MERGE = _reading(
    "aggregate-merge",
    "of two values the source first in sourcePriority counts, then the later write; lists are united; an "
    "address is taken whole; customers without the matching properties have a profile of their own; filters "
    "mind the case",
    "the user guide has the idea",
    "other rules of merging",
)
AGGREGATE_ANEW = _reading(
    "aggregate-anew",
    "another mergePolicy or sourcePriority is applied at once to what is merged already",
    "user guide: profiles come from a merge algorithm, without when",
    "from the next write of each customer on",
)
ONE_TO_ONE = _reading(
    "one-to-one",
    "a CONTACTSEND or CONTACTPLAN source has one node; a node, and a user database, have one source of each "
    "of these providers; what else is asked for is 400",
    'changelog 1.36: "one source: one node: one userdb"',
    "409; or a limit of the user interface only",
)
SEND_CONFIGURATION = _reading(
    "send-configuration",
    "id and name are the workspace's; portfolio and industry are not known",
    "reference: a sample",
    "figures of the mailing product",
)
SEND_SUBSCRIPTIONS = _reading(
    "send-subscriptions",
    "the subscriptions and columns of a user database are those that sources map",
    "reference: samples",
    "lists of the mailing product",
)

# --- bulk jobs --------------------------------------------------------------------------

BULK_TOO_MANY = _reading(
    "bulk-too-many", "the eleventh job in state LOADED is refused with 400", "reference: at most 10", "409"
)
BULK_BAD_FILE = _reading(
    "bulk-bad-file",
    "a file that is empty, no UTF-8, no CSV (a cell above 131,072 characters is none), or has a column that "
    "is no property is FAILED at once",
    "reference: LOADED or FAILED based on the result of the upload",
    "it is LOADED and fails later",
)
BULK_ENTITY = _reading("bulk-entity", "a file without `entity` is of customers", SILENT, "400")
BULK_WAIT = _guess(
    "bulk-wait", 5, "seconds that a job is LOADED, and then SCHEDULED, before it goes on", SILENT, "others"
)
BULK_SLICE = _guess("bulk-slice", 2, "seconds that 1,000 rows take", SILENT, "others")
BULK_STOPPED = _reading(
    "bulk-stopped",
    "a job becomes STOPPED at its next step if its workspace is not ENABLED then, and stays so; a source "
    "disabled, or a right taken away, since it was made does not stop it; no operation stops a job",
    "reference: the name of the state",
    "by hand only",
)
BULK_COUNTS = _reading(
    "bulk-counts",
    "processedEntities are rows that succeeded, failedEntities the others; totalEntities is 0 until "
    "PROCESSING",
    "reference: the names of the members",
    "processedEntities are all rows done",
)
BULK_NAME = _reading(
    "bulk-name",
    "bulkJobName is the name of the file without its ending; a file without a name is file.csv",
    "reference: the name of the member",
    "another name",
)
BULK_CELLS = _reading(
    "bulk-cells",
    "an empty cell says nothing; true and false are booleans; objects and lists are JSON, texts of a list "
    "may be parted by |; extended properties are columns by their configured names",
    "reference: one sample, of texts",
    "another form",
)
BULK_EVENTS = _reading(
    "bulk-events",
    "columns of events: customerId, externalId or bringBackProperties.*, context, date, properties.*, "
    "contextInfo.*, tracking.*; id to change or delete",
    "reference: no sample",
    "other columns",
)
BULK_OPERATIONS = _reading(
    "bulk-operations",
    "UPSERT is as Create customer, or as Partially modify customer by id; INSERT fails a row that matches; "
    "DELETE is by id, unique properties or externalId; UPSERT of events without id is INSERT; "
    "a job with failed rows is PROCESSED",
    "reference: the names of the operations",
    "another reading",
)
BULK_RESULTS = _reading(
    "bulk-results",
    "results are line, outcome, id, message, the line being that of the file on which the row begins; "
    "but for PROCESSED and FAILED they are 409",
    "reference: CSV, only when PROCESSED or FAILED",
    "other columns; 404",
)

# --- configuration ----------------------------------------------------------------------

UNKNOWN_WORD = _reading(
    "unknown-word", "an event type, property or plan model that does not exist is 404", SILENT, "400"
)
PARTIAL_SETTINGS = _reading(
    "partial-settings",
    "a PUT of a configuration, of months or of sizes changes what it names and leaves the rest",
    SILENT,
    "what is not named goes back to its first value",
)
IMMUTABLE_TYPE = _reading(
    "immutable-type", "an event type's `id` and `type` that differ from the path are 400", SILENT, "ignored"
)
INDEXED = _reading(
    "indexed",
    "`indexed` of somebody who is no CLAB_OPERATOR is ignored",
    "reference: only this role can change it",
    "403",
)
EVENT_TEXTS = _reading(
    "event-texts", "labels and descriptions of event types and base properties are ours", SILENT, "others"
)
PLAN_FIELDS = _reading(
    "plan-fields",
    "each plan model has five custom fields, custom_string_1 to custom_string_5",
    "reference: a sample with the type STRING",
    "other fields",
)
OPERATORS_WORKSPACE = _reading(
    "operators-workspace", "a new workspace is open to the operator who made it", SILENT, "to all operators"
)
SLUG_TAKEN = _reading("slug-taken", "a slug that is taken is 409", SILENT, "400")
SOURCE_NODES = _reading(
    "source-nodes", "a node of a source or user that does not exist is 404", SILENT, "400"
)
NEW_SOURCE = _reading(
    "new-source", "a new source is trusted: it reads and writes its nodes", SILENT, "its rights are a setting"
)
OLD_TOKEN = _reading(
    "old-token", "a refreshed token stops the old one at once", SILENT, "both work for a while"
)
USER_NODES = _reading(
    "user-nodes",
    "the nodes of a user bind the user's token; a user without any may use all of them, and is shown so",
    "user guide: selecting none gives access to every node",
    "they bind nobody",
)
GROUP_NAME = _reading(
    "group-name",
    "a customer group that the fixture does not name is called Group and its number",
    "reference: no operation names one",
    "another name",
)
SOURCE_ME = _reading("source-me", "a source that asks who it is gets its name and nodes", SILENT, "403")
RETENTION_NIGHT = _reading(
    "retention-night",
    "expired events are removed at midnight UTC where retention is on; in a new node it is off",
    "user guide: they are removed",
    "another hour; on from the beginning",
)
RETENTION_MONTHS = _reading(
    "retention-months",
    "a node's months win over the workspace's, and these over 3, 12 or 13 by type",
    "user guide: the first values",
    "other first values",
)
RETENTION_AGGREGATE = _reading(
    "retention-aggregate",
    "retention of an aggregate node removes the events written to it, and the copies that it shows of events "
    "of entry nodes, which stay there; what is removed does not come back with longer months",
    "reference: a policy of any node, entry or aggregate",
    "copies go with their originals only",
)
RETENTION_STATUS = _reading(
    "retention-status", "the status is by node, then by event type", SILENT, "other keys"
)

# --- events -----------------------------------------------------------------------------

EVENT_UNKNOWN_CUSTOMER = _reading(
    "event-unknown-customer",
    "an event of an unknown customerId is 404, though events are worked on later",
    SILENT,
    "202, and the event is lost",
)
EVENT_EXTERNAL_ID = _reading(
    "event-external-id",
    "an EXTERNAL_ID that no customer of the node has makes a customer that holds it",
    "SDK: a test of the .NET client",
    "the event waits for one",
)
EVENT_DISABLED = _reading("event-disabled", "an event of a disabled type is 400", SILENT, "it is lost")
EVENT_EXTENDED = _reading(
    "event-extended",
    "extended values that are not configured for the type, or not as configured, are 400; those of "
    "properties that are off are ignored",
    SILENT,
    "unknown ones are ignored",
)
EVENT_PRODUCTS = _reading(
    "event-products",
    "`extended` of an order line is held to the extended properties of products, as event-extended says",
    "schemas: any object",
    "it is not looked at",
)
EVENT_CONSENT = _reading(
    "event-consent",
    "an event whose type needs a consent that its customer has not given is taken and not kept; without "
    "a customer it is kept",
    "reference: Modify workspace events consent policy, without its effect",
    "400",
)
EVENT_MODES = _reading(
    "event-modes",
    "which types are PASSIVE, beyond repliedTicket and campaignSent",
    "configurations of 2018 show 20 types",
    "other modes",
)
EVENT_OF_NOBODY = _reading(
    "event-of-nobody", "events of an unknown customer are an empty list", SILENT, "404"
)
EVENT_NEIGHBOURS = _reading(
    "event-neighbours", "prev is the older event, next the newer one", "reference: sorted by date", "reversed"
)
EVENT_COPIES = _reading(
    "event-copies",
    "events of entry customers show on the aggregate customer with its id and origin DUPLICATE, under "
    "their own ids",
    "reference: the name of the origin",
    "ids of their own",
)
EVENT_IMMUTABLE = _reading(
    "event-immutable", "another value for what cannot change is 400", "reference: immutable", "it is ignored"
)
EVENT_REPLACED = _reading(
    "event-replaced",
    "PUT clears contextInfo and tracking left out, and keeps the date; the answer has no body",
    "reference: replacing all its property values",
    "they stay",
)
EVENT_MERGED = _reading(
    "event-merged",
    "PATCH merges properties, contextInfo and tracking member by member, null takes away",
    "reference: Modifies partially",
    "properties are replaced",
)

# --- searches ---------------------------------------------------------------------------

SEARCH_CASE = _guess(
    "search-case",
    "sensitive",
    "case counts when a search compares texts",
    SILENT,
    "it does not",
    "sensitive",
    "insensitive",
)
SEARCH_COMPARISON = _reading(
    "search-comparison",
    "a search compares numbers with numbers, instants (texts or milliseconds) with instants, texts by "
    "character; in lists one that fits is enough; bounds belong to BETWEEN; a day is its midnight in UTC",
    "SDK tests show values only",
    "other conversions",
)
SEARCH_EMPTY_VALUE = _reading(
    "search-empty-value",
    "EQUALS without value finds what is null, false, 0 or an empty text; other operators find nothing then",
    "the SDK for Python leaves such values out",
    "400",
)
SEARCH_IN = _reading(
    "search-in",
    "IN: a list holds the value, or the attribute is among the values, or, between texts, contains it",
    "SDK tests use it so",
    "only one of these",
)
SEARCH_LIKE = _reading(
    "search-like", "LIKE takes * and % for any text; without them it is a part of the text", SILENT, "regex"
)
SEARCH_EXCEPT = _reading(
    "search-except", "EXCEPT: those of the first query that no other one finds", "its name", "another folding"
)
SEARCH_DID = _reading(
    "search-did",
    "did: there is an event of the type that meets both condition and timeframe",
    "schema of queries in the SDK for Java",
    "timeframe counts from today",
)
SEARCH_ORDER = _reading(
    "search-order", "customers without the member sorted by come last; texts by character", SILENT, "first"
)
SEARCH_FIELDS = _reading(
    "search-fields",
    "fields: id and the members named, lists of objects whole; what was not named is absent",
    "tests of the SDK for Node.js",
    "it is null",
)

# --- sessions, consents, updates --------------------------------------------------------

SESSION_TAKEN = _reading(
    "session-taken",
    "a session that is assigned in its node is 400, but the customer's own in sessionId of a write",
    "a comment in the Magento connector",
    "409",
)
CONSENT_ROWS = _reading(
    "consent-rows",
    "each changed leaf of consents is a row: disclaimer DISCLAIMER_READ, status CONSENT_CHANGED, limitation "
    "CONSENT_RESTRICTED, objection CONSENT_OBJECTED",
    "names of the types",
    "another mapping",
)
CONSENT_FILTERS = _reading(
    "consent-filters",
    "the consent log is listed last first; property also finds what is below it; dates are days in UTC; "
    "uniqueKey maps paths to values",
    SILENT,
    "another form",
)
EXPORT_ROW = _reading(
    "export-row", "an export is noted as DATA_PORTABILITY_REQUESTED", "name of the type", "it is not noted"
)
FORGOTTEN = _reading(
    "forgotten",
    "of a forgotten customer FORCED_DELETE remains in the consent log, and ids and types of events in the "
    "update stream; with an aggregate customer its entry customers are forgotten",
    "reference: all the data across the entire platform",
    "the log stays whole",
)
UPDATE_OFFSETS = _reading(
    "update-offsets",
    "offsets count the changes of a workspace; nextOffset is that of the last change looked at",
    "reference: the greatest offset known by the client",
    "another numbering",
)
UPDATE_CONTENT = _reading(
    "update-content",
    "a change carries all of the customer or event as it is after it, a DELETE as it was last; customers of "
    "aggregate nodes are told of too, their copies of events are not",
    "reference: a sample without content",
    "ids only; entry nodes only",
)
UPDATE_TIMESTAMP = _reading("update-timestamp", "timestamp is in milliseconds since 1970", SILENT, "seconds")

# --- analytics --------------------------------------------------------------------------

STATS_RANGE = _reading(
    "stats-range",
    "ranges end now and include both ends; days, weeks from Monday and months are those of the workspace's "
    "time zone; too long a range has its start moved silently",
    "reference: defaults and limits; 1.299 file: the silent move, for one operation",
    "UTC; 400",
)
STATS_NODES = _reading(
    "stats-nodes",
    "figures without nodeId are of all nodes that the caller may read, aggregate nodes included",
    SILENT,
    "entry nodes only",
)
STATS_CATEGORIES = _reading(
    "stats-categories", "categories are groups of event types made up here", SILENT, "other groups"
)
STATS_LINKS = _reading(
    "stats-links",
    "plan and send of a node come from its CONTACTPLAN and CONTACTSEND sources",
    SILENT,
    "others",
)
STATS_CHANNELS = _reading(
    "stats-channels", "channels are base.contacts.email and base.contacts.mobilePhone", SILENT, "others"
)
STATS_CHANGES = _reading(
    "stats-changes",
    "ADDED counts by registeredAt and UPDATED by the last updatedAt what is still there; DELETED by the "
    "stream of updates",
    SILENT,
    "each change counts",
)
STATS_KPI = _reading(
    "stats-kpi",
    "purchases and sales are completedOrder events of the contexts ECOMMERCE and RETAIL, page views are "
    "viewedPage events of the context WEB",
    SILENT,
    "other events",
)
STATS_MONEY = _reading(
    "stats-money",
    "value and total are the sum of amount.total, revenue that of amount.revenue, in the workspace's "
    "currency",
    "reference: names of members",
    "value is the revenue",
)

# --- customers --------------------------------------------------------------------------

MERGED_LISTS = _reading(
    "merged-lists",
    "elements with an `id` are the same if it is, the last written counts; others if they are equal",
    "reference: deduplicated",
    "another comparison",
)
PUT_RESETS = _guess(
    "put-resets",
    True,
    "PUT of a customer empties what is not sent, but for subscriptions without mode STRICT",
    "SDK documents; the reference reads like a merge",
    "what is not sent stays",
)
IMMUTABLE_MEMBERS = _reading(
    "immutable-members",
    "in PATCH and PUT of a customer another id or nodeId is 400, what else the system keeps is ignored",
    "reference: they are immutable",
    "all are ignored",
)
CHANGED_INTO_ANOTHER = _reading(
    "changed-into-another",
    "PATCH or PUT to unique properties that another customer has is 409, under MERGE too",
    "1.51 lists 409",
    "the two are merged",
)
AGGREGATE_CUSTOMERS = _reading(
    "aggregate-customers",
    "writing a customer of an aggregate node is 400, deleting it 403",
    SILENT,
    "other statuses",
)
EXTENDED_VALUES = _reading(
    "extended-values",
    "extended properties that are not configured or of another type are 400",
    SILENT,
    "ignored",
)
ENTITY_EXISTS = _reading(
    "entity-exists",
    "POST of a subscription, education, like or job whose id the customer has is 409",
    SILENT,
    "400, or it is replaced",
)
ENTITY_ID = _reading(
    "entity-id",
    "PUT of a subscription, education, like or job takes the id of the path",
    SILENT,
    "400 if they differ",
)
ENTITY_OFF = _reading(
    "entity-off",
    "of a list of base that is turned off, POST of an element is 400, GET, PUT and DELETE are 404",
    "user guide: such properties are neither written nor shown",
    "the list is written",
)
CUSTOMER_SOURCES = _reading(
    "customer-sources",
    "a customer's source has the source's id and what that source alone has written",
    "1.51: a shape without a description",
    "an id of its own",
)

# --- vocabularies and public documents --------------------------------------------------

MODEL_TEXTS = _reading(
    "model-texts",
    "labels, descriptions and categories of merge policies, providers and contexts; there are no logos; the "
    "providers are those that can be created",
    "reference: samples",
    "the vendor's own",
)
API_DOCUMENT = _reading(
    "api-document",
    "docs/swagger.yml is the simulator's own contract, OpenAPI 3.1, as application/yaml",
    "the beginning of the vendor's file: OpenAPI 3.0.3, one operation",
    "the vendor's own document",
)
DOCUMENTS = _reading(
    "documents",
    "the public JSON schemas: their content is the contract's",
    "schemas: their addresses and the content of 2019",
    "other schemas",
)
