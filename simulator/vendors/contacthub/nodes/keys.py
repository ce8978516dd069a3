"""The text by which two customers are the same: the values of a policy's properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson


def value_at(seen: Mapping[str, Any], path: str) -> Any:
    """What a customer has at a full path such as `base.contacts.email`; None where there is nothing."""
    found: Any = seen
    for step in path.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def match_keys(policy: Mapping[str, Any], seen: Mapping[str, Any]) -> list[str]:
    """The unique keys of a customer under a policy {properties, caseSensitive}: one, or none.

    None if one of the properties is missing or empty: such a customer is the same as nobody.
    """
    values = [value_at(seen, path) for path in policy["properties"]]
    if not values or any(value in (None, "", [], {}) for value in values):
        return []
    text = orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()
    return [text if policy["caseSensitive"] else text.casefold()]
