"""Guesses: campaigns."""

from __future__ import annotations

from simulator.vendors.infact.assumptions.ledger import SILENT, guess, reading

CAMPAIGN_RESPONSE = reading(
    "campaign-response", "200 with Id and the caller's own id", SILENT, "201, or the id alone"
)
TEMPLATE_CHECK = guess(
    "template-check",
    True,
    "a template id that the customer does not have is 400",
    SILENT,
    "it is found out when sending",
    True,
    False,
)
CONDITIONAL_FIELDS = reading(
    "conditional-fields",
    "the fields of a channel are required when Type or a priority names that channel",
    "campaign page: Yes/No in the table, the condition is cut off for some",
    "they are never required",
)
NOTHING_TO_SEND = reading(
    "nothing-to-send",
    "no recipients, or types 1 and 3 with no priority of 1 or 2, are 400; type 2 may be empty",
    "campaign page: Yes/No for the recipients of type 1",
    "an empty send",
)
PAST_SCHEDULE = reading("past-schedule", "a ScheduleDate that is past sends at once", SILENT, "400")
QUEUE = reading(
    "queue",
    "a campaign without schedule is sent by the queue, due at once; type 3 within the request",
    "campaign page: a queue-based flow, and type 3 avoids it",
    "minutes later",
)
ONE_MESSAGE = reading(
    "one-message",
    "a recipient gets one message, on the first channel that can be used",
    "campaign page: the channel is preferred; the picture is lost",
    "one on each channel",
)
PHONE_CHOICE = guess(
    "phone-choice",
    "valid",
    "the first valid number of CellularPhone, Phone2 to Phone5 is used",
    "campaign page: looking for a phone number in that order",
    "the first that is not empty",
    "valid",
    "filled",
)
EMAIL_FORM = reading("email-form", "an e-mail address is text around one @, in any case", SILENT, "any text")
DUPLICATE_ADDRESS = reading(
    "duplicate-address",
    "duplicates are equal addresses on a channel, after the channel is chosen; the first is kept",
    "campaign page: the same phone number or e-mail address",
    "compared before",
)
COLUMN_NAMES = reading(
    "column-names",
    "PhoneName and EmailName match keys exactly, else in any case; without, nobody is reached",
    SILENT,
    "400",
)
COLUMN_CHECK = reading(
    "column-check", "in a campaign by query they are properties of the object, or 400", SILENT, "unreachable"
)
TEMPLATE_VARIABLES = reading(
    "template-variables",
    "variables match without regard to case, also in the subject; unknown or null ones become empty",
    "campaign page: only an absent Custom property is said to become empty",
    "left as written",
)
CAMPAIGN_ID_TAKEN = reading(
    "campaign-id-taken",
    "a CampaignId used before is 400 unless AllowDuplicateCampaignId; PUT then means the newest",
    "the flag's name",
    "it is never checked",
)
PART_NUMBERS = guess(
    "part-numbers",
    1,
    "parts are numbered from this; an absent or zero PartNumber is the first part",
    "campaign page: PartCount 0 equals 1; the example leaves PartNumber out",
    "from 0",
    0,
    1,
)
PART_AGAIN = reading("part-again", "sending a part again replaces it", SILENT, "it adds")
CONTAINER_RECIPIENTS = reading(
    "container-recipients", "recipients in the POST of type 2 are its first part", SILENT, "they are ignored"
)
COUPONS = reading(
    "coupons", "coupon fields are stored and can be used as variables", SILENT, "codes are made"
)
