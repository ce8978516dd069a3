"""What a fixture document must look like, told to people who write their own.

The document's shape is a JSON schema, in which a profile's data and subscriptions are the contract's
own; what a schema cannot say, that names refer to something and are taken once, is checked after it.
What a profile may hold besides is judged where it is planted, by the rules of profiles/add.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import jsonschema_rs

from simulator import data
from simulator.kernel.fixture_shape import (
    FLAG,
    MAP,
    TEXT,
    Placed,
    array,
    each,
    held,
    known,
    model,
    nullable,
    of,
    once,
    validator,
)
from simulator.vendors.altcraft.profiles.fields import SYSTEM

TEXTS = array(TEXT)
FIELD_TYPES = ["int", "float", "bool", "date", "unicode", "version", "tags", "object", "arr_object"]
EVENT_TYPES = [
    "profile_created",
    "profile_updated",
    "subscription_added",
    "subscription_updated",
    "subscription_deleted",
    "subscription_restored",
    "segment_added",
    "segment_removed",
]


ID, PROFILE_ID, INSTANT = of("NumericId"), of("ProfileId"), of("InstantInput")
GROUPS = array(model("id name", {"id": {"type": "integer", "minimum": 0}, "name": TEXT}))
FIELDS = array(
    model(
        "name type",
        {
            "name": {"type": "string", "pattern": "^[^_]"},
            "title": TEXT,
            "type": {"enum": FIELD_TYPES},
            "required": FLAG,
            "dictionary": nullable(TEXT),
        },
    )
)
ACCOUNT = model("id", {"id": ID, "quota": nullable({"type": "integer", "minimum": 0})})
TOKEN = model(
    "id token name",
    {
        "id": ID,
        "token": TEXT,
        "name": TEXT,
        "account": ID,
        "permissions": TEXTS,
        "groups": array({"type": "integer", "minimum": 0}),
        "active": FLAG,
    },
)
DATABASE = model(
    "id name",
    {
        "id": ID,
        "account": ID,
        "name": TEXT,
        "description": {"type": "string"},
        "suppress_id": ID,
        "ui_tags": TEXTS,
        "groups": GROUPS,
        "fields": FIELDS,
    },
)
RESOURCE = model(
    "id name",
    {
        "id": ID,
        "account": ID,
        "name": TEXT,
        "channels": TEXTS,
        "dbs_ids": array(ID),
        "categories": TEXTS,
        "rtoken": TEXT,
        **dict.fromkeys(("url", "trk_domain"), TEXT),
        "groups": GROUPS,
        "raise_new": FLAG,
        "fields": {"type": "object", "additionalProperties": FIELDS},
    },
)
SEGMENT = model(
    "id name list_id",
    {"id": ID, "name": TEXT, "list_id": ID, "is_static": FLAG, "is_refresh_daily": FLAG, "segment": {}},
)
MESSAGE_OF_CAMPAIGN = model(
    "resource_id channel text",
    {"resource_id": ID, "channel": TEXT, "subject": nullable(TEXT), "text": {"type": "string"}},
)
CAMPAIGN = model(
    "id kind database name",
    {
        "id": ID,
        "kind": {"enum": ["trigger", "workflow"]},
        "database": ID,
        "name": TEXT,
        "active": FLAG,
        "type": TEXT,
        "message": nullable(MESSAGE_OF_CAMPAIGN),
    },
)
PROFILE = model(
    "database data",
    {
        "id": PROFILE_ID,
        "database": ID,
        "createtime": INSTANT,
        "acid": {"type": "string", "pattern": "^[0-9a-f]{20}$"},
        "segments": array(ID),
        "data": of("ProfileData"),
    },
)
CONTACTS: dict[str, dict[str, Any]] = {
    name: {} for name in ("email", "phone", "provider", "subscription_id", "cc_data")
}
MESSAGE = {
    **model(
        "id resource_id profile channel time",
        {
            "id": TEXT,
            "resource_id": ID,
            "profile": PROFILE_ID,
            "channel": TEXT,
            **CONTACTS,
            "time": INSTANT,
        },
    ),
    "allOf": [of("Subscription")],
}
EVENT = model(
    "time profile type",
    {"time": INSTANT, "profile": PROFILE_ID, "type": {"enum": EVENT_TYPES}, "data": MAP},
)
SETTINGS = {
    "accounts": ACCOUNT,
    "tokens": TOKEN,
    "databases": DATABASE,
    "resources": RESOURCE,
    "segments": SEGMENT,
}
SHAPE = model(
    "",
    {
        **{name: array(shape) for name, shape in SETTINGS.items()},
        "campaigns": array(CAMPAIGN),
        "profiles": array(PROFILE),
        "messages": array(MESSAGE),
        "events": array(EVENT),
        "sequences": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}},
        "assume": MAP,
    },
)


def check(document: Any) -> None:
    """Raises ValueError naming the first place that is not as it must be."""
    held(document, _validator())
    for part in ("accounts", "tokens", "databases", "resources", "segments", "profiles", "messages"):
        once(each(document, part), "id")
    for kind in ("trigger", "workflow"):
        once([(path, found) for path, found in each(document, "campaigns") if found["kind"] == kind], "id")
    once(each(document, "tokens"), "token")
    once(each(document, "resources"), "rtoken")
    _check_settings(document)
    _check_profiles(document)


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return validator(SHAPE, data.contract("altcraft")["components"]["schemas"])


def _check_settings(document: Mapping[str, Any]) -> None:
    """Accounts, databases and resources that settings name are there."""
    accounts, databases, resources = (_ids(document, part) for part in ("accounts", "databases", "resources"))
    for part in ("tokens", "databases", "resources"):
        for path, found in each(document, part):
            known(f"{path}.account", [found.get("account", 1)], accounts, "account")
    for path, database in each(document, "databases"):
        once(each(database, "fields", path), "name")
    for path, resource in each(document, "resources"):
        known(f"{path}.dbs_ids", resource.get("dbs_ids", []), databases, "database")
    for path, segment in each(document, "segments"):
        known(f"{path}.list_id", [segment["list_id"]], databases, "database")
    for path, campaign in each(document, "campaigns"):
        known(f"{path}.database", [campaign["database"]], databases, "database")
        message = campaign.get("message")
        known(
            f"{path}.message.resource_id", [message["resource_id"]] if message else [], resources, "resource"
        )


def _check_profiles(document: Mapping[str, Any]) -> None:
    """Databases and fields of profiles, and the profiles that messages and events are of, are there."""
    fields = {
        database["id"]: {"subscriptions", *SYSTEM, *(field["name"] for field in database.get("fields", []))}
        for _, database in each(document, "databases")
    }
    for path, profile in each(document, "profiles"):
        known(f"{path}.database", [profile["database"]], fields, "database")
        known(f"{path}.data", profile["data"], fields[profile["database"]], "field")
    profiles, resources = _ids(document, "profiles"), _ids(document, "resources")
    of_profiles: list[Placed] = [*each(document, "messages"), *each(document, "events")]
    for path, found in of_profiles:
        known(f"{path}.profile", [found["profile"]], profiles, "profile")
    for path, message in each(document, "messages"):
        known(f"{path}.resource_id", [message["resource_id"]], resources, "resource")


def _ids(document: Mapping[str, Any], part: str) -> set[Any]:
    return {found.get("id") for _, found in each(document, part)}
