"""The vocabularies: /hub/v1/workspaces/{workspaceId}/models."""

from __future__ import annotations

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub.models import service
from simulator.vendors.contacthub.wire import answer, query, world

routes = Routes()
PATH = "/hub/v1/workspaces/<workspace_id>/models"


@routes.get(f"{PATH}/merge-policies", "getMergePolicyTypes")
def get_merge_policy_types(workspace_id: str) -> Response:  # noqa: ARG001 - entered already
    return answer({"elements": service.merge_policies(world())})


@routes.get(f"{PATH}/providers", "getSourceProviderTypes")
def get_source_provider_types(workspace_id: str) -> Response:  # noqa: ARG001 - entered already
    return answer({"elements": service.providers(world())})


@routes.get(f"{PATH}/contexts", "getEventContextTypes")
def get_event_context_types(workspace_id: str) -> Response:  # noqa: ARG001 - entered already
    inline = bool(query().get("resolveReferences", False))
    return answer({"elements": service.contexts(world(), inline=inline)})
