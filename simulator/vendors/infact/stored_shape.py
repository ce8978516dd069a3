"""What a stored document must look like, told to people who arrange a test's state by hand.

The shapes are those that state.py and the services describe; requests of campaigns are the contract's
own, without the recipients, which are stored apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator import data
from simulator.kernel.fixture_shape import COUNT, FLAG, array, model, nullable
from simulator.kernel.store import Document
from simulator.kernel.stored_shape import Schema, Shapes, StoredShapes
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact import emails, fixture_shape, phones
from simulator.vendors.infact.fixture_shape import ID, INSTANT, NAME
from simulator.vendors.infact.obsolete_campaigns import containers
from simulator.vendors.infact.state import CAMPAIGNS, CUSTOMERS, DATASOURCES, Object
from simulator.vendors.infact.values import UNFIT, converter

ROWS = "rows-"
TEXT = {"type": "string"}
CHANNEL = {"enum": ["sms", "email"]}
REFERENCES = {
    "tokens": {"customer": CUSTOMERS},
    "datasources": {"customer": CUSTOMERS},
    "templates": {"customer": CUSTOMERS},
    "campaigns": {"customer": CUSTOMERS, "datasource": DATASOURCES},
    "recipients": {"campaign": CAMPAIGNS},
}
COMPLETED: Mapping[str, Mapping[str, Any]] = {
    "datasources": {"name": None},
    "templates": {"name": None},
    "campaigns": {
        **dict.fromkeys(("caller_id", "name", "scheduled", "sent")),
        "counts": {"recipients": 0, "sent": 0, "skipped": 0},
        "assumed": [],
    },
    "recipients": {"keys": []},
    "imports": {"tags": [], "problems": []},
}
"""What a document may be put without, and then has."""


def arrange(world: World, collection: str, document: Document) -> Document:
    """A document put by hand, completed. Raises ValueError naming the place that is wrong."""
    whole = {**COMPLETED.get(collection, {}), **document}
    if collection.startswith(ROWS):
        return _row(world, collection.removeprefix(ROWS), whole)
    SHAPES.check(world, collection, whole)
    if collection == "datasources":
        fixture_shape.check_objects(whole)
    if collection == "blacklist":
        _check_recipient(whole)
    if collection == "recipients":
        _check_keys(world, whole)
    return whole


# --- shapes -----------------------------------------------------------------------------------


def _shapes() -> Shapes:
    return {
        "customers": model(
            "id name api_id login password country",
            {
                name: fixture_shape.CUSTOMER["properties"][name]
                for name in ("id", "name", "api_id", "login", "password", "country")
            },
        ),
        "tokens": model(
            "id token customer expires", {"id": ID, "token": NAME, "customer": ID, "expires": INSTANT}
        ),
        "datasources": model(
            "id customer name objects",
            {"id": ID, "customer": ID, "name": nullable(NAME), "objects": array(_object())},
        ),
        "rows": model(
            "id values tags",
            {"id": {"type": ["integer", "string"]}, "values": {"type": "object"}, "tags": array(TEXT)},
        ),
        "highest-ids": model("id value", {"id": NAME, "value": {"type": "integer"}}),
        "imports": model(
            "id time object merge_key tags total inserted updated row_errors invalid_properties problems",
            {
                "id": ID,
                "time": INSTANT,
                "object": NAME,
                "merge_key": NAME,
                "tags": array(TEXT),
                **dict.fromkeys(("total", "inserted", "updated", "row_errors", "invalid_properties"), COUNT),
                "problems": array(model("item reason", {"item": COUNT, "property": TEXT, "reason": TEXT})),
            },
        ),
        "templates": model(
            "id customer channel name text",
            {"id": ID, "customer": ID, "channel": CHANNEL, "name": nullable(NAME), "text": TEXT},
        ),
        "campaigns": _campaign(),
        "recipients": model(
            "id campaign part recipients keys",
            {
                "id": {"type": "string", "pattern": r"^\d+/\d+$"},
                "campaign": ID,
                "part": ID,
                "recipients": array({"type": "object"}),
                "keys": array(TEXT),
            },
        ),
        "blacklist": model(
            "id list channel recipient created updated",
            {
                "id": ID,
                "list": {"type": "string", "pattern": r"^(global|(form|list):\d+:\d+)$"},
                "channel": CHANNEL,
                "recipient": NAME,
                **dict.fromkeys(("created", "updated"), INSTANT),
            },
        ),
    }


def _object() -> Schema:
    """An object of a datasource as a fixture has it, without rows, and with what a fixture may leave out."""
    given = fixture_shape.OBJECT["properties"]
    prop = fixture_shape.PROPERTY
    whole = {**prop, "required": [*prop["required"], "caption"]}
    return model(
        "name key key_property merge_keys properties",
        {name: shape for name, shape in given.items() if name != "rows"} | {"properties": array(whole)},
    )


def _campaign() -> Schema:
    created = model(
        "id customer operation caller_id name state created scheduled sent request counts assumed",
        {
            "id": ID,
            "customer": ID,
            "operation": {"enum": list(REQUESTS)},
            **dict.fromkeys(("caller_id", "name"), nullable(TEXT)),
            "state": {"enum": ["Queued", "Scheduled", "Sent", "Failed", "Collecting", "Ready"]},
            "created": INSTANT,
            **dict.fromkeys(("scheduled", "sent"), nullable(INSTANT)),
            "request": {"type": "object"},
            "counts": model(
                "recipients sent skipped", dict.fromkeys(("recipients", "sent", "skipped"), COUNT)
            ),
            "assumed": array(TEXT),
            "error": TEXT,
            "datasource": ID,
            "type": {"enum": [1, 2, 3]},
            **dict.fromkeys(("listed", "statistics"), FLAG),
            "parts": ID,
        },
    )
    return {**created, "allOf": [_made_by(operation) for operation in REQUESTS]}


REQUESTS = {
    "createCampaign": ("CampaignRequest", []),
    "createCampaignByQuery": ("QueryCampaignRequest", ["datasource"]),
    "createObsoleteCampaign": ("ObsoleteCampaignRequest", ["type", "listed", "statistics"]),
}
"""The operations that make campaigns: the contract's model of the request, and members of their own."""


