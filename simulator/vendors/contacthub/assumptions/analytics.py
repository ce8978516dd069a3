"""Guesses: analytics."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import SILENT, reading

STATS_RANGE = reading(
    "stats-range",
    "ranges end now and include both ends; days, weeks from Monday and months are those of the workspace's "
    "time zone; too long a range has its start moved silently",
    "reference: defaults and limits; 1.299 file: the silent move, for one operation",
    "UTC; 400",
)
STATS_NODES = reading(
    "stats-nodes",
    "figures without nodeId are of all nodes that the caller may read, aggregate nodes included",
    SILENT,
    "entry nodes only",
)
STATS_CATEGORIES = reading(
    "stats-categories", "categories are groups of event types made up here", SILENT, "other groups"
)
STATS_LINKS = reading(
    "stats-links",
    "plan and send of a node come from its CONTACTPLAN and CONTACTSEND sources",
    SILENT,
    "others",
)
STATS_CHANNELS = reading(
    "stats-channels", "channels are base.contacts.email and base.contacts.mobilePhone", SILENT, "others"
)
STATS_CHANGES = reading(
    "stats-changes",
    "ADDED counts by registeredAt and UPDATED by the last updatedAt what is still there; DELETED by the "
    "stream of updates",
    SILENT,
    "each change counts",
)
STATS_KPI = reading(
    "stats-kpi",
    "purchases and sales are completedOrder events of the contexts ECOMMERCE and RETAIL, page views are "
    "viewedPage events of the context WEB",
    SILENT,
    "other events",
)
STATS_MONEY = reading(
    "stats-money",
    "value and total are the sum of amount.total, revenue that of amount.revenue, in the workspace's "
    "currency",
    "reference: names of members",
    "value is the revenue",
)
