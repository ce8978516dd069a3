"""Guesses: sessions, consents, updates."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import SILENT, reading

SESSION_TAKEN = reading(
    "session-taken",
    "a session that is assigned in its node is 400, but the customer's own in sessionId of a write",
    "a comment in the Magento connector",
    "409",
)
CONSENT_ROWS = reading(
    "consent-rows",
    "each changed leaf of consents is a row: disclaimer DISCLAIMER_READ, status CONSENT_CHANGED, limitation "
    "CONSENT_RESTRICTED, objection CONSENT_OBJECTED",
    "names of the types",
    "another mapping",
)
CONSENT_FILTERS = reading(
    "consent-filters",
    "the consent log is listed last first; property also finds what is below it; dates are days in UTC; "
    "uniqueKey maps paths to values",
    SILENT,
    "another form",
)
EXPORT_ROW = reading(
    "export-row", "an export is noted as DATA_PORTABILITY_REQUESTED", "name of the type", "it is not noted"
)
FORGOTTEN = reading(
    "forgotten",
    "of a forgotten customer FORCED_DELETE remains in the consent log, and ids and types of events in the "
    "update stream; with an aggregate customer its entry customers are forgotten",
    "reference: all the data across the entire platform",
    "the log stays whole",
)
UPDATE_OFFSETS = reading(
    "update-offsets",
    "offsets count the changes of a workspace; nextOffset is that of the last change looked at",
    "reference: the greatest offset known by the client",
    "another numbering",
)
UPDATE_CONTENT = reading(
    "update-content",
    "a change carries all of the customer or event as it is after it, a DELETE as it was last; customers of "
    "aggregate nodes are told of too, their copies of events are not",
    "reference: a sample without content",
    "ids only; entry nodes only",
)
UPDATE_TIMESTAMP = reading("update-timestamp", "timestamp is in milliseconds since 1970", SILENT, "seconds")
