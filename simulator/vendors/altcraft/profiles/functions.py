"""Update functions: {action, value, submatch} in place of a value (Database fields functional update)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from simulator.kernel.payload import nested_too_deeply
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.profiles import values
from simulator.vendors.altcraft.profiles.values import Field, refuse
from simulator.vendors.altcraft.state import phone_key

ACTIONS = ("set", "unset", "incr", "add", "delete", "upsert")
ONLY_FOR = {
    "incr": ("int", "float"),
    "add": ("tags", "arr_object", "phones"),
    "delete": ("tags", "arr_object", "phones"),
    "upsert": ("object", "arr_object"),
}
TAKING_OBJECTS = ("object", "arr_object", "any")
"""Types of which an object with an `action` might be a value."""
MOST_STEPS = 32


def is_function(sent: Any) -> bool:
    """Whether `sent` is a function rather than a value (altcraft.function-detection)."""
    return isinstance(sent, dict) and sent.get("action") in ACTIONS


def carry_out(world: World, field: Field, old: Any, function: Mapping[str, Any]) -> Any:
    """What the field holds after the function; None where it holds nothing. Raises Invalid."""
    if field["type"] in TAKING_OBJECTS:
        world.assume(rules.FUNCTION_DETECTION)
    action = function["action"]
    if field["type"] not in ONLY_FOR.get(action, (field["type"],)):
        if world.assume(rules.FUNCTION_WRONG_TYPE) == "refuse":
            refuse(field, f"is of type {field['type']}, which has no {action}")
        return old
    if action == "unset":
        return _unset(world, field, old)
    if "value" not in function:
        refuse(field, f"is to {action}, without a value")
    return CHANGES[action](world, field, old, function)


def _unset(world: World, field: Field, old: Any) -> Any:
    if field["type"] != "email":
        return None
    if world.assume(rules.UNSET_EMAIL) == "refuse":
        refuse(field, "cannot be unset")
    return old


def _set(world: World, field: Field, _: Any, function: Mapping[str, Any]) -> Any:
    return values.read(world, field, function["value"])


def _incr(world: World, field: Field, old: Any, function: Mapping[str, Any]) -> Any:
    if old is None and world.assume(rules.INCR_MISSING) == "refuse":
        refuse(field, "has no value to add to")
    by = values.read(world, {**field, "type": "int"}, function["value"])
    return values.read(world, field, (old or 0) + by)


def _add(world: World, field: Field, old: Any, function: Mapping[str, Any]) -> list[Any]:
    world.assume(rules.ADD_DUPLICATES)
    kept = list(old or [])
    known = [_identity(field, item) for item in kept]
    for item in _items(world, field, function):
        if _identity(field, item) not in known:
            kept.append(item)
            known.append(_identity(field, item))
    return kept


def _delete(world: World, field: Field, old: Any, function: Mapping[str, Any]) -> list[Any]:
    world.assume(rules.ADD_DUPLICATES)
    gone = [_identity(field, item) for item in _items(world, field, function)]
    return [item for item in old or [] if _identity(field, item) not in gone]


def _items(world: World, field: Field, function: Mapping[str, Any]) -> list[Any]:
    found: list[Any] = values.read(world, field, function["value"])
    return found


def _identity(field: Field, item: Any) -> Any:
    return phone_key(item) if field["type"] == "phones" else item


def _upsert(world: World, field: Field, old: Any, function: Mapping[str, Any]) -> Any:
    world.assume(rules.UPSERT_PATH)
    submatch = function.get("submatch")
    steps = submatch.split(".") if isinstance(submatch, str) else []
    if not all(steps) or not 1 <= len(steps) <= MOST_STEPS:
        refuse(field, f"has no submatch of 1 to {MOST_STEPS} steps")
    if field["type"] == "object":
        whole: dict[str, Any] = copy.deepcopy(old or {})
        _write(field, whole, steps, function["value"])
        return _readable(field, whole)
    elements = copy.deepcopy(old)
    for element in elements or []:
        if _has(element, steps):
            _write(field, element, steps, function["value"])
    return _readable(field, elements)


def _readable(field: Field, value: Any) -> Any:
    """`value`, unless it is nested so deeply that an answer with it could not be read."""
    if nested_too_deeply([[[[value]]]]):
        refuse(field, "would be nested too deeply")
    return value


def _has(node: Any, steps: list[str]) -> bool:
    for step in steps:
        if not isinstance(node, dict) or step not in node:
            return False
        node = node[step]
    return True


def _write(field: Field, node: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        node = node.setdefault(step, {})
        if not isinstance(node, dict):
            refuse(field, f"has no object at {step}")
    node[steps[-1]] = value


CHANGES: Mapping[str, Callable[[World, Field, Any, Mapping[str, Any]], Any]] = {
    "set": _set,
    "incr": _incr,
    "add": _add,
    "delete": _delete,
    "upsert": _upsert,
}
