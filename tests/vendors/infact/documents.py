"""Fixture documents of one's own, in few words."""

from __future__ import annotations

from typing import Any


def customer(number: int, *objects: dict[str, Any]) -> dict[str, Any]:
    """A customer `number` with datasource `number` and SMS template `number`."""
    return {
        "id": number,
        "name": f"Customer {number}",
        "api_id": f"client-{number}",
        "login": f"login-{number}",
        "password": "secret",
        "country": "NO",
        "datasources": [{"id": number, "name": "Data", "objects": list(objects)}],
        "templates": [{"id": number, "channel": "sms", "name": "Hello", "text": "Hei"}],
    }


def table(name: str, kinds: dict[str, str], **more: Any) -> dict[str, Any]:
    """An object with properties of these types."""
    properties = [{"name": prop, "type": kind} for prop, kind in kinds.items()]
    return {"name": name, "key": f"key-{name}", "merge_keys": ["id"], "properties": properties, **more}


def rows(
    names: str, *values: tuple[Any, ...], tags: dict[int, list[str]] | None = None
) -> list[dict[str, Any]]:
    """Rows of values under space-separated names; `tags` by the number of the row, from 0."""
    return [
        {"values": dict(zip(names.split(), row, strict=True)), "tags": (tags or {}).get(number, [])}
        for number, row in enumerate(values)
    ]
