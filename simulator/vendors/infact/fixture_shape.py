"""What a fixture document must look like, told to people who write their own.

The document's shape is a JSON schema; what a schema cannot say, that names refer to something and
are taken once, is checked after it. The values of rows are judged where they are planted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from simulator.kernel.fixture_shape import TEXT, array, each, held, model, once, validator
from simulator.vendors.infact.values import KINDS

TYPES = sorted(KINDS | {"Dictionary", "Unknown"})

ID = {"type": "integer", "minimum": 1, "maximum": 2**31 - 1}
NAME = TEXT
PROPERTY_NAME = {"type": "string", "pattern": r"^[^.]+$", "not": {"const": "__tags"}}
INSTANT = {"type": "string", "format": "date-time"}

ENTRY = {
    "type": "object",
    "properties": {"phone": NAME, "email": NAME, "created": INSTANT, "updated": INSTANT},
    "additionalProperties": False,
    "oneOf": [{"required": ["phone"]}, {"required": ["email"]}],
}
LISTED = model("id", {"id": ID, "name": NAME, "entries": array(ENTRY)})
ROW = model("values", {"values": {"type": "object"}, "tags": array(NAME)})
RELATION = model(
    "name object local foreign", {"name": PROPERTY_NAME, "object": NAME, "local": NAME, "foreign": NAME}
)
PROPERTY = model(
    "name type",
    {
        "name": PROPERTY_NAME,
        "caption": {"type": ["string", "null"]},
        "type": {"enum": TYPES},
        "default": {"const": "today"},
    },
)
OBJECT = model(
    "name key merge_keys properties",
    {
        "name": {"type": "string", "pattern": "^[^/]+$"},
        "key": {"type": "string", "pattern": "^[^/]+$"},
        "key_property": NAME,
        "merge_keys": array(NAME),
        "properties": array(PROPERTY),
        "relations": array(RELATION),
        "rows": array(ROW),
    },
)
DATASOURCE = model("id objects", {"id": ID, "name": NAME, "objects": array(OBJECT)})
TEMPLATE = model(
    "id channel text",
    {"id": ID, "channel": {"enum": ["sms", "email"]}, "name": NAME, "text": {"type": "string"}},
)
CUSTOMER = model(
    "id name api_id login password country",
    {
        "id": ID,
        "name": NAME,
        "api_id": NAME,
        "login": {"type": "string", "pattern": "^[^:]+$"},
        "password": NAME,
        "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
        "datasources": array(DATASOURCE),
        "templates": array(TEMPLATE),
        "blacklists": array(LISTED),
        "forms": array(LISTED),
    },
)
SHAPE = model(
    "",
    {
        "customers": array(CUSTOMER),
        "global_blacklist": array(ENTRY),
        "sequences": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
        "assume": {"type": "object"},
    },
)


def check(document: Any) -> None:
    """Raises ValueError naming the first place that is not as it must be."""
    held(document, _validator())
    customers = list(each(document, "customers"))
    for name in ("id", "login", "api_id"):
        once(customers, name)
    datasources = [found for path, customer in customers for found in each(customer, "datasources", path)]
    once(datasources, "id")
    once([found for path, customer in customers for found in each(customer, "templates", path)], "id")
    once([found for path, source in datasources for found in each(source, "objects", path)], "key")
    for path, datasource in datasources:
        check_objects(datasource, path)


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return validator(SHAPE)


def check_objects(datasource: Mapping[str, Any], where: str = "") -> None:
    """Raises ValueError where a name in the scheme refers to nothing or is taken twice."""
    objects = list(each(datasource, "objects", where))
    once(objects, "name")
    columns = {found["name"]: {prop["name"] for prop in found["properties"]} for _, found in objects}
    for path, found in objects:
        own = columns[found["name"]]
        once(each(found, "properties", path), "name")
        once(each(found, "relations", path), "name")
        _known(f"{path}.key_property", found.get("key_property", "id"), own)
        for index, name in enumerate(found["merge_keys"]):
            _known(f"{path}.merge_keys[{index}]", name, own)
        for relation_path, relation in each(found, "relations", path):
            _known(f"{relation_path}.object", relation["object"], columns)
            _known(f"{relation_path}.local", relation["local"], own)
            _known(f"{relation_path}.foreign", relation["foreign"], columns[relation["object"]])


def _known(path: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise ValueError(f"{path}: there is no {name!r}; there are {', '.join(sorted(names))}")
