"""The ledger: what of a vendor is documented, what was observed, and what is a guess."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response

from simulator.control.wire import answer, app, entered, gateway, query, vendor_named
from simulator.kernel.grades import GRADES
from simulator.kernel.ledger import Row
from simulator.kernel.routes import Routes
from simulator.kernel.world import World

routes = Routes()


@routes.get("/fidelity", "getFidelity")
def get_fidelity() -> Response:
    wanted = query()
    names = (
        [vendor_named(wanted["vendor"], at="query /vendor").name] if "vendor" in wanted else gateway().vendors
    )
    with entered() as (world, _):
        rows = [
            row
            for name in names
            for row in _ledger(world, name)
            if all(row[field] == wanted[field] for field in ("evidence", "kind") if field in wanted)
        ]
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row["kind"], dict.fromkeys(GRADES, 0))[row["evidence"]] += 1
    return answer({"counts": counts, "ledger": rows})


def _ledger(world: World, name: str) -> Iterator[Row]:
    parts = vendor_named(name).parts
    for row in app().graded(gateway().contract(name)):
        reason = parts.not_simulated.get(row["id"]) if row["kind"] == "operation" else None
        yield {"vendor": name, **row} | ({"not_simulated": reason} if reason else {})
    for rule in parts.assumptions:
        row = {"vendor": name, "kind": "assumption", **rule.describe()}
        yield row | {"current": world.chosen(rule)}
