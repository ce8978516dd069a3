"""Guesses: datasources."""

from __future__ import annotations

from simulator.vendors.infact.assumptions.ledger import SILENT, guess, reading

NOT_FOUND = reading(
    "not-found",
    "an unknown datasource, object or item, or another customer's, is 404",
    "datasource page: the data is private to the customer; " + SILENT + " how",
    "403 or 400",
)
ITEM_ID = reading(
    "item-id",
    "itemId is the value of the object's key property, `id`",
    "datasource page, example: item 12 has id 12",
    "an internal row number",
)
WRITE_RESPONSE = reading(
    "write-response", "writes answer 200 with the stored row or rows", SILENT, "204, or the id alone"
)
UPDATE_IS_PARTIAL = guess(
    "update-is-partial",
    True,
    "PUT changes only the properties given; null clears one",
    "as import is described; " + SILENT + " for PUT",
    "PUT replaces the row",
    True,
    False,
)
UPDATE_ID = reading(
    "update-id", "an id in the body that differs from the path's is 400", SILENT, "it is ignored"
)
DUPLICATE_ID = guess(
    "duplicate-id",
    "conflict",
    "inserting an id that exists is 409",
    SILENT,
    "the row is updated",
    "conflict",
    "upsert",
)
ASSIGNED_ID = reading("assigned-id", "a row without id gets the highest id plus one", SILENT, "400")
BATCH_WHOLE = reading("batch-whole", "a batch is stored whole or not at all", SILENT, "good rows are kept")
ARRAY_ON_DATA = reading(
    "array-on-data",
    "an array posted to /data is a batch",
    "datasource page: the batch example posts to /data",
    "400",
)
LENIENT_VALUES = reading(
    "lenient-values",
    "a value that does not convert to its property's type is stored as null",
    "datasource page, example: dateOfBirth is posted as `Birthday` and read back as null",
    "400, for types other than Date",
)
VALUE_TYPES = reading(
    "value-types",
    "how values of each property type are read and shown",
    "datasource page: seven type names and one example row; customer-use-cases/query-filters: more names",
    "other conversions",
)
EMPTY_TEXT = reading("empty-text", "an empty string is null, but in text", SILENT, "it does not convert")
UNKNOWN_PROPERTIES = reading("unknown-properties", "names that no property has are ignored", SILENT, "400")
CREATED_DATE = reading(
    "created-date",
    "a property marked so in the scheme is today where an insert leaves it out",
    "datasource page: createdDate is never sent and always returned",
    "null",
)
PHONE_FORM = reading(
    "phone-form",
    "phones become + and digits, short ones with the country's code; SMS goes to valid mobile numbers only",
    "campaign page: 919013xx stands for +47919013xx; the details are not given",
    "stored as sent",
)
