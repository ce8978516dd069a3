"""What happens to customers: made, merged, changed, removed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub.auth import Caller


def find(world: World, workspace_id: str, customer_id: str) -> Document:
    """The customer. Raises NotFound."""
    raise NotImplementedError


def shown(document: Document) -> dict[str, Any]:
    """The customer as the API shows it."""
    raise NotImplementedError


def matching(world: World, node: Document, body: Mapping[str, Any]) -> Document | None:
    """The customer of `node` with the unique properties of `body`."""
    raise NotImplementedError


def for_external_id(world: World, workspace_id: str, node_id: str, external_id: str) -> Document:
    """The customer with this external id, made if there is none."""
    raise NotImplementedError


def create(
    world: World,
    caller: Caller,
    workspace_id: str,
    body: Mapping[str, Any],
    *,
    session_id: str | None = None,
) -> dict[str, Any]:
    """A customer, merged into the one with its unique properties. As shown."""
    raise NotImplementedError


def insert_or_fail(
    world: World, caller: Caller, workspace_id: str, body: Mapping[str, Any]
) -> dict[str, Any]:
    """A new customer, as shown. Raises Existing if another has its unique properties."""
    raise NotImplementedError


def change(
    world: World,
    caller: Caller,
    workspace_id: str,
    customer_id: str,
    body: Mapping[str, Any],
    *,
    whole: bool,
    strict: bool,
    session_id: str | None = None,
) -> dict[str, Any]:
    """The customer after PUT (`whole`) or PATCH, as shown."""
    raise NotImplementedError


def remove(world: World, caller: Caller, workspace_id: str, customer_id: str) -> None:
    """The customer is gone, and what hangs on it. Raises NotFound."""
    raise NotImplementedError
