"""A lead as it is kept: made with its client, changed with a snapshot of each change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates
from simulator.vendors.footprints.customers import record as clients
from simulator.vendors.footprints.ids import new_id
from simulator.vendors.footprints.state import CLIENTS, LEADS

ICON = "icon-location-city"


def found(world: World, lead_id: str) -> Document:
    """A lead by its id. Raises NotFound."""
    lead = world.store.table(LEADS).get(lead_id)
    if lead is None:
        raise NotFound("Lead not found")
    return lead


def make(
    world: World, application: Document, status: str, fields: Mapping[str, Any], created: str | None = None
) -> Document:
    """A new lead with its client, its first snapshot and its place on the client's timeline; stored.

    The order is read off the times in the answer of Get customers (footprints.lead-is-of-client).
    """
    world.assume(rules.LEAD_IS_OF_CLIENT)
    client = clients.of_lead(world, fields)
    at = created or dates.now(world)
    lead: Document = {
        "id": new_id(world),
        "client": client["id"],
        "application": application["id"],
        "status": status,
        "fields": dict(fields),
        "createdAt": at,
        "timestamp": at,
        "timestampStatusChange": at,
        "isMultipart": False,
        "isComplete": True,
        "actionRequired": True,
        "version": 0,
        "nps": fields.get("nps"),
        "reasonLost": None,
        "contract": None,
        "history": [],
        "comments": [],
        "interactions": [],
    }
    keep(world, lead)
    _enter_timeline(world, client, lead)
    return lead


def keep(world: World, lead: Document) -> None:
    """Store a lead that was made or changed, with a snapshot of it as it is now."""
    world.assume(rules.SNAPSHOTS)
    lead["updatedAt"] = dates.now(world)
    lead["history"].append(
        {
            "id": new_id(world),
            "fields": dict(lead["fields"]),
            "status": lead["status"],
            "createdAt": dates.now(world),
        }
    )
    lead["version"] += 1
    world.store.table(LEADS).put(lead)


def move_to(world: World, lead: Document, status: str) -> None:
    """Give a lead a status; any may follow any (footprints.status-transitions). `keep` stores it."""
    world.assume(rules.STATUS_TRANSITIONS)
    if status != lead["status"]:
        lead["status"] = status
        lead["timestampStatusChange"] = dates.now(world)


def comment(world: World, lead: Document, about: str, text: str) -> str:
    """Put a comment on a lead; its id. `keep` stores it."""
    made = {"id": new_id(world), "text": text, "createdAt": dates.now(world), "about": about}
    lead["comments"].append(made)
    return made["id"]


def _enter_timeline(world: World, client: Document, lead: Document) -> None:
    now = dates.now(world)
    client["timeline"].append(
        {
            "createdAt": now,
            "timestamp": now,
            "icon": ICON,
            "offlineCampaignId": lead["fields"].get("offlineCampaignId"),
            "offerCategoryId": lead["fields"].get("offerCategoryId"),
            "leadId": lead["id"],
        }
    )
    client["timestamp"] = now
    client["version"] += 2
    world.store.table(CLIENTS).put(client)
