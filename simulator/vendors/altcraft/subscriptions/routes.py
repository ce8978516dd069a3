"""POST /api/v1.1/subscriptions/… and /api/v1.1/profiles/message_unsub"""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.altcraft.subscriptions import many, service
from simulator.vendors.altcraft.wire import body, caller, done, read, world

routes = Routes()


@routes.post("/api/v1.1/subscriptions/set", "setSubscription")
def set_subscription() -> Response:
    service.set_one(world(), caller(), body("custom_fields"))
    return done()


@routes.post("/api/v1.1/subscriptions/list", "listProfileSubscriptions")
def list_profile_subscriptions() -> Response:
    return read(service.list_of(world(), caller(), body()))


@routes.post("/api/v1.1/subscriptions/get", "getSubscription")
def get_subscription() -> Response:
    return read(service.get(world(), caller(), body()))


@routes.post("/api/v1.1/subscriptions/delete", "deleteSubscription")
def delete_subscription() -> Response:
    service.delete(world(), caller(), body())
    return done()


@routes.post("/api/v1.1/subscriptions/restore", "restoreSubscription")
def restore_subscription() -> Response:
    service.restore(world(), caller(), body())
    return done()


@routes.post("/api/v1.1/subscriptions/list_all", "listSubscriptions")
def list_subscriptions() -> Response:
    found, next_from_id = many.list_all(world(), caller(), body())
    return read(found, next_from_id=next_from_id)


@routes.post("/api/v1.1/subscriptions/suspend_all", "suspendSubscriptions")
def suspend_subscriptions() -> Response:
    return done(updated=many.change_all(world(), caller(), body(), "subscribed", "suspended"))


@routes.post("/api/v1.1/subscriptions/unsuspend_all", "unsuspendSubscriptions")
def unsuspend_subscriptions() -> Response:
    return done(updated=many.change_all(world(), caller(), body(), "suspended", "subscribed"))


@routes.post("/api/v1.1/profiles/message_unsub", "unsubscribeByMessage")
def unsubscribe_by_message() -> Response:
    return done(profile_id=service.unsubscribe(world(), caller(), body()))
