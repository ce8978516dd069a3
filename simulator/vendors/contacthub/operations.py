"""All of Contacthub's operations and due work, gathered from its resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from simulator.kernel.routes import Routes
from simulator.kernel.world import World
from simulator.vendors.contacthub.analytics.routes import routes as analytics
from simulator.vendors.contacthub.bulk import service as bulk_service
from simulator.vendors.contacthub.bulk import steps as bulk_steps
from simulator.vendors.contacthub.bulk.routes import routes as bulk
from simulator.vendors.contacthub.configuration.routes import routes as configuration
from simulator.vendors.contacthub.consents.routes import routes as consents
from simulator.vendors.contacthub.customers.entity_routes import routes as entities
from simulator.vendors.contacthub.customers.routes import routes as customers
from simulator.vendors.contacthub.documents.routes import routes as documents
from simulator.vendors.contacthub.events.routes import routes as events
from simulator.vendors.contacthub.models.routes import routes as models
from simulator.vendors.contacthub.nodes.routes import routes as nodes
from simulator.vendors.contacthub.paths import register_aliases
from simulator.vendors.contacthub.protection.routes import routes as protection
from simulator.vendors.contacthub.queries.routes import routes as queries
from simulator.vendors.contacthub.retention import service as retention_service
from simulator.vendors.contacthub.retention.routes import routes as retention
from simulator.vendors.contacthub.send_sources.routes import routes as send_sources
from simulator.vendors.contacthub.sessions.routes import routes as sessions
from simulator.vendors.contacthub.sources.routes import routes as sources
from simulator.vendors.contacthub.updates.routes import routes as updates
from simulator.vendors.contacthub.users.routes import routes as users
from simulator.vendors.contacthub.workspaces.routes import routes as workspaces

RESOURCES: tuple[Routes, ...] = (
    customers,
    entities,
    events,
    models,
    documents,
    consents,
    protection,
    queries,
    sessions,
    updates,
    workspaces,
    users,
    sources,
    retention,
    configuration,
    analytics,
    bulk,
    nodes,
    send_sources,
)
WORK: Mapping[str, Callable[[World, dict[str, Any]], None]] = {
    retention_service.SWEEP: retention_service.sweep,
    bulk_service.STEP: bulk_steps.step,
}


def register(app: Flask) -> None:
    for routes in RESOURCES:
        routes.register(app)
    register_aliases(app)
