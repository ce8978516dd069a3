"""What a job goes through: LOADED, SCHEDULED, PROCESSING slice by slice, PROCESSED; or STOPPED."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.bulk import service
from simulator.vendors.contacthub.bulk.columns import BadFile
from simulator.vendors.contacthub.bulk.rows import FAILED, Loader
from simulator.vendors.contacthub.state import CHUNKS, JOBS, WORKSPACES


def step(world: World, data: dict[str, Any]) -> None:
    """A job's next step, and the one after it planned."""
    job = world.store.table(JOBS).get(data["job"])
    if job is None:
        return
    seen = job["seen"]
    seconds = world.assume(rules.BULK_WAIT)
    if world.store.table(WORKSPACES)[job["workspace"]]["status"] != "ENABLED":
        world.assume(rules.BULK_STOPPED)
        seen["status"] = service.STOPPED
    elif seen["status"] == service.LOADED:
        seen["status"] = service.SCHEDULED
    elif seen["status"] == service.SCHEDULED:
        seen |= {"status": service.PROCESSING, "totalEntities": job["total"]}
        seconds = world.assume(rules.BULK_SLICE)
    elif seen["status"] == service.PROCESSING:
        _do_slice(world, job)
        seconds = world.assume(rules.BULK_SLICE)
    seen["updatedAt"] = dates.shown(world.clock.now())
    world.store.table(JOBS).put(job)
    if seen["status"] in (service.SCHEDULED, service.PROCESSING):
        due = world.clock.now() + timedelta(seconds=max(0, seconds))
        world.agenda.add(due, "contacthub", service.STEP, data)


def _do_slice(world: World, job: Document) -> None:
    """The next chunk's rows are done; what came of them takes their place."""
    seen, position = job["seen"], job["position"]
    if position < len(job["file"]):
        try:
            columns = service.columns_of(world, job, job["header"])
        except BadFile as error:  # the workspace's extended properties have changed since
            seen |= {"status": service.FAILED, "errorMessage": str(error)}
            _leave_rest(world, job, str(error))
            return
        loader = Loader(world, service.caller_of(job), seen, columns)
        chunks = world.store.table(CHUNKS)
        chunk = chunks[job["file"][position]]
        first = position * service.SLICE + 1
        lines = [[first + index, *loader.take(cells)] for index, cells in enumerate(chunk["lines"])]
        chunks.put(chunk | {"lines": lines})
        failed = sum(line[1] == FAILED for line in lines)
        seen["failedEntities"] += failed
        seen["processedEntities"] += len(lines) - failed
        job["position"] = position + 1
    if job["position"] >= len(job["file"]):
        seen["status"] = service.PROCESSED


def _leave_rest(world: World, job: Document, reason: str) -> None:
    chunks = world.store.table(CHUNKS)
    for position in range(job["position"], len(job["file"])):
        chunk = chunks[job["file"][position]]
        first = position * service.SLICE + 1
        lines = [[first + index, FAILED, None, reason] for index in range(len(chunk["lines"]))]
        chunks.put(chunk | {"lines": lines})
        job["seen"]["failedEntities"] += len(lines)
