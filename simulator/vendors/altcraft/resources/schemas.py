"""Resources as answers have them."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document


def entry(resource: Document) -> dict[str, Any]:
    """A resource of the list (guide, Get list of resources)."""
    return {name: resource[name] for name in ("id", "name", "groups")}


def resource(resource: Document) -> dict[str, Any]:
    """A resource by itself (guide, Get resource)."""
    return {name: resource[name] for name in ("channels", "dbs_ids", "id", "name", "trk_domain", "url")}
