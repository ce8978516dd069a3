"""What is set in a workspace, changed: each function gives what is in force afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.configuration import catalogue, extended, schemas
from simulator.vendors.contacthub.configuration.service import LARGEST_EVENT, save, workspace
from simulator.vendors.contacthub.nodes import aggregates

CONFIGURED = ("name", "industry", "logo", "timezone", "currency", "customerUniquenessPolicy")
Settings = dict[str, Any]


def known(world: World, word: str, words: Iterable[str], what: str) -> str:
    """`word`, if it is one of `words`. Raises NotFound."""
    if word not in words:
        world.assume(rules.UNKNOWN_WORD)
        raise NotFound(f"{what} not found {word}")
    return word


def event_type(world: World, word: str) -> str:
    return known(world, word, catalogue.EVENT_TYPES, "event type")


def configuration(world: World, workspace_id: str) -> Settings:
    """Name, sector, time zone, currency and what happens to customers that match."""
    found: Settings = workspace(world, workspace_id)["configuration"]
    return found


def configure(world: World, workspace_id: str, given: Mapping[str, Any]) -> Settings:
    """Change the members given; the name is the workspace's own. Null is nothing, but for logo and zone."""
    world.assume(rules.PARTIAL_SETTINGS)
    document = workspace(world, workspace_id)
    document["configuration"] |= {name: given[name] for name in CONFIGURED if name in given}
    document["name"] = document["configuration"]["name"]
    save(world, document)
    return configuration(world, workspace_id)


def throttling(world: World, workspace_id: str) -> Settings:
    return {"maxRequestsPerMinute": workspace(world, workspace_id)["maxRequestsPerMinute"]}


def throttle(world: World, workspace_id: str, most: int) -> Settings:
    save(world, workspace(world, workspace_id) | {"maxRequestsPerMinute": int(most)})
    return throttling(world, workspace_id)


def event(world: World, workspace_id: str, kind: str, *, inline: bool) -> Settings:
    """A built-in event type as the API shows it. Raises NotFound."""
    world.assume(rules.EVENT_TEXTS)
    label, description = catalogue.EVENT_TYPES[event_type(world, kind)]
    document = workspace(world, workspace_id)
    return {
        "id": kind,
        "type": kind,
        "mode": catalogue.mode(kind),
        "label": label,
        "description": description,
        "propertiesSchema": _event_schema(document, kind, inline),
        "enabled": kind not in document["disabledEvents"],
    }


def event_schema(world: World, workspace_id: str, kind: str, *, inline: bool) -> Settings:
    """The JSON schema of `properties` of an event type. Raises NotFound."""
    return _event_schema(workspace(world, workspace_id), event_type(world, kind), inline)


def _event_schema(document: Mapping[str, Any], kind: str, inline: bool) -> Settings:
    added = extended.schema_of(document["eventExtended"].get(kind, {}))
    return schemas.event_properties(kind, added, inline=inline)


def change_event(world: World, workspace_id: str, kind: str, given: Mapping[str, Any]) -> None:
    """The older way to switch an event type: `enabled`, true unless given. Raises NotFound, Invalid."""
    event_type(world, kind)
    wrong = [name for name in ("id", "type") if given.get(name, kind) != kind]
    if wrong:
        world.assume(rules.IMMUTABLE_TYPE)
        raise Invalid({f"/{name}": [f"{name} cannot be changed"] for name in wrong}, "event is not valid")
    switch_event(world, workspace_id, kind, given.get("enabled", True))


def switch_event(world: World, workspace_id: str, kind: str, on: bool) -> None:
    """Take events of a type, or refuse them. Raises NotFound."""
    _switch(world, workspace_id, "disabledEvents", event_type(world, kind), on)


def _switch(world: World, workspace_id: str, field: str, name: str, on: bool) -> None:
    document = workspace(world, workspace_id)
    off = [other for other in document[field] if other != name]
    save(world, document | {field: off if on else [*off, name]})


def define_event(
    world: World, workspace_id: str, kind: str, given: Mapping[str, Any], *, may_index: bool
) -> Settings:
    """Replace the extended properties of an event type. Raises NotFound, Invalid."""
    document = workspace(world, workspace_id)
    stored = document["eventExtended"].get(event_type(world, kind), {})
    made = _settled(world, given, stored, may_index)
    document["eventExtended"][kind] = made
    save(world, document)
    return made


