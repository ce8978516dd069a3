"""What a fixture document must look like, told to people who write their own.

The document's shape is a JSON schema; what a schema cannot say, that names refer to something and
are taken once, is checked after it. The values of rows are judged where they are planted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from simulator.vendors.infact.values import KINDS

TYPES = sorted(KINDS | {"Dictionary", "Unknown"})

ID = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
NAME = {"type": "string", "minLength": 1}
PROPERTY_NAME = {"type": "string", "pattern": r"^[^.]+$", "not": {"const": "__tags"}}
INSTANT = {"type": "string", "format": "date-time"}


def _model(required: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": dict(properties),
        "additionalProperties": False,
    }


def _list(of: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": dict(of)}


ENTRY = {
    "type": "object",
    "properties": {"phone": NAME, "email": NAME, "created": INSTANT, "updated": INSTANT},
    "additionalProperties": False,
    "oneOf": [{"required": ["phone"]}, {"required": ["email"]}],
}
LISTED = _model("id", {"id": ID, "name": NAME, "entries": _list(ENTRY)})
ROW = _model("values", {"values": {"type": "object"}, "tags": _list(NAME)})
RELATION = _model(
    "name object local foreign", {"name": PROPERTY_NAME, "object": NAME, "local": NAME, "foreign": NAME}
)
PROPERTY = _model(
    "name type",
    {
        "name": PROPERTY_NAME,
        "caption": {"type": ["string", "null"]},
        "type": {"enum": TYPES},
        "default": {"const": "today"},
    },
)
OBJECT = _model(
    "name key merge_keys properties",
    {
        "name": {"type": "string", "pattern": "^[^/]+$"},
        "key": {"type": "string", "pattern": "^[^/]+$"},
        "key_property": NAME,
        "merge_keys": _list(NAME),
        "properties": _list(PROPERTY),
        "relations": _list(RELATION),
        "rows": _list(ROW),
    },
)
DATASOURCE = _model("id objects", {"id": ID, "name": NAME, "objects": _list(OBJECT)})
TEMPLATE = _model(
    "id channel text",
    {"id": ID, "channel": {"enum": ["sms", "email"]}, "name": NAME, "text": {"type": "string"}},
)
CUSTOMER = _model(
    "id name api_id login password country",
    {
        "id": ID,
        "name": NAME,
        "api_id": NAME,
        "login": {"type": "string", "pattern": "^[^:]+$"},
        "password": NAME,
        "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "datasources": _list(DATASOURCE),
        "templates": _list(TEMPLATE),
        "blacklists": _list(LISTED),
        "forms": _list(LISTED),
    },
)
SHAPE = _model(
    "",
    {
        "customers": _list(CUSTOMER),
        "global_blacklist": _list(ENTRY),
        "sequences": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
        "assume": {"type": "object"},
    },
)


def check(document: Any) -> None:
    """Raises ValueError naming the first place that is not as it must be."""
    for error in _validator().iter_errors(document):
        raise ValueError(f"{place(error.instance_path)}: {error.message}")
    customers = list(_each(document, "customers"))
    for name in ("id", "login", "api_id"):
        _once(customers, name)
    datasources = [found for path, customer in customers for found in _each(customer, "datasources", path)]
    _once(datasources, "id")
    _once([found for path, customer in customers for found in _each(customer, "templates", path)], "id")
    _once([found for path, source in datasources for found in _each(source, "objects", path)], "key")
    for path, datasource in datasources:
        check_objects(datasource, path)


def place(steps: Iterable[str | int]) -> str:
    """`["customers", 0, "login"]` as `customers[0].login`."""
    path = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return path.removeprefix(".") or "the document"


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    # values stay out of the messages: they may be as large as the document
    return jsonschema_rs.Draft202012Validator(SHAPE, mask="this", validate_formats=True)


Placed = tuple[str, Mapping[str, Any]]


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


def check_objects(datasource: Mapping[str, Any], where: str = "") -> None:
    """Raises ValueError where a name in the scheme refers to nothing or is taken twice."""
    objects = list(_each(datasource, "objects", where))
    _once(objects, "name")
    columns = {found["name"]: {prop["name"] for prop in found["properties"]} for _, found in objects}
    for path, found in objects:
        own = columns[found["name"]]
        _once(_each(found, "properties", path), "name")
        _once(_each(found, "relations", path), "name")
        _known(f"{path}.key_property", found.get("key_property", "id"), own)
        for index, name in enumerate(found["merge_keys"]):
            _known(f"{path}.merge_keys[{index}]", name, own)
        for relation_path, relation in _each(found, "relations", path):
            _known(f"{relation_path}.object", relation["object"], columns)
            _known(f"{relation_path}.local", relation["local"], own)
            _known(f"{relation_path}.foreign", relation["foreign"], columns[relation["object"]])


def _known(path: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise ValueError(f"{path}: there is no {name!r}; there are {', '.join(sorted(names))}")
