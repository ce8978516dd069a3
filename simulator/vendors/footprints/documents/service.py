"""PDF files that are kept with a lead. No operation gives them back: their content is not stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.kernel.errors import Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates
from simulator.vendors.footprints.actions import service as actions
from simulator.vendors.footprints.errors import broken, required
from simulator.vendors.footprints.ids import new_id
from simulator.vendors.footprints.leads import record as leads
from simulator.vendors.footprints.state import ACTIONS, DOCUMENTS

TYPES = ("contracts", "offers", "consents")
MOST_FILES = 5
PDF = "application/pdf"
UNTOLD = ("", "application/octet-stream")


@dataclass(frozen=True)
class File:
    """One uploaded file. `name` has no folders; `type` is empty where the part names none."""

    name: str
    type: str
    content: bytes


def upload(world: World, lead_id: str, kind: str, files: Sequence[File], action_id: str | None) -> list[str]:
    """Keep one to five PDF files with a lead, and with an action of it if one is named; their names.

    Raises Invalid, and NotFound for an unknown lead or action.
    """
    world.assume(rules.UPLOADS)
    _check(world, kind, files)
    world.assume(rules.DOCUMENT_REFERENCES)
    lead = leads.found(world, lead_id)
    action = actions.found(world, action_id) if action_id else None
    if action is not None and action["lead"] != lead["id"]:
        raise NotFound("Lead action not found")
    kept = [_keep(world, lead, kind, file, action) for file in files]
    if action is not None:
        action["attachments"] += kept
        world.store.table(ACTIONS).put(action)
    return [file.name for file in files]


def _check(world: World, kind: str, files: Sequence[File]) -> None:
    if kind not in TYPES:
        raise broken("any.only", "documentType", f"must be one of [{', '.join(TYPES)}]")
    if not files:
        raise required("documents")
    if len(files) > MOST_FILES:
        raise Invalid({"documents": ["too many"]}, f"Maximum {MOST_FILES} files allowed")
    if not all(_is_pdf(world, file) for file in files):
        raise Invalid({"documents": ["no PDF"]}, f"Only {PDF} files are allowed")


def _is_pdf(world: World, file: File) -> bool:
    """By its type; by its name or its beginning where the type tells nothing (footprints.pdf-parts)."""
    if file.type == PDF:
        return True
    if world.assume(rules.PDF_PARTS) == "typed" or file.type not in UNTOLD:
        return False
    return file.name.lower().endswith(".pdf") or file.content.startswith(b"%PDF-")


def _keep(world: World, lead: Document, kind: str, file: File, action: Document | None) -> str:
    document: Document = {
        "id": new_id(world),
        "lead": lead["id"],
        "type": kind,
        "name": file.name,
        "size": len(file.content),
        "action": action and action["id"],
        "createdAt": dates.now(world),
    }
    world.store.table(DOCUMENTS).put(document)
    return str(document["id"])
