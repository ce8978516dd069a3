"""Who calls, and what for: token (401), workspace (403), node (404), role (403), in this order.

The order satisfies the tests of the vendor's SDKs (contacthub-sdk-nodejs e2e). Roles come with
the operations of the contract, `x-roles`, which has them from the API file of 1.51.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from typing import Any

from werkzeug.wrappers import Request

from simulator import data
from simulator.kernel.authorization import bearer
from simulator.kernel.errors import Forbidden, NotFound, RateLimited, Unauthenticated
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.paths import AliasRule
from simulator.vendors.contacthub.state import CALLS, NODES, SOURCES, TOKENS, WORKSPACES

ADDRESSES = "allowedIPs"
OF_TENANTS = frozenset({"getWorkspace", "updateWorkspaceStatus"})
"""What works in a suspended workspace too, or nobody could enable it again."""


@dataclass(frozen=True)
class Caller:
    """A token: its roles, nodes (None: all), workspaces and number, and the source or user it is of."""

    workspace: str | None
    roles: frozenset[str]
    nodes: Mapping[str, str] | None
    source: str | None
    user: int | None
    workspaces: tuple[str, ...] = ()
    token: int | None = None

    @classmethod
    def of(cls, token: Document, workspace: str | None) -> Caller:
        """Who holds a token, in the workspace that is called."""
        return cls(
            workspace,
            frozenset(token["roles"]),
            token["nodes"],
            token.get("source"),
            token.get("user"),
            tuple(token["workspaces"]),
            token["id"],
        )

    def may(self, node: str, right: str) -> bool:
        """Whether it may read (`R`) or write (`W`) in a node."""
        return self.nodes is None or right in self.nodes.get(node, "")

    @property
    def trusted(self) -> bool:
        return self.roles != {"UNTRUSTED_APPLICATION"}


@cache
def _allowed() -> dict[str, tuple[frozenset[str], bool]]:
    """operationId → roles, whether it is open to everybody."""
    found = {}
    for item in data.contract("contacthub")["paths"].values():
        for operation in item.values():
            if isinstance(operation, Mapping) and "operationId" in operation:
                roles = frozenset(operation.get("x-roles", []))
                found[operation["operationId"]] = (roles, operation.get("security") == [])
    return found


def authenticate(world: World, request: Request, operation: str) -> Caller | None:
    """The caller; None for the public documents. Raises Unauthenticated, Forbidden, NotFound, RateLimited."""
    _name_reading(world, request, operation)
    roles, is_open = _allowed()[operation]
    if is_open:
        return None
    token = _token(world, request)
    arguments: Mapping[str, Any] = request.view_args or {}  # type: ignore[attr-defined]
    workspace_id = arguments.get("workspace_id")
    own = arguments.get("node_id") or arguments.get("aggregate_node_id")
    if workspace_id is not None:
        _enter_workspace(world, token, workspace_id, operation)
        _check_node(world, workspace_id, own or request.args.get("nodeId"))
    caller = Caller.of(token, workspace_id)
    if roles and not roles & caller.roles:
        world.assume(rules.REFUSED_ROLE)
        raise Forbidden("Access is denied")
    if own and caller.nodes is not None and own not in caller.nodes:
        world.assume(rules.NODE_ACCESS)
        raise Forbidden("Access is denied")
    return caller


def _name_reading(world: World, request: Request, operation: str) -> None:
    """Say that the operation's path is inferred, and that the request came by another reading of it."""
    if operation in rules.INFERRED_PATHS:
        world.assume(rules.INFERRED_PATHS[operation])
    if isinstance(request.url_rule, AliasRule):  # type: ignore[attr-defined]
        world.assume(rules.PATH_ALIAS)


def _token(world: World, request: Request) -> Document:
    value = bearer(request.headers.get("Authorization", ""))
    token = None if value is None else world.store.table(TOKENS).first("token", value)
    if token is None:
        raise Unauthenticated("Bearer", presented=value is not None)
    source = world.store.table(SOURCES).get(token["source"]) if token.get("source") else None
    if source is not None and not (source["enabled"] and _address_fits(source, request)):
        world.assume(rules.SOURCE_REFUSED)
        raise Unauthenticated("Bearer", presented=True)
    return token


def _address_fits(source: Document, request: Request) -> bool:
    allowed = (source.get("properties") or {}).get(ADDRESSES) or ""
    listed = allowed.replace(",", " ").split()
    return not listed or any(_is_in(request.remote_addr or "", one) for one in listed)


def _is_in(address: str, listed: str) -> bool:
    """Whether an address is the one listed, or in the network listed; text that is neither fits nobody."""
    with suppress(ValueError):
        return ipaddress.ip_address(address) in ipaddress.ip_network(listed, strict=False)
    return False


def _enter_workspace(world: World, token: Document, workspace_id: str, operation: str) -> None:
    workspace = world.store.table(WORKSPACES).get(workspace_id)
    if workspace is None or workspace_id not in token["workspaces"]:
        raise Forbidden(f"workspace not found: {workspace_id}")
    if workspace["status"] != "ENABLED" and operation not in OF_TENANTS:
        world.assume(rules.WORKSPACE_STATUS)
        raise Forbidden(f"workspace {workspace['status'].lower()}: {workspace_id}")
    if workspace.get("unplanned"):
        from simulator.vendors.contacthub.retention import service as retention  # noqa: PLC0415

        with world.store.transaction():
            retention.begin(world, workspace_id)
    if workspace.get("unfinished"):
        from simulator.vendors.contacthub.bulk import planted  # noqa: PLC0415

        planted.begin(world, workspace_id)
    most = workspace["maxRequestsPerMinute"]
    if most:
        _count(world, workspace_id, most)


def _check_node(world: World, workspace_id: str, node: str | None) -> None:
    """Raises NotFound for a node that is not one of the workspace."""
    if node:
        found = world.store.table(NODES).get(node)
        if found is None or found["workspace"] != workspace_id:
            raise NotFound(f"node not found {node}")


def _count(world: World, workspace_id: str, most: int) -> None:
    now = world.clock.now()
    minute = now.replace(second=0, microsecond=0).isoformat()
    with world.store.transaction():
        calls = world.store.table(CALLS)
        count = calls.get(workspace_id) or {"id": workspace_id, "minute": minute, "count": 0}
        count = count if count["minute"] == minute else {"id": workspace_id, "minute": minute, "count": 0}
        if count["count"] >= most:
            world.assume(rules.THROTTLING)
            raise RateLimited(60 - now.second, "too many requests")
        calls.put(count | {"count": count["count"] + 1})
