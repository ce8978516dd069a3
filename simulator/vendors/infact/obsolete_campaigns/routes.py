"""POST and PUT /v1/Campaign."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.obsolete_campaigns import containers, service
from simulator.vendors.infact.obsolete_campaigns.schemas import ADDED, CAMPAIGN, CREATED, PART
from simulator.vendors.infact.wire import account, answer, body, load, world

routes = Routes()


@routes.post("/v1/campaign", "createObsoleteCampaign")
def create_obsolete_campaign() -> Response:
    campaign = service.create(world(), account(), load(CAMPAIGN, body()))
    world().assume(rules.CAMPAIGN_RESPONSE)
    return answer(CREATED.dump(campaign))


@routes.put("/v1/campaign", "addObsoleteCampaignRecipients")
def add_obsolete_campaign_recipients() -> Response:
    added = containers.add(world(), account(), load(PART, body()))
    world().assume(rules.CAMPAIGN_RESPONSE)
    return answer(ADDED.dump(added))
