"""What a stored document must look like, told to people who arrange a test's state by hand.

The shapes are those that state.py describes; what the API shows has the contract's own schemas.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator import data
from simulator.kernel.fixture_shape import COUNT, FLAG, MAP, TEXT, array, model, nullable, of
from simulator.kernel.store import Collection, Document, Key
from simulator.kernel.stored_shape import Schema, Shapes, StoredShapes
from simulator.kernel.world import World
from simulator.vendors.contacthub import fixture, fixture_shape
from simulator.vendors.contacthub.customers import shape
from simulator.vendors.contacthub.nodes.keys import match_keys
from simulator.vendors.contacthub.state import (
    BULK_JOBS,
    CHUNKS,
    CUSTOMERS,
    NODES,
    SOURCES,
    TOKENS,
    UPDATES,
    USERS,
    WORKSPACES,
)
from simulator.vendors.contacthub.workspaces.service import FIRST_CONFIGURATION, FIRST_SETTINGS

REFERENCES = {
    "nodes": {"workspace": WORKSPACES, "entryNodes": NODES},
    "tokens": {"workspaces": WORKSPACES, "user": USERS},
    "sources": {"workspace": WORKSPACES, "nodes": NODES},
    "users": {"workspace": WORKSPACES},
    "customers": {"workspace": WORKSPACES, "node": NODES, "entries": CUSTOMERS},
    "sessions": {"node": NODES, "customer": CUSTOMERS},
    "events": {"workspace": WORKSPACES, "node": NODES, "customer": CUSTOMERS},
    "updates": {"workspace": WORKSPACES},
    "consent_logs": {"workspace": WORKSPACES},
    "bulk_jobs": {"workspaceId": WORKSPACES, "nodeId": NODES, "file": CHUNKS},
    "chunks": {"job": BULK_JOBS},
    "streams": {"id": WORKSPACES},
    "calls": {"id": WORKSPACES},
}
COMPLETED: Mapping[str, Mapping[str, Any]] = {
    "workspaces": FIRST_SETTINGS,
    "tokens": dict.fromkeys(("nodes", "source", "user")),
    "sources": fixture.SOURCE,
    "users": fixture.USER | {"nodes": []},
    "consent_logs": dict.fromkeys(("sourceId", "userId")),
    "events": {"session": None},
    "bulk_jobs": {"header": None, "file": [], "total": 0, "position": 0},
}
"""What a document may be put without, and then has."""


def arrange(world: World, collection: str, document: Document) -> Document:
    """A document put by hand, completed. Raises ValueError naming the place that is wrong."""
    whole = {**_completed(collection, document), **document}
    SHAPES.check(world, collection, whole)
    if "seen" in whole:
        _check_seen(whole)
    if collection == "customers":
        whole = _customer(world.store.table(NODES)[whole["node"]], whole)
    if collection in ("sources", "tokens"):
        _check_token(world, collection, whole)
    if collection == "streams":
        _check_stream(world, whole)
    return whole


def remove(world: World, collection: Collection, key: Key) -> None:
    """Delete a document by hand, with those that cannot be without it: a source without its token, too."""
    if collection.name == TOKENS.name:
        source = world.store.table(TOKENS)[key]["source"]
        if source is not None:
            SHAPES.remove(world, SOURCES, source)
    if collection.name == CHUNKS.name:
        SHAPES.remove(world, BULK_JOBS, world.store.table(CHUNKS)[key]["job"])
    SHAPES.remove(world, collection, key)


def _completed(collection: str, document: Document) -> Mapping[str, Any]:
    if collection == "nodes":
        return fixture.AGGREGATE if document.get("nodeType") == "AGGREGATE" else fixture.ENTRY
    if collection == "customers":
        return {"match": []}
    if collection == "workspaces" and "name" in document and "configuration" not in document:
        return {**FIRST_SETTINGS, "configuration": {"name": document["name"], **FIRST_CONFIGURATION}}
    return COMPLETED.get(collection, {})


# --- shapes -----------------------------------------------------------------------------------


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = data.contract("contacthub")["components"]["schemas"]
    return found


ANY_TEXT = {"type": ["string", "null"]}
ID, INSTANT, ROLES, POLICY = of("Uuid"), of("DateTime"), array(of("Role")), of("UniqueCustomer")
NUMBER = {"type": "integer", "minimum": 0}
DATE = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00$"}
"""As events are kept, in UTC."""
WRITTEN = {**dict.fromkeys(("registeredAt", "updatedAt"), INSTANT), "version": NUMBER}
"""What the code counts on, where the contract has null as well."""
RIGHTS = {"type": "object", "additionalProperties": of("NodePermission")}


def _by(of: Schema) -> Schema:
    """An object whose values are `of`."""
    return {"type": "object", "additionalProperties": of}


def _held(members: Mapping[str, Any], optional: str = "") -> dict[str, Any]:
    """An object with all these members, but for the `optional` ones."""
    required = [name for name in members if name not in optional.split()]
    return model(" ".join(required), members)


def _shapes() -> Shapes:
    return {
        "workspaces": _workspace(),
        "nodes": {"oneOf": [_entry_node(), _aggregate_node()]},
        "tokens": _held(
            {
                "id": NUMBER,
                "token": TEXT,
                "workspaces": array(ID),
                "roles": ROLES,
                "nodes": nullable(RIGHTS),
                "source": nullable(ID),
                "user": {"type": ["integer", "null"]},
            }
        ),
        "sources": {"oneOf": [_source(name) for name in ("ApiSource", "PlanSource", "SendSource")]},
        "users": _user(),
        "customers": _held(
            {
                "id": ID,
                "workspace": ID,
                "node": ID,
                "seen": {**of("Customer"), "properties": WRITTEN},
                "match": array(TEXT),
                "origins": _by(MAP),
                "entries": array(ID),
            },
            "origins entries",
        ),
        "sessions": _held({"id": TEXT, "node": ID, "customer": ID, "value": TEXT}),
        "events": _held(
            {
                **dict.fromkeys(("id", "workspace", "node"), ID),
                "customer": nullable(ID),
                "session": ANY_TEXT,
                "date": DATE,
                "number": NUMBER,
                "seen": {**of("Event"), "properties": WRITTEN},
            }
        ),
        "updates": _update(),
        "streams": _held(
            {
                "id": ID,
                **dict.fromkeys(("first", "last"), NUMBER),
                "time": INSTANT,
                "ends": {**_by(NUMBER), "propertyNames": {"pattern": "^[^ ]+ (CUSTOMER|EVENT)$"}},
            }
        ),
        "consent_logs": _held({**_schemas()["ConsentLog"]["properties"], "workspace": ID, "node": ID}),
        "bulk_jobs": _job(),
        "chunks": _held({"id": NUMBER, "job": ID, "lines": array(_line())}),
        "calls": _held({"id": ID, "minute": TEXT, "count": NUMBER}),
    }


def _workspace() -> Schema:
    given = {
        name: shape
        for name, shape in fixture_shape.WORKSPACE["properties"].items()
        if name not in fixture.PARTS
    }
    definitions = of("ExtendedProperties")
    return _held(
        {
            **given,
            "configuration": {**of("WorkspaceConfiguration"), "required": ["logo"]},
            "eventExtended": _by(definitions),
            **dict.fromkeys(("productExtended", "customerExtended"), definitions),
            "payloadSize": of("EventsPayloadSize"),
            "retention": of("RetentionPolicy"),
            "consentPolicy": of("EventsConsentPolicy"),
            "productsPolicy": of("ProductsUpdatePolicy"),
            **dict.fromkeys(("unplanned", "unfinished"), array(ID)),
        },
        "group unplanned unfinished",
    )


RETENTION = _held(
    {
        "enabled": FLAG,
        "events": of("RetentionPolicy"),
        "planned": nullable({"type": "string", "format": "date-time"}),
        "whole": FLAG,
        "oldest": _by(TEXT),
    },
    "planned whole oldest",
)


def _entry_node() -> Schema:
    given = fixture_shape.NODE["oneOf"][0]["properties"]
    return _held({**given, "retention": RETENTION, "workspace": ID})


def _aggregate_node() -> Schema:
    given = fixture_shape.NODE["oneOf"][1]["properties"]
    return _held({**given, "retention": RETENTION, "workspace": ID})


def _source(name: str) -> Schema:
    """The members of a kind of the vendor's sources but its token, which is a document of its own."""
    shown = _schemas()[name]
    members = {member: shape for member, shape in shown["properties"].items() if member != "token"}
    required = [member for member in shown["required"] if member != "token"]
    return model(" ".join([*required, "workspace"]), {**members, "workspace": ID})


