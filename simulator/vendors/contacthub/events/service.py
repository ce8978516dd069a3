"""Events: written for a customer or a session, and given to a customer once its session is known."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson

from simulator.kernel.errors import Forbidden, Invalid, NotFound, TooLarge
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates, ids
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.configuration import service as settings
from simulator.vendors.contacthub.events import extended, search, shapes
from simulator.vendors.contacthub.nodes import aggregates
from simulator.vendors.contacthub.nodes import service as nodes
from simulator.vendors.contacthub.state import CUSTOMERS, EVENTS, NODES, SESSIONS
from simulator.vendors.contacthub.updates import service as updates

SESSION = "SESSION_ID"
MERGED = ("properties", "contextInfo", "tracking")
FIXED = ("id", "customerId", "bringBackProperties", "type", "registeredAt")
of_customer = search.of_customer


def create(
    world: World, caller: Caller, workspace_id: str, body: dict[str, Any], client: dict[str, Any] | None
) -> str:
    """Record an event; its id. `client` is where it came from, for a body that does not say.

    Raises Invalid, NotFound, TooLarge. An event that lacks a consent is taken and not kept.
    """
    shapes.check_body("EventCreate", body)
    properties = _admitted(world, workspace_id, body["type"], body["properties"], body)
    node_id, customer, session = _owner(world, caller, workspace_id, body)
    event_id = ids.new(world)
    if customer is not None and _lacks_consent(world, customer, body["type"]):
        return event_id
    now = world.clock.now()
    date = dates.parsed(body["date"]) if "date" in body else now
    context = body.get("contextInfo") or {}
    sent = {
        **body,
        "properties": properties,
        "contextInfo": {"client": client, **context} if client else context,
    }
    seen = _seen(event_id, customer, sent, dates.shown(date), dates.shown(now))
    world.store.table(EVENTS).put(
        {
            "id": event_id,
            "workspace": workspace_id,
            "node": node_id,
            "customer": seen["customerId"],
            "session": session,
            "date": _sortable(date),
            "number": world.store.sequence("contacthub/event"),
            "seen": seen,
        }
    )
    updates.record(world, workspace_id, node_id, "CREATE", "EVENT", seen)
    return event_id


def _seen(
    event_id: str, customer: Document | None, sent: Mapping[str, Any], date: str, now: str
) -> dict[str, Any]:
    """A new event as the API shows it."""
    return {
        "id": event_id,
        "customerId": customer["id"] if customer else None,
        "bringBackProperties": sent.get("bringBackProperties"),
        "type": sent["type"],
        "properties": sent["properties"],
        "context": sent["context"],
        "contextInfo": sent["contextInfo"],
        "date": date,
        "origin": "NATIVE",
        "prev": None,
        "next": None,
        "tracking": sent.get("tracking"),
        "registeredAt": now,
        "updatedAt": now,
        "version": 1,
    }


def find(world: World, caller: Caller, workspace_id: str, event_id: str, right: str) -> Document:
    """The event, for who has that right in its node. Raises NotFound, Forbidden."""
    event = world.store.table(EVENTS).get(event_id)
    if event is None or event["workspace"] != workspace_id:
        raise NotFound(f"event not found {event_id}")
    homes = [event["node"]]
    if right == "R" and event["customer"]:
        wholes = {whole["node"] for whole in aggregates.of_entry(world, {"id": event["customer"]})}
        homes += [home for home in wholes if aggregates.shows(world.store.table(NODES)[home], event)]
    if not any(caller.may(home, right) for home in homes):
        world.assume(rules.REFUSED_ROLE)
        raise Forbidden("Access is denied")
    return event


def shown(world: World, event: Document, *, neighbours: bool) -> dict[str, Any]:
    """The event as the API shows it; `prev` and `next` among its customer's, if asked for."""
    seen = extended.viewer(world, event["workspace"])(event)
    customer = world.store.table(CUSTOMERS).get(event["customer"]) if event["customer"] else None
    if not neighbours or customer is None:
        return seen
    world.assume(rules.EVENT_NEIGHBOURS)
    row = [other["id"] for other in of_customer(world, customer)]
    place = row.index(event["id"])
    return seen | {
        "prev": row[place + 1] if place + 1 < len(row) else None,
        "next": row[place - 1] if place else None,
    }


