"""Guesses: customers."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import SILENT, reading

SAME_PERSON = reading(
    "same-person",
    "e-mail addresses are compared without case, phone numbers by digits; where one is given, it decides",
    "page: e-mail and phone together are mandatory in Get customers",
    "exact texts; a client of its own for each pair",
)
GAPS_OF_CLIENTS = reading(
    "gaps-of-clients", "a further lead fills what its client lacks, and changes nothing", SILENT, "it changes"
)
CUSTOMER_KEYS = reading(
    "customer-keys",
    "a customer is found by e-mail with phone, else national id, else the caller's own id; nobody is 404",
    "page: the first two in Get customers, the third in Delete customer",
    "one of them decides even where it finds nobody; Update customer makes who is missing",
)
NATIONAL_ID = reading(
    "national-id",
    "the national id is asked for as nationalId, and NationalId is read too",
    "page: Get customers says NationalId without a parameter, Update customer has nationalId",
    "another parameter",
)
CUSTOMER_SHAPE = reading(
    "customer-shape",
    "what was never set is not shown, but for lists, which are empty; type is B2C; comments are ids; "
    "a lead shows all that was sent with it, and nps, reasonLost and contractId",
    "page: the answer of Get customers; a comment is an id in Update Lost Lead",
    "null or empty texts; comments with their text",
)
TIMELINE_CATALOGUE = reading(
    "timeline-catalogue",
    "a timeline shows the catalogue as it is now, as old as its newest offer, its __v the number of its "
    "locations and offers",
    "page: the answer of Get customers",
    "as it was then; other numbers",
)
CUSTOMER_CHANGES = reading(
    "customer-changes",
    "Update customer replaces each field that is sent, lists and customDetails whole, and keeps the rest",
    SILENT,
    "lists grow",
)
CUSTOMER_DELETION = reading(
    "customer-deletion",
    "with a customer go leads, contracts, actions and documents; codes, visitors, devices stay without one, "
    "and nobody is recognised as them again, by address, push token or device",
    "page: Delete customer's data",
    "leads stay, or codes go too",
)

DELETION_BY_QUERY = reading(
    "deletion-by-query",
    "where Delete customer has no body, the query may name the customer",
    "page: a body, which many clients do not send with DELETE",
    "it is refused",
)
