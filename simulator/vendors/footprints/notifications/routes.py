"""POST /api/notifications/send."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.footprints.notifications import service
from simulator.vendors.footprints.wire import answer, body, world

routes = Routes()


@routes.post("/api/notifications/send", "sendNotification")
def send_notification() -> Response:
    service.send(world(), body())
    return answer({"status": "success", "message": "Message sent!"})
