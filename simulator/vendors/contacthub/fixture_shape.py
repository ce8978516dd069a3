"""What a fixture document must look like, told to people who write their own.

The document's shape is a JSON schema, in which customers and events are the contract's own; what a
schema cannot say, that names refer to something and are taken once, is checked after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from simulator import data

TEXT = {"type": "string", "minLength": 1}
FLAG = {"type": "boolean"}
MAP = {"type": "object"}
COUNT = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}


def _of(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}


def _model(required: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": dict(properties),
        "additionalProperties": False,
    }


def _list(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(of)}


def _nullable(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"anyOf": [dict(of), {"type": "null"}]}


ID = _of("Uuid")
INSTANT = _of("DateTimeInput")
ROLES = _list(_of("Role"))
POLICY = _of("UniqueCustomer")
NODE = {
    "oneOf": [
        _model(
            "id nodeType name uniqueCustomer",
            {
                "id": ID,
                "nodeType": {"const": "ENTRY"},
                "name": TEXT,
                "description": {"type": ["string", "null"]},
                "imageUrl": {"type": ["string", "null"]},
                "uniqueCustomer": POLICY,
                "mandatoryProperties": _list(_of("CustomerPropertyPath")),
                "sourcePriority": _list(ID),
                "retention": _model("enabled events", {"enabled": FLAG, "events": MAP}),
            },
        ),
        _model(
            "id nodeType name entryNodes matchingProperties",
            {
                "id": ID,
                "nodeType": {"const": "AGGREGATE"},
                "name": TEXT,
                "description": {"type": ["string", "null"]},
                "imageUrl": {"type": ["string", "null"]},
                "entryNodes": _list(ID),
                "matchingProperties": POLICY,
                "exclusionFilters": _list(_of("ExclusionFilter")),
                "state": _of("AggregateNodeState"),
            },
        ),
    ]
}
SOURCE = _model(
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
        "nodes": _list(ID),
    },
)
USER = _model(
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
        "nodes": {"type": "object", "additionalProperties": _of("NodePermission")},
        "registeredAt": _nullable(INSTANT),
        "updatedAt": _nullable(INSTANT),
    },
)
CUSTOMER = _model(
    "id nodeId",
    {
        "id": ID,
        "nodeId": ID,
        "externalId": {"type": ["string", "null"]},
        "base": _of("CustomerBase"),
        "consents": _of("CustomerConsents"),
        "extended": _of("ExtendedValues"),
        "extra": {"type": ["string", "null"]},
        "tags": _of("CustomerTags"),
        "enabled": FLAG,
        "registeredAt": INSTANT,
        "updatedAt": INSTANT,
        "source": ID,
        "sessions": _list(_model("id value", {"id": TEXT, "value": TEXT})),
    },
)
EVENT = {
    **_model(
        "id type context properties date",
        {
            "id": ID,
            "customerId": ID,
            "bringBackProperties": _of("BringBackProperties"),
            "type": _of("EventType"),
            "context": _of("EventContext"),
            "properties": MAP,
            "contextInfo": MAP,
            "tracking": _of("Tracking"),
            "date": INSTANT,
            "registeredAt": INSTANT,
            "updatedAt": INSTANT,
        },
    ),
    "allOf": [_of("EventIdentity")],
}
UPDATE = _model(
    "node time operation type data",
    {
        "node": ID,
        "time": INSTANT,
        "operation": {"enum": ["CREATE", "UPDATE", "DELETE"]},
        "type": {"enum": ["CUSTOMER", "EVENT"]},
        "data": MAP,
    },
)
CONSENT_LOG = _model(
    "customerId date type property value",
    {
        "customerId": ID,
        "date": INSTANT,
        "type": _of("ConsentEventType"),
        "property": {"type": ["string", "null"]},
        "value": {"type": ["string", "null"]},
        "sourceId": _nullable(ID),
        "userId": {"type": ["integer", "null"]},
    },
)
RESULT = {"type": "array", "minItems": 4, "maxItems": 4}
JOB = {
    **_model(
        "id nodeId filename bulkJobName operation createdAt updatedAt",
        {
            "id": ID,
            "nodeId": ID,
            **dict.fromkeys(("filename", "bulkJobName"), TEXT),
            "operation": {"enum": ["UPSERT", "INSERT", "DELETE"]},
            "entity": {"enum": ["CUSTOMER", "EVENT"]},
            "eventType": _nullable(_of("EventType")),
            "status": _of("BulkJobStatus"),
            "errorMessage": {"type": ["string", "null"]},
            **dict.fromkeys(("createdAt", "updatedAt"), INSTANT),
            **dict.fromkeys(("processedEntities", "failedEntities", "totalEntities"), COUNT),
            "results": _list(RESULT),
            "file": {"type": "string"},
        },
    ),
    "if": {"required": ["status"], "properties": {"status": {"enum": ["LOADED", "SCHEDULED", "PROCESSING"]}}},
    "then": {"required": ["file"]},
}
WORKSPACE = _model(
    "id name slug groupPk shard",
    {
        "id": ID,
        "name": TEXT,
        "slug": TEXT,
        "groupPk": COUNT,
        "group": TEXT,
        "shard": TEXT,
        "status": _of("WorkspaceStatus"),
        "maxRequestsPerMinute": COUNT,
        "configuration": MAP,
        "disabledEvents": _list(_of("EventType")),
        "disabledBase": _list(TEXT),
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
        "nodes": _list(NODE),
        "sources": _list(SOURCE),
        "users": _list(USER),
        "customers": _list(CUSTOMER),
        "events": _list(EVENT),
        "updates": _list(UPDATE),
        "consent_logs": _list(CONSENT_LOG),
        "jobs": _list(JOB),
    },
)
SHAPE = _model(
    "",
    {
        "workspaces": _list(WORKSPACE),
        "operators": _list(_model("token roles", {"token": TEXT, "roles": ROLES})),
        "assume": MAP,
    },
)

Placed = tuple[str, Mapping[str, Any]]


def check(document: Any) -> None:
    """Raises ValueError naming the first place that is not as it must be."""
    for error in _validator().iter_errors(document):
        raise ValueError(f"{place(error.instance_path)}: {error.message}")
    workspaces = list(_each(document, "workspaces"))
    every = {part: [found for path, w in workspaces for found in _each(w, part, path)] for part in PARTS}
    _once(workspaces, "id")
    for part in PARTS:
        _once(every[part], "id")
    _once([*every["sources"], *every["users"], *_each(document, "operators")], "token")
    for path, workspace in workspaces:
        _check_references(path, workspace)


PARTS = ("nodes", "sources", "users", "customers", "events", "jobs")


def place(steps: Iterable[str | int]) -> str:
    """`["workspaces", 0, "name"]` as `workspaces[0].name`."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.removeprefix(".") or "the document"


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    # values stay out of the messages: they may be as large as the document
    whole = SHAPE | {"components": {"schemas": data.contract("contacthub")["components"]["schemas"]}}
    return jsonschema_rs.Draft202012Validator(whole, mask="this", validate_formats=True)


