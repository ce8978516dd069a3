"""The update stream: each change of a customer or an event has the next offset of its workspace.

A row is found by workspace and offset, so that reading on costs what is new since, however much
has happened before. `streams` remembers where each node's changes end, by kind.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.state import STREAMS, UPDATES

Passes = Callable[[str, str], bool]
"""Whether changes of a node (id) and of a kind (CUSTOMER, EVENT) are wanted."""
MILLISECOND = 0.001
KEPT = ("id", "nodeId", "customerId", "type")


def record(  # noqa: PLR0917 - one change, told in the order it is read
    world: World,
    workspace_id: str,
    node_id: str,
    operation: str,
    kind: str,
    data: Document | dict[str, Any],
    *,
    parts: Sequence[str] = (),
) -> None:
    """Append a change: `operation` CREATE, UPDATE or DELETE of `kind` CUSTOMER or EVENT.

    `parts` are the entry customers that an aggregate customer's `data` come from.
    """
    change = {"node": node_id, "operation": operation, "type": kind, "data": data}
    if parts:
        change["parts"] = list(parts)
    append(world, workspace_id, change, dates.shown(world.clock.now()))


def append(world: World, workspace_id: str, change: Mapping[str, Any], time: str) -> None:
    """Append {node, operation, type, data, parts?} at an instant; if the clock went back, the last one."""
    offset = world.store.sequence(f"contacthub/update {workspace_id}")
    stream = _stream(world, workspace_id) or {
        "id": workspace_id,
        "first": offset,
        "last": 0,
        "time": time,
        "ends": {},
    }
    stream["last"] = offset
    stream["time"] = max(time, stream["time"])
    stream["ends"][f"{change['node']} {change['type']}"] = offset
    world.store.table(STREAMS).put(stream)
    place = {"id": _key(workspace_id, offset), "workspace": workspace_id, "offset": offset}
    world.store.table(UPDATES).put({**place, "time": stream["time"], **change})


def last_offset(world: World, workspace_id: str, passes: Passes) -> int:
    """The offset of the newest change that passes; 0 when there is none."""
    stream = _stream(world, workspace_id)
    ends = stream["ends"] if stream else {}
    return max((offset for whose, offset in ends.items() if passes(*whose.split(" "))), default=0)


def after(
    world: World, workspace_id: str, offset: int, size: int, passes: Passes
) -> tuple[int, list[dict[str, Any]]]:
    """(what to go on after, at most `size` changes that pass, from after `offset`)."""
    stream = _stream(world, workspace_id)
    found: list[dict[str, Any]] = []
    if stream is None or size == 0:
        return offset, found
    table = world.store.table(UPDATES)
    for number in range(max(offset + 1, stream["first"]), stream["last"] + 1):
        row = table.get(_key(workspace_id, number))
        offset = number
        # a change may have been deleted by hand
        if row is not None and passes(row["node"], row["type"]):
            found.append(_shown(row))
            if len(found) == size:
                break
    return offset, found


def before(world: World, workspace_id: str, timestamp: int) -> int:
    """The offset after which the changes at `timestamp` (milliseconds since 1970) or later begin."""
    world.assume(rules.UPDATE_TIMESTAMP)
    stream = _stream(world, workspace_id)
    if stream is None:
        return 0
    low, high = stream["first"], stream["last"] + 1
    while low < high:
        middle = (low + high) // 2
        if _time(world, workspace_id, range(middle, high)) < timestamp:
            low = middle + 1
        else:
            high = middle
    return int(low) - 1


def _time(world: World, workspace_id: str, offsets: range) -> float:
    """The milliseconds of the first of these changes that is there still: hands may delete one."""
    table = world.store.table(UPDATES)
    rows = (table.get(_key(workspace_id, offset)) for offset in offsets)
    row = next((row for row in rows if row is not None), None)
    return math.inf if row is None else round(dates.parsed(row["time"]).timestamp() / MILLISECOND)


def scrub(world: World, customer_id: str) -> set[str]:
    """Leave nothing but ids, and the types of events, in what the stream told of a customer, of the aggregate
    customers while it was part of them, and of its events, also before they were known to be its own.

    Gives the ids of those aggregate customers.
    """
    table = world.store.table(UPDATES)
    rows = table.find("about", customer_id)
    own = dict.fromkeys(row["data"]["id"] for row in rows if row["type"] == "EVENT")
    for row in [*rows, *(told for event in own for told in table.find("about", event))]:
        kept = {name: row["data"][name] for name in KEPT if name in row["data"]}
        table.put(row | {"data": kept, "scrubbed": True})
    return {row["data"]["id"] for row in rows if customer_id in row.get("parts", ())}


def is_scrubbed(world: World, customer_id: str) -> bool:
    """Whether what the stream told last of a customer is gone."""
    rows = world.store.table(UPDATES).find("about", customer_id)
    told = [row for row in rows if row["type"] == "CUSTOMER" and row["data"]["id"] == customer_id]
    return bool(told) and "scrubbed" in max(told, key=lambda row: int(row["offset"]))


def _shown(row: Document) -> dict[str, Any]:
    return {"operation": row["operation"], "entity": {"type": row["type"], "data": row["data"]}}


def _stream(world: World, workspace_id: str) -> Document | None:
    return world.store.table(STREAMS).get(workspace_id)


def _key(workspace_id: str, offset: int) -> str:
    return f"{workspace_id} {offset}"
