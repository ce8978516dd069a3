"""What Get Lead Actions and Get Lead Action Types show."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document


def action(action: Document, kind: Document, files: list[Document]) -> dict[str, Any]:
    """`leadActionTypeId` is the type itself, despite its name; what was never sent is left out."""
    sent = {name: action[name] for name in ("actionDetail", "date") if action[name] is not None}
    return {
        "_id": action["id"],
        "leadId": action["lead"],
        "leadActionTypeId": {"_id": kind["id"], "name": kind["name"]},
        "attachments": [file["name"] for file in files],
        **sent,
        "createdAt": action["createdAt"],
        "updatedAt": action["updatedAt"],
    }


def action_type(kind: Document) -> dict[str, Any]:
    return {"_id": kind["id"], "name": kind["name"], "createdAt": kind["createdAt"]}