def define(
    world: World, workspace_id: str, field: str, given: Mapping[str, Any], *, may_index: bool
) -> Settings:
    """Replace `customerExtended` or `productExtended`. Raises Invalid."""
    document = workspace(world, workspace_id)
    before = document[field]
    made = _settled(world, given, before, may_index)
    save(world, document | {field: made})
    if field == "customerExtended" and _policies(made) != _policies(before):
        aggregates.remerge(world, workspace_id)
    return made


def _policies(definitions: Mapping[str, Any]) -> Settings:
    return {name: one["contactlabProperties"].get("mergePolicy") for name, one in definitions.items()}


def _settled(world: World, given: Mapping[str, Any], stored: Mapping[str, Any], may_index: bool) -> Settings:
    if not may_index:
        world.assume(rules.INDEXED)
    return extended.settled(given, stored, may_index=may_index)


def products_policy(world: World, workspace_id: str) -> Settings:
    found: Settings = workspace(world, workspace_id)["productsPolicy"]
    return found


def set_products_policy(world: World, workspace_id: str, kinds: list[str] | None) -> Settings:
    """Which event types write the products they carry; one given twice counts once."""
    policy = {"eventTypes": None if kinds is None else list(dict.fromkeys(kinds))}
    save(world, workspace(world, workspace_id) | {"productsPolicy": policy})
    return policy


def plan_model(world: World, workspace_id: str, model: str) -> Settings:
    """Custom fields of a record of the analysis product, and the extended properties that may fill them."""
    known(world, model, catalogue.PLAN_MODELS, "plan model")
    world.assume(rules.PLAN_FIELDS)
    document = workspace(world, workspace_id)
    events: Settings = {}
    for kind in catalogue.PLAN_MODELS[model]:
        events |= document["eventExtended"].get(kind, {})
    products = document["productExtended"] if model in catalogue.WITH_PRODUCTS else {}
    return {
        "plan": [{"name": name, "type": "STRING"} for name in catalogue.PLAN_FIELDS],
        "hub": {"event": _offered(events), "product": _offered(products)},
    }


def _offered(definitions: Mapping[str, Any]) -> list[Settings]:
    return [
        {
            "name": name,
            "type": definition["type"],
            "format": definition.get("format"),
            "contactlabProperties": {"label": definition["contactlabProperties"]["label"]},
        }
        for name, definition in extended.enabled_only(definitions, definitions).items()
    ]


def set_consent_policy(world: World, workspace_id: str, given: Mapping[str, list[str]]) -> Settings:
    """Replace which event types need which consent; a type given twice counts once."""
    policy = {name: list(dict.fromkeys(kinds)) for name, kinds in given.items()}
    save(world, workspace(world, workspace_id) | {"consentPolicy": policy})
    return policy


def payload_sizes(world: World, workspace_id: str) -> Settings:
    """Limits of all event types."""
    own = workspace(world, workspace_id)["payloadSize"]
    return {kind: own.get(kind, {"maxBytes": LARGEST_EVENT}) for kind in catalogue.EVENT_TYPES}


def set_payload_sizes(world: World, workspace_id: str, given: Mapping[str, Any]) -> Settings:
    """Change the limits of the types named."""
    world.assume(rules.PARTIAL_SETTINGS)
    document = workspace(world, workspace_id)
    document["payloadSize"] |= {kind: {"maxBytes": int(size["maxBytes"])} for kind, size in given.items()}
    save(world, document)
    return payload_sizes(world, workspace_id)


def base_properties(world: World, workspace_id: str) -> list[Settings]:
    off = workspace(world, workspace_id)["disabledBase"]
    return [
        {"name": name, "description": description, "enabled": name not in off}
        for name, description in catalogue.BASE_PROPERTIES.items()
    ]


def switch_base_property(world: World, workspace_id: str, name: str, on: bool) -> Settings:
    """Use a base property, or ignore it. Raises NotFound."""
    known(world, name, catalogue.BASE_PROPERTIES, "property")
    _switch(world, workspace_id, "disabledBase", name, on)
    return {"name": name, "description": catalogue.BASE_PROPERTIES[name], "enabled": on}


def base_property_is_on(world: World, workspace_id: str, name: str) -> bool:
    """Raises NotFound."""
    known(world, name, catalogue.BASE_PROPERTIES, "property")
    return name not in workspace(world, workspace_id)["disabledBase"]


def customer_schema(world: World, workspace_id: str, *, inline: bool) -> Settings:
    """The JSON schema of a customer: base and extended properties that are on."""
    document = workspace(world, workspace_id)
    added = extended.schema_of(document["customerExtended"])
    return schemas.customer(document["disabledBase"], added, inline=inline)
