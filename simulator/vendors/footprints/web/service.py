"""Visitors of pages, what they do, and what is known for their forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints.customers import record as clients
from simulator.vendors.footprints.state import LEADS
from simulator.vendors.footprints.tracking import details, record

OF_THE_PERSON = ("userFirstName", "userLastName", "userEmail", "userPhone")
OF_THE_LEAD = ("offerCategoryId", "offerId", "locationId")
"""What a page fills in from the person's newest lead."""


def init(world: World, application: Document, fields: Mapping[str, Any]) -> Document:
    """Who visits."""
    email, technical = fields.get("email"), fields.get("technicalInfo")
    return record.find_or_make(world, application, "web", email=email, technical=technical)


def send(world: World, application: Document, fields: Mapping[str, Any]) -> None:
    """Keep what a visitor did. Raises Invalid for an id that is none, or not of this `uType`."""
    visitor = record.found(world, application, "web", fields["uid"])
    if (fields["uType"] == "c") != (visitor["client"] is not None):
        raise record.invalid(world, "web")
    record.track(
        world,
        visitor,
        "web",
        details.told(world, fields),
        request_type=fields["requestType"],
        action_type=fields["actionType"],
    )


def prepopulate(world: World, email: str) -> dict[str, Any]:
    """What is known of the person with this address; nothing of somebody who is not."""
    client = clients.find(world, email, None)
    if client is None:
        return {}
    newest = world.store.table(LEADS).find("client", client["id"])[-1:]
    known = {name: client["fields"].get(name) for name in OF_THE_PERSON}
    known |= {name: lead["fields"].get(name) for lead in newest for name in OF_THE_LEAD}
    return {name: value for name, value in known.items() if value is not None}
