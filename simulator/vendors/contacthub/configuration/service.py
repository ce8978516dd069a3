"""What a workspace has set, for everything that must obey it: one document read for each question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import Forbidden
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub.configuration.extended import check_extended, enabled_only
from simulator.vendors.contacthub.state import WORKSPACES

__all__ = [
    "check_extended",
    "consent_policy",
    "disabled_base",
    "enabled_only",
    "event_enabled",
    "extended_customer",
    "extended_event",
    "extended_product",
    "payload_limit",
    "save",
    "workspace",
]

LARGEST_EVENT = 65535


def workspace(world: World, workspace_id: str) -> Document:
    """The workspace. Raises Forbidden, as the vendor does for an unknown one."""
    found = world.store.table(WORKSPACES).get(workspace_id)
    if found is None:
        raise Forbidden(f"workspace not found: {workspace_id}")
    return found


def save(world: World, document: Document) -> None:
    """Keep a changed workspace."""
    world.store.table(WORKSPACES).put(document)


def extended_customer(world: World, workspace_id: str) -> dict[str, Any]:
    """Definitions of the customers' extended properties, by name."""
    return dict(workspace(world, workspace_id).get("customerExtended") or {})


def extended_event(world: World, workspace_id: str, kind: str) -> dict[str, Any]:
    """Definitions of the extended properties of events of a type, by name."""
    return dict((workspace(world, workspace_id).get("eventExtended") or {}).get(kind) or {})


def extended_product(world: World, workspace_id: str) -> dict[str, Any]:
    """Definitions of the products' extended properties, by name."""
    return dict(workspace(world, workspace_id).get("productExtended") or {})


def event_enabled(world: World, workspace_id: str, kind: str) -> bool:
    """Whether events of a type are taken."""
    return kind not in (workspace(world, workspace_id).get("disabledEvents") or ())


def payload_limit(world: World, workspace_id: str, kind: str) -> int:
    """How many bytes an event of a type may have."""
    sizes: Mapping[str, Any] = workspace(world, workspace_id).get("payloadSize") or {}
    return int(sizes.get(kind, {}).get("maxBytes", LARGEST_EVENT))


def disabled_base(world: World, workspace_id: str) -> list[str]:
    """Names of the base properties that are off, such as `contacts.fax`, without the leading `base.`."""
    return list(workspace(world, workspace_id).get("disabledBase") or [])


def consent_policy(world: World, workspace_id: str) -> dict[str, list[str]]:
    """Path of a consent (such as `profiling.online`) → the event types that need it."""
    return dict(workspace(world, workspace_id).get("consentPolicy") or {})
