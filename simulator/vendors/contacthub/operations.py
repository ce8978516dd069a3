"""All of Contacthub's operations and due work, gathered from its resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from simulator.kernel.routes import Routes
from simulator.kernel.world import World

RESOURCES: tuple[Routes, ...] = ()
WORK: Mapping[str, Callable[[World, dict[str, Any]], None]] = {}


def register(app: Flask) -> None:
    for routes in RESOURCES:
        routes.register(app)
