"""…/configuration/nodes, …/nodes/entries and …/nodes/aggregates, and the policies of matching."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub.nodes import service
from simulator.vendors.contacthub.nodes.service import AGGREGATE, ENTRY
from simulator.vendors.contacthub.send_sources import service as send_sources
from simulator.vendors.contacthub.wire import answer, body, caller, empty, page, query, world

routes = Routes()
BASE = "/hub/v1/workspaces/<workspace_id>/configuration"
POLICY = "unique-customer-matching-policy"
ENTRY_NODE = f"{BASE}/nodes/entries/<node_id>"
AGGREGATE_NODE = f"{BASE}/nodes/aggregates/<aggregate_node_id>"
FIRST, MOST = 0, 20


@routes.get(f"{BASE}/nodes", "listNodes")
def list_nodes(workspace_id: str) -> Response:
    asked = query()
    found = service.open_to(world(), caller(), workspace_id, asked.get("nodeType"))
    shown = page(found, asked.get("page", FIRST), asked.get("size", MOST), service.row, capped=False)
    return answer(shown)


@routes.get(f"{BASE}/nodes/entries", "listEntryNodes")
def list_entry_nodes(workspace_id: str) -> Response:
    asked = query()
    found = service.open_to(world(), caller(), workspace_id, ENTRY)
    shown = page(found, asked.get("page", FIRST), asked.get("size", MOST), service.shown, capped=False)
    return answer(shown)


@routes.post(f"{BASE}/nodes/entries", "createEntryNode")
def create_entry_node(workspace_id: str) -> Response:
    return answer(service.shown(service.create_entry(world(), workspace_id, body())), 201)


@routes.get(ENTRY_NODE, "getEntryNode")
def get_entry_node(workspace_id: str, node_id: str) -> Response:
    return answer(service.shown(service.node(world(), workspace_id, node_id, ENTRY)))


@routes.put(ENTRY_NODE, "updateEntryNode")
def update_entry_node(workspace_id: str, node_id: str) -> Response:
    return answer(service.shown(service.change_entry(world(), workspace_id, node_id, body())))


@routes.post(f"{ENTRY_NODE}/empty", "emptyEntryNode")
def empty_entry_node(workspace_id: str, node_id: str) -> Response:
    events_only = query().get("eventsOnly", False)
    service.empty(world(), caller(), workspace_id, node_id, events_only=events_only)
    return empty(204)


@routes.get(f"{BASE}/{POLICY}", "getDefaultCustomerMatchingPolicy")
def get_default_customer_matching_policy(workspace_id: str) -> Response:
    return answer(service.default_policy(world(), workspace_id))


@routes.get(f"{ENTRY_NODE}/{POLICY}", "getCustomerMatchingPolicy")
def get_customer_matching_policy(workspace_id: str, node_id: str) -> Response:
    return answer(service.node(world(), workspace_id, node_id, ENTRY)["uniqueCustomer"])


@routes.put(f"{ENTRY_NODE}/{POLICY}", "updateCustomerMatchingPolicy")
def update_customer_matching_policy(workspace_id: str, node_id: str) -> Response:
    return answer(service.change_policy(world(), workspace_id, node_id, body())["uniqueCustomer"])


@routes.get(f"{BASE}/nodes/aggregates", "listAggregateNodes")
def list_aggregate_nodes(workspace_id: str) -> Response:
    found = service.open_to(world(), caller(), workspace_id, AGGREGATE)
    return answer(page(found, FIRST, len(found), service.shown, capped=False))


@routes.post(f"{BASE}/nodes/aggregates", "createAggregateNode")
def create_aggregate_node(workspace_id: str) -> Response:
    return answer(service.shown(service.create_aggregate(world(), workspace_id, body())), 201)


@routes.get(AGGREGATE_NODE, "getAggregateNode")
def get_aggregate_node(workspace_id: str, aggregate_node_id: str) -> Response:
    return answer(service.shown(service.node(world(), workspace_id, aggregate_node_id, AGGREGATE)))


@routes.put(AGGREGATE_NODE, "updateAggregateNode")
def update_aggregate_node(workspace_id: str, aggregate_node_id: str) -> Response:
    return answer(service.shown(service.change_aggregate(world(), workspace_id, aggregate_node_id, body())))


@routes.put(f"{AGGREGATE_NODE}/state", "updateAggregateNodeState")
def update_aggregate_node_state(workspace_id: str, aggregate_node_id: str) -> Response:
    found = service.set_state(world(), workspace_id, aggregate_node_id, body()["state"])
    return answer({"state": found["state"]})


@routes.get(f"{AGGREGATE_NODE}/send-source-subscriptions", "listAggregateNodeSendSourceSubscriptions")
def list_aggregate_node_send_source_subscriptions(workspace_id: str, aggregate_node_id: str) -> Response:
    found = service.node(world(), workspace_id, aggregate_node_id, AGGREGATE)
    return answer(send_sources.of_aggregate(world(), found))