def _each(holder: Mapping[str, Any], name: str, path: str = "") -> Iterator[Placed]:
    for index, found in enumerate(holder.get(name, [])):
        yield f"{path}.{name}[{index}]".removeprefix("."), found


def _once(placed: Iterable[Placed], name: str) -> None:
    """The value of `name` is nobody else's."""
    first: dict[Any, str] = {}
    for path, found in placed:
        if found[name] in first:
            raise ValueError(f"{path}.{name}: {found[name]!r} is taken by {first[found[name]]}")
        first[found[name]] = path


def _check_references(path: str, workspace: Mapping[str, Any]) -> None:
    """Every id that is named is one of this workspace's."""
    entries = {node["id"] for node in workspace.get("nodes", []) if node["nodeType"] == "ENTRY"}
    nodes = {node["id"] for node in workspace.get("nodes", [])}
    people = {customer["id"] for customer in workspace.get("customers", [])}
    for where, node in _each(workspace, "nodes", path):
        _known(f"{where}.entryNodes", node.get("entryNodes", []), entries, "entry node")
    for where, source in _each(workspace, "sources", path):
        _known(f"{where}.nodes", source["nodes"], nodes, "node")
    for where, user in _each(workspace, "users", path):
        _known(f"{where}.nodes", user.get("nodes", {}), nodes, "node")
    for part in ("customers", "jobs"):
        for where, found in _each(workspace, part, path):
            _known(f"{where}.nodeId", [found["nodeId"]], entries, "entry node")
    for where, event in _each(workspace, "events", path):
        back = event.get("bringBackProperties")
        _known(
            f"{where}.customerId",
            [event["customerId"]] if event.get("customerId") else [],
            people,
            "customer",
        )
        _known(f"{where}.bringBackProperties.nodeId", [back["nodeId"]] if back else [], entries, "entry node")
    for where, row in _each(workspace, "consent_logs", path):
        _known(f"{where}.customerId", [row["customerId"]], people, "customer")


def _known(path: str, names: Iterable[str], known: Iterable[str], what: str) -> None:
    for name in names:
        if name not in known:
            raise ValueError(f"{path}: there is no {what} {name!r} in this workspace")
