"""Guesses: subscriptions."""

from __future__ import annotations

from simulator.vendors.altcraft.assumptions.ledger import SILENT, guess, reading

SUBSCRIPTION_IDENTITY = reading(
    "subscription-identity",
    "resource, channel and contact say which subscription of a profile is meant",
    SILENT,
    "one subscription to a channel of a resource",
)
INVALID_SUBSCRIPTION = reading(
    "invalid-subscription",
    "a subscription is invalid if its shape is wrong, if the token does not see its resource, or if the "
    "resource has not its channel, its database or one of its cats",
    "guide: skip_invalid_subscriptions drops invalid ones; what makes one invalid is not said",
    "fewer or more reasons",
)
INVALID_SUBSCRIPTION_CODE = guess(
    "invalid-subscription-code",
    400,
    "a subscription, sent with a profile, to a resource that the token does not see is 400",
    SILENT,
    "404",
    400,
    404,
)
NEW_STATUS = guess(
    "new-status",
    "subscribed",
    "a new subscription without status is subscribed",
    SILENT,
    "unconfirmed, where a double opt-in is set up",
    "subscribed",
    "unconfirmed",
)
NEW_PRIORITY = guess(
    "new-priority",
    "highest",
    "a new subscription without priority has 0, the highest",
    "guide: 0 is the highest, and a resource may raise the priority of new subscriptions",
    "`lowest`: the one after the profile's others, unless the resource raises new ones",
    "highest",
    "lowest",
)
MINUS_ONE = reading(
    "minus-one",
    "-1 leaves status or priority as it is, in every operation",
    "guide, Update multiple profiles",
    "only in profiles/update_batch",
)
CATS = guess(
    "cats",
    "add",
    "cats that are sent are added to those of the subscription",
    "guide: categories to subscribe to",
    "`replace`: they are all that it has",
    "add",
    "replace",
)
OLDER_CONTACTS = reading(
    "sms-data-push-data",
    "sms_data and push_data are older forms of phone and of provider and subscription_id",
    "guide: email_data, in an example of profiles/add_batch",
    "only email_data",
)
BOTH_FORMS = reading(
    "both-forms", "of both forms of a contact the one that is not nested counts", SILENT, "an error"
)
NOTIFY_CONTACT = reading(
    "notify-contact",
    "channels other than email, sms and push, telegram_bot, whatsapp and viber take any cc_data",
    "callers: an SDK names notify among the channels with cc_data",
    "a phone for notify",
)
SET_REVIVES = guess(
    "set-revives",
    True,
    "setting or importing a subscription that was deleted brings it back, with its status unless one is sent",
    SILENT,
    "false: it is refused until it is restored",
    True,
    False,
)
DELETED_HIDDEN = guess(
    "deleted-hidden",
    True,
    "deleted subscriptions are not read",
    "guide: deleting sets is_delete and keeps the record; who sees it is not said",
    "false: they are read, with is_delete",
    True,
    False,
)
XXH_HASH_ID = reading(
    "xxh-hash-id",
    "_xxh and hash_id are digests of profile, resource, channel and contact",
    "guide: their lengths in an example",
    "other digests",
)
CUSTOM_FIELDS_EMPTY = reading(
    "custom-fields-empty",
    "custom_fields and cats are left out when there are none",
    "guide: the second example of subscriptions/list",
    "empty ones",
)
SET_ANSWER = reading("set-answer", "subscriptions/set answers error and error_text", SILENT, "more than that")
GET_SUB_MISSING = reading(
    "get-sub-missing", "a subscription that the profile has not is not found", SILENT, "data null"
)
RESTORE_PATH = reading(
    "restore-path",
    "subscriptions/restore takes what delete takes; one that is not deleted is not found",
    "guide: a page Restore deleted subscription, which could not be read",
    "another path",
)
LIST_ORDER = reading(
    "list-order",
    "subscriptions of a profile come as they were made, those of a resource by profile id and _xxh",
    SILENT,
    "by priority",
)
LIST_ALL_CURSOR = reading(
    "list-all-cursor",
    "next_from_id names the first subscription of the next part, as <profile id>.<_xxh>, and is empty when "
    "there is none; a from_id of another form is 400",
    "guide: 41 signs in an example",
    "another form",
)
LIST_ALL_LIMIT = guess(
    "list-all-limit",
    1000,
    "subscriptions/list_all without limit gives so many",
    "guide: 1000 in other lists",
    "another number",
)
UNSUB_MESSAGE = reading(
    "unsub-message",
    "an unknown rtoken or smid, or a message of another resource, is not found; categories are taken from "
    "the subscription, whose status stays; an empty list of them is as none; unsubscribing twice succeeds",
    "guide: what profiles/message_unsub takes and does",
    "other codes",
)
