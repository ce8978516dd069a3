"""Guesses: nodes and send sources."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import SILENT, reading

DEFAULT_MATCHING = reading(
    "default-matching",
    "a workspace without a matching policy of its own has externalId, any case",
    "reference: an operation, no value",
    "another property",
)
ENTRY_NODE_REPLACED = reading(
    "entry-node-replaced",
    "PUT of an entry node clears optional members left out and checks no stored customer",
    "reference: Modifies a specific entry node",
    "members left out stay",
)
OWN_ID = reading(
    "own-id",
    "in PUT of an entry node or a source another id than that of the path is 400",
    "reference: the body has the id",
    "it is ignored",
)
MATCHING_CHANGED = reading(
    "matching-changed",
    "another matching policy of an entry node holds for the writes that follow; customers that are the same "
    "by it stay apart until one of them is merged by a write",
    SILENT,
    "they are merged at once",
)
AGGREGATE_ENTRIES = reading(
    "aggregate-entries", "entry nodes of an aggregate node that do not exist are 404", SILENT, "400"
)
AGGREGATE_NODE_FIXED = reading(
    "aggregate-node-fixed",
    "PUT of an aggregate node ignores entryNodes, matchingProperties and state; what is left out stays",
    "reference: cannot be changed",
    "400",
)
STATE_CHANGES = reading(
    "state-changes",
    "a change of state other than from NEW to ACTIVE is 400",
    "reference: the only supported transition",
    "another status",
)
AGGREGATE_MERGE = reading(
    "aggregate-merge",
    "of two values the source first in sourcePriority counts, then the later write; lists are united; an "
    "address is taken whole; customers without the matching properties have a profile of their own; filters "
    "mind the case",
    "the user guide has the idea",
    "other rules of merging",
)
AGGREGATE_ANEW = reading(
    "aggregate-anew",
    "another mergePolicy or sourcePriority is applied at once to what is merged already",
    "user guide: profiles come from a merge algorithm, without when",
    "from the next write of each customer on",
)
ONE_TO_ONE = reading(
    "one-to-one",
    "a CONTACTSEND or CONTACTPLAN source has one node; a node, and a user database, have one source of each "
    "of these providers; what else is asked for is 400",
    'changelog 1.36: "one source: one node: one userdb"',
    "409; or a limit of the user interface only",
)
SEND_CONFIGURATION = reading(
    "send-configuration",
    "id and name are the workspace's; portfolio and industry are not known",
    "reference: a sample",
    "figures of the mailing product",
)
SEND_SUBSCRIPTIONS = reading(
    "send-subscriptions",
    "the subscriptions and columns of a user database are those that sources map",
    "reference: samples",
    "lists of the mailing product",
)
