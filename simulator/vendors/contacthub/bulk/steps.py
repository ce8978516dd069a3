"""What a job goes through: LOADED, SCHEDULED, PROCESSING slice by slice, PROCESSED; or FAILED, or STOPPED."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates
from simulator.vendors.contacthub.bulk import service
from simulator.vendors.contacthub.bulk.files import BadFile
from simulator.vendors.contacthub.bulk.rows import FAILED, Loader
from simulator.vendors.contacthub.state import BULK_JOBS, CHUNKS, WORKSPACES


def step(world: World, data: dict[str, Any]) -> None:
    """A job's next step, and the one after it planned. A job that was stopped meanwhile stays as it is."""
    job = world.store.table(BULK_JOBS).get(data["job"])
    if job is None or job["status"] not in service.UNFINISHED:
        return
    seconds = world.assume(rules.BULK_WAIT)
    workspace = world.store.table(WORKSPACES).get(job["workspaceId"])
    if workspace is None or workspace["status"] != "ENABLED":
        world.assume(rules.BULK_STOPPED)
        job["status"] = service.STOPPED
    elif job["status"] == service.LOADED:
        job["status"] = service.SCHEDULED
    elif job["status"] == service.SCHEDULED:
        job |= {"status": service.PROCESSING, "totalEntities": job["total"]}
        seconds = world.assume(rules.BULK_SLICE)
    else:
        _do_slice(world, job)
        seconds = world.assume(rules.BULK_SLICE)
    job["updatedAt"] = dates.shown(world.clock.now())
    world.store.table(BULK_JOBS).put(job)
    if job["status"] in service.UNFINISHED:
        due = world.clock.now() + timedelta(seconds=max(0, seconds))
        world.agenda.add(due, "contacthub", service.STEP, data)


def _do_slice(world: World, job: Document) -> None:
    """The next chunk's rows are done; what came of them takes their place."""
    position = job["position"]
    if position < len(job["file"]):
        try:
            columns = service.columns_of(world, job, job["header"])
            loader = Loader(world, service.caller_of(job), job, columns)
        except (
            BadFile,
            NotFound,
        ) as error:  # the workspace's extended properties or nodes have changed since
            job |= {"status": service.FAILED, "errorMessage": str(error)}
            _leave_rest(world, job, str(error))
            return
        chunks = world.store.table(CHUNKS)
        chunk = chunks[job["file"][position]]
        lines = [[line, *loader.take(cells)] for line, cells in chunk["lines"]]
        chunks.put(chunk | {"lines": lines})
        failed = sum(line[1] == FAILED for line in lines)
        job["failedEntities"] += failed
        job["processedEntities"] += len(lines) - failed
        job["position"] = position + 1
    if job["position"] >= len(job["file"]):
        job["status"] = service.PROCESSED


def _leave_rest(world: World, job: Document, reason: str) -> None:
    chunks = world.store.table(CHUNKS)
    for position in range(job["position"], len(job["file"])):
        chunk = chunks[job["file"][position]]
        lines = [[line, FAILED, None, reason] for line, _ in chunk["lines"]]
        chunks.put(chunk | {"lines": lines})
        job["failedEntities"] += len(lines)
    job["position"] = len(job["file"])
