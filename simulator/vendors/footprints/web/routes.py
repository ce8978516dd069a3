"""POST /jsapi/init, send, prepopulate and register, and GET /jsapi/omnichannel.js."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask import Response

from simulator.kernel.routes import Routes
from simulator.kernel.store import Document
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.cors import HEADERS
from simulator.vendors.footprints.leads import service as leads
from simulator.vendors.footprints.web import service
from simulator.vendors.footprints.wire import answer, body, caller, world

routes = Routes()
LIBRARY = Path(__file__).with_name("omnichannel.js")


@routes.post("/jsapi/init", "webInit")
def web_init() -> Response:
    return answer(_session(service.init(world(), caller().application, body())))


@routes.post("/jsapi/send", "webSend")
def web_send() -> Response:
    service.send(world(), caller().application, body())
    return answer({})


@routes.get("/jsapi/omnichannel.js", "getOmnichannelLibrary")
def get_omnichannel_library() -> Response:
    world().assume(rules.LIBRARY)
    return Response(LIBRARY.read_bytes(), 200, HEADERS, content_type="application/javascript")


@routes.post("/jsapi/prepopulate", "webPrepopulate")
def web_prepopulate() -> Response:
    world().assume(rules.PAGE_FORMS)
    return answer({"status": "ok", "data": service.prepopulate(world(), body()["email"])})


@routes.post("/jsapi/register", "webRegister")
def web_register() -> Response:
    world().assume(rules.PAGE_FORMS)
    fields = body(one_of=world().assume(rules.LEAD_WITHOUT_CONTACT) == "refused")
    leads.add(world(), caller(), fields)
    return answer({"status": "ok"})


def _session(visitor: Document) -> dict[str, Any]:
    return {"status": "ok", "uid" if visitor["client"] else "pid": visitor["id"]}
