"""What a visitor tells of an action: which details belong to which kind of action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules

OF_AN_ACTION = {
    "visit": ("brands", "tenants", "interests"),
    "sale": ("receipts",),
    "contact": ("appointmentDate", "senderType"),
    "feedback": ("rating",),
    "engagement": ("description",),
    "profiling": ("percentCompleted",),
}
"""Documented: Send web tracking data and Send mobile tracking screenview."""


def told(world: World, fields: Mapping[str, Any], of_any: Iterable[str] = ()) -> dict[str, Any]:
    """The details of a send, by either spelling: those of its `actionType`, and those `of_any` action."""
    world.assume(rules.DETAILS)
    sent = fields.get("aditionalData", {}) | fields.get("additionalData", {})
    names = [*OF_AN_ACTION.get(fields.get("actionType", ""), ()), *of_any]
    return {name: sent[name] for name in names if name in sent}
