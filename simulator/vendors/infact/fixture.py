"""Fixtures: a document of customers and what is theirs, planted as stored documents.

customers:
  - {id, name, api_id, login, password, country, datasources, templates, blacklists, forms}
    datasources: [{id, name, objects: [{name, key, key_property?, merge_keys, properties, relations?, rows}]}]
    rows:        [{values: {property: value}, tags: [tag]}]
    templates:   [{id, channel, name, text}]
    blacklists:  [{id, name, entries: [{phone} or {email}]}]
    forms:       [{id, name, entries}]
global_blacklist: [{phone} or {email}, created?, updated?]
sequences: {name: the number last used}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact.state import (
    BLACKLIST,
    CUSTOMERS,
    DATASOURCES,
    TEMPLATES,
    Object,
)

PROFILE = ("id", "name", "api_id", "login", "password", "country")


def plant(world: World, document: Mapping[str, Any]) -> None:
    """A fixture document into an empty world. Raises KeyError, TypeError or ValueError for a bad one."""
    for customer in document.get("customers", []):
        world.store.table(CUSTOMERS).put({name: customer[name] for name in PROFILE})
        for datasource in customer.get("datasources", []):
            _plant_datasource(world, customer["id"], datasource)
        for template in customer.get("templates", []):
            world.store.table(TEMPLATES).put({**template, "customer": customer["id"]})
        for kind, lists in (("list", customer.get("blacklists", [])), ("form", customer.get("forms", []))):
            for listed in lists:
                _plant_entries(world, f"{kind}:{customer['id']}:{listed['id']}", listed.get("entries", []))
    _plant_entries(world, "global", document.get("global_blacklist", []))
    for name, last in document.get("sequences", {}).items():
        world.store.sequence(f"infact/{name}", start=last)


def _plant_datasource(world: World, customer: int, datasource: Mapping[str, Any]) -> None:
    objects = []
    for found in datasource["objects"]:
        scheme = {key: value for key, value in found.items() if key != "rows"}
        scheme.setdefault("key_property", "id")
        scheme["properties"] = [{"caption": None, **prop} for prop in scheme["properties"]]
        objects.append(scheme)
        kept = Object.of(scheme)
        table = kept.rows(world)
        for row in found.get("rows", []):
            values = {name: row["values"].get(name) for name in kept.properties}
            table.put({"id": values[kept.key_property], "values": values, "tags": row.get("tags", [])})
    stored: Document = {
        "id": datasource["id"],
        "customer": customer,
        "name": datasource["name"],
        "objects": objects,
    }
    world.store.table(DATASOURCES).put(stored)


def _plant_entries(world: World, listed: str, entries: Iterable[Mapping[str, str]]) -> None:
    now = world.clock.now().isoformat()
    for entry in entries:
        channel = "sms" if "phone" in entry else "email"
        world.store.table(BLACKLIST).put(
            {
                "id": world.store.sequence("infact/blacklist-entry"),
                "list": listed,
                "channel": channel,
                "recipient": entry["phone"] if channel == "sms" else entry["email"].lower(),
                "created": entry.get("created", now),
                "updated": entry.get("updated", entry.get("created", now)),
            }
        )


def credentials(world: World) -> dict[str, Any]:
    """What a client needs: the first customer's login and ClientId, and its first datasource."""
    for customer in world.store.table(CUSTOMERS).scan():
        owned = world.store.table(DATASOURCES).keys_of("customer", customer["id"])
        return {
            "username": customer["login"],
            "password": customer["password"],
            "client_id": customer["api_id"],
            "customer_id": customer["id"],
            "datasource_id": owned[0] if owned else None,
        }
    return {}


def personalise(world: World, suffix: str) -> None:
    """Logins and ClientIds that only this world has."""
    for customer in list(world.store.table(CUSTOMERS).scan()):
        customer["login"] = f"{customer['login']}-{suffix}"
        customer["api_id"] = f"{customer['api_id']}-{suffix}"
        world.store.table(CUSTOMERS).put(customer)
        world.claim("infact", customer["login"])
