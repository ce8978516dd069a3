"""What Contacthub keeps: the shapes of its documents, and how they are found.

workspaces   id, name, slug, groupPk, group (its name, in a fixture), shard, status, configuration {name,
             industry, logo, timezone, currency, customerUniquenessPolicy, tier}, maxRequestsPerMinute,
             and what is set per workspace:
             disabledEvents [type], eventExtended {type: map}, payloadSize {type: {maxBytes}},
             retention {type: {months}}, consentPolicy {property: [type]}, productsPolicy {eventTypes},
             productExtended map, customerExtended map, disabledBase [name],
             matchingPolicy {properties, caseSensitive}; unplanned [node] (retention.service.begin);
             unfinished [job] (bulk.planted.begin)
nodes        id, workspace, nodeType ENTRY or AGGREGATE, name, description, imageUrl; ENTRY: uniqueCustomer,
             mandatoryProperties, sourcePriority; both: retention {enabled, events {type: {months}}, and of
             its removal: planned (ISO) or null, whole, oldest (retention.service)};
             AGGREGATE: entryNodes, matchingProperties, exclusionFilters, state, retention
tokens       id (number), token, workspaces [id], roles [role], nodes {id: R, W or RW} or null for all,
             source id or null, user number or null
sources      id, workspace, and the members of the vendor's Source but its token
users        id (number), workspace, and the members of User and Me
customers    id, workspace, node, seen {…} what the API shows, match [text] its unique keys
             (nodes.keys.match_keys); origins {source: members} once several have written it
             (customers.origins); aggregate customers also: entries [id], the entry customers they are
             made of. An entry customer holds nothing of its aggregates: they are find("entries", its id),
             nodes.aggregates.of_entry
sessions     id, node, customer, value
events       id, workspace, node, customer or null, session or null, date (ISO, UTC, milliseconds),
             number (in order of registration), seen {…} what the API shows
updates      id `{workspace} {offset}`, workspace, offset, node, time, operation, type, data; of an aggregate
             customer also parts [id], the entry customers it was made of then; scrubbed, if only ids are left
streams      id of a workspace, first and last offset, time of the last, ends {`{node} {type}`: last offset}
consent_logs id (number), workspace, node, and the members of the row
jobs         id, workspace, node, seen {…}, caller {the members of Caller}, header [line, [name]] or null,
             file [id of chunks], total (rows), position (chunks done)
chunks       id (number), job, lines [[line, [cell]]]; once done
             [[line, outcome, id or null, message or null]]
calls        id of a workspace, minute (ISO), count: for throttling
"""

from __future__ import annotations

from simulator.kernel.store import Collection, Document, Index, on


def _about(update: Document) -> list[str]:
    """The customers, and the event, whose data a change carries."""
    named = (update["data"].get("id"), update["data"].get("customerId"), *update.get("parts", ()))
    return [one for one in named if one]


WORKSPACES = Collection("contacthub/workspaces", (on("slug"),))
NODES = Collection("contacthub/nodes", (on("workspace"), on("entryNodes")))
TOKENS = Collection("contacthub/tokens", (on("token", unique=True), on("source"), on("user")))
SOURCES = Collection("contacthub/sources", (on("workspace"), on("nodes"), on("properties.groupPk")))
USERS = Collection("contacthub/users", (on("workspace"),))
CUSTOMERS = Collection(
    "contacthub/customers",
    (
        on("node"),
        Index("externalId", lambda c: [(c["node"], x)] if (x := c["seen"].get("externalId")) else []),
        Index("match", lambda c: [(c["node"], key) for key in c["match"]]),
        on("entries"),
    ),
)
SESSIONS = Collection(
    "contacthub/sessions",
    (Index("value", lambda s: [(s["node"], s["value"])], unique=True), on("customer")),
)
EVENTS = Collection(
    "contacthub/events",
    (
        on("customer"),
        on("node"),
        # by year, month, day and hour: events/shelves.py
        Index("shelf", lambda e: [(e["node"], e["date"][:length]) for length in (4, 7, 10, 13)]),
        Index("session", lambda e: [(e["node"], e["session"])] if e["session"] and not e["customer"] else []),
        # for retention, which removes what is of a day, or was written on one
        Index(
            "day",
            lambda e: [(e["node"], e["date"][:10]), (e["node"], f"written {e['seen']['updatedAt'][:10]}")],
        ),
    ),
)
UPDATES = Collection(
    "contacthub/updates",
    (
        on("workspace"),
        Index("about", _about),
        Index("deleted", lambda u: [(u["node"], u["type"])] if u["operation"] == "DELETE" else []),
    ),
)
STREAMS = Collection("contacthub/streams")
CONSENT_LOGS = Collection("contacthub/consent_logs", (on("workspace"), on("customerId")))
BULK_JOBS = Collection(
    "contacthub/bulk_jobs", (on("nodeId"), Index("status", lambda j: [(j["nodeId"], j["status"])]))
)
CHUNKS = Collection("contacthub/chunks", (on("job"),))
CALLS = Collection("contacthub/calls")
COLLECTIONS = (
    WORKSPACES,
    NODES,
    TOKENS,
    SOURCES,
    USERS,
    CUSTOMERS,
    SESSIONS,
    EVENTS,
    UPDATES,
    STREAMS,
    CONSENT_LOGS,
    BULK_JOBS,
    CHUNKS,
    CALLS,
)
