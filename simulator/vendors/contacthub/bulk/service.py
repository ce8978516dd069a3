"""Bulk jobs as their callers see them: made from a file, listed, their results read."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from simulator.kernel.errors import Conflict, Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates, ids
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.bulk import files
from simulator.vendors.contacthub.bulk.columns import Column, customer_columns, event_columns
from simulator.vendors.contacthub.bulk.files import BadFile
from simulator.vendors.contacthub.configuration.service import extended_customer, extended_event
from simulator.vendors.contacthub.customers.service import enter
from simulator.vendors.contacthub.nodes.service import ENTRY, node
from simulator.vendors.contacthub.state import BULK_JOBS, CHUNKS

STEP = "bulk-step"
LOADED, SCHEDULED, PROCESSING = "LOADED", "SCHEDULED", "PROCESSING"
STOPPED, PROCESSED, FAILED = "STOPPED", "PROCESSED", "FAILED"
UNFINISHED = (LOADED, SCHEDULED, PROCESSING)
MOST_LOADED = 10
SLICE = 1000
"""Rows of a chunk, which are done in one step."""
SHOWN = (
    "id", "filename", "operation", "workspaceId", "nodeId", "entity", "eventType", "bulkJobName", "status",
    "errorMessage", "createdAt", "updatedAt", "processedEntities", "failedEntities", "totalEntities",
)  # fmt: skip
"""Members of a job, in the order of the vendor's page; what else is stored is ours."""
RESULT_COLUMNS = ("line", "outcome", "id", "message")


@dataclass(frozen=True)
class Upload:
    """What a job is made from."""

    filename: str
    content: bytes
    operation: str
    entity: str
    event_type: str | None


def create(world: World, caller: Caller, workspace_id: str, node_id: str, upload: Upload) -> dict[str, Any]:
    """A job, LOADED or FAILED, as shown. Raises NotFound, Forbidden, and Invalid at the eleventh LOADED."""
    _permit(world, caller, workspace_id, node_id, "W")
    jobs = world.store.table(BULK_JOBS)
    if jobs.count("status", (node_id, LOADED)) >= MOST_LOADED:
        world.assume(rules.BULK_TOO_MANY)
        raise Invalid({}, f"a node has at most {MOST_LOADED} jobs with status {LOADED}")
    job = document(_first_shown(world, workspace_id, node_id, upload), caller)
    try:
        load(world, job, upload.content)
        wait = timedelta(seconds=max(0, world.assume(rules.BULK_WAIT)))
        world.agenda.add(world.clock.now() + wait, "contacthub", STEP, {"job": job["id"]})
    except BadFile as error:
        world.assume(rules.BULK_BAD_FILE)
        job |= {"status": FAILED, "errorMessage": str(error)}
    jobs.put(job)
    return shown(world, job)


def load(world: World, job: Document, content: bytes, *, done: int = 0) -> None:
    """Take the file in, but for the first `done` rows. Raises BadFile."""
    header, *rows = files.rows(content)
    columns_of(world, job, header)
    chunks = [rows[first : first + SLICE] for first in range(done, len(rows), SLICE)]
    job["header"], job["total"] = header, len(rows)
    job["file"] = [keep(world, job["id"], chunk) for chunk in chunks]


def keep(world: World, job_id: str, lines: Sequence[Sequence[Any]]) -> int:
    """Store a chunk: rows, or what became of them. Its id."""
    key = world.store.next_id(CHUNKS, "chunk")
    world.store.table(CHUNKS).put({"id": key, "job": job_id, "lines": lines})
    return key


def shown(world: World, job: Document) -> dict[str, Any]:
    """The job as the API shows it."""
    world.assume(rules.BULK_NAME)
    world.assume(rules.BULK_WAIT)
    world.assume(rules.BULK_SLICE)
    world.assume(rules.BULK_COUNTS)
    if job["status"] == STOPPED:
        world.assume(rules.BULK_STOPPED)
    return {name: job[name] for name in SHOWN}


