"""A stored customer and a body become one: what each way of writing does to members, lists, subscriptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

import orjson

from simulator.vendors.contacthub.customers.shape import MEMBERS, Tree, blank, completed, tree, whole


class Mode(Enum):
    """POST appends to lists, PATCH and PUT replace them; STRICT does so with subscriptions, too."""

    APPEND = "append"
    REPLACE = "replace"
    STRICT = "strict"


def combined(before: Mapping[str, Any], body: Mapping[str, Any], mode: Mode) -> dict[str, Any]:
    """MEMBERS of `before` with what `body` says; null clears, what it does not name stays."""
    after = {name: body.get(name, before[name]) for name in MEMBERS}
    for name, schema in (
        ("base", "CustomerBase"),
        ("consents", "CustomerConsents"),
        ("tags", "CustomerTags"),
    ):
        if name in body:
            after[name] = _merged(before[name], body[name], tree(schema), mode)
    if body.get("extended") is not None:
        after["extended"] = _extended(before["extended"] or {}, body["extended"], mode)
    return whole(after)


def replaced(before: Mapping[str, Any], body: Mapping[str, Any], mode: Mode) -> dict[str, Any]:
    """MEMBERS as `body` says, all others empty; subscriptions go on unless the mode is STRICT."""
    start = blank()
    if mode is not Mode.STRICT:
        start["base"]["subscriptions"] = before["base"]["subscriptions"]
    return combined(start, body, mode)


def _merged(before: Any, given: Any, of: Tree, mode: Mode) -> Any:
    if isinstance(of, list):
        return [] if given is None else _listed(before or [], given, of[0], mode)
    if given is None or not isinstance(of, Mapping):
        return given
    known = before or {}
    return {
        **known,
        **{name: _merged(known.get(name), value, of[name], mode) for name, value in given.items()},
    }


def _listed(before: list[Any], given: list[Any], element: Tree, mode: Mode) -> list[Any]:
    is_subscription = isinstance(element, Mapping) and "subscribed" in element
    if is_subscription and mode is not Mode.STRICT:
        found = {item["id"]: item for item in before}
        for item in given:
            found[item["id"]] = completed(_merged(found.get(item["id"]), item, element, mode), element)
        return list(found.values())
    items = [completed(item, element) for item in given]
    return once([*before, *items] if mode is Mode.APPEND else items)


def once(items: Iterable[Any]) -> list[Any]:
    """Each element once, told apart by `id`, where the last counts, or else by value."""
    found: dict[Any, Any] = {}
    for item in items:
        own = item.get("id") if isinstance(item, Mapping) else None
        found[own or orjson.dumps(item, option=orjson.OPT_SORT_KEYS)] = item
    return list(found.values())


def _extended(before: Mapping[str, Any], given: Mapping[str, Any], mode: Mode) -> dict[str, Any]:
    after = dict(before)
    for name, value in given.items():
        known = before.get(name)
        if isinstance(value, Mapping) and isinstance(known, Mapping):
            after[name] = _extended(known, value, mode)
        elif isinstance(value, list):
            after[name] = once([*known, *value] if mode is Mode.APPEND and isinstance(known, list) else value)
        else:
            after[name] = value
    return after


def stamped(before: list[dict[str, Any]], after: list[dict[str, Any]], now: str) -> list[dict[str, Any]]:
    """Subscriptions with the dates that the caller left to the system."""
    known = {item["id"]: item for item in before}
    return [_stamped(known.get(item["id"]), item, now) for item in after]


def _stamped(known: Mapping[str, Any] | None, item: dict[str, Any], now: str) -> dict[str, Any]:
    if known is None:
        return item | {name: item[name] or now for name in ("registeredAt", "updatedAt")}
    item = item | {"registeredAt": item["registeredAt"] or known["registeredAt"] or now}
    updated = item["updatedAt"] or known["updatedAt"]
    is_same = {**item, "updatedAt": None} == {**known, "updatedAt": None}
    return item | {"updatedAt": (updated or now) if is_same or updated != known["updatedAt"] else now}
