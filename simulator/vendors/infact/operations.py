"""All of Infact's operations and due work, gathered from its resources."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Flask

from simulator.kernel.world import World
from simulator.vendors.infact.account.routes import routes as account
from simulator.vendors.infact.blacklists.routes import routes as blacklists
from simulator.vendors.infact.campaigns import service as campaign_service
from simulator.vendors.infact.campaigns.routes import routes as campaigns
from simulator.vendors.infact.datasources.routes import routes as datasources
from simulator.vendors.infact.imports.routes import routes as imports
from simulator.vendors.infact.obsolete_campaigns import service as obsolete_campaign_service
from simulator.vendors.infact.obsolete_campaigns.routes import routes as obsolete_campaigns

WORK: Mapping[str, Callable[[World, dict[str, Any]], None]] = {
    campaign_service.SEND: campaign_service.send,
    obsolete_campaign_service.SEND: obsolete_campaign_service.send,
}


def register(app: Flask) -> None:
    for routes in (
        account,
        datasources,
        imports,
        campaigns,
        obsolete_campaigns,
        blacklists,
    ):
        routes.register(app)
