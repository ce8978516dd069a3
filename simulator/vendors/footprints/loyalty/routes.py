"""Campaigns and codes of loyalty: /api/loyaltyCode/…"""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.footprints.loyalty import schemas, service
from simulator.vendors.footprints.wire import SUCCESS, answer, body, caller, world

routes = Routes()
PATH = "/api/loyaltyCode"


@routes.get(f"{PATH}/active-campaigns", "getActiveLoyaltyCampaigns")
def get_active_loyalty_campaigns() -> Response:
    found = service.active_campaigns(world(), caller())
    return answer({"status": "success", "campaigns": [schemas.active_campaign(one) for one in found]})


@routes.get(f"{PATH}/campaigns", "getLoyaltyCampaigns")
def get_loyalty_campaigns() -> Response:
    found = service.campaigns(world(), caller())
    return answer({"status": "success", "campaigns": [schemas.campaign(one) for one in found]})


@routes.post(f"{PATH}/check", "checkClientCode")
def check_client_code() -> Response:
    return answer(schemas.found_code(service.check(world(), body())))


@routes.post(f"{PATH}/change", "changeCodeStatus")
def change_code_status() -> Response:
    service.change(world(), caller(), body())
    return answer(SUCCESS)


@routes.post(f"{PATH}/list", "listCodes")
def list_codes() -> Response:
    codes, total = service.list_page(world(), body())
    shown = [schemas.listed_code(code) for code in codes]
    return answer({"status": "success", "clients": shown, "totalResults": total})


@routes.post(f"{PATH}/history", "getPrizeHistory")
def get_prize_history() -> Response:
    codes = service.history(world(), body())
    return answer({"status": "success", "codes": [schemas.prize(code) for code in codes]})
