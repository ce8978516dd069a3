"""What was done, or is to be done, about a lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates
from simulator.vendors.footprints.ids import new_id
from simulator.vendors.footprints.leads import record as leads
from simulator.vendors.footprints.state import ACTION_TYPES, ACTIONS, DOCUMENTS


def add(world: World, fields: Mapping[str, Any]) -> str:
    """A new action of a lead; its id. Raises NotFound for an unknown lead or type."""
    now = dates.now(world)
    action: Document = {
        "id": new_id(world),
        "lead": None,
        "leadActionTypeId": None,
        "actionDetail": None,
        "date": None,
        "createdAt": now,
        "updatedAt": now,
        "attachments": [],
    }
    return _keep(world, action, fields)


def update(world: World, action_id: str, fields: Mapping[str, Any]) -> str:
    """Change what `fields` have of an action (footprints.action-changes); its id. Raises NotFound."""
    world.assume(rules.ACTION_CHANGES)
    return _keep(world, found(world, action_id) | {"updatedAt": dates.now(world)}, fields)


def found(world: World, action_id: str) -> Document:
    """An action by its id. Raises NotFound."""
    action = world.store.table(ACTIONS).get(action_id)
    if action is None:
        raise NotFound("Lead action not found")
    return action


def of_lead(world: World, lead_id: str) -> list[tuple[Document, Document, list[Document]]]:
    """Each action of a lead with its type and its files, the newest first.

    Raises NotFound for an unknown lead (footprints.actions-of-unknown-lead).
    """
    if world.assume(rules.ACTIONS_OF_UNKNOWN_LEAD) == "refused":
        leads.found(world, lead_id)
    world.assume(rules.ACTION_ORDER)
    world.assume(rules.ATTACHMENTS_OF_ACTIONS)
    kinds, documents = world.store.table(ACTION_TYPES), world.store.table(DOCUMENTS)
    actions = reversed(world.store.table(ACTIONS).find("lead", lead_id))
    return [
        # an action can have come from a lead that is gone, and its files with it
        (
            action,
            kinds[action["leadActionTypeId"]],
            [documents[key] for key in action["attachments"] if key in documents],
        )
        for action in sorted(actions, key=lambda action: action["createdAt"], reverse=True)
    ]


def types(world: World) -> list[Document]:
    return list(world.store.table(ACTION_TYPES).scan())


def _keep(world: World, action: Document, fields: Mapping[str, Any]) -> str:
    """Store an action with what `fields` say of it (footprints.action-references)."""
    world.assume(rules.ACTION_REFERENCES)
    if "leadId" in fields:
        action["lead"] = leads.found(world, fields["leadId"])["id"]
    if "leadActionTypeId" in fields:
        action["leadActionTypeId"] = _type(world, fields["leadActionTypeId"])["id"]
    if "actionDetail" in fields:
        action["actionDetail"] = fields["actionDetail"]
    if "date" in fields:
        world.assume(rules.ACTION_DATES)
        action["date"] = dates.read(fields["date"])
    world.store.table(ACTIONS).put(action)
    return str(action["id"])


def _type(world: World, type_id: str) -> Document:
    kind = world.store.table(ACTION_TYPES).get(type_id)
    if kind is None:
        raise NotFound("Lead action type not found")
    return kind
