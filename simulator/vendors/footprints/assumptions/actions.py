"""Guesses: actions and documents."""

from __future__ import annotations

from simulator.vendors.footprints.assumptions.ledger import SILENT, guess, reading

ACTION_REFERENCES = reading(
    "action-references",
    "an action is of a lead and of a type that exist; otherwise 404",
    SILENT,
    "ids are stored as they are",
)
ACTION_CHANGES = reading(
    "action-changes", "Update Lead Action changes what is sent and keeps the rest", SILENT, "it replaces all"
)
ACTION_DATES = reading(
    "action-dates", "the date of an action is in UTC", "page: a date without zone", "the account's zone"
)
ACTION_ORDER = reading(
    "action-order", "actions of a lead are listed the newest first", SILENT, "the oldest first"
)
ACTIONS_OF_UNKNOWN_LEAD = guess(
    "actions-of-unknown-lead",
    "refused",
    "Get Lead Actions of a lead that does not exist is 404; or the list is empty",
    SILENT,
    "an empty list",
    "refused",
    "empty",
)
ATTACHMENTS_OF_ACTIONS = reading(
    "attachments-of-actions",
    "attachments of an action are the names of the files that were uploaded with its id",
    "page: leadActionId of Upload Lead Documents; the sample's list is empty",
    "ids, or objects",
)
UPLOADS = reading(
    "uploads",
    "no file, more than five, one that is no PDF, an unknown type: 400, and nothing is stored",
    "page: at most 5 files, three types, one mimetype; no refusal is shown",
    "files that fit are stored, or other texts",
)
PDF_PARTS = guess(
    "pdf-parts",
    "tolerant",
    "a part of no type, or application/octet-stream, is a PDF by its name or its beginning; or only by type",
    "page: application/pdf alone is allowed, but its samples for Ruby and PHP send application/octet-stream",
    "application/pdf only",
    "tolerant",
    "typed",
)
UPLOAD_PARTS = reading(
    "upload-parts",
    "parts documents[] and documents[0] are as documents",
    "usual in PHP and in browsers; page: documents",
    "they are ignored",
)
DOCUMENT_NAMES = reading(
    "document-names",
    "a file is known by its name without folders; a name that is there already is kept beside it",
    "page: the samples send whole paths, the answer shows names",
    "the path as sent; the later replaces the earlier",
)
DOCUMENT_REFERENCES = reading(
    "document-references",
    "the lead, and the action if one is named, exist and belong together; otherwise 404",
    SILENT,
    "400; or the id is stored as it is",
)
