"""Guesses: campaigns."""

from __future__ import annotations

from simulator.vendors.altcraft.assumptions.ledger import SILENT, guess, reading

TRIGGER_ANSWER = reading(
    "trigger-answer",
    "both import_and_start answer profile_id, triggers/start the bare envelope",
    SILENT,
    "an id of what was started",
)
CAMPAIGN_DATABASE = reading(
    "campaign-database",
    "the campaign says in which database the profile is; another db_id is 400",
    "guide: db_id is not in the table of triggers/import_and_start",
    "db_id is needed",
)
TRIGGER_INACTIVE = guess(
    "trigger-inactive",
    400,
    "launching a campaign or scenario that is not active, or a trigger of another type than API, is 400",
    "user guide: only active trigger campaigns of the type special API call can be launched",
    "404",
    400,
    404,
)
TIMEOUT_START = reading(
    "timeout-start",
    "with a timeout the campaign is started that much later, for the profile as it is then",
    "guide: triggers/import_and_start has a timeout in days, hours and minutes",
    "for the profile as it was imported",
)
CAMPAIGN_MESSAGE = reading(
    "campaign-message",
    "a campaign or scenario sends one message, to the subscription of the highest priority among those "
    "to its channel that are subscribed, and none where the profile's global status is another",
    "user guide: statuses that stop sending; guide: priority",
    "several messages, other conditions of a scenario",
)
TEMPLATE_VALUES = reading(
    "template-values",
    "`{apicontent.name}` is the member of content, `{apicontent.a.b}` one inside it, empty where there is "
    "none; custom_data and the names of attachments are kept with the message",
    "guide: content is read as {apicontent.name}",
    "other variables too",
)
SMID = reading(
    "smid", "the id of a message is 24 hexadecimal digits", "guide: smid is a text", "another form"
)
