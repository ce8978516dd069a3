"""Several customers as one: what their aggregate customer shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import isfinite
from typing import Any

import orjson

WHOLE = frozenset({"address", "credential"})
"""Objects of `base` that are taken from one customer: half of one address and half of another is none."""


def merged(ordered: Sequence[Mapping[str, Any]], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """externalId, base, consents, extended, extra, tags, enabled of customers, the most trusted first.

    Of two values the first counts, lists are united, objects merged member by member. For extended
    properties `definitions`, the workspace's, name a merge policy of their own.
    """

    def of(member: str) -> list[Any]:
        return [customer.get(member) for customer in ordered]

    return {
        "externalId": _folded(of("externalId")),
        "base": _folded(of("base"), WHOLE),
        "consents": _folded(of("consents")),
        "extended": _extended(of("extended"), definitions),
        "extra": _folded(of("extra")),
        "tags": _folded(of("tags")),
        "enabled": _folded(of("enabled")),
    }


def _folded(values: Iterable[Any], whole: frozenset[str] = frozenset()) -> Any:
    present = [value for value in values if value is not None]
    if not present:
        return None
    first = present[0]
    if isinstance(first, dict):
        objects = [value for value in present if isinstance(value, dict)]
        names = dict.fromkeys(name for value in objects for name in value)
        return {name: _member(name, objects, whole) for name in names}
    if isinstance(first, list):
        return _union(value for value in present if isinstance(value, list))
    return first


def _member(name: str, objects: Sequence[dict[str, Any]], whole: frozenset[str]) -> Any:
    values = [value.get(name) for value in objects]
    if name in whole:
        return next((value for value in values if value is not None), None)
    return _folded(values)


def _union(lists: Iterable[list[Any]]) -> list[Any]:
    """Every element once, told apart by `id` or by value; later ones fill in members that it lacks."""
    found: dict[Any, Any] = {}
    for element in (element for elements in lists for element in elements):
        key = _identity(element)
        known = found.get(key)
        if isinstance(known, dict):
            found[key] = known | {name: v for name, v in element.items() if known.get(name) is None}
        elif key not in found:
            found[key] = element
    return list(found.values())


def _identity(element: Any) -> Any:
    own = element.get("id") if isinstance(element, dict) else None
    return ("id", own) if isinstance(own, str) else orjson.dumps(element, option=orjson.OPT_SORT_KEYS)


def _extended(values: Sequence[Any], definitions: Mapping[str, Any]) -> dict[str, Any] | None:
    objects = [value for value in values if isinstance(value, dict)]
    if not objects:
        return None
    names = dict.fromkeys(name for value in objects for name in value)
    return {name: _by_policy([o.get(name) for o in objects], definitions.get(name)) for name in names}


def _by_policy(values: Sequence[Any], definition: Any) -> Any:
    present = [value for value in values if value is not None]
    if not present:
        return None
    first = present[0]
    policy = (definition or {}).get("contactlabProperties", {}).get("mergePolicy")
    if policy == "OBJ_CONCATENATE" and isinstance(first, str):
        return " ".join(dict.fromkeys(value for value in present if isinstance(value, str)))
    if policy == "OBJ_CONCATENATE" and isinstance(first, dict):
        return _folded(present)
    if isinstance(first, list) and policy != "OBJ_PRIORITY":
        lists = [value for value in present if isinstance(value, list)]
        return _intersection(lists) if policy == "ARRAY_INTERSECTION" else _union(lists)
    if policy in MATHS and _is_number(first):
        return _computed(policy, [value for value in present if _is_number(value)])
    return first


def _intersection(lists: Sequence[list[Any]]) -> list[Any]:
    common = set.intersection(*({_identity(element) for element in elements} for elements in lists))
    return [element for element in _union(lists[:1]) if _identity(element) in common]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


MATHS: Mapping[str, Callable[[Sequence[float]], float]] = {
    "MATH_SUM": sum,
    "MATH_AVG": lambda numbers: sum(numbers) / len(numbers),
    "MATH_DIFF": lambda numbers: numbers[0] - sum(numbers[1:]),
    "MATH_MIN": min,
    "MATH_MAX": max,
}


def _computed(policy: str, numbers: Sequence[float]) -> float:
    """The result, or the first number where JSON cannot hold the result."""
    result: float = MATHS[policy](numbers)
    if isinstance(result, int) and abs(result) > 2**53:
        result = float(result)
    return result if isfinite(result) else numbers[0]
