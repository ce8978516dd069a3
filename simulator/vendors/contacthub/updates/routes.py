"""…/updates and …/updates/last-offset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from simulator.kernel.routes import Routes
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.updates import service
from simulator.vendors.contacthub.updates.service import Passes
from simulator.vendors.contacthub.wire import answer, caller, query, world

routes = Routes()
BASE = "/hub/v1/workspaces/<workspace_id>/updates"
MOST = 50


@routes.get(f"{BASE}/last-offset", "getLastUpdateOffset")
def get_last_update_offset(workspace_id: str) -> Response:
    return answer({"lastOffset": service.last_offset(world(), workspace_id, _filter(query()))})


@routes.get(BASE, "getUpdates")
def get_updates(workspace_id: str) -> Response:
    asked = query()
    world().assume(rules.UPDATE_OFFSETS)
    world().assume(rules.UPDATE_CONTENT)
    start = asked.get("offset")
    if start is None:
        start = service.before(world(), workspace_id, asked["timestamp"]) if "timestamp" in asked else 0
    following, found = service.after(world(), workspace_id, start, asked.get("size", MOST), _filter(asked))
    return answer({"nextOffset": following, "updates": found})


def _filter(asked: Mapping[str, Any]) -> Passes:
    reader, node_id, entity = caller(), asked.get("nodeId"), asked.get("entity")

    def passes(node: str, kind: str) -> bool:
        return node_id in (None, node) and entity in (None, kind) and reader.may(node, "R")

    return passes
