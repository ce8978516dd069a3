"""What the contract's schemas cannot say of a customer: the workspace's and the node's own rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.configuration import service as configuration
from simulator.vendors.contacthub.customers.shape import tree
from simulator.vendors.contacthub.nodes.keys import value_at

MESSAGE = "source customer is not valid"
MOST_TAGS = 1000
NOTHING: tuple[Any, ...] = (None, "", [], {})
Problems = dict[str, list[str]]


def accepted(world: World, workspace_id: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """The body without properties that are off. Raises Invalid for extended ones that are wrong."""
    kept = dict(body)
    if not kept.keys() <= tree("CustomerReplacement").keys():
        world.assume(rules.EXTRA_KEYS)
    off = configuration.disabled_base(world, workspace_id)
    if off and kept.get("base"):
        kept["base"] = without(kept["base"], off)
    if kept.get("extended"):
        world.assume(rules.EXTENDED_VALUES)
        definitions = configuration.extended_customer(world, workspace_id)
        _hold(definitions, kept["extended"])
        kept["extended"] = configuration.enabled_only(definitions, kept["extended"])
    return kept


def united(world: World, workspace_id: str, body: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """Hold to their limits the extended lists that POST has appended to. Raises Invalid."""
    given = body.get("extended") or {}
    grown = {name: after["extended"][name] for name, value in given.items() if isinstance(value, list)}
    if grown:
        _hold(configuration.extended_customer(world, workspace_id), grown)


def _hold(definitions: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    found = configuration.check_extended(definitions, values, "/extended")
    if found:
        raise Invalid({pointer: [message] for pointer, message in found}, MESSAGE)


def without(base: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    """`base` without the properties of those dotted names."""
    left = dict(base)
    for name in names:
        first, _, rest = name.partition(".")
        if not rest:
            left.pop(first, None)
        elif left.get(first):
            left[first] = without(left[first], [rest])
    return left


def complete(node: Document, body: Mapping[str, Any]) -> None:
    """Hold a body of POST or PUT to the node's unique and mandatory properties. Raises Invalid."""
    _refuse(_missing(node, body))


def lasting(node: Document, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    """A PATCH may not take away what the node wants. Raises Invalid."""
    had = _missing(node, before)
    _refuse({where: texts for where, texts in _missing(node, after).items() if where not in had})


def sized(after: Mapping[str, Any]) -> None:
    """Hold tags to their limit. Raises Invalid."""
    _refuse(
        {
            f"/tags/{name}": [f"the tags are longer than {MOST_TAGS} characters together"]
            for name, tags in (after["tags"] or {}).items()
            if sum(map(len, tags)) > MOST_TAGS
        }
    )


def unmoved(document: Document, body: Mapping[str, Any]) -> None:
    """`id` and `nodeId` cannot be changed. Raises Invalid."""
    _refuse(
        {
            f"/{name}": [f"{name} cannot be changed"]
            for name in ("id", "nodeId")
            if name in body and body[name].lower() != document["seen"][name].lower()
        }
    )


def _missing(node: Document, customer: Mapping[str, Any]) -> Problems:
    wanted = [(path, "unique") for path in node["uniqueCustomer"]["properties"]]
    wanted += [(path, "mandatory") for path in node["mandatoryProperties"]]
    found: Problems = {}
    for path, kind in wanted:
        if value_at(customer, path) in NOTHING:
            pointer = "/" + path.replace(".", "/")
            found.setdefault(pointer, []).append(f"{kind} customer property is required")
    return found


def _refuse(problems: Problems) -> None:
    if problems:
        raise Invalid(problems, MESSAGE)
