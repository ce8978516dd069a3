"""The journal: what was asked of the vendors and what was answered, as rows and as a HAR file."""

from __future__ import annotations

from typing import Any

from flask import Response

import simulator
from simulator.control import har
from simulator.control.masking import Mask, NoMask
from simulator.control.problems import Problem
from simulator.control.wire import address, answer, entered, gateway, nothing, query, vendor_named
from simulator.kernel.journal import Entry
from simulator.kernel.routes import Routes
from simulator.kernel.world import World

routes = Routes()
UNKNOWN = "unknown"


@routes.get("/requests", "listRequests")
def list_requests() -> Response:
    with entered() as (world, _):
        found = _found(world)
        return answer(
            {
                "requests": [_masked(entry, entry.summary()) for entry in _newest(found)],
                "matched": len(found),
                "last_index": world.journal.last_index,
            }
        )


@routes.delete("/requests", "clearRequests")
def clear_requests() -> Response:
    with entered() as (world, _):
        world.journal.clear()
    return nothing()


@routes.get("/requests/<int:index>", "getRequest")
def get_request(index: int) -> Response:
    with entered() as (world, _):
        entry = world.journal.get(index)
        if entry is None:
            last = world.journal.last_index
            raise Problem(
                404, f"no request {index} is kept; the last was {last}, {len(world.journal)} are kept"
            )
        return answer(_whole(entry))


@routes.get("/requests.har", "getRequestsAsHar")
def get_requests_as_har() -> Response:
    with entered() as (world, _):
        entries = [har.entry(_whole(entry), _mount(world, entry)) for entry in _newest(_found(world))]
    headers = {"Content-Disposition": 'attachment; filename="simulator.har"'}
    return answer(har.archive(entries, simulator.__version__), headers=headers)


def _found(world: World) -> list[Entry]:
    """What the query's filters let through. A filter that can match nothing is refused."""
    wanted = query()
    if "vendor" in wanted:
        vendor_named(wanted["vendor"], at="query /vendor")
    if "operation" in wanted:
        _check_operation(wanted["operation"], wanted.get("vendor"))
    exact: dict[str, str] = {name: wanted[name] for name in ("vendor", "contract") if name in wanted}
    status, operation = wanted.get("status", ""), wanted.get("operation")
    return [
        entry
        for entry in world.journal.find(exact, wanted.get("since", 0))
        if str(entry.status).startswith(status.rstrip("x"))
        and (operation is None or (entry.operation or UNKNOWN) == operation)
    ]


def _check_operation(operation: str, of_vendor: str | None) -> None:
    names = [of_vendor] if of_vendor else list(gateway().vendors)
    known = {UNKNOWN}.union(*(gateway().contract(name).operations for name in names))
    if operation not in known:
        raise Problem(
            400, f"query /operation: no operation {operation!r}; there are {', '.join(sorted(known))}"
        )


def _newest(found: list[Entry]) -> list[Entry]:
    return found[-query().get("limit", len(found)) :] if found else []


def _mask(entry: Entry) -> Mask:
    return NoMask() if "secrets" in query() else Mask(gateway().vendors[entry.vendor].secrets)


def _whole(entry: Entry) -> dict[str, Any]:
    row = _masked(entry, entry.describe(secrets="secrets" in query()))
    for message in (row["request"], row["response"]):
        if "text" in message["body"]:
            message["body"]["text"] = _mask(entry).text(message["body"]["text"])
    return row


def _masked(entry: Entry, row: dict[str, Any]) -> dict[str, Any]:
    mask = _mask(entry)
    row["query"] = mask.text(row["query"])
    for place in ("violations", "deviations"):
        row[place] = [mask.finding(found) for found in row[place]]
    return row


def _host(entry: Entry) -> str:
    names = (value for name, value in entry.request_headers if name.lower() == "host")
    return next(names, "")


def _mount(world: World, entry: Entry) -> str:
    """The URL that the entry's path goes on from."""
    host = _host(entry)
    if host and gateway().vendors[entry.vendor].serves_host(host.partition(":")[0].lower()):
        return f"http://{host}"
    return f"{address(world)}/{entry.vendor}"
