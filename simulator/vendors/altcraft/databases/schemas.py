"""Databases and fields as answers have them; mind the capitals, which resources do not have."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document


def entry(database: Document) -> dict[str, Any]:
    """A database of the list (guide, Get list of databases)."""
    return {
        "id": database["id"],
        "name": database["name"],
        "ui_tags": database["ui_tags"],
        "Groups": [{"Id": group["id"], "Name": group["name"]} for group in database["groups"]],
    }


def database(database: Document) -> dict[str, Any]:
    """A database by itself (guide, Get database)."""
    return {name: database[name] for name in ("id", "name", "suppress_id", "description")}


def field(field: dict[str, Any], category: str) -> dict[str, Any]:
    """A field, `category` system or custom (guide, Get resource fields)."""
    shown = {"category": category} | {name: field[name] for name in ("title", "name", "required", "type")}
    return shown | ({"dictionary": field["dictionary"]} if field.get("dictionary") else {})
