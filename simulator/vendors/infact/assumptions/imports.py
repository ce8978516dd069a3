"""Guesses: import."""

from __future__ import annotations

from simulator.vendors.infact.assumptions.ledger import SILENT, guess, reading

MERGE_KEY = reading(
    "merge-key",
    "a missing MergeKey, or one the object does not allow, is 400",
    "datasource page: the list of keys comes from support",
    "any property, or id where none is given",
)
IMPORT_ORDER = reading(
    "import-order", "an item sees what items before it did", SILENT, "all see the state before"
)
IMPORT_NULL = reading("import-null", "a null in an item clears the property", SILENT, "it is ignored")
IMPORT_NO_MATCH = reading(
    "import-no-match",
    "an item whose key has a value that no row has is inserted",
    "datasource page: only an item without the key's value is shown to be added",
    "it is an error",
)
IMPORT_KEEPS_ID = reading(
    "import-keeps-id", "an item's id never rewrites the id of the row it matched", SILENT, "the id changes"
)
IMPORT_ROW_ERROR = reading(
    "import-row-error",
    "an item that is no object, or inserts an id that exists, is a row error and changes nothing",
    SILENT,
    "the whole import fails",
)
IMPORTED_COUNT = guess(
    "imported-count",
    "inserted",
    "ImportedCount counts the items that added a row",
    "datasource page, example: one row updated, one added, ImportedCount 1",
    "it counts the items that updated rows",
    "inserted",
    "updated",
)
INVALID_PROPERTIES = guess(
    "invalid-properties",
    "pairs",
    "InvalidPropertiesCount counts each dropped property of each item",
    SILENT,
    "it counts distinct property names",
    "pairs",
    "names",
)
ERRORS_COUNT = guess(
    "errors-count",
    "total",
    "ErrorsCount is RowErrorsCount plus InvalidPropertiesCount",
    SILENT,
    "it counts failures of the import as a whole, which never happen",
    "total",
    "import",
)
IMPORT_DURATION = guess(
    "import-duration",
    10_000,
    "ImportDuration is this many ticks of 100 ns per item, so that it repeats",
    "datasource page, example: 00:00:01.8505410 for two items",
    "real time",
)
