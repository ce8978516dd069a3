"""What a stored document must look like, told to people who arrange a test's state by hand.

Settings are as a fixture has them (fixture_shape.py), with nothing left out; profiles, messages and events
are as state.py says, their values as the fields of their databases and resources keep them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from simulator import data
from simulator.kernel.errors import Invalid
from simulator.kernel.fixture_shape import FLAG, MAP, TEXT, array, model, nullable, of
from simulator.kernel.ids import digest
from simulator.kernel.store import Document
from simulator.kernel.stored_shape import Schema, Shapes, StoredShapes
from simulator.kernel.world import World
from simulator.vendors.altcraft import assumptions as rules
from simulator.vendors.altcraft import dates, fixture, fixture_shape
from simulator.vendors.altcraft.fixture_shape import ID, PROFILE_ID, TEXTS
from simulator.vendors.altcraft.profiles import fields, values
from simulator.vendors.altcraft.resources.fields import field
from simulator.vendors.altcraft.state import (
    ACCOUNTS,
    DATABASES,
    PROFILES,
    RESOURCES,
    SEGMENTS,
    email_key,
)
from simulator.vendors.altcraft.subscriptions import record

REFERENCES = {
    "tokens": {"account": ACCOUNTS},
    "databases": {"account": ACCOUNTS},
    "resources": {"account": ACCOUNTS, "dbs_ids": DATABASES},
    "segments": {"list_id": DATABASES},
    "profiles": {"database": DATABASES, "segments": SEGMENTS},
    "campaigns": {"database": DATABASES},
    "messages": {"profile": PROFILES, "resource_id": RESOURCES},
    "events": {"profile": PROFILES, "database": DATABASES},
}
SETTINGS = {collection.name.partition("/")[2] for collection in fixture.SETTINGS}
FIELDED = {"databases": DATABASES, "resources": RESOURCES}
"""What gives fields to profiles and subscriptions."""


def arrange(world: World, collection: str, document: Document) -> Document:
    """A document put by hand, completed. Raises ValueError naming the place that is wrong."""
    whole = _completed(world, collection, document)
    SHAPES.check(world, collection, whole)
    if collection in FIELDED:
        whole = fixture.completed(collection, whole)
        _check_kept(world, collection, whole)
    if collection == "campaigns":
        whole["message"] = fixture.message(whole["message"])
        _check_campaign(world, whole)
    return _profile(world, whole) if collection == "profiles" else whole


def _completed(world: World, collection: str, document: Document) -> Document:
    if collection in SETTINGS:
        return {**fixture.DEFAULTS[collection], **document}
    if collection == "campaigns":
        return {**fixture.DEFAULTS["campaigns"], "message": None, **document}
    if collection != "profiles":
        return {"data": {}, **document} if collection == "events" else document
    first: Document = {"fields": {}, "segments": [], "derived": {}, "subscriptions": []}
    whole = {**first, "createtime": dates.now(world), **document}
    if "number" not in whole:
        whole["number"] = world.store.sequence("altcraft/profile")
    if isinstance(whole["derived"], dict) and isinstance(whole["id"], str):
        whole["derived"] = {"_acid": digest(whole["id"], 20), **whole["derived"]}
    return {**whole, "subscriptions": list(_subscriptions(whole))}


def _subscriptions(profile: Document) -> Iterator[Any]:
    given = profile["subscriptions"]
    for place, sub in enumerate(given if isinstance(given, list) else []):
        first = {"status": "subscribed", "priority": place, "custom_fields": {}, "cats": [], "ip": None}
        rest = {"url": None, "date": profile["createtime"], "hash_id": "", "xxh": "", "is_delete": False}
        yield {**first, **rest, **sub} if isinstance(sub, dict) else sub


# --- shapes -----------------------------------------------------------------------------------

INSTANT: Schema = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"}
COUNT: Schema = {"type": "integer", "minimum": 0}
CONTACTS = {
    "email": {"email": of("EmailAddress")},
    "sms": {"phone": of("PhoneNumber")},
    "push": {"provider": TEXT, "subscription_id": TEXT},
}


def _whole(members: Mapping[str, Any]) -> dict[str, Any]:
    """An object with all these members."""
    return model(" ".join(members), members)


def _with_contact(members: Mapping[str, Any]) -> Schema:
    """An object of which the channel says what its contact is."""
    shape: Schema = {"properties": {"contact": _whole({"cc_data": of("ContactData")})}}
    for channel, contact in CONTACTS.items():
        told = {"properties": {"contact": _whole(contact)}}
        shape = {"if": {"properties": {"channel": {"const": channel}}}, "then": told, "else": shape}
    return {**_whole({**members, "channel": TEXT, "contact": MAP}), **shape}


def _shapes() -> Shapes:
    shapes = {name: _whole(shape["properties"]) for name, shape in fixture_shape.SETTINGS.items()}
    resource = {**fixture_shape.RESOURCE["properties"], "rtoken": nullable(TEXT)}
    campaign = {**fixture_shape.CAMPAIGN["properties"], "id": TEXT, "number": ID}
    return {
        **shapes,
        "resources": _whole(resource),
        "campaigns": _whole(campaign),
        "profiles": _whole(
            {
                "id": PROFILE_ID,
                "database": ID,
                "number": COUNT,
                "fields": MAP,
                "createtime": INSTANT,
                "segments": array(ID),
                "derived": model(
                    "_acid", {"_acid": ACID, "_lat": {"type": "number"}, "_lon": {"type": "number"}}
                ),
                "subscriptions": array(_subscription()),
            }
        ),
        "messages": _with_contact({"id": TEXT, "resource_id": ID, "profile": PROFILE_ID, "time": INSTANT}),
        "events": _whole({**fixture_shape.EVENT["properties"], "id": COUNT, "database": ID, "time": INSTANT}),
    }


ACID = fixture_shape.PROFILE["properties"]["acid"]


def _subscription() -> Schema:
    return _with_contact(
        {
            "resource_id": ID,
            "status": of("StatusWord"),
            "priority": COUNT,
            "custom_fields": MAP,
            "cats": TEXTS,
            # what subscriptions/set was given, whose form no page says
            **{key: {} for key in ("date", "ip", "url")},
            **{key: {"type": "string"} for key in ("hash_id", "xxh")},
            "is_delete": FLAG,
        }
    )


SHAPES = StoredShapes(
    _shapes, lambda: data.contract("altcraft")["components"]["schemas"], references=REFERENCES
)


# --- what shapes cannot say -----------------------------------------------------------------------


def _check_campaign(world: World, campaign: Document) -> None:
    if campaign["id"] != f"{campaign['kind']}/{campaign['number']}":
        raise ValueError("/id: it is the kind and the number, with a / between them")
    message = campaign["message"]
    if message is not None and message["resource_id"] not in world.store.table(RESOURCES):
        raise ValueError(f"/message/resource_id: there is no resource {message['resource_id']}")


def _check_kept(world: World, collection: str, document: Document) -> None:
    """What profiles keep fits the fields of a database or resource, which is stored to see it."""
    own = document["fields"]
    for named in own.values() if isinstance(own, dict) else [own]:
        names = [one["name"] for one in named]
        if len(set(names)) < len(names):
            raise ValueError("/fields: two have the same name")
    table = world.store.table(FIELDED[collection])
    before = table.get(document["id"])
    if before is None or before["fields"] == own:
        return
    table.put(document)
    for profile in world.store.table(PROFILES).scan():
        try:
            _kept(world, profile)
        except ValueError as error:
            raise ValueError(f"/fields: profile {profile['id']} does not fit them: {error}") from error


def _profile(world: World, profile: Document) -> Document:
    """A profile with its values as an import keeps them, and the ids of its subscriptions."""
    database = world.store.table(DATABASES)[profile["database"]]
    email = profile["fields"].get("email")
    for name in profile["fields"].keys() - fields.of_database(database).keys():
        if world.chosen(rules.UNKNOWN_FIELD) != "store":
            raise ValueError(f"/fields/{name}: the database has no such field")
    whole = _kept(world, profile)
    holders = (
        world.store.table(PROFILES).keys_of("email", (database["id"], email_key(email))) if email else []
    )
    if any(holder != profile["id"] for holder in holders):
        raise ValueError("/fields/email: another profile has it")
    for place, sub in enumerate(whole["subscriptions"]):
        resource = world.store.table(RESOURCES).get(sub["resource_id"])
        if resource is None or sub["channel"] not in resource["channels"]:
            raise ValueError(f"/subscriptions/{place}/channel: no resource {sub['resource_id']} has it")
        sub.update(record.marks(profile["id"], sub["resource_id"], sub["channel"], sub["contact"]))
    return whole


def _kept(world: World, profile: Document) -> Document:
    """A profile, each value in the form in which its field keeps it. Raises ValueError."""
    database = world.store.table(DATABASES).get(profile["database"]) or {"fields": []}
    known = fields.of_database(database)
    own = {name: _value(world, "", known.get(name), name, value) for name, value in profile["fields"].items()}
    subs = []
    for place, sub in enumerate(profile["subscriptions"]):
        resource = world.store.table(RESOURCES).get(sub["resource_id"]) or {"fields": {}}
        at, channel = f"/subscriptions/{place}/custom_", sub["channel"]
        custom = {
            name: _value(world, at, field(resource, channel, name), name, value)
            for name, value in sub["custom_fields"].items()
        }
        subs.append({**sub, "custom_fields": custom})
    return {**profile, "fields": own, "subscriptions": subs}


def _value(world: World, at: str, of: values.Field | None, name: str, value: Any) -> Any:
    try:
        return value if of is None else values.read(world, of, value)
    except Invalid as error:
        raise ValueError(f"{at or '/'}fields/{name}: {error.detail}") from error
