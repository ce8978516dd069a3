"""Fields of a profile or of a subscription: which there are, and what is sent for one applied to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft.profiles import functions, values
from simulator.vendors.altcraft.profiles.values import Field

TYPES = {
    "email": "email",
    "phones": "phones",
    "_fname": "unicode",
    "_lname": "unicode",
    "_sex": "sex",
    "_bdate": "date",
    "_regdate": "date",
    "_city": "unicode",
    "_region": "unicode",
    "_country": "country",
    "_postal_code": "postal_code",
    "_tz": "unicode",
    "_ip": "ip",
    "_regip": "ip",
    "_os": "unicode",
    "_browser": "unicode",
    "_vendor": "unicode",
    "_regcity": "unicode",
    "_regcountry": "unicode",
    "_regurl": "unicode",
    "_status": "status",
}
"""System fields of a profile (guide, Profile data object)."""
SYSTEM: Mapping[str, Field] = {name: {"name": name, "type": type} for name, type in TYPES.items()}


def of_database(database: Document) -> dict[str, Field]:
    """All fields that profiles of the database have, by name."""
    return {field["name"]: field for field in database["fields"]} | dict(SYSTEM)


def apply(world: World, field: Field, old: Any, sent: Any) -> Any:
    """What the field holds, None for nothing, once `sent` is applied to what it held: a value, null, or an
    update function. Raises Invalid."""
    if functions.is_function(sent):
        plain_null = sent["action"] == "set" and "value" in sent and sent["value"] is None
        if not plain_null:
            return functions.carry_out(world, field, old, sent)
        sent = None
    if sent is None:
        keeps = world.assume(rules.NULL_KEEPS)
        return old if keeps else functions.carry_out(world, field, old, {"action": "unset"})
    if field["type"] == "phones" and old and world.assume(rules.PHONES_REPLACED) == "add":
        return functions.carry_out(world, field, old, {"action": "add", "value": sent})
    return values.read(world, field, sent)


def unknown(world: World, name: str) -> Field | None:
    """A field for a name that the database does not know, if what comes for it is kept. Raises Invalid."""
    kept = world.assume(rules.UNKNOWN_FIELD)
    if kept == "refuse":
        raise Invalid({f"/data/{name}": ["no such field"]}, f"{name} is no field of the database")
    return {"name": name, "type": "any"} if kept == "store" else None
