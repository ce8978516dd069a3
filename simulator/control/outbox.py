"""The outbox: every message the vendors would have sent, and every one they would not."""

from __future__ import annotations

from flask import Response

from simulator.control.wire import answer, entered, nothing, query, vendor_named
from simulator.kernel.routes import Routes

routes = Routes()


@routes.get("/outbox", "listOutbox")
def list_outbox() -> Response:
    wanted = query()
    if "vendor" in wanted:
        vendor_named(wanted["vendor"], at="query /vendor")
    exact = {name: wanted[name] for name in ("vendor", "channel", "to", "status") if name in wanted}
    with entered() as (world, _):
        messages = list(world.outbox.messages())
    found = [
        message
        for message in messages
        if message["id"] > wanted.get("since", 0)
        and all(message[name] == value for name, value in exact.items())
    ]
    newest = found[-wanted.get("limit", len(found)) :] if found else []
    last = messages[-1]["id"] if messages else wanted.get("since", 0)
    return answer({"messages": newest, "matched": len(found), "last_id": last})


@routes.delete("/outbox", "clearOutbox")
def clear_outbox() -> Response:
    with entered() as (world, _):
        world.outbox.clear()
    return nothing()
