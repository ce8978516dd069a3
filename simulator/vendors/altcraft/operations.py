"""All of Altcraft's operations and due work, gathered from its resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from simulator.kernel.world import World
from simulator.vendors.altcraft.batches.routes import routes as batches
from simulator.vendors.altcraft.campaigns import sending
from simulator.vendors.altcraft.campaigns.routes import routes as campaigns
from simulator.vendors.altcraft.databases.routes import routes as databases
from simulator.vendors.altcraft.profiles.routes import routes as profiles
from simulator.vendors.altcraft.resources.routes import routes as resources
from simulator.vendors.altcraft.segments.routes import routes as segments
from simulator.vendors.altcraft.subscriptions.routes import routes as subscriptions

WORK: Mapping[str, Callable[[World, dict[str, Any]], None]] = {sending.START: sending.start}


def register(app: Flask) -> None:
    for routes in (profiles, batches, subscriptions, databases, resources, segments, campaigns):
        routes.register(app)