def replace(world: World, caller: Caller, workspace_id: str, event_id: str, body: dict[str, Any]) -> None:
    """Write the event anew (PUT). Raises Invalid, NotFound, Forbidden, TooLarge."""
    shapes.check_body("EventReplacement", body)
    event = find(world, caller, workspace_id, event_id, "W")
    seen: dict[str, Any] = event["seen"]
    missing = [name for name in FIXED[1:3] if seen[name] is not None and body.get(name) is None]
    if missing:
        raise Invalid({f"/{name}": [f"{name} is required"] for name in missing}, "event is not valid")
    _hold_fixed(world, event, body, FIXED)
    world.assume(rules.EVENT_REPLACED)
    changed = {
        "context": body["context"],
        "contextInfo": body.get("contextInfo") or {},
        "tracking": body.get("tracking"),
        "date": body.get("date", seen["date"]),
    }
    _rewrite(world, event, {**seen, **changed}, body["properties"])


def patch(world: World, caller: Caller, workspace_id: str, event_id: str, body: dict[str, Any]) -> None:
    """Merge into the event (PATCH). Raises Invalid, NotFound, Forbidden, TooLarge."""
    shapes.check_body("EventPatch", body)
    event = find(world, caller, workspace_id, event_id, "W")
    seen: dict[str, Any] = event["seen"]
    _hold_fixed(world, event, body, (*FIXED, "context"))
    world.assume(rules.EVENT_MERGED)
    changed = {name: _merged(seen[name], body[name]) for name in MERGED if name in body}
    merged = {**seen, **changed, "date": body.get("date", seen["date"])}
    merged["contextInfo"] = merged["contextInfo"] or {}
    properties = merged["properties"] or {}
    problems = shapes.part_problems({**merged, "properties": properties})
    if problems:
        raise Invalid(problems, "event is not valid")
    _rewrite(world, event, merged, properties)


def remove(world: World, caller: Caller, workspace_id: str, event_id: str) -> None:
    """Delete an event. Raises NotFound, Forbidden."""
    _delete(world, find(world, caller, workspace_id, event_id, "W"))


def drop_customer(world: World, customer_id: str) -> None:
    """Delete all events of a customer."""
    for event in world.store.table(EVENTS).find("customer", customer_id):
        _delete(world, event)


def reconcile(world: World, node_id: str, session_value: str, customer_id: str) -> None:
    """Give a session's anonymous events to the customer it turned out to be."""
    for event in world.store.table(EVENTS).find("session", (node_id, session_value)):
        event["customer"] = customer_id
        _keep(world, event, {**event["seen"], "customerId": customer_id})


def _admitted(
    world: World, workspace_id: str, kind: str, properties: dict[str, Any], payload: Any
) -> dict[str, Any]:
    """The properties of an event as the workspace lets them in. Raises Invalid, TooLarge."""
    if not settings.event_enabled(world, workspace_id, kind):
        world.assume(rules.EVENT_DISABLED)
        raise Invalid({"/type": [f"event type {kind} is disabled"]}, "event is not valid")
    most = settings.payload_limit(world, workspace_id, kind)
    if len(orjson.dumps(payload)) > most:
        raise TooLarge(f"payload is larger than {most} bytes")
    return extended.accepted(world, workspace_id, kind, properties)


