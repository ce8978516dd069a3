"""GET and POST /v1/Blacklist; GET, POST and DELETE below /v1/blacklist/global."""

from __future__ import annotations

from typing import Any

from flask import Response

from simulator.kernel.pipeline import exchange
from simulator.kernel.routes import Routes
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.blacklists import service
from simulator.vendors.infact.blacklists.schemas import (
    CHECK,
    CHECK_ANSWER,
    CUSTOM_ENTRY,
    ENTRIES_ANSWER,
    GLOBAL_ENTRY,
    PAGE,
    REMOVAL,
)
from simulator.vendors.infact.wire import account, answer, body, empty, load, world

routes = Routes()


@routes.get("/v1/blacklist", "checkBlacklist")
def check_blacklist() -> Response:
    asked = load(CHECK, query())
    world().assume(rules.BLACKLIST_RESPONSE)
    return answer(CHECK_ANSWER.dump(service.check(world(), asked["phone"], asked["country"])))


@routes.post("/v1/blacklist", "addToBlacklist")
def add_to_blacklist() -> Response:
    entry = load(CUSTOM_ENTRY, body())
    service.add_custom(world(), entry["customer"], entry["form"], _entry(entry))
    world().assume(rules.BLACKLIST_RESPONSE)
    return empty()


@routes.get("/v1/blacklist/global/phone", "listGlobalPhoneBlacklist")
def list_global_phone_blacklist() -> Response:
    return _listed("sms")


@routes.get("/v1/blacklist/global/email", "listGlobalEmailBlacklist")
def list_global_email_blacklist() -> Response:
    return _listed("email")


def _listed(channel: str) -> Response:
    asked = load(PAGE, query())
    count = asked["count"] or world().assume(rules.BLACKLIST_COUNT)
    return answer(ENTRIES_ANSWER.dump(service.list_global(world(), channel, asked["start"], count)))


@routes.post("/v1/blacklist/global", "addToGlobalBlacklist")
def add_to_global_blacklist() -> Response:
    service.add_global(world(), account(), _entry(load(GLOBAL_ENTRY, body())))
    world().assume(rules.BLACKLIST_RESPONSE)
    return empty()


@routes.delete("/v1/blacklist/global", "removeFromGlobalBlacklist")
def remove_from_global_blacklist() -> Response:
    asked = load(REMOVAL, query())
    if exchange().payload.raw:
        asked = load(GLOBAL_ENTRY, body())
    service.remove_global(world(), account(), _entry(asked))
    world().assume(rules.BLACKLIST_RESPONSE)
    return empty()


def _entry(asked: dict[str, Any]) -> service.Entry:
    return service.Entry(asked["phone"], asked["country"], asked["email"])


def query() -> dict[str, str]:
    """The query string; of a name given twice the last counts."""
    return {name: texts[-1] for name, texts in exchange().request.args.lists()}
