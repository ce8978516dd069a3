"""Jobs that a fixture begins with; those that are not over go on from their `updatedAt`.

A fixture has no agenda: its jobs stand in their workspace's `unfinished` until its first call (`begin`),
before which all that has fallen due by then is done, each step at its instant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.bulk import service
from simulator.vendors.contacthub.bulk.files import BadFile
from simulator.vendors.contacthub.bulk.rows import FAILED
from simulator.vendors.contacthub.state import BULK_JOBS, WORKSPACES

FIRST = {"eventType": None, "errorMessage": None, "status": "PROCESSED", "entity": "CUSTOMER"}


def plant(world: World, workspace_id: str, given: Iterable[Mapping[str, Any]]) -> None:
    """Jobs, `results` being of the rows done, the first ones of `file`. Raises ValueError for a bad file."""
    unfinished = []
    for job in given:
        _plant(world, workspace_id, job)
        if job.get("status") in service.UNFINISHED:
            unfinished.append(job["id"])
    if unfinished:
        workspaces = world.store.table(WORKSPACES)
        workspaces.put(workspaces[workspace_id] | {"unfinished": unfinished})


def _plant(world: World, workspace_id: str, given: Mapping[str, Any]) -> None:
    results = given.get("results", [])
    failed = sum(result[1] == FAILED for result in results)
    own = {name: value for name, value in given.items() if name not in ("file", "results")}
    counts = {"processedEntities": len(results) - failed, "failedEntities": failed, "totalEntities": 0}
    dated = {name: dates.shown(dates.parsed(given[name])) for name in ("createdAt", "updatedAt")}
    shown = {**FIRST, **counts, "workspaceId": workspace_id, **own, **dated}
    # nobody made it, so nothing keeps its rows out
    platform = Caller(workspace_id, frozenset({"CLAB_OPERATOR"}), None, None, None)
    job = service.document(shown, platform)
    try:
        if "file" in given:
            service.load(world, job, given["file"].encode(), done=len(results))
    except BadFile as error:
        raise ValueError(f"file of job {given['id']}: {error}") from error
    if results:
        job |= {"file": [service.keep(world, given["id"], results), *job["file"]], "position": 1}
    if "totalEntities" not in given and job["status"] not in (service.LOADED, service.SCHEDULED):
        job["totalEntities"] = max(job["total"], len(results))
    world.store.table(BULK_JOBS).put(job)


def begin(world: World, workspace_id: str) -> None:
    """Have the unfinished jobs of a fixture go on, and do what is due of them by now."""
    with world.store.transaction():
        workspace = world.store.table(WORKSPACES)[workspace_id]
        for job_id in workspace.pop("unfinished", []):
            job = world.store.table(BULK_JOBS).get(job_id)
            if job is not None:
                _go_on(world, job)
        world.store.table(WORKSPACES).put(workspace)
    world.agenda.run_due(world.clock.now())


def _go_on(world: World, job: Mapping[str, Any]) -> None:
    takes = rules.BULK_SLICE if job["status"] == service.PROCESSING else rules.BULK_WAIT
    due = dates.parsed(job["updatedAt"]) + timedelta(seconds=max(0, world.assume(takes)))
    world.agenda.add(due, "contacthub", service.STEP, {"job": job["id"]})