def _owner(
    world: World, caller: Caller, workspace_id: str, body: Mapping[str, Any]
) -> tuple[str, Document | None, str | None]:
    """Node, customer and session of a new event. Raises NotFound, Invalid, Forbidden."""
    from simulator.vendors.contacthub.customers import service as customers  # noqa: PLC0415

    back = body.get("bringBackProperties")
    if back is None:
        world.assume(rules.EVENT_UNKNOWN_CUSTOMER)
        customer = customers.find(world, workspace_id, body["customerId"])
        _enter(world, caller, customer["node"])
        return customer["node"], customer, None
    node = nodes.node(world, workspace_id, back["nodeId"])
    if node["nodeType"] == nodes.AGGREGATE:
        problem = "bringBackProperties are not allowed for aggregate nodes"
        raise Invalid({"/bringBackProperties/nodeId": [problem]}, "event is not valid")
    _enter(world, caller, node["id"])
    if back["type"] == SESSION:
        session = world.store.table(SESSIONS).first("value", (node["id"], back["value"]))
        known = world.store.table(CUSTOMERS)[session["customer"]] if session else None
        return node["id"], known, back["value"]
    world.assume(rules.EVENT_EXTERNAL_ID)
    return node["id"], customers.for_external_id(world, workspace_id, node["id"], back["value"]), None


def _enter(world: World, caller: Caller, node_id: str) -> None:
    if not caller.may(node_id, "W"):
        world.assume(rules.REFUSED_ROLE)
        raise Forbidden("Access is denied")


def _lacks_consent(world: World, customer: Document, kind: str) -> bool:
    policy = settings.consent_policy(world, customer["workspace"])
    needed = [path for path, kinds in policy.items() if kind in kinds]
    if needed:
        world.assume(rules.EVENT_CONSENT)
    return not all(_consents(customer["seen"].get("consents"), path) for path in needed)


def _consents(consents: Any, path: str) -> bool:
    leaf = consents
    for step in path.removeprefix("consents.").split("."):
        leaf = leaf.get(step) if isinstance(leaf, Mapping) else None
    if not isinstance(leaf, Mapping):
        return leaf is True
    return leaf.get("status") is True and not leaf.get("limitation") and not leaf.get("objection")


def _hold_fixed(world: World, event: Document, body: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Refuse another value for what cannot change."""
    found = {}
    for name in names:
        if name in body and not _same(world, event, name, body[name]):
            world.assume(rules.EVENT_IMMUTABLE)
            found[f"/{name}"] = [f"{name} cannot be changed"]
    if found:
        raise Invalid(found, "event is not valid")


def _same(world: World, event: Document, name: str, value: Any) -> bool:
    present = event["seen"][name]
    if name == "registeredAt":
        return value is not None and dates.shown(dates.parsed(value)) == present
    if name == "customerId" and value != present and present is not None:
        # a copy in an aggregate node names the aggregate customer
        return value in [whole["id"] for whole in aggregates.of_entry(world, {"id": present})]
    return bool(value == present)


def _merged(present: Any, given: Any) -> Any:
    """RFC 7396: objects member by member, null takes away, everything else takes the place."""
    if not isinstance(given, dict):
        return given
    merged = dict(present) if isinstance(present, dict) else {}
    for name, value in given.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merged(merged.get(name), value)
    return merged


def _rewrite(world: World, event: Document, seen: dict[str, Any], properties: dict[str, Any]) -> None:
    payload = {name: seen[name] for name in MERGED[1:]} | {"properties": properties}
    seen["properties"] = _admitted(world, event["workspace"], seen["type"], properties, payload)
    date = dates.parsed(seen["date"])
    seen["date"], event["date"] = dates.shown(date), _sortable(date)
    _keep(world, event, seen)


def _keep(world: World, event: Document, seen: dict[str, Any]) -> None:
    event["seen"] = seen | {"updatedAt": dates.shown(world.clock.now()), "version": seen["version"] + 1}
    world.store.table(EVENTS).put(event)
    updates.record(world, event["workspace"], event["node"], "UPDATE", "EVENT", event["seen"])


def _delete(world: World, event: Document) -> None:
    world.store.table(EVENTS).delete(event["id"])
    updates.record(world, event["workspace"], event["node"], "DELETE", "EVENT", event["seen"])


def _sortable(date: datetime) -> str:
    return date.astimezone(UTC).isoformat(timespec="milliseconds")
