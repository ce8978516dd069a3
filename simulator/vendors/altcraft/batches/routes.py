"""/api/v1.1/profiles: import_batch, update_batch, add_batch."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.altcraft.batches import service
from simulator.vendors.altcraft.profiles.service import add_one, import_one, update_one
from simulator.vendors.altcraft.wire import body, caller, done, world

routes = Routes()
PROFILES = "/api/v1.1/profiles"
IMPORTED = (
    "matching",
    "field_name",
    "resource_id",
    "skip_triggers",
    "skip_invalid_subscriptions",
    "detect_geo",
)
UPDATED = ("matching", "field_name", "resource_id", "skip_invalid_subscriptions")
ADDED = ("skip_triggers", "skip_invalid_subscriptions")
"""What the tables of the three operations have for all profiles; other keys are passed over."""


@routes.post(f"{PROFILES}/import_batch", "importProfiles")
def import_profiles() -> Response:
    return _results(IMPORTED, import_one)


@routes.post(f"{PROFILES}/update_batch", "updateProfiles")
def update_profiles() -> Response:
    return _results(UPDATED, update_one)


@routes.post(f"{PROFILES}/add_batch", "addProfiles")
def add_profiles() -> Response:
    return _results(ADDED, add_one)


def _results(members: tuple[str, ...], write: service.Write) -> Response:
    sent = body("data")
    taken = {name: sent[name] for name in ("db_id", "data", *members) if name in sent}
    return done(result=service.carry_out(world(), caller(), taken, write))
