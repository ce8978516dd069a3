"""Bulk jobs as their callers see them: made from a file, listed, their results read."""

from __future__ import annotations

import csv
import io
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from simulator.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates, ids
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.bulk.columns import BadFile, Column, customer_columns, event_columns
from simulator.vendors.contacthub.configuration.service import extended_customer, extended_event
from simulator.vendors.contacthub.nodes.service import ENTRY, node
from simulator.vendors.contacthub.state import CHUNKS, JOBS

STEP = "bulk-step"
LOADED, SCHEDULED, PROCESSING = "LOADED", "SCHEDULED", "PROCESSING"
STOPPED, PROCESSED, FAILED = "STOPPED", "PROCESSED", "FAILED"
MOST_LOADED = 10
SLICE = 1000
"""Rows of a chunk, which are done in one step."""
RESULT_COLUMNS = ("row", "outcome", "id", "message")


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
    jobs = world.store.table(JOBS)
    if len(jobs.keys_of("status", (node_id, LOADED))) >= MOST_LOADED:
        world.assume(rules.BULK_TOO_MANY)
        raise Invalid({}, f"a node has at most {MOST_LOADED} jobs with status {LOADED}")
    job = _made(world, caller, workspace_id, node_id, upload)
    try:
        rows = _rows(upload.content)
        columns_of(world, job, rows[0])
        job["header"], job["file"] = rows[0], _kept(world, job["id"], rows[1:])
        job["total"] = len(rows) - 1
        wait = timedelta(seconds=max(0, world.assume(rules.BULK_WAIT)))
        world.agenda.add(world.clock.now() + wait, "contacthub", STEP, {"job": job["id"]})
    except BadFile as error:
        world.assume(rules.BULK_BAD_FILE)
        job["seen"] |= {"status": FAILED, "errorMessage": str(error)}
    jobs.put(job)
    return dict(job["seen"])


def find(world: World, caller: Caller, workspace_id: str, node_id: str, job_id: str) -> Document:
    """The job. Raises NotFound, Forbidden."""
    _permit(world, caller, workspace_id, node_id, "R")
    found = world.store.table(JOBS).get(job_id)
    if found is None or found["node"] != node_id:
        raise NotFound(f"bulk job not found {job_id}")
    return found


def of_node(
    world: World, caller: Caller, workspace_id: str, node_id: str, *, status: str | None, entity: str | None
) -> list[dict[str, Any]]:
    """The jobs of a node as shown, oldest first. Raises NotFound, Forbidden."""
    _permit(world, caller, workspace_id, node_id, "R")
    table = world.store.table(JOBS)
    found = table.find("node", node_id) if status is None else table.find("status", (node_id, status))
    return [job["seen"] for job in found if entity in (None, job["seen"]["entity"])]


def in_order(jobs: list[dict[str, Any]], sort: str) -> list[dict[str, Any]]:
    """Sorted by `member` or `member,direction`; among equals the order of creation, or its reverse."""
    member, _, direction = sort.partition(",")
    found = sorted(jobs, key=lambda job: str(job[member]))
    return found[::-1] if direction.lower() == "desc" else found


def results(world: World, job: Document) -> str:
    """The results as CSV. Raises Conflict unless the job is done."""
    world.assume(rules.BULK_RESULTS)
    if job["seen"]["status"] not in (PROCESSED, FAILED):
        raise Conflict(f"bulk job {job['id']} is {job['seen']['status']}: it has no results yet")
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(RESULT_COLUMNS)
    chunks = world.store.table(CHUNKS)
    for key in job["file"]:
        writer.writerows(chunks[key]["lines"])
    return text.getvalue()


def columns_of(world: World, job: Document, header: list[str]) -> list[Column]:
    """The columns of a job's file. Raises BadFile."""
    world.assume(rules.BULK_CELLS)
    seen = job["seen"]
    ids_named = seen["operation"] != "INSERT"
    if seen["entity"] == "CUSTOMER":
        extended = extended_customer(world, job["workspace"])
        return customer_columns(header, extended, ids=ids_named)
    world.assume(rules.BULK_EVENTS)
    extended = extended_event(world, job["workspace"], seen["eventType"])
    return event_columns(header, seen["eventType"], extended, ids=ids_named)


def caller_of(job: Document) -> Caller:
    """Who made the job, as whom its rows are done."""
    return Caller(**(job["caller"] | {"roles": frozenset(job["caller"]["roles"])}))


def _permit(world: World, caller: Caller, workspace_id: str, node_id: str, right: str) -> None:
    node(world, workspace_id, node_id, ENTRY)
    if not caller.may(node_id, right):
        raise Forbidden("Access is denied")


def _made(world: World, caller: Caller, workspace_id: str, node_id: str, upload: Upload) -> Document:
    job_id, now = ids.new(world), dates.shown(world.clock.now())
    seen = {
        "id": job_id,
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
    kept = asdict(caller) | {"roles": sorted(caller.roles)}
    return {
        "id": job_id,
        "workspace": workspace_id,
        "node": node_id,
        "seen": seen,
        "caller": kept,
        "header": [],
        "file": [],
        "total": 0,
        "position": 0,
    }


def _rows(content: bytes) -> list[list[str]]:
    """The header and the rows that are not blank. Raises BadFile."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile("the file is not UTF-8") from error
    if "\0" in text:
        raise BadFile("the file is no text")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = [row for row in reader if row]
    except csv.Error as error:
        raise BadFile(f"line {reader.line_num}: {error}") from error
    if not rows:
        raise BadFile("the file is empty")
    return rows


def _kept(world: World, job_id: str, rows: list[list[str]]) -> list[int]:
    chunks, keys = world.store.table(CHUNKS), []
    for first in range(0, len(rows), SLICE):
        key = world.store.sequence("contacthub/chunk")
        chunks.put({"id": key, "job": job_id, "lines": rows[first : first + SLICE]})
        keys.append(key)
    return keys
