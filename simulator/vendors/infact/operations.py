"""All of Infact's operations and due work, gathered from its resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from simulator.kernel.world import World
from simulator.vendors.infact.account.routes import routes as account

WORK: Mapping[str, Callable[[World, dict[str, Any]], None]] = {}


def register(app: Flask) -> None:
    for routes in (account,):
        routes.register(app)
