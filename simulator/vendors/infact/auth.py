"""Whose request it is: Basic, Bearer or nobody's, by operation (campaign page, "Require Bearer
Authentication" and "All Service calls require authentication"; api/blacklist)."""

from __future__ import annotations

from datetime import datetime

from werkzeug.wrappers import Request

from simulator.kernel.authorization import basic, bearer
from simulator.kernel.errors import Unauthenticated
from simulator.kernel.pipeline import RAW_PATH
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.state import CUSTOMERS, TOKENS, Customer

BASIC = {
    "getToken",
    "createObsoleteCampaign",
    "addObsoleteCampaignRecipients",
    "listGlobalPhoneBlacklist",
    "listGlobalEmailBlacklist",
    "addToGlobalBlacklist",
    "removeFromGlobalBlacklist",
}
OPEN = {"checkBlacklist", "addToBlacklist"}


def authenticate(world: World, request: Request, operation: str) -> Customer | None:
    """The customer behind the request; None for the operations that ask for nobody.

    Raises Unauthenticated: no credential, a wrong one, an expired token, or the other scheme.
    """
    raw = request.environ[RAW_PATH]
    if raw.endswith("/") or (raw != raw.lower() and not _as_printed(raw)):
        world.assume(rules.PATH_SPELLING)
    if operation in OPEN:
        world.assume(rules.BLACKLIST_OPEN)
        return None
    header = request.headers.get("Authorization", "")
    if operation in BASIC:
        return _by_login(world, header)
    return _by_token(world, header)


def _as_printed(path: str) -> bool:
    printed = ("/v1/Account/token", "/v1/Campaign", "/v1/Campaigns", "/v1/Blacklist")
    return path in printed or path.startswith("/v1/datasources/")


def _by_login(world: World, header: str) -> Customer:
    login, password = basic(header) or (None, None)
    customer = world.store.table(CUSTOMERS).first("login", login) if login else None
    if customer is None or customer["password"] != password:
        raise Unauthenticated("Basic", presented=bool(header))
    return Customer.of(customer)


def _by_token(world: World, header: str) -> Customer:
    value = bearer(header)
    token = None if value is None else world.store.table(TOKENS).first("token", value)
    if token is None or datetime.fromisoformat(token["expires"]) <= world.clock.now():
        raise Unauthenticated("Bearer", presented=value is not None)
    return Customer.of(world.store.table(CUSTOMERS)[token["customer"]])
