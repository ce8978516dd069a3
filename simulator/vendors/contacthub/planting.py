"""Customers, events and what else a workspace holds, from a fixture's short form to stored documents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import dates, forms
from simulator.vendors.contacthub.nodes import aggregates, keys
from simulator.vendors.contacthub.state import (
    CONSENT_LOGS,
    CUSTOMERS,
    EVENTS,
    JOBS,
    NODES,
    SESSIONS,
)
from simulator.vendors.contacthub.updates import service as stream

Given = Mapping[str, Any]
EVENT = {
    "customerId": None,
    "bringBackProperties": None,
    "contextInfo": {},
    "origin": "NATIVE",
    "prev": None,
    "next": None,
    "tracking": None,
}
JOB = {"eventType": None, "errorMessage": None, "status": "PROCESSED", "entity": "CUSTOMER"}


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
    seen = {
        "id": given["id"],
        "intId": world.store.sequence("contacthub/customer"),
        "externalId": given.get("externalId"),
        "nodeId": given["nodeId"],
        "base": given.get("base"),
        "consents": given.get("consents"),
        "extended": given.get("extended") or {},
        "extra": given.get("extra"),
        "tags": given.get("tags") or {"auto": [], "manual": []},
        "enabled": given.get("enabled", True),
        "registeredAt": registered,
        "updatedAt": given.get("updatedAt", registered),
        "version": 1,
        "deleted": 0,
        "sourceInfo": {"registeredBy": source, "updatedBy": source},
    }
    return forms.filled("Customer", seen)


def events(world: World, workspace_id: str, given: Iterable[Given]) -> None:
    """Events; one with a session that belongs to a customer is that customer's."""
    people = world.store.table(CUSTOMERS)
    for event in given:
        back = event.get("bringBackProperties")
        customer = people.get(event["customerId"]) if event.get("customerId") else None
        node = customer["node"] if customer else (back or {}).get("nodeId")
        date = dates.parsed(event["date"])
        registered = event.get("registeredAt", dates.shown(date))
        seen = {**EVENT, "registeredAt": registered, "updatedAt": registered, "version": 1, **event}
        seen["date"] = dates.shown(date)
        world.store.table(EVENTS).put(
            {
                "id": event["id"],
                "workspace": workspace_id,
                "node": node,
                "customer": event.get("customerId"),
                "session": back["value"] if back and back["type"] == "SESSION_ID" else None,
                "date": date.isoformat(timespec="milliseconds"),
                "seen": seen,
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
        number = world.store.sequence("contacthub/consent-log")
        customer = world.store.table(CUSTOMERS)[row["customerId"]]
        stored = {"id": number, "workspace": workspace_id, "node": customer["node"]}
        world.store.table(CONSENT_LOGS).put({**stored, "sourceId": None, "userId": None, **row})


def jobs(world: World, workspace_id: str, given: Iterable[Given]) -> None:
    """Bulk jobs that are over."""
    for job in given:
        seen = {**JOB, "workspaceId": workspace_id, **job}
        stored = {"id": job["id"], "workspace": workspace_id, "node": job["nodeId"], "seen": seen}
        world.store.table(JOBS).put({**stored, "file": [], "position": 0})
