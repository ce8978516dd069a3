"""/hub/v1/workspaces/{workspaceId}/nodes/{nodeId}/bulk-jobs."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.bulk import service
from simulator.vendors.contacthub.errors import CORS
from simulator.vendors.contacthub.wire import answer, caller, form, page, query, world

routes = Routes()
JOBS = "/hub/v1/workspaces/<workspace_id>/nodes/<node_id>/bulk-jobs"


@routes.get(JOBS, "listBulkJobs")
def list_bulk_jobs(workspace_id: str, node_id: str) -> Response:
    asked = query()
    jobs = service.of_node(
        world(), caller(), workspace_id, node_id, status=asked.get("status"), entity=asked.get("entity")
    )
    ordered = service.in_order(jobs, asked.get("sort", "createdAt,desc"))
    return answer(page(ordered, asked.get("page", 0), asked.get("size", 20)))


@routes.post(JOBS, "createBulkJob")
def create_bulk_job(workspace_id: str, node_id: str) -> Response:
    fields, files = form()
    filename, content = files["file"]
    if "entity" not in fields:
        world().assume(rules.BULK_ENTITY)
    upload = service.Upload(
        filename or "file.csv",
        content,
        fields["operation"],
        fields.get("entity", "CUSTOMER"),
        fields.get("eventType") if fields.get("entity") == "EVENT" else None,
    )
    return answer(service.create(world(), caller(), workspace_id, node_id, upload), 201)


@routes.get(f"{JOBS}/<job_id>", "getBulkJob")
def get_bulk_job(workspace_id: str, node_id: str, job_id: str) -> Response:
    job = service.find(world(), caller(), workspace_id, node_id, job_id)
    return answer(service.shown(world(), job))


@routes.get(f"{JOBS}/<job_id>/results", "getBulkJobResults")
def get_bulk_job_results(workspace_id: str, node_id: str, job_id: str) -> Response:
    job = service.find(world(), caller(), workspace_id, node_id, job_id)
    return Response(service.results(world(), job), 200, CORS, content_type="text/csv;charset=UTF-8")