def _made_by(operation: str) -> Schema:
    name, own = REQUESTS[operation]
    request = _without_recipients(data.contract("infact")["components"]["schemas"][name])
    then: dict[str, Any] = {"required": own, "properties": {"request": request}}
    if operation == "createObsoleteCampaign":
        then |= {
            "if": {"properties": {"type": {"const": containers.LIST}}},
            "then": {"required": ["parts"], "properties": {"caller_id": TEXT}},
        }
    return {"if": {"properties": {"operation": {"const": operation}}}, "then": then}


def _without_recipients(node: Any) -> Any:
    """A schema that asks for no recipients."""
    if isinstance(node, list):
        return [_without_recipients(item) for item in node if item != "Recipients"]
    if isinstance(node, Mapping):
        return {name: _without_recipients(item) for name, item in node.items() if name != "Recipients"}
    return node


SHAPES = StoredShapes(
    _shapes, lambda: data.contract("infact")["components"]["schemas"], references=REFERENCES
)


# --- what shapes cannot say -----------------------------------------------------------------------


def _row(world: World, key: str, row: Document) -> Document:
    """A row of the object `key`, its values as an import keeps them."""
    SHAPES.check(world, "rows", {"tags": [], **row})
    for datasource in world.store.table(DATASOURCES).scan():
        for document in datasource["objects"]:
            if document["key"] == key:
                country = world.store.table(CUSTOMERS)[datasource["customer"]]["country"]
                return {
                    **row,
                    "tags": row.get("tags", []),
                    "values": _values(Object.of(document), row, country),
                }
    raise ValueError(f": no datasource has an object with the key {key!r}")


def _values(kept: Object, row: Document, country: str) -> dict[str, Any]:
    given = row["values"]
    for name in given:
        if name not in kept.properties:
            raise ValueError(f"/values/{name}: {kept.name} has no such property")
    values = {
        name: converter(prop["type"], country, lambda: rules.TIME_ZONE.value)(given.get(name))
        for name, prop in kept.properties.items()
    }
    for name, value in values.items():
        if value is UNFIT:
            raise ValueError(f"/values/{name}: it does not fit the type of the property")
    if values[kept.key_property] != row["id"]:
        raise ValueError(f"/values/{kept.key_property}: it is not the id of the row")
    return values


def _check_keys(world: World, part: Document) -> None:
    """Each recipient of a list has a key."""
    listed = world.store.table(CAMPAIGNS)[part["campaign"]].get("type") == containers.LIST
    if listed and len(part["keys"]) != len(part["recipients"]):
        raise ValueError("/keys: there must be one for each recipient")


def _check_recipient(entry: Document) -> None:
    """An address is stored in the form in which it is looked for."""
    said = entry["recipient"]
    form = phones.normalised(said, "") if entry["channel"] == "sms" else emails.normalised(said)
    if form != said:
        raise ValueError(f"/recipient: it is kept as {form!r}" if form else "/recipient: it can be none")
