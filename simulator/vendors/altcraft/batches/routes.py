"""/api/v1.1/profiles: import_batch, update_batch, add_batch."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.altcraft.batches import service
from simulator.vendors.altcraft.profiles.service import add_one, import_one, update_one
from simulator.vendors.altcraft.wire import body, caller, done, world

routes = Routes()
PROFILES = "/api/v1.1/profiles"


@routes.post(f"{PROFILES}/import_batch", "importProfiles")
def import_profiles() -> Response:
    return _results(import_one)


@routes.post(f"{PROFILES}/update_batch", "updateProfiles")
def update_profiles() -> Response:
    return _results(update_one)


@routes.post(f"{PROFILES}/add_batch", "addProfiles")
def add_profiles() -> Response:
    return _results(add_one)


def _results(write: service.Write) -> Response:
    return done(result=service.carry_out(world(), caller(), body("data"), write))
