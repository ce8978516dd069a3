"""E-mails from an account's templates. They end in the world's outbox."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates
from simulator.vendors.footprints.ids import new_id
from simulator.vendors.footprints.state import NOTIFICATIONS, TEMPLATES

VARIABLE = re.compile(r"\{\{\s*(firstName|lastName|email)\s*\}\}")


def send(world: World, fields: Mapping[str, Any]) -> None:
    """Write to `email` by the template `templateKey`, with the PDF if there is one. Raises NotFound."""
    world.assume(rules.TEMPLATES)
    template = world.store.table(TEMPLATES).get(fields["templateKey"])
    if template is None:
        raise NotFound("Template not found")
    attachment = _attachment(world, fields)
    notification: Document = {
        "id": new_id(world),
        "template": template["id"],
        "email": fields["email"],
        "firstName": fields.get("firstName"),
        "lastName": fields.get("lastName"),
        "attachment": attachment,
        "createdAt": dates.now(world),
    }
    world.store.table(NOTIFICATIONS).put(notification)
    world.outbox.send(
        "footprints",
        "email",
        fields["email"],
        _rendered(world, template["text"], fields),
        subject=_rendered(world, template["subject"], fields),
        cause={"notification": notification["id"], "template": template["id"], "attachment": attachment},
    )


def _attachment(world: World, fields: Mapping[str, Any]) -> dict[str, Any] | None:
    """{name, size in bytes} of the file that is sent along; that it is a PDF in base64 the contract says."""
    text = fields.get("attachmentFileContent")
    if text is None:
        return None
    if " " in text:
        world.assume(rules.PLUS_SIGNS)
    content = base64.b64decode(text.replace(" ", "+"), validate=True)
    return {"name": fields["attachmentFileName"], "size": len(content)}


def _rendered(world: World, text: str, fields: Mapping[str, Any]) -> str:
    """A template's text with what was sent in its places (footprints.template-texts)."""
    world.assume(rules.TEMPLATE_TEXTS)
    return VARIABLE.sub(lambda variable: fields.get(variable[1], ""), text)
