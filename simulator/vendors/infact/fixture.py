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
assume: {name of an assumption: the value its data needs}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from simulator.kernel.store import Document, Duplicate
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact import emails, phones
from simulator.vendors.infact.fixture_shape import check
from simulator.vendors.infact.state import (
    BLACKLIST,
    CUSTOMERS,
    DATASOURCES,
    TEMPLATES,
    Object,
)
from simulator.vendors.infact.values import UNFIT, converter

PROFILE = ("id", "name", "api_id", "login", "password", "country")


def plant(world: World, document: Mapping[str, Any]) -> None:
    """A fixture document into an empty world. Raises ValueError naming the place that is wrong."""
    check(document)
    for number, customer in enumerate(document.get("customers", [])):
        path = f"customers[{number}]"
        world.store.table(CUSTOMERS).put({name: customer[name] for name in PROFILE})
        for index, datasource in enumerate(customer.get("datasources", [])):
            _plant_datasource(world, customer, datasource, f"{path}.datasources[{index}]")
        for template in customer.get("templates", []):
            world.store.table(TEMPLATES).put({"name": None, **template, "customer": customer["id"]})
        for kind, name in (("list", "blacklists"), ("form", "forms")):
            for index, listed in enumerate(customer.get(name, [])):
                _plant_entries(
                    world,
                    f"{kind}:{customer['id']}:{listed['id']}",
                    listed.get("entries", []),
                    f"{path}.{name}[{index}].entries",
                    customer["country"],
                )
    _plant_entries(world, "global", document.get("global_blacklist", []), "global_blacklist")
    for name, last in document.get("sequences", {}).items():
        world.store.sequence(f"infact/{name}", start=last)
    world.choose_named(rules.ALL, document.get("assume", {}))


def _plant_datasource(
    world: World, customer: Mapping[str, Any], datasource: Mapping[str, Any], path: str
) -> None:
    objects = []
    for index, found in enumerate(datasource["objects"]):
        scheme = {key: value for key, value in found.items() if key != "rows"}
        scheme.setdefault("key_property", "id")
        scheme["properties"] = [{"caption": None, **prop} for prop in scheme["properties"]]
        objects.append(scheme)
        _plant_rows(
            world,
            Object.of(scheme),
            found.get("rows", []),
            f"{path}.objects[{index}].rows",
            customer["country"],
        )
    stored: Document = {
        "id": datasource["id"],
        "customer": customer["id"],
        "name": datasource.get("name"),
        "objects": objects,
    }
    world.store.table(DATASOURCES).put(stored)


def _plant_rows(
    world: World, kept: Object, rows: Iterable[Mapping[str, Any]], path: str, country: str
) -> None:
    """Rows as an import would read them, but that a value that does not fit is an error."""
    table = kept.rows(world)
    convert = {
        name: converter(prop["type"], country, lambda: rules.TIME_ZONE.value)
        for name, prop in kept.properties.items()
    }
    for index, row in enumerate(rows):
        given = row["values"]
        values = {name: read(given.get(name)) for name, read in convert.items()}
        if UNFIT in values.values() or not given.keys() <= values.keys():
            raise ValueError(f"{path}[{index}].values{_misfit(given, values)}")
        key = values[kept.key_property]
        if not isinstance(key, int | str) or isinstance(key, bool) or key in table:
            raise ValueError(f"{path}[{index}].values.{kept.key_property}: {key!r} is null, taken or no key")
        table.put({"id": key, "values": values, "tags": list(dict.fromkeys(row.get("tags", [])))})


def _misfit(given: Mapping[str, Any], values: Mapping[str, Any]) -> str:
    """Which value of a row is wrong, and why."""
    for name, value in given.items():
        if name not in values:
            return f".{name}: the object has no such property"
        if values[name] is UNFIT:
            return f".{name}: {str(value)[:80]!r} does not fit the type of the property"
    raise AssertionError("nothing is wrong with this row")


def _plant_entries(
    world: World, listed: str, entries: Iterable[Mapping[str, str]], path: str, country: str = ""
) -> None:
    now = world.clock.now().isoformat()
    for index, entry in enumerate(entries):
        name, said = next((name, entry[name]) for name in ("phone", "email") if name in entry)
        recipient = phones.normalised(said, country) if name == "phone" else emails.normalised(said)
        if recipient is None:
            raise ValueError(f"{path}[{index}].{name}: {said[:80]!r} can be none")
        try:
            world.store.table(BLACKLIST).put(
                {
                    "id": world.store.next_id(BLACKLIST, "blacklist-entry"),
                    "list": listed,
                    "channel": "sms" if name == "phone" else "email",
                    "recipient": recipient,
                    "created": entry.get("created", now),
                    "updated": entry.get("updated", entry.get("created", now)),
                }
            )
        except Duplicate as error:
            raise ValueError(f"{path}[{index}]: {recipient} is in this list already") from error


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
    world.make_own(CUSTOMERS, ["login", "api_id"], suffix, claimed=["login"])
