"""Guesses: configuration."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import SILENT, reading

UNKNOWN_WORD = reading(
    "unknown-word", "an event type, property or plan model that does not exist is 404", SILENT, "400"
)
PARTIAL_SETTINGS = reading(
    "partial-settings",
    "a PUT of a configuration, of months or of sizes changes what it names and leaves the rest",
    SILENT,
    "what is not named goes back to its first value",
)
IMMUTABLE_TYPE = reading(
    "immutable-type", "an event type's `id` and `type` that differ from the path are 400", SILENT, "ignored"
)
INDEXED = reading(
    "indexed",
    "`indexed` of somebody who is no CLAB_OPERATOR is ignored",
    "reference: only this role can change it",
    "403",
)
EVENT_TEXTS = reading(
    "event-texts", "labels and descriptions of event types and base properties are ours", SILENT, "others"
)
PLAN_FIELDS = reading(
    "plan-fields",
    "each plan model has five custom fields, custom_string_1 to custom_string_5",
    "reference: a sample with the type STRING",
    "other fields",
)
OPERATORS_WORKSPACE = reading(
    "operators-workspace", "a new workspace is open to the operator who made it", SILENT, "to all operators"
)
SLUG_TAKEN = reading("slug-taken", "a slug that is taken is 409", SILENT, "400")
SOURCE_NODES = reading("source-nodes", "a node of a source or user that does not exist is 404", SILENT, "400")
NEW_SOURCE = reading(
    "new-source", "a new source is trusted: it reads and writes its nodes", SILENT, "its rights are a setting"
)
OLD_TOKEN = reading(
    "old-token", "a refreshed token stops the old one at once", SILENT, "both work for a while"
)
USER_NODES = reading(
    "user-nodes",
    "the nodes of a user bind the user's token; a user without any may use all of them, and is shown so",
    "user guide: selecting none gives access to every node",
    "they bind nobody",
)
GROUP_NAME = reading(
    "group-name",
    "a customer group that the fixture does not name is called Group and its number",
    "reference: no operation names one",
    "another name",
)
SOURCE_ME = reading("source-me", "a source that asks who it is gets its name and nodes", SILENT, "403")
RETENTION_NIGHT = reading(
    "retention-night",
    "expired events are removed at midnight UTC where retention is on; in a new node it is off",
    "user guide: they are removed",
    "another hour; on from the beginning",
)
RETENTION_MONTHS = reading(
    "retention-months",
    "a node's months win over the workspace's, and these over 3, 12 or 13 by type",
    "user guide: the first values",
    "other first values",
)
RETENTION_AGGREGATE = reading(
    "retention-aggregate",
    "retention of an aggregate node removes the events written to it, and the copies that it shows of events "
    "of entry nodes, which stay there; what is removed does not come back with longer months",
    "reference: a policy of any node, entry or aggregate",
    "copies go with their originals only",
)
RETENTION_STATUS = reading(
    "retention-status", "the status is by node, then by event type", SILENT, "other keys"
)
