"""Guesses: bulk jobs."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import SILENT, guess, reading

BULK_TOO_MANY = reading(
    "bulk-too-many", "the eleventh job in state LOADED is refused with 400", "reference: at most 10", "409"
)
BULK_BAD_FILE = reading(
    "bulk-bad-file",
    "a file that is empty, no UTF-8, no CSV (a cell above 131,072 characters is none), or has a column that "
    "is no property is FAILED at once",
    "reference: LOADED or FAILED based on the result of the upload",
    "it is LOADED and fails later",
)
BULK_ENTITY = reading("bulk-entity", "a file without `entity` is of customers", SILENT, "400")
BULK_WAIT = guess(
    "bulk-wait", 5, "seconds that a job is LOADED, and then SCHEDULED, before it goes on", SILENT, "others"
)
BULK_SLICE = guess("bulk-slice", 2, "seconds that 1,000 rows take", SILENT, "others")
BULK_STOPPED = reading(
    "bulk-stopped",
    "a job becomes STOPPED at its next step if its workspace is not ENABLED then, and stays so; a source "
    "disabled, or a right taken away, since it was made does not stop it; no operation stops a job",
    "reference: the name of the state",
    "by hand only",
)
BULK_COUNTS = reading(
    "bulk-counts",
    "processedEntities are rows that succeeded, failedEntities the others; totalEntities is 0 until "
    "PROCESSING",
    "reference: the names of the members",
    "processedEntities are all rows done",
)
BULK_NAME = reading(
    "bulk-name",
    "bulkJobName is the name of the file without its ending; a file without a name is file.csv",
    "reference: the name of the member",
    "another name",
)
BULK_CELLS = reading(
    "bulk-cells",
    "an empty cell says nothing; true and false are booleans; objects and lists are JSON, texts of a list "
    "may be parted by |; extended properties are columns by their configured names",
    "reference: one sample, of texts",
    "another form",
)
BULK_EVENTS = reading(
    "bulk-events",
    "columns of events: customerId, externalId or bringBackProperties.*, context, date, properties.*, "
    "contextInfo.*, tracking.*; id to change or delete",
    "reference: no sample",
    "other columns",
)
BULK_OPERATIONS = reading(
    "bulk-operations",
    "UPSERT is as Create customer, or as Partially modify customer by id; INSERT fails a row that matches; "
    "DELETE is by id, unique properties or externalId; UPSERT of events without id is INSERT; "
    "a job with failed rows is PROCESSED",
    "reference: the names of the operations",
    "another reading",
)
BULK_RESULTS = reading(
    "bulk-results",
    "results are line, outcome, id, message, the line being that of the file on which the row begins; "
    "but for PROCESSED and FAILED they are 409",
    "reference: CSV, only when PROCESSED or FAILED",
    "other columns; 404",
)
