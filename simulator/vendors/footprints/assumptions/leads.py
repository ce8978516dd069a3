"""Guesses: leads."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import SILENT, guess, reading

LEAD_WITHOUT_CONTACT = guess(
    "lead-without-contact",
    "refused",
    "a new lead needs an e-mail address or a phone number",
    "page: both are the key of a profile in Get customers; Add Lead says of nothing that it must be sent",
    "it is taken, with a client of its own (taken)",
    "refused",
    "taken",
)
TIMEZONE = reading(
    "timezone",
    "createdAt is in the zone of timezone, else in UTC; an unknown zone is refused",
    "page: Add Lead, timezone, without saying what it is for",
    "it is stored only",
)
FAMILY_DETAILS = reading(
    "family-details",
    "userFamilyDetails is read as userFamilyDetalis is",
    "page: the second is a field of Add Lead, the first comes back from Get Leads",
    "only the misspelt one is read",
)
CATALOGUE_OF_PATH = reading(
    "catalogue-of-path",
    "the offerCategoryId of the path counts more than that of the body",
    "page: the path in the Node sample of Add Lead",
    "the body counts more",
)
UNKNOWN_IDS = reading(
    "unknown-ids",
    "ids that a lead refers to are stored as they are; what they name comes back as null where there is none",
    SILENT,
    "400 or 404",
)
PROSPECTS = reading(
    "prospects",
    "a prospect is a lead with status prospect, of a client like any other",
    "page: prospect is a status of Update Lead; Add prospect answers an _id",
    "a list of its own",
)
CONTRACT_FIELDS = guess(
    "contract-fields",
    "refused",
    "contract fields for a lead that neither is nor becomes a customer are refused",
    "page: Update Lead, 'only with status customer'",
    "they are passed over (ignored)",
    "refused",
    "ignored",
)
CONTRACT = reading(
    "contract",
    "a lead has one contract, made by the first contract field that is sent and changed by the next ones",
    "page: contractId in the answer of Update Lead",
    "a contract for each change",
)
ASSIGNED_BEFORE = reading(
    "assigned-before",
    "assignedBefore is 1 where the lead had a consultant before this change, else 0",
    "page: 1 in the samples, without a word on it",
    "how often it was assigned",
)
LOST_STATUS = guess(
    "lost-status",
    "lost",
    "Update Lost Lead moves the lead to status lost",
    "page: the operation's name; its sample answer shows status lead",
    "the status stays (same)",
    "lost",
    "same",
)
LOSS_COMMENT = reading(
    "loss-comment",
    "each loss puts a comment on the lead, an empty one where none is sent",
    "page: the answer has its id",
    "no comment, and no id",
)
NPS_AGAIN = reading("nps-again", "a rating takes the place of the one before", SILENT, "all are kept")
LEADS_PAGE_SIZE = guess(
    "leads-page-size",
    20,
    "a page of Get Leads has so many leads where no pageSize is sent, and as many as are asked for",
    SILENT,
    "another number, all leads, a maximum",
)
LEADS_ORDER = reading("leads-order", "Get Leads has the newest first", SILENT, "the oldest first")
LEADS_DATES = reading(
    "leads-dates",
    "startDate and endDate are days in UTC of createdAt, both included",
    "page: 'start date' for both",
    "other times of the lead, another zone, endDate left out",
)
LEADS_PAGING = reading(
    "leads-paging",
    "Get Leads has the paging headers of List Catalogues",
    "page: it takes page and pageSize, and shows no headers",
    "none",
)
LEADS_APP_KEY = reading(
    "leads-app-key",
    "appKey keeps the leads of that data source; without it those of all come back, whoever asks",
    "page: 'application key'",
    "the leads of the asking data source only",
)

LEAD_IS_OF_CLIENT = reading(
    "lead-is-of-client",
    "each new lead finds or makes its client, gets a snapshot and enters the client's timeline",
    "page: the times in the answer of Get customers, milliseconds apart in this order",
    "a client is made when the lead becomes a customer",
)
SNAPSHOTS = reading(
    "snapshots",
    "each change of a lead adds a snapshot to its history",
    "page: Get customers shows one in a lead's history",
    "changes of status only",
)
STATUS_TRANSITIONS = reading(
    "status-transitions", "any status may follow any", "page: six values, no transitions", "a funnel"
)
