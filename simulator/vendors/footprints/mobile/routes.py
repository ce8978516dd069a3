"""What apps tell: /mobileapi/init, send, sensors, geo."""

from __future__ import annotations

from flask import Response

from simulator.kernel.pipeline import exchange
from simulator.kernel.routes import Routes
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.errors import required
from simulator.vendors.footprints.mobile import schemas, service
from simulator.vendors.footprints.wire import answer, body, caller, sent, world

routes = Routes()


@routes.post("/mobileapi/init", "mobileInit")
def mobile_init() -> Response:
    visitor = service.init(world(), caller().application, body(one_of=False))
    return answer(schemas.session(world(), visitor))


@routes.post("/mobileapi/send", "mobileSend")
def mobile_send() -> Response:
    service.send(world(), caller().application, body())
    return answer(schemas.sent(world(), form=exchange().payload.is_text))


@routes.put("/mobileapi/sensors", "mobileSensors")
def mobile_sensors() -> Response:
    return _sensors()


@routes.post("/mobileapi/sensors", "mobileSensorsByPost")
def mobile_sensors_by_post() -> Response:
    return _sensors()


@routes.put("/mobileapi/geo", "mobileGeo")
def mobile_geo() -> Response:
    return _geo()


@routes.post("/mobileapi/geo", "mobileGeoByPost")
def mobile_geo_by_post() -> Response:
    return _geo()


def _sensors() -> Response:
    """Beacons; without them what the page sends here instead (footprints.sensors-without-sensors)."""
    names = sent().keys()
    if "sensors" not in names:
        if world().assume(rules.SENSORS_WITHOUT_SENSORS) == "refused":
            raise required("sensors")
        if names >= {"lat", "lon"}:
            return _geo()
        if names >= {"actionType", "requestType"}:
            service.visit_at_sensors(world(), caller().application, body(of="mobileSend"))
            return answer(schemas.TAKEN)
    service.sensors(world(), caller().application, body(gaps=True))
    return answer(schemas.TAKEN)


def _geo() -> Response:
    service.geo(world(), caller().application, body(of="mobileGeo"))
    return answer(schemas.TAKEN)
