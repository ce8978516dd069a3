"""The consent log: a row for each change of a leaf, for each export and each erasure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.nodes.keys import match_keys
from simulator.vendors.contacthub.state import CONSENT_LOGS, CUSTOMERS, NODES

EXPORTED, FORGOTTEN = "DATA_PORTABILITY_REQUESTED", "FORCED_DELETE"
TYPES = {"status": "CONSENT_CHANGED", "limitation": "CONSENT_RESTRICTED", "objection": "CONSENT_OBJECTED"}
MOST_DIGITS = 18


def changed(
    world: World,
    caller: Caller | None,
    customer: Document,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
) -> None:
    """Note every leaf of `consents` that differs; what is not there is null."""
    old, new = dict(_leaves(before)), dict(_leaves(after))
    for path in sorted(old.keys() | new.keys()):
        if old.get(path) == new.get(path):
            continue
        world.assume(rules.CONSENT_ROWS)
        kind = "DISCLAIMER_READ" if path.startswith("disclaimer.") else TYPES[path.rpartition(".")[2]]
        _append(world, caller, customer, kind, path, _text(new.get(path)))


def note(world: World, caller: Caller | None, customer: Document, kind: str, value: str | None) -> None:
    """Note that something happened to the customer's data as a whole."""
    _append(world, caller, customer, kind, None, value)


def _leaves(consents: Mapping[str, Any] | None, path: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in (consents or {}).items():
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{path}{name}.")
        elif value is not None:
            yield f"{path}{name}", value


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _append(  # noqa: PLR0917 - the members of a row
    world: World, caller: Caller | None, customer: Document, kind: str, path: str | None, value: str | None
) -> None:
    world.store.table(CONSENT_LOGS).put(
        {
            "id": world.store.next_id(CONSENT_LOGS, "consent-log"),
            "workspace": customer["workspace"],
            "node": customer["node"],
            "customerId": customer["id"],
            "date": dates.shown(world.clock.now()),
            "type": kind,
            "property": path,
            "value": value,
            "sourceId": caller.source if caller else None,
            "userId": caller.user if caller else None,
        }
    )


def erase(world: World, customer_id: str) -> None:
    """Leave nothing of a customer but that it was forgotten."""
    table = world.store.table(CONSENT_LOGS)
    for row in table.find("customerId", customer_id):
        if row["type"] != FORGOTTEN:
            table.delete(row["id"])


def find(world: World, caller: Caller, workspace_id: str, row_id: str) -> Document:
    """One row. Raises NotFound."""
    is_number = row_id.isascii() and row_id.isdigit() and len(row_id) <= MOST_DIGITS
    found = world.store.table(CONSENT_LOGS).get(int(row_id)) if is_number else None
    if found is None or found["workspace"] != workspace_id or not caller.may(found["node"], "R"):
        raise NotFound(f"consent log not found {row_id}")
    return found


def select(world: World, caller: Caller, workspace_id: str, wanted: Mapping[str, Any]) -> list[Document]:
    """The rows that pass listConsents' filters, given by name, in order. Raises NotFound for a node."""
    world.assume(rules.CONSENT_FILTERS)
    nodes = _nodes(world, workspace_id, wanted.get("nodes"))
    table = world.store.table(CONSENT_LOGS)
    if "uniqueKey" in wanted:
        people = _having(world, nodes, wanted["uniqueKey"])
        people = [c for c in people if wanted.get("customerId", c) == c]
        rows = [row for customer in people for row in table.find("customerId", customer)]
    elif "customerId" in wanted:
        rows = table.find("customerId", wanted["customerId"])
    else:
        rows = table.find("workspace", workspace_id)
    within = {node["id"] for node in nodes} if "nodes" in wanted else None
    fit = [
        row
        for row in rows
        if row["workspace"] == workspace_id
        and (within is None or row["node"] in within)
        and caller.may(row["node"], "R")
        and _fits(row, wanted)
    ]
    return _ordered(fit, wanted.get("sort", "id,desc"))


def _nodes(world: World, workspace_id: str, listed: str | None) -> list[Document]:
    from simulator.vendors.contacthub.nodes.service import node  # noqa: PLC0415

    if listed is None:
        return world.store.table(NODES).find("workspace", workspace_id)
    return [node(world, workspace_id, node_id) for node_id in dict.fromkeys(listed.lower().split(","))]


def _having(world: World, nodes: list[Document], unique: Mapping[str, Any]) -> list[str]:
    """Ids of the customers with these unique properties, by full path, in the nodes they are unique in."""
    seen = nested(unique)
    found: list[str] = []
    for node in nodes:
        policy = node.get("uniqueCustomer") or node["matchingProperties"]
        for key in match_keys(policy, seen):
            found += [
                str(customer) for customer in world.store.table(CUSTOMERS).keys_of("match", (node["id"], key))
            ]
    return found


def nested(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by dotted path, as the object they come from; a path below a value is passed over."""
    found: dict[str, Any] = {}
    for path, value in values.items():
        *steps, last = path.split(".")
        inner: Any = found
        for step in steps:
            inner = inner.setdefault(step, {}) if isinstance(inner, dict) else None
        if isinstance(inner, dict):
            inner[last] = value
    return found


def _fits(row: Document, wanted: Mapping[str, Any]) -> bool:
    day = row["date"][:10]
    path = wanted.get("property")
    held = row["property"] or ""
    return (
        wanted.get("type", row["type"]) == row["type"]
        and wanted.get("startDate", day) <= day <= wanted.get("endDate", day)
        and (path is None or f"{held}.".startswith(f"{path.removeprefix('consents.')}."))
    )


def _ordered(rows: list[Document], sort: str) -> list[Document]:
    member, _, direction = sort.partition(",")
    rows = sorted(rows, key=lambda row: int(row["id"]))
    present = [row for row in rows if row[member] is not None]
    present.sort(key=lambda row: row[member], reverse=direction.lower() == "desc")
    return present + [row for row in rows if row[member] is None]


def shown(row: Document) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("workspace", "node")}
