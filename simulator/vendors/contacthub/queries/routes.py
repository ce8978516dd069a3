"""GET …/customers."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.customers import service as customers
from simulator.vendors.contacthub.nodes.service import node
from simulator.vendors.contacthub.queries import service
from simulator.vendors.contacthub.state import CUSTOMERS
from simulator.vendors.contacthub.wire import MOST_ELEMENTS, answer, caller, page, query, world

routes = Routes()
SIZE = 10


@routes.get("/hub/v1/workspaces/<workspace_id>/customers", "searchCustomers")
def search_customers(workspace_id: str) -> Response:
    asked = query()
    within = node(world(), workspace_id, asked["nodeId"])
    # an untrusted source may search, though it may only write
    customers.enter(world(), caller(), within["id"], "R" if caller().trusted else "W")
    found = service.select(
        world(),
        within,
        query=asked.get("query"),
        external_id=asked.get("externalId"),
        sort=asked.get("sort", ()),
    )
    show = customers.viewer(world(), workspace_id)
    shown = page(found[:MOST_ELEMENTS], asked.get("page", 0), asked.get("size", SIZE), show)
    paths = [path.strip().split(".") for path in asked.get("fields", "").split(",") if path.strip()]
    if paths:
        world().assume(rules.SEARCH_FIELDS)
        shown["elements"] = [service.projected(seen, paths) for seen in shown["elements"]]
    unfiltered = world().store.table(CUSTOMERS).count("node", within["id"])
    shown["page"]["totalUnfilteredElements"] = unfiltered
    return answer(shown)
