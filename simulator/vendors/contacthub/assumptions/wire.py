"""Guesses: the wire."""

from __future__ import annotations

from simulator.vendors.contacthub.assumptions.ledger import SILENT, guess, reading
from simulator.vendors.contacthub.paths import inferred

INFERRED_PATHS = {
    row.operation: reading(
        f"path.{row.operation}",
        f"the operation is {row.chosen}",
        row.source,
        "; ".join(map(str, row.aliases)) or "another method or path",
    )
    for row in inferred().values()
}
"""operationId → that its method or its path is inferred."""
PATH_ALIAS = reading(
    "path-alias",
    "the request came by another reading of an inferred method or path, and was answered all the same",
    "the alternatives of the operation's own assumption, contacthub.path.{operationId}",
    "404 or 405",
)
REFUSED_ROLE = reading(
    "refused-role", "a role that may not use an operation is 403", "1.51 lists 403 and roles, no text", "404"
)
SOURCE_REFUSED = reading(
    "source-refused",
    "a source that is off, or calls from elsewhere than its allowedIPs, is 401; allowedIPs are addresses and "
    "networks such as 192.0.2.0/24, parted by commas or spaces",
    "user guide: address ranges",
    "403; ranges from one address to another",
)
NODE_ACCESS = reading(
    "node-access",
    "lists of nodes show those that the caller may read or write in, another node of the path is 403",
    "user guide: a user is limited to the nodes chosen, administrators too",
    "the configuration of all nodes is open",
)
WORKSPACE_STATUS = reading(
    "workspace-status", "calls in a workspace that is not ENABLED are 403", SILENT, "they work"
)
VALIDATION_TEXTS = reading(
    "validation-texts",
    "the texts of 400, and of 404 for customers and events",
    "SDK tests show a few texts only",
    "other texts",
)
THROTTLING = reading(
    "throttling", "calls above maxRequestsPerMinute are 429, by calendar minute", SILENT, "another status"
)
TOO_LARGE = guess(
    "too-large",
    400,
    "a payload above its limit is 400",
    "reference: 64 kB, without a status",
    "413",
    400,
    413,
)
EXTRA_KEYS = reading(
    "extra-keys", "keys that a model does not name are ignored where it is not closed", SILENT, "400"
)
