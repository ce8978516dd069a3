"""Data protection: all data of a customer, handed out or erased."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.consents import service as consents
from simulator.vendors.contacthub.customers import service as customers
from simulator.vendors.contacthub.events import extended
from simulator.vendors.contacthub.events import service as events
from simulator.vendors.contacthub.nodes import aggregates
from simulator.vendors.contacthub.state import CUSTOMERS
from simulator.vendors.contacthub.updates import service as updates


def exported(world: World, caller: Caller, customer: Document) -> dict[str, Any]:
    """{customer, events}: the events newest first. The consent log notes it."""
    world.assume(rules.EXPORT_ROW)
    consents.note(world, caller, customer, consents.EXPORTED, None)
    show_customer = customers.viewer(world, customer["workspace"])
    show_event = extended.viewer(world, customer["workspace"])
    found = events.of_customer(world, customer)
    return {"customer": show_customer(customer), "events": [show_event(event) for event in found]}


def forget(world: World, caller: Caller, workspace_id: str, customer: Document) -> None:
    """Remove all of the customer; an aggregate customer goes with its entry customers."""
    world.assume(rules.FORGOTTEN)
    entries = [customers.find(world, workspace_id, key) for key in customer.get("entries", [])]
    for one in entries or [customer]:
        _forget(world, caller, workspace_id, one)
    if entries:
        _note(world, caller, customer)


def _forget(world: World, caller: Caller, workspace_id: str, customer: Document) -> None:
    customers.remove(world, caller, workspace_id, customer["id"])
    for whole in _note(world, caller, customer):
        left = world.store.table(CUSTOMERS).get(whole)
        if left is None:
            updates.scrub(world, whole)
        elif updates.is_scrubbed(world, whole):
            aggregates.tell(world, left, "UPDATE")


def _note(world: World, caller: Caller, customer: Document) -> set[str]:
    """Erase what the stream and the consent log told; the ids of its aggregate customers so far."""
    consents.note(world, caller, customer, consents.FORGOTTEN, None)
    consents.erase(world, customer["id"])
    return updates.scrub(world, customer["id"])
