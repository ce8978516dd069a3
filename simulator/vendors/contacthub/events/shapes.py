"""What an event may hold: by its type, by its context, and at all; told apart so that errors name the place.

The contract says it as one schema with a branch for each type; a body that fits none of 34
branches can only be told so. Here the branch is chosen first, by `type` and by `context`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from simulator import data
from simulator.kernel.contract import Checker, Contract
from simulator.kernel.errors import Invalid

BODIES = ("EventCreate", "EventReplacement", "EventPatch")
Problems = dict[str, list[str]]


def check_body(schema: str, body: Any) -> None:
    """Hold a body of createEvent, updateEvent or patchEvent to its schema. Raises Invalid."""
    problems = _problems(schema, body, "")
    if schema != "EventPatch" and isinstance(body, dict):
        problems |= part_problems(body)
    if schema == "EventCreate" and isinstance(body, dict):
        problems |= _identity_problems(body)
    if problems:
        raise Invalid(problems, "event is not valid")


def part_problems(event: Mapping[str, Any]) -> Problems:
    """What is wrong with `properties` for the type and `contextInfo` for the context; pointer → texts."""
    found: Problems = {}
    for name, schemas, part in (
        ("type", by_type(), "properties"),
        ("context", by_context(), "contextInfo"),
    ):
        chosen, value = event.get(name), event.get(part)
        if isinstance(chosen, str) and chosen in schemas and isinstance(value, dict):
            found |= _problems(schemas[chosen], value, f"/{part}")
    return found


@cache
def by_type() -> dict[str, str]:
    """Type of event → name of the contract's schema of its properties."""
    return _branches("EventTyping", "type", "properties")


@cache
def by_context() -> dict[str, str]:
    """Context → name of the contract's schema of its contextInfo."""
    return _branches("EventContextTyping", "context", "contextInfo")


def _identity_problems(body: Mapping[str, Any]) -> Problems:
    named, brought = body.get("customerId") is not None, body.get("bringBackProperties") is not None
    if named and brought:
        return {"/bringBackProperties": ["customerId and bringBackProperties are mutually exclusive"]}
    if not named and not brought:
        return {"/customerId": ["customerId or bringBackProperties is required"]}
    return {}


def _branches(schema: str, tag: str, part: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for branch in data.contract("contacthub")["components"]["schemas"][schema]["oneOf"]:
        tagged = branch["properties"][tag]
        name = branch["properties"][part]["$ref"].rpartition("/")[2]
        found |= dict.fromkeys(tagged.get("enum") or [tagged["const"]], name)
    return found


def _problems(schema: str, value: Any, prefix: str) -> Problems:
    found: Problems = {}
    for violation in _checker(schema).violations(value, "body", prefix):
        found.setdefault(violation.pointer, []).append(violation.message)
    return found


@cache
def _checker(schema: str) -> Checker:
    return Checker(_contract(), f"/components/schemas/{schema}", "documented", strict=False)


@cache
def _contract() -> Contract:
    document = data.contract("contacthub")
    schemas = document["components"]["schemas"]
    bare = {name: {k: v for k, v in schemas[name].items() if k != "allOf"} for name in BODIES}
    return Contract({**document, "components": {**document["components"], "schemas": {**schemas, **bare}}})
