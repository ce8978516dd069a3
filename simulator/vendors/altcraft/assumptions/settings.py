"""Guesses: databases, resources, segments."""

from __future__ import annotations

from simulator.vendors.altcraft.assumptions.ledger import SILENT, guess, reading

NEXT_FROM_ID_END = reading(
    "next-from-id-end",
    "next_from_id at the end is the last id plus one, and from_id itself where nothing was found",
    "guide: 6 after the ids to 5, in an example of databases/list",
    "0",
)
TOTAL_COUNT = reading(
    "total-count",
    "total_count counts all that the token sees, whatever the filters",
    "guide: the number of all databases",
    "what the filters let through",
)
LIST_FILTERS = reading(
    "list-filters",
    "ui_tags, groups and groups_id each let through what has one of theirs; together all must",
    "guide: their names and types",
    "all of theirs",
)
FIELDS_GET = reading(
    "fields-get",
    "databases/fields_get takes id or db_id and answers as resources/fields_get",
    "guide: its path, in Profile data object",
    "other parameters, another answer",
)
SYSTEM_FIELD_TITLES = reading(
    "system-field-titles",
    "the titles and types of the system fields of profiles",
    "guide: their names, in Profile data object",
    "other titles, finer types, more fields",
)
SUBSCRIPTION_SYSTEM_FIELDS = reading(
    "subscription-system-fields",
    "subscriptions have the same system fields on every channel",
    "guide: a list of them, legible in part, in Get resource fields",
    "fewer on channels without a device, more on others",
)
SEGMENT_ANSWER = reading(
    "segment-answer", "segments/add answers segment_id beside error and error_text", SILENT, "data, id"
)
SEGMENT_REQUIRED = reading(
    "segment-required",
    "segments/add needs name and list_id; a segment is not static and not updated daily unless it says so",
    SILENT,
    "other defaults",
)
SEGMENT_CONDITIONS = reading(
    "segment-conditions",
    "conditions of a segment are kept and not evaluated: what is not static has no members",
    "guide: a member `segment`, whose grammar could not be read",
    "members by conditions",
)
SEGMENTS_UNKNOWN = guess(
    "segments-unknown",
    "refuse",
    "add_to_segments and remove_from_segments with a segment that the database has not are 404",
    SILENT,
    "`ignore`: it is passed over",
    "refuse",
    "ignore",
)
SEGMENTS_DYNAMIC = reading(
    "segments-dynamic",
    "putting a profile into a segment that is not static, or taking it out, is 400",
    "guide: these operations are for static segments",
    "404, or nothing happens",
)
SEGSTATIC_REPEAT = reading(
    "segstatic-repeat", "adding a member again and removing who is none succeed", SILENT, "an error"
)
