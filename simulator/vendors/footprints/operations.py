"""All of Footprints' operations, gathered from its resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from simulator.kernel.routes import Routes
from simulator.kernel.world import World
from simulator.vendors.footprints.actions.routes import routes as actions
from simulator.vendors.footprints.ads.routes import routes as ads
from simulator.vendors.footprints.customers.routes import routes as customers
from simulator.vendors.footprints.documents.routes import routes as documents
from simulator.vendors.footprints.leads.routes import routes as leads
from simulator.vendors.footprints.lists.routes import routes as lists
from simulator.vendors.footprints.loyalty.routes import routes as loyalty
from simulator.vendors.footprints.mobile.routes import routes as mobile
from simulator.vendors.footprints.notifications.routes import routes as notifications
from simulator.vendors.footprints.tokens.routes import routes as tokens
from simulator.vendors.footprints.web.routes import routes as web

RESOURCES: tuple[Routes, ...] = (
    tokens,
    leads,
    actions,
    documents,
    customers,
    loyalty,
    lists,
    notifications,
    web,
    mobile,
    ads,
)
WORK: Mapping[str, Callable[[World, dict[str, Any]], None]] = {}


def register(app: Flask) -> None:
    for routes in RESOURCES:
        routes.register(app)