def find(world: World, caller: Caller, workspace_id: str, node_id: str, job_id: str) -> Document:
    """The job. Raises NotFound, Forbidden."""
    _permit(world, caller, workspace_id, node_id, "R")
    found = world.store.table(BULK_JOBS).get(job_id)
    if found is None or found["nodeId"] != node_id:
        raise NotFound(f"bulk job not found {job_id}")
    return found


def of_node(
    world: World, caller: Caller, workspace_id: str, node_id: str, *, status: str | None, entity: str | None
) -> list[dict[str, Any]]:
    """The jobs of a node as shown, oldest first. Raises NotFound, Forbidden."""
    _permit(world, caller, workspace_id, node_id, "R")
    table = world.store.table(BULK_JOBS)
    found = table.find("nodeId", node_id) if status is None else table.find("status", (node_id, status))
    return [shown(world, job) for job in found if entity in (None, job["entity"])]


def in_order(jobs: list[dict[str, Any]], sort: str) -> list[dict[str, Any]]:
    """Sorted by `member` or `member,direction`; among equals the order of creation, or its reverse."""
    member, _, direction = sort.partition(",")
    found = sorted(jobs, key=lambda job: str(job[member]))
    return found[::-1] if direction.lower() == "desc" else found


def results(world: World, job: Document) -> str:
    """The results as CSV. Raises Conflict unless the job is done."""
    world.assume(rules.BULK_RESULTS)
    if job["status"] not in (PROCESSED, FAILED):
        raise Conflict(f"bulk job {job['id']} is {job['status']}: only {PROCESSED} and {FAILED} have results")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(RESULT_COLUMNS)
    chunks = world.store.table(CHUNKS)
    for key in job["file"][: job["position"]]:
        writer.writerows(chunks[key]["lines"])
    return text.getvalue()


def columns_of(world: World, job: Document, header: files.Row) -> list[Column]:
    """The columns of a job's file. Raises BadFile."""
    world.assume(rules.BULK_CELLS)
    line, names = header
    try:
        return _columns(world, job, names)
    except BadFile as error:
        raise BadFile(f"line {line}: {error}") from error


def _columns(world: World, job: Document, header: list[str]) -> list[Column]:
    ids_named = job["operation"] != "INSERT"
    if job["entity"] == "CUSTOMER":
        extended = extended_customer(world, job["workspaceId"])
        return customer_columns(header, extended, ids=ids_named)
    world.assume(rules.BULK_EVENTS)
    extended = extended_event(world, job["workspaceId"], job["eventType"])
    return event_columns(header, job["eventType"], extended, ids=ids_named)


def caller_of(job: Document) -> Caller:
    """Who made the job, as whom its rows are done."""
    return Caller(**(job["caller"] | {"roles": frozenset(job["caller"]["roles"])}))


def _permit(world: World, caller: Caller, workspace_id: str, node_id: str, right: str) -> None:
    node(world, workspace_id, node_id, ENTRY)
    enter(world, caller, node_id, right)


def _first_shown(world: World, workspace_id: str, node_id: str, upload: Upload) -> dict[str, Any]:
    now = dates.shown(world.clock.now())
    return {
        "id": ids.new(world),
        "filename": upload.filename,
        "operation": upload.operation,
        "workspaceId": workspace_id,
        "nodeId": node_id,
        "entity": upload.entity,
        "eventType": upload.event_type,
        "bulkJobName": PurePath(upload.filename).stem,
        "status": LOADED,
        "errorMessage": None,
        "createdAt": now,
        "updatedAt": now,
        "processedEntities": 0,
        "failedEntities": 0,
        "totalEntities": 0,
    }


def document(shown: dict[str, Any], caller: Caller) -> Document:
    """A job without a file, as stored: what is shown of it, and what its rows need."""
    # rows do not ask for the token's number; without it the control API has nothing to mask in a job
    kept = asdict(caller) | {"roles": sorted(caller.roles), "token": None}
    return {
        **shown,
        "caller": kept,
        "header": None,
        "file": [],
        "total": 0,
        "position": 0,
    }
