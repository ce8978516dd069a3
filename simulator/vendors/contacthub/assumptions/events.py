"""Guesses: events."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import SILENT, reading

EVENT_UNKNOWN_CUSTOMER = reading(
    "event-unknown-customer",
    "an event of an unknown customerId is 404, though events are worked on later",
    SILENT,
    "202, and the event is lost",
)
EVENT_EXTERNAL_ID = reading(
    "event-external-id",
    "an EXTERNAL_ID that no customer of the node has makes a customer that holds it",
    "SDK: a test of the .NET client",
    "the event waits for one",
)
EVENT_DISABLED = reading("event-disabled", "an event of a disabled type is 400", SILENT, "it is lost")
EVENT_EXTENDED = reading(
    "event-extended",
    "extended values that are not configured for the type, or not as configured, are 400; those of "
    "properties that are off are ignored",
    SILENT,
    "unknown ones are ignored",
)
EVENT_PRODUCTS = reading(
    "event-products",
    "`extended` of an order line is held to the extended properties of products, as event-extended says",
    "schemas: any object",
    "it is not looked at",
)
EVENT_CONSENT = reading(
    "event-consent",
    "an event whose type needs a consent that its customer has not given is taken and not kept; without "
    "a customer it is kept",
    "reference: Modify workspace events consent policy, without its effect",
    "400",
)
EVENT_MODES = reading(
    "event-modes",
    "which types are PASSIVE, beyond repliedTicket and campaignSent",
    "configurations of 2018 show 20 types",
    "other modes",
)
EVENT_OF_NOBODY = reading("event-of-nobody", "events of an unknown customer are an empty list", SILENT, "404")
EVENT_NEIGHBOURS = reading(
    "event-neighbours", "prev is the older event, next the newer one", "reference: sorted by date", "reversed"
)
EVENT_COPIES = reading(
    "event-copies",
    "events of entry customers show on the aggregate customer with its id and origin DUPLICATE, under "
    "their own ids",
    "reference: the name of the origin",
    "ids of their own",
)
EVENT_IMMUTABLE = reading(
    "event-immutable", "another value for what cannot change is 400", "reference: immutable", "it is ignored"
)
EVENT_REPLACED = reading(
    "event-replaced",
    "PUT clears contextInfo and tracking left out, and keeps the date; the answer has no body",
    "reference: replacing all its property values",
    "they stay",
)
EVENT_MERGED = reading(
    "event-merged",
    "PATCH merges properties, contextInfo and tracking member by member, null takes away",
    "reference: Modifies partially",
    "properties are replaced",
)
