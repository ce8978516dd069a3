"""Customers, events and what else a workspace holds, from a fixture's short form to stored documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.customers import shape
from simulator.vendors.contacthub.nodes import aggregates, keys
from simulator.vendors.contacthub.state import (
    CONSENT_LOGS,
    CUSTOMERS,
    EVENTS,
    NODES,
    SESSIONS,
)
from simulator.vendors.contacthub.updates import service as stream

Given = Mapping[str, Any]
EVENT: dict[str, Any] = {
    "customerId": None,
    "bringBackProperties": None,
    "contextInfo": {},
    "origin": "NATIVE",
    "prev": None,
    "next": None,
    "tracking": None,
}


def customers(world: World, workspace_id: str, given: Iterable[Given]) -> None:
    """Customers of entry nodes with their sessions."""
    nodes = {node["id"]: node for node in world.store.table(NODES).find("workspace", workspace_id)}
    now = dates.shown(world.clock.now())
    for customer in given:
        seen = _customer(world, customer, now)
        node = nodes[customer["nodeId"]]
        stored: Document = {
            "id": seen["id"],
            "workspace": workspace_id,
            "node": node["id"],
            "seen": seen,
            "match": keys.match_keys(node["uniqueCustomer"], seen),
        }
        world.store.table(CUSTOMERS).put(stored)
        for session in customer.get("sessions", []):
            world.store.table(SESSIONS).put({**session, "node": node["id"], "customer": seen["id"]})


def aggregated(world: World, workspace_id: str) -> None:
    """The customers of the active aggregate nodes, which follow from those of the entry nodes."""
    for node in world.store.table(NODES).find("workspace", workspace_id):
        if node["nodeType"] == "AGGREGATE" and node["state"] == "ACTIVE":
            aggregates.build(world, node)


def _customer(world: World, given: Given, now: str) -> dict[str, Any]:
    registered = given.get("registeredAt", now)
    source = given.get("source")
    return {
        "id": given["id"],
        "intId": world.store.sequence("contacthub/customer"),
        "externalId": None,
        "nodeId": given["nodeId"],
        **shape.whole(shape.blank() | {name: given[name] for name in shape.MEMBERS if name in given}),
        "registeredAt": registered,
        "updatedAt": given.get("updatedAt", registered),
        "version": 1,
        "deleted": 0,
        "sourceInfo": {"registeredBy": source, "updatedBy": source},
    }


def events(world: World, workspace_id: str, given: Iterable[Given]) -> None:
    """Events; one of a session that a customer has is that customer's."""
    people = world.store.table(CUSTOMERS)
    sessions = world.store.table(SESSIONS)
    for event in given:
        back = event.get("bringBackProperties")
        session = (back["nodeId"], back["value"]) if back and back["type"] == "SESSION_ID" else None
        known = sessions.first("value", session) if session else None
        whose: Any = known["customer"] if known else event.get("customerId")
        date = dates.parsed(event["date"])
        registered = event.get("registeredAt", dates.shown(date))
        seen = {**EVENT, "registeredAt": registered, "updatedAt": registered, "version": 1, **event}
        world.store.table(EVENTS).put(
            {
                "id": event["id"],
                "workspace": workspace_id,
                "node": back["nodeId"] if back else people[whose]["node"],
                "customer": whose,
                "session": session[1] if session else None,
                "date": date.isoformat(timespec="milliseconds"),
                "number": world.store.sequence("contacthub/event"),
                "seen": seen | {"customerId": whose, "date": dates.shown(date)},
            }
        )


def updates(world: World, workspace_id: str, given: Iterable[Given]) -> None:
    """What the stream of updates has told already, in the order given."""
    for update in given:
        change = {name: value for name, value in update.items() if name != "time"}
        stream.append(world, workspace_id, change, update["time"])


def consent_logs(world: World, workspace_id: str, given: Iterable[Given]) -> None:
    """Rows of the consent log, in the order given."""
    for row in given:
        number = world.store.next_id(CONSENT_LOGS, "consent-log")
        customer = world.store.table(CUSTOMERS)[row["customerId"]]
        stored = {"id": number, "workspace": workspace_id, "node": customer["node"]}
        world.store.table(CONSENT_LOGS).put({**stored, "sourceId": None, "userId": None, **row})
