"""Guesses: access."""

from __future__ import annotations

from simulator.vendors.altcraft.assumptions.ledger import SILENT, reading

TOKEN_ORDER = reading(
    "token-order",
    "of several tokens the body's counts, then the header's, then the query's",
    SILENT,
    "the header's",
)
TOKEN_GROUPS = reading(
    "token-groups",
    "a token sees the databases and resources of its groups; others are not found",
    "guide: tokens and objects have groups",
    "403",
)
PERMISSION_NAMES = reading(
    "permission-names",
    "rights are profiles.read, profiles.write, profiles.delete, databases.read, resources.read, "
    "segments.write and campaigns.write",
    "guide: deleting needs a right of its own; no other is named",
    "fewer rights",
)
