"""What a fixture document must look like, told to people who write their own.

The document's shape is a JSON schema, in which customers and events are the contract's own; what a
schema cannot say, that names refer to something and are taken once, is checked after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from simulator import data
from simulator.kernel.fixture_shape import (
    COUNT,
    FLAG,
    MAP,
    TEXT,
    array,
    each,
    held,
    known,
    model,
    nullable,
    of,
    once,
    validator,
)

ID = of("Uuid")
INSTANT = of("DateTimeInput")
ROLES = array(of("Role"))
POLICY = of("UniqueCustomer")
NODE = {
    "oneOf": [
        model(
            "id nodeType name uniqueCustomer",
            {
                "id": ID,
                "nodeType": {"const": "ENTRY"},
                "name": TEXT,
                "description": {"type": ["string", "null"]},
                "imageUrl": {"type": ["string", "null"]},
                "uniqueCustomer": POLICY,
                "mandatoryProperties": array(of("CustomerPropertyPath")),
                "sourcePriority": array(ID),
                "retention": model("enabled events", {"enabled": FLAG, "events": MAP}),
            },
        ),
        model(
            "id nodeType name entryNodes matchingProperties",
            {
                "id": ID,
                "nodeType": {"const": "AGGREGATE"},
                "name": TEXT,
                "description": {"type": ["string", "null"]},
                "imageUrl": {"type": ["string", "null"]},
                "entryNodes": array(ID),
                "matchingProperties": POLICY,
                "exclusionFilters": array(of("ExclusionFilter")),
                "state": of("AggregateNodeState"),
            },
        ),
    ]
}
SOURCE = model(
    "id name token nodes",
    {
        "id": ID,
        "name": TEXT,
        "description": {"type": ["string", "null"]},
        "provider": {"type": "string"},
        "properties": MAP,
        "token": TEXT,
        "trusted": FLAG,
        "enabled": FLAG,
        "nodes": array(ID),
    },
)
USER = model(
    "id token name roles",
    {
        "id": {"type": "integer", "minimum": 1},
        "token": TEXT,
        "name": TEXT,
        "surname": {"type": ["string", "null"]},
        "email": {"type": ["string", "null"]},
        "lang": {"type": ["string", "null"]},
        "mc": FLAG,
        "roles": ROLES,
        "nodes": {"type": "object", "additionalProperties": of("NodePermission")},
        "registeredAt": nullable(INSTANT),
        "updatedAt": nullable(INSTANT),
    },
)
CUSTOMER = model(
    "id nodeId",
    {
        "id": ID,
        "nodeId": ID,
        "externalId": {"type": ["string", "null"]},
        "base": of("CustomerBase"),
        "consents": of("CustomerConsents"),
        "extended": of("ExtendedValues"),
        "extra": {"type": ["string", "null"]},
        "tags": of("CustomerTags"),
        "enabled": FLAG,
        "registeredAt": INSTANT,
        "updatedAt": INSTANT,
        "source": ID,
        "sessions": array(model("id value", {"id": TEXT, "value": TEXT})),
    },
)
EVENT = {
    **model(
        "id type context properties date",
        {
            "id": ID,
            "customerId": ID,
            "bringBackProperties": of("BringBackProperties"),
            "type": of("EventType"),
            "context": of("EventContext"),
            "properties": MAP,
            "contextInfo": MAP,
            "tracking": of("Tracking"),
            "date": INSTANT,
            "registeredAt": INSTANT,
            "updatedAt": INSTANT,
        },
    ),
    "allOf": [of("EventIdentity")],
}
UPDATE = model(
    "node time operation type data",
    {
        "node": ID,
        "time": INSTANT,
        "operation": {"enum": ["CREATE", "UPDATE", "DELETE"]},
        "type": {"enum": ["CUSTOMER", "EVENT"]},
        "data": MAP,
    },
)
CONSENT_LOG = model(
    "customerId date type property value",
    {
        "customerId": ID,
        "date": INSTANT,
        "type": of("ConsentEventType"),
        "property": {"type": ["string", "null"]},
        "value": {"type": ["string", "null"]},
        "sourceId": nullable(ID),
        "userId": {"type": ["integer", "null"]},
    },
)
RESULT = {"type": "array", "minItems": 4, "maxItems": 4}
JOB = {
    **model(
        "id nodeId filename bulkJobName operation createdAt updatedAt",
        {
            "id": ID,
            "nodeId": ID,
            **dict.fromkeys(("filename", "bulkJobName"), TEXT),
            "operation": {"enum": ["UPSERT", "INSERT", "DELETE"]},
            "entity": {"enum": ["CUSTOMER", "EVENT"]},
            "eventType": nullable(of("EventType")),
            "status": of("BulkJobStatus"),
            "errorMessage": {"type": ["string", "null"]},
            **dict.fromkeys(("createdAt", "updatedAt"), INSTANT),
            **dict.fromkeys(("processedEntities", "failedEntities", "totalEntities"), COUNT),
            "results": array(RESULT),
            "file": {"type": "string"},
        },
    ),
    "if": {"required": ["status"], "properties": {"status": {"enum": ["LOADED", "SCHEDULED", "PROCESSING"]}}},
    "then": {"required": ["file"]},
}
WORKSPACE = model(
    "id name slug groupPk shard",
    {
        "id": ID,
        "name": TEXT,
        "slug": TEXT,
        "groupPk": COUNT,
        "group": TEXT,
        "shard": TEXT,
        "status": of("WorkspaceStatus"),
        "maxRequestsPerMinute": COUNT,
        "configuration": MAP,
        "disabledEvents": array(of("EventType")),
        "disabledBase": array(TEXT),
        **dict.fromkeys(
            (
                "eventExtended",
                "productExtended",
                "customerExtended",
                "payloadSize",
                "retention",
                "consentPolicy",
                "productsPolicy",
            ),
            MAP,
        ),
        "matchingPolicy": POLICY,
        "nodes": array(NODE),
        "sources": array(SOURCE),
        "users": array(USER),
        "customers": array(CUSTOMER),
        "events": array(EVENT),
        "updates": array(UPDATE),
        "consent_logs": array(CONSENT_LOG),
        "jobs": array(JOB),
    },
)
SHAPE = model(
    "",
    {
        "workspaces": array(WORKSPACE),
        "operators": array(model("token roles", {"token": TEXT, "roles": ROLES})),
        "assume": MAP,
    },
)


def check(document: Any) -> None:
    """Raises ValueError naming the first place that is not as it must be."""
    held(document, _validator())
    workspaces = list(each(document, "workspaces"))
    every = {part: [found for path, w in workspaces for found in each(w, part, path)] for part in PARTS}
    once(workspaces, "id")
    for part in PARTS:
        once(every[part], "id")
    once([*every["sources"], *every["users"], *each(document, "operators")], "token")
    for path, workspace in workspaces:
        _check_references(path, workspace)


PARTS = ("nodes", "sources", "users", "customers", "events", "jobs")


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return validator(SHAPE, data.contract("contacthub")["components"]["schemas"])


def _check_references(path: str, workspace: Mapping[str, Any]) -> None:
    """Every id that is named is one of this workspace's."""
    entries = {node["id"] for node in workspace.get("nodes", []) if node["nodeType"] == "ENTRY"}
    nodes = {node["id"] for node in workspace.get("nodes", [])}
    people = {customer["id"] for customer in workspace.get("customers", [])}
    for where, node in each(workspace, "nodes", path):
        known(f"{where}.entryNodes", node.get("entryNodes", []), entries, "entry node")
    for where, source in each(workspace, "sources", path):
        known(f"{where}.nodes", source["nodes"], nodes, "node")
    for where, user in each(workspace, "users", path):
        known(f"{where}.nodes", user.get("nodes", {}), nodes, "node")
    for part in ("customers", "jobs"):
        for where, found in each(workspace, part, path):
            known(f"{where}.nodeId", [found["nodeId"]], entries, "entry node")
    for where, event in each(workspace, "events", path):
        back = event.get("bringBackProperties")
        known(
            f"{where}.customerId",
            [event["customerId"]] if event.get("customerId") else [],
            people,
            "customer",
        )
        known(f"{where}.bringBackProperties.nodeId", [back["nodeId"]] if back else [], entries, "entry node")
    for where, row in each(workspace, "consent_logs", path):
        known(f"{where}.customerId", [row["customerId"]], people, "customer")
