"""A profile as profiles/get has it: its own fields, what the platform derives, and its subscriptions."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.state import MESSAGES, email_key
from simulator.vendors.altcraft.subscriptions import record

NEVER = (
    "_click_exist",
    "_click_push_exist",
    "_click_sms_exist",
    "_confirm_exist",
    "_is_desktop",
    "_is_test",
    "_open_exist",
)
DELIVERIES = {"email": "_deliv", "sms": "_deliv_sms", "push": "_deliv_push"}
PLATFORM = {
    *NEVER,
    *(f"{name}_{what}" for name in DELIVERIES.values() for what in ("exist", "date")),
    *("_id", "_acid", "_createtime", "_domaingroup", "_emaildomain", "_lat", "_lon", "_md5", "_open_date"),
}
"""What only the platform sets: passed over where it is sent."""


def shown(world: World, profile: Document) -> dict[str, Any]:
    """{field: value}, sorted by name as the guide's example is; fields without a value are left out."""
    world.assume(rules.ID_IN_GET)
    world.assume(rules.DERIVED_FIELDS)
    world.assume(rules.STATUS_OUT)
    subs = [sub for sub in profile["subscriptions"] if not sub["is_delete"] or _deleted_too(world)]
    found = {
        "_id": profile["id"],
        "_createtime": profile["createtime"],
        "_status": 0,
        **dict.fromkeys(NEVER, False),
        **_of_email(profile["fields"]),
        **_deliveries(world, profile),
        **profile["derived"],
        **profile["fields"],
        "subscriptions": [record.shown(sub) for sub in subs],
    }
    if "_status" not in profile["fields"]:
        world.assume(rules.GLOBAL_STATUS)
    return dict(sorted(found.items()))


def _deleted_too(world: World) -> bool:
    return not world.assume(rules.DELETED_HIDDEN)


def _of_email(fields: Mapping[str, Any]) -> dict[str, Any]:
    if "email" not in fields:
        return {}
    email = email_key(fields["email"])
    return {
        "_emaildomain": email.partition("@")[2],
        "_domaingroup": "other",
        "_md5": hashlib.md5(email.encode(), usedforsecurity=False).hexdigest(),
    }


def _deliveries(world: World, profile: Document) -> dict[str, Any]:
    found: dict[str, Any] = {f"{name}_exist": False for name in DELIVERIES.values()}
    for message in world.store.table(MESSAGES).find("profile", profile["id"]):
        name = DELIVERIES.get(message["channel"])
        if name is not None:
            date = max(message["time"], found.get(f"{name}_date", ""))
            found |= {f"{name}_exist": True, f"{name}_date": date}
    return found
