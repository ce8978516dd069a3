"""What Infact keeps: the shapes of its documents, and how they are found.

customers    id, name, api_id (the ClientId), login, password, country (ISO 3166-1 alpha-2)
tokens       id, token, customer, expires (ISO 8601, UTC)
datasources  id, customer, name, objects: [{name, key, key_property, merge_keys, properties, relations}]
             properties: [{name, caption, type, default?: "today"}]
             relations:  [{name, object, local, foreign}]: rows there whose `foreign` is our `local`
rows-{key}   id (the key property's value), values: {property: value}, tags: [string]
highest-ids  see datasources/rows.py; imports: see imports/service.py
templates    id, customer, channel (sms or email), name, text
campaigns    see sending/lifecycle.py
recipients   what a campaign was given, part by part: id `{campaign}/{part}`, campaign, part, recipients,
             keys (see obsolete_campaigns/containers.py)
blacklist    id, list (`global`, `form:{customer}:{id}` or `list:{customer}:{id}`), channel (sms or email),
             recipient (normalised), created, updated (ISO 8601)
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from simulator.kernel.store import Collection, Document, Index, Table, on
from simulator.kernel.world import World

CUSTOMERS = Collection("infact/customers", (on("login", unique=True), on("api_id", unique=True)))
TOKENS = Collection("infact/tokens", (on("token", unique=True), on("customer")))
DATASOURCES = Collection("infact/datasources", (on("customer"),))
TEMPLATES = Collection("infact/templates", (on("customer"),))
CAMPAIGNS = Collection(
    "infact/campaigns", (Index("caller_id", lambda c: [(c["customer"], c["operation"], c["caller_id"])]),)
)
RECIPIENTS = Collection(
    "infact/recipients",
    (on("campaign"), Index("key", lambda part: [(part["campaign"], key) for key in part["keys"] if key])),
)
BLACKLIST = Collection(
    "infact/blacklist",
    (
        Index("entry", lambda e: [(e["list"], e["channel"], e["recipient"])], unique=True),
        Index("list", lambda e: [(e["list"], e["channel"])]),
        Index("address", lambda e: [(e["channel"], e["recipient"])]),
    ),
)
COLLECTIONS = (CUSTOMERS, TOKENS, DATASOURCES, TEMPLATES, CAMPAIGNS, RECIPIENTS, BLACKLIST)


@dataclass(frozen=True)
class Customer:
    """The account behind a request."""

    id: int
    api_id: str
    country: str

    @classmethod
    def of(cls, document: Document) -> Customer:
        return cls(document["id"], document["api_id"], document["country"])


@dataclass(frozen=True)
class Object:
    """One object of a datasource's scheme: a table, as support set it up."""

    name: str
    key: str
    key_property: str
    merge_keys: tuple[str, ...]
    properties: Mapping[str, Mapping[str, Any]]
    relations: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Object:
        return cls(
            document["name"],
            document["key"],
            document["key_property"],
            tuple(document["merge_keys"]),
            {p["name"]: p for p in document["properties"]},
            {r["name"]: r for r in document.get("relations", [])},
        )

    def rows(self, world: World) -> Table:
        """The object's rows, indexed by each property that may be a merge key."""
        return world.store.table(_rows(self.key, self.merge_keys))


@cache
def _rows(key: str, merge_keys: tuple[str, ...]) -> Collection:
    return Collection(f"infact/rows-{key}", tuple(Index(name, _value_of(name)) for name in merge_keys))


def _value_of(name: str) -> Any:
    def values(row: Document) -> Iterable[Hashable]:
        value = row["values"].get(name)
        return [] if value is None else [value]

    return values
