"""Trigger campaigns and scenarios: launched for a profile that is there, or that is imported first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.auth import Caller
from simulator.vendors.altcraft.campaigns import sending
from simulator.vendors.altcraft.profiles import service as profiles
from simulator.vendors.altcraft.state import CAMPAIGNS, DATABASES

Sent = Mapping[str, Any]

TRIGGER, WORKFLOW = "trigger", "workflow"
BY_API = "api"
UNITS = ("days", "hours", "minutes")


def import_and_start_trigger(world: World, caller: Caller, sent: Sent) -> str:
    """Import a profile, then launch a trigger campaign for it, at once or after `timeout`.

    Returns the profile's id. Guide, Import profile and launch trigger campaign. Raises NotFound for the
    campaign, Invalid for one that cannot be launched, and what an import raises.
    """
    return _import_and_start(world, caller, _campaign(world, caller, TRIGGER, sent["trigger_id"], sent), sent)


def import_and_start_workflow(world: World, caller: Caller, sent: Sent) -> str:
    """As import_and_start_trigger, for a scenario (guide, Import profile and launch scenario)."""
    return _import_and_start(
        world, caller, _campaign(world, caller, WORKFLOW, sent["workflow_id"], sent), sent
    )


def start_trigger(world: World, caller: Caller, sent: Sent) -> None:
    """Launch a trigger campaign for the profile that `sent` means. Raises NotFound, Invalid."""
    world.assume(rules.TRIGGER_ANSWER)
    campaign = _campaign(world, caller, TRIGGER, sent["id"], sent)
    database = caller.database(world, campaign["database"])
    _launch(world, campaign, profiles.found(world, database, sent), sent)


def _import_and_start(world: World, caller: Caller, campaign: Document, sent: Sent) -> str:
    world.assume(rules.TRIGGER_ANSWER)
    database = caller.database(world, campaign["database"])
    profile = profiles.import_one(world, caller, database, {**sent, "db_id": database["id"]})
    _launch(world, campaign, profile, sent)
    return str(profile["id"])


def _campaign(world: World, caller: Caller, kind: str, id: int, sent: Sent) -> Document:
    """The campaign of that kind, which can be launched. Raises NotFound, Invalid."""
    world.assume(rules.CAMPAIGN_DATABASE)
    campaign = world.store.table(CAMPAIGNS).get(f"{kind}/{int(id)}")
    database = world.store.table(DATABASES).get(campaign["database"]) if campaign else None
    if database is not None and not caller.sees(database):
        world.assume(rules.TOKEN_GROUPS)
    if campaign is None or database is None or not caller.sees(database):
        raise NotFound(f"{kind} {id}")
    if sent.get("db_id", campaign["database"]) != campaign["database"]:
        told = f"{kind} {id} is one of database {campaign['database']}"
        raise Invalid({"/db_id": [told]}, told)
    if not campaign["active"] or (kind == TRIGGER and campaign["type"] != BY_API):
        told = f"{kind} {id} cannot be launched by API"
        raise Invalid({"": [told]}, told) if world.assume(rules.TRIGGER_INACTIVE) == 400 else NotFound(told)
    return campaign


def _launch(world: World, campaign: Document, profile: Document, sent: Sent) -> None:
    launch = {
        "operation": campaign["kind"],
        "campaign": campaign["number"],
        "profile": profile["id"],
        "content": sent.get("content", {}),
        "custom_data": sent.get("custom_data", {}),
        "attach": [file["name"] for file in sent.get("attach", [])],
    }
    wait = timedelta(**{unit: sent.get("timeout", {}).get(unit, 0) for unit in UNITS})
    if not wait:
        sending.start(world, launch)
        return
    world.assume(rules.TIMEOUT_START)
    world.agenda.add(world.clock.now() + wait, sending.VENDOR, sending.START, launch)