def _user() -> Schema:
    given = {name: shape for name, shape in fixture_shape.USER["properties"].items() if name != "token"}
    nodes = array(of("UserNode"))
    return _held({**given, "username": ANY_TEXT, "nodes": nodes, "workspace": ID}, "username")


def _update() -> Schema:
    given = fixture_shape.UPDATE["properties"]
    key = {"id": {"type": "string", "pattern": r"^\S+ \d+$"}, "workspace": ID, "offset": NUMBER}
    about = {"type": "object", "properties": dict.fromkeys(("id", "customerId"), ANY_TEXT)}
    rest = {"time": INSTANT, "data": about, "parts": array(ID), "scrubbed": FLAG}
    return _held({**given, **key, **rest}, "parts scrubbed")


def _job() -> Schema:
    caller = {
        "workspace": nullable(ID),
        "roles": ROLES,
        "nodes": nullable(RIGHTS),
        "source": nullable(ID),
        "user": {"type": ["integer", "null"]},
        "workspaces": array(ID),
        "token": {"type": "null"},
    }
    return _held(
        {
            **_schemas()["BulkJob"]["properties"],
            "caller": _held(caller),
            "header": nullable(_line()),
            "file": array(NUMBER),
            **dict.fromkeys(("total", "position"), COUNT),
        }
    )


