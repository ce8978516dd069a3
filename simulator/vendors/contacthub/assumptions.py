"""Every guess about Contacthub, named; correct one here, in one line, and the answers follow.

Sources: "reference" is the vendor's API reference 1.299, "1.51" its API file of that version,
"SDK" a client library of the vendor, "schemas" its JSON schemas of 2019.
"""

from __future__ import annotations

from typing import Any, TypeVar

from simulator.kernel.assumptions import Assumption

T = TypeVar("T")
ALL: list[Assumption[Any]] = []


def _guess(name: str, value: T, rule: str, source: str, instead: str, *choices: T) -> Assumption[T]:
    """A guess with a value that a world may set: one of `choices`, or any of the same type."""
    made = Assumption(f"contacthub.{name}", value, rule, source, instead, choices)
    ALL.append(made)
    return made


def _reading(name: str, rule: str, source: str, instead: str) -> Assumption[bool]:
    """A reading of the documents that is built in; it is named, not switchable."""
    return _guess(name, True, rule, source, instead, True)


SILENT = "no document says"

# --- the wire ---------------------------------------------------------------------------

INFERRED_PATH = _reading(
    "inferred-path",
    "the path or the method of the operation is inferred",
    "reference: titles without paths",
    "one of the contract's x-path-aliases or x-method-aliases",
)
REFUSED_ROLE = _reading(
    "refused-role", "a role that may not use an operation is 403", "1.51 lists 403 and roles, no text", "404"
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
    "a file that is empty, no UTF-8, no CSV, or has a column that is no property is FAILED at once",
    "reference: LOADED or FAILED based on the result of the upload",
    "it is LOADED and fails later",
)
BULK_ENTITY = _reading("bulk-entity", "a file without `entity` is of customers", SILENT, "400")
BULK_WAIT = _guess(
    "bulk-wait", 5, "seconds that a job is LOADED, and then SCHEDULED, before it goes on", SILENT, "others"
)
BULK_SLICE = _guess("bulk-slice", 2, "seconds that 1,000 rows take", SILENT, "others")
BULK_STOPPED = _reading(
    "bulk-stopped", "a job of a workspace that is not ENABLED becomes STOPPED", SILENT, "by hand only"
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
    "contextInfo.*, tracking.*; id to delete",
    "reference: no sample",
    "other columns",
)
BULK_OPERATIONS = _reading(
    "bulk-operations",
    "UPSERT is as Create customer, or as Partially modify customer by id; INSERT fails a row that matches; "
    "DELETE is by id, unique properties or externalId; UPSERT of events is INSERT; "
    "a job with failed rows is PROCESSED",
    "reference: the names of the operations",
    "another reading",
)
BULK_RESULTS = _reading(
    "bulk-results",
    "results are row, outcome, id, message; before PROCESSED or FAILED they are 409",
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
    "the nodes of a user bind the user's token, but for a user who may use all nodes",
    SILENT,
    "they bind nobody",
)
SOURCE_ME = _reading("source-me", "a source that asks who it is gets its name and nodes", SILENT, "403")
RETENTION_NIGHT = _reading(
    "retention-night",
    "expired events are removed at midnight UTC where retention is on",
    "user guide: they are removed",
    "another hour",
)
RETENTION_MONTHS = _reading(
    "retention-months",
    "a node's months win over the workspace's, and these over 3, 12 or 13 by type",
    "user guide: the first values",
    "other first values",
)
RETENTION_STATUS = _reading(
    "retention-status", "the status is by node, then by event type", SILENT, "other keys"
)
