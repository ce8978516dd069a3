"""Add, change, rate, lose and list leads: below /api/lead, and POST /api/prospect."""

from __future__ import annotations

from typing import Any

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import paging
from simulator.vendors.footprints.leads import schemas, service
from simulator.vendors.footprints.wire import SUCCESS, answer, body, caller, path, query, world

routes = Routes()


@routes.post("/api/lead", "addLead")
def add_lead() -> Response:
    return _added(_new_lead())


@routes.post("/api/offerCategory/<offer_category_id>/lead", "addLeadToCatalogue")
def add_lead_to_catalogue(offer_category_id: str) -> Response:
    world().assume(rules.CATALOGUE_OF_PATH)
    catalogue = path("offerCategoryId", offer_category_id)
    return _added(_new_lead() | {"offerCategoryId": catalogue})


def _new_lead() -> dict[str, Any]:
    return body(one_of=world().assume(rules.LEAD_WITHOUT_CONTACT) == "refused")


def _added(fields: dict[str, Any]) -> Response:
    lead = service.add(world(), caller(), fields)
    return answer({"_id": lead["id"]})


@routes.post("/api/prospect", "addProspect")
def add_prospect() -> Response:
    lead = service.add_prospect(world(), caller(), body())
    return answer({"_id": lead["id"]})


@routes.get("/api/lead", "getLeads")
def get_leads() -> Response:
    asked = query()
    page = service.listed(world(), asked)
    world().assume(rules.LEADS_PAGING)
    headers = paging.headers(page.total, asked.get("page", 1), page.size)
    return answer([schemas.listed(world(), lead) for lead in page.leads], headers=headers)


@routes.put("/api/lead/<lead_id>", "updateLead")
def update_lead(lead_id: str) -> Response:
    return answer(schemas.changed(*service.change(world(), lead_id, body())))


@routes.put("/api/lead/<lead_id>/nps", "updateNps")
def update_nps(lead_id: str) -> Response:
    rating = body()
    service.rate(world(), lead_id, rating["nps"], rating.get("comment"))
    return answer(SUCCESS)


@routes.post("/api/lead/<lead_id>/nps", "updateNpsByPost")
def update_nps_by_post(lead_id: str) -> Response:
    return update_nps(lead_id)


@routes.put("/api/lead/<lead_id>/leadLost", "updateLostLead")
def update_lost_lead(lead_id: str) -> Response:
    loss = body()
    return answer(schemas.lost(*service.lose(world(), lead_id, loss["reasonLost"], loss.get("comment"))))
