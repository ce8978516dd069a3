"""/hub/v1/workspaces/{workspaceId}/stats and /customers/{customerId}/stats."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub.analytics import service
from simulator.vendors.contacthub.wire import answer, caller, page, query, world

routes = Routes()
WORKSPACE = "/hub/v1/workspaces/<workspace_id>"
STATS = f"{WORKSPACE}/stats"
CUSTOMER = f"{WORKSPACE}/customers/<customer_id>/stats"
PAGE = 50
FIGURES = (
    ("customers-snapshot", "countCustomers", service.customers_snapshot),
    ("added-customers", "countCustomersByCreationDate", service.added_customers),
    ("communication-channels", "countCustomersByCommunicationChannel", service.communication_channels),
    ("customers", "countCustomersByUpdateDate", service.customers_trend),
    ("events", "countEventsByUpdateDate", service.events_trend),
    ("events/type-context-distribution", "countEventsByTypeAndContext", service.types_and_contexts),
    ("events/kpi/purchases", "getEventsKpiPurchases", service.kpi_purchases),
    ("events/kpi/ecommerce", "getEventsKpiEcommerce", service.kpi_ecommerce),
    ("events/kpi/web", "getEventsKpiWeb", service.kpi_web),
)
"""Path, operation and what computes it: all ask for their figures in the same way."""


@routes.get(f"{CUSTOMER}/event-category-distribution", "countCustomerEventsByCategory")
def count_customer_events_by_category(workspace_id: str, customer_id: str) -> Response:
    return answer(service.event_categories(world(), caller(), workspace_id, customer_id, query()))


@routes.get(f"{CUSTOMER}/buying-behaviors", "getCustomerBuyingBehaviors")
def get_customer_buying_behaviors(workspace_id: str, customer_id: str) -> Response:
    return answer(service.buying_behaviors(world(), caller(), workspace_id, customer_id, query()))


@routes.get(f"{STATS}/workspace", "getWorkspaceInformation")
def get_workspace_information(workspace_id: str) -> Response:
    return answer(service.workspace_information(world(), caller(), workspace_id))


@routes.get(f"{STATS}/nodes", "getNodesInformation")
def get_nodes_information(workspace_id: str) -> Response:
    found = service.nodes_information(world(), caller(), workspace_id)
    # nobody can ask for a second page
    return answer(page(found, 0, max(PAGE, len(found))))


def _view(figures: Callable[..., service.Answer]) -> Callable[[str], Response]:
    def view(workspace_id: str) -> Response:
        return answer(figures(world(), caller(), workspace_id, query()))

    return view


for path, operation, figures in FIGURES:
    routes.get(f"{STATS}/{path}", operation)(_view(figures))
