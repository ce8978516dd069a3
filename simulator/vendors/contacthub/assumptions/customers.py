"""Guesses: customers."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import SILENT, guess, reading

MERGED_LISTS = reading(
    "merged-lists",
    "elements with an `id` are the same if it is, the last written counts; others if they are equal",
    "reference: deduplicated",
    "another comparison",
)
PUT_RESETS = guess(
    "put-resets",
    True,
    "PUT of a customer empties what is not sent, but for subscriptions without mode STRICT",
    "SDK documents; the reference reads like a merge",
    "what is not sent stays",
)
IMMUTABLE_MEMBERS = reading(
    "immutable-members",
    "in PATCH and PUT of a customer another id or nodeId is 400, what else the system keeps is ignored",
    "reference: they are immutable",
    "all are ignored",
)
CHANGED_INTO_ANOTHER = reading(
    "changed-into-another",
    "PATCH or PUT to unique properties that another customer has is 409, under MERGE too",
    "1.51 lists 409",
    "the two are merged",
)
AGGREGATE_CUSTOMERS = reading(
    "aggregate-customers",
    "writing a customer of an aggregate node is 400, deleting it 403",
    SILENT,
    "other statuses",
)
EXTENDED_VALUES = reading(
    "extended-values",
    "extended properties that are not configured or of another type are 400",
    SILENT,
    "ignored",
)
ENTITY_EXISTS = reading(
    "entity-exists",
    "POST of a subscription, education, like or job whose id the customer has is 409",
    SILENT,
    "400, or it is replaced",
)
ENTITY_ID = reading(
    "entity-id",
    "PUT of a subscription, education, like or job takes the id of the path",
    SILENT,
    "400 if they differ",
)
ENTITY_OFF = reading(
    "entity-off",
    "of a list of base that is turned off, POST of an element is 400, GET, PUT and DELETE are 404",
    "user guide: such properties are neither written nor shown",
    "the list is written",
)
CUSTOMER_SOURCES = reading(
    "customer-sources",
    "a customer's source has the source's id and what that source alone has written",
    "1.51: a shape without a description",
    "an id of its own",
)
