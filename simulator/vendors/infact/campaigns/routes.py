"""POST /v1/Campaigns and POST /v1/datasources/{datasourceId}/campaign."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.campaigns import service
from simulator.vendors.infact.campaigns.schemas import CREATED, QUERY_CAMPAIGN, RECIPIENTS_CAMPAIGN
from simulator.vendors.infact.wire import account, answer, body, load, number, world

routes = Routes()


@routes.post("/v1/campaigns", "createCampaign")
def create_campaign() -> Response:
    campaign = service.create(world(), account(), load(RECIPIENTS_CAMPAIGN, body()))
    world().assume(rules.CAMPAIGN_RESPONSE)
    return answer(CREATED.dump(campaign))


@routes.post("/v1/datasources/<datasource_id>/campaign", "createCampaignByQuery")
def create_campaign_by_query(datasource_id: str) -> Response:
    datasource = number(datasource_id, "datasourceId")
    campaign = service.create_by_query(world(), account(), datasource, load(QUERY_CAMPAIGN, body()))
    world().assume(rules.CAMPAIGN_RESPONSE)
    return answer(CREATED.dump(campaign))
