"""/api/v1.1/profiles: import, update, get, delete, add."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response

from simulator.kernel.routes import Routes
from simulator.kernel.store import Document
from simulator.vendors.altcraft.profiles import service
from simulator.vendors.altcraft.wire import body, caller, done, read, world

routes = Routes()
PROFILES = "/api/v1.1/profiles"


@routes.post(f"{PROFILES}/import", "importProfile")
def import_profile() -> Response:
    return _written(service.import_one, body("data", value_in_data=True))


@routes.post(f"{PROFILES}/update", "updateProfile")
def update_profile() -> Response:
    return _written(service.update_one, body("data", value_in_data=True))


@routes.post(f"{PROFILES}/add", "addProfile")
def add_profile() -> Response:
    sent = body("data")
    if sent["data"] is None:
        sent["data"] = {}  # an empty profile (guide, Add profile)
    return _written(service.add_one, sent)


@routes.post(f"{PROFILES}/get", "getProfile")
def get_profile() -> Response:
    return read(service.get(world(), caller(), body()))


@routes.post(f"{PROFILES}/delete", "deleteProfile")
def delete_profile() -> Response:
    return read({"profile_id": service.delete(world(), caller(), body())})


def _written(carry_out: Callable[..., Document], sent: dict[str, Any]) -> Response:
    database = caller().database(world(), sent["db_id"])
    return done(profile_id=carry_out(world(), caller(), database, sent)["id"])
