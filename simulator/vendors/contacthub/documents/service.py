"""The public documents: the contract, and parts of it as JSON schemas, under the vendor's names for them."""

from __future__ import annotations

from typing import Any

from simulator import data
from simulator.kernel.errors import NotFound
from simulator.vendors.contacthub.configuration.schemas import DIALECT, document
from simulator.vendors.contacthub.events.shapes import by_context, by_type

ENUMS = {
    "BaseProperty": "BaseProperty",
    "Currency": "Currency",
    "EventBringBackProperties": "BringBackProperties",
    "EventContext": "EventContext",
    "EventMode": "EventMode",
    "EventType": "EventType",
    "GeographicLocation": "GeoPoint",
    "Timezone": "Timezone",
}
"""Name in the vendor's document → schema of the contract."""

EVENT_PARTS = {"tracking.json": "Tracking", "user.json": "EventUser"}
BASE = {
    "base-properties.json": "CustomerBase",
    "education.json": "Education",
    "like.json": "Like",
    "job.json": "Job",
    "subscription.json": "Subscription",
}
CONSENTS = {"consents.json": "CustomerConsents", "consent.json": "Consent"}
SUFFIX = ".post.json"


def api(server: str) -> str:
    """The contract as YAML, for clients of `server`."""
    import yaml  # noqa: PLC0415 - of use here alone, and slow to load

    told = data.contract("contacthub") | {"servers": [{"url": server}]}
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # in C where there is one
    text: str = yaml.dump(told, Dumper=dumper, sort_keys=False, allow_unicode=True)
    return text


def enums() -> dict[str, Any]:
    """The enumerations and small shapes that other documents share."""
    told = {name: document(schema, inline=True) for name, schema in ENUMS.items()}
    for definition in told.values():
        del definition["$schema"]
    return {"$schema": DIALECT, "type": "object", "definitions": told}


def no_extended() -> dict[str, Any]:
    """What `extended` may hold before a workspace configures anything."""
    return {"$schema": DIALECT, "type": "object", "properties": {}}


def event(name: str) -> dict[str, Any]:
    """The body of createEvent for a type, tracking, or the user of contextInfo. Raises NotFound."""
    kind = name.removesuffix(SUFFIX)
    if name.endswith(SUFFIX) and kind in by_type():
        return _new_event(kind)
    return _one_of(EVENT_PARTS, name)


def context(name: str) -> dict[str, Any]:
    """`contextInfo` of a context. Raises NotFound."""
    documents = {f"{key.lower().replace('_', '-')}.json": schema for key, schema in by_context().items()}
    return _one_of(documents, name)


def base_property(name: str) -> dict[str, Any]:
    """`base`, or the elements of one of its lists. Raises NotFound."""
    return _one_of(BASE, name)


def consents(name: str) -> dict[str, Any]:
    """`consents`, or one leaf of it. Raises NotFound."""
    return _one_of(CONSENTS, name)


def _one_of(documents: dict[str, str], name: str) -> dict[str, Any]:
    if name not in documents:
        raise NotFound(f"document not found {name}")
    return document(documents[name], inline=False)


def _new_event(kind: str) -> dict[str, Any]:
    properties, identity = document(by_type()[kind], inline=True), document("EventIdentity", inline=True)
    del properties["$schema"], identity["$schema"]
    made = document("EventCreate", inline=True)
    made["properties"] |= {"type": {"type": "string", "enum": [kind]}, "properties": properties}
    # instead of a branch for each type and context; contexts have documents of their own
    return made | {"allOf": [identity]}