def _line() -> Schema:
    """[line, [cell]], or once done [line, outcome, id or null, message or null]."""
    cells = {"prefixItems": [NUMBER, array({"type": "string"})], "minItems": 2, "maxItems": 2}
    done = {"prefixItems": [NUMBER, TEXT, ANY_TEXT, ANY_TEXT], "minItems": 4, "maxItems": 4}
    return {"type": "array", "oneOf": [cells, done]}


SHAPES = StoredShapes(_shapes, _schemas, references=REFERENCES)


# --- what shapes cannot say -----------------------------------------------------------------------


def _check_seen(document: Document) -> None:
    """What is shown has the id and the node of the document."""
    pairs = {"id": document["id"], "nodeId": document["node"], "workspaceId": document["workspace"]}
    for name, value in pairs.items():
        if document["seen"].get(name, value) != value:
            raise ValueError(f"/seen/{name}: it is not that of the document")


def _customer(node: Document, customer: Document) -> Document:
    """What is shown made whole, and the keys by which it is told from others, which follow from it."""
    merged = node["nodeType"] == "AGGREGATE"
    if merged != ("entries" in customer):
        raise ValueError("/entries: a customer has entries in an aggregate node, and nowhere else")
    seen = customer["seen"] | shape.whole(customer["seen"])
    policy = node["matchingProperties" if merged else "uniqueCustomer"]
    return customer | {"seen": seen, "match": match_keys(policy, seen)}


def _check_token(world: World, collection: str, document: Document) -> None:
    """Every source has a token, which is put before it and stays its own."""
    tokens = world.store.table(TOKENS)
    if collection == "sources" and tokens.first("source", document["id"]) is None:
        raise ValueError("/id: no token has this source; put one first")
    if collection == "tokens":
        source = (tokens.get(document["id"]) or document)["source"]
        if source != document["source"] and source in world.store.table(SOURCES):
            raise ValueError(f"/source: the source {source!r} would have no token")


def _check_stream(world: World, stream: Document) -> None:
    """Every change from the first to the last is there to be read."""
    changes = world.store.table(UPDATES)
    numbers = range(stream["first"], stream["last"] + 1)
    if len(numbers) > len(changes) or any(f"{stream['id']} {number}" not in changes for number in numbers):
        raise ValueError("/last: not every change from first to last is stored")
