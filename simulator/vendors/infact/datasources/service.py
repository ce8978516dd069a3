"""The scheme of a customer's datasources, and its rows one by one or in batches (datasource page)."""

from __future__ import annotations

from typing import Any

from simulator.kernel.errors import Conflict, Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.datasources.rows import Rows, opened
from simulator.vendors.infact.state import DATASOURCES, Customer, Object

Key = int | str
NO_OBJECT = "The JSON value could not be converted to an object."


def objects(world: World, customer: Customer, datasource_id: int) -> list[Object]:
    """The objects of one of the customer's datasources. Raises NotFound."""
    datasource = world.store.table(DATASOURCES).get(datasource_id)
    if datasource is None or datasource["customer"] != customer.id:
        world.assume(rules.NOT_FOUND)
        raise NotFound(f"There is no datasource {datasource_id}.")
    return [Object.of(scheme) for scheme in datasource["objects"]]


def find_object(world: World, customer: Customer, datasource_id: int, name: str) -> Object:
    """An object by its name in a path, where case is lost. Raises NotFound."""
    for found in objects(world, customer, datasource_id):
        if found.name.lower() == name.lower():
            return found
    world.assume(rules.NOT_FOUND)
    raise NotFound(f"There is no object '{name}' in datasource {datasource_id}.")


def get_item(world: World, found: Object, item_id: Key) -> dict[str, Any]:
    """One row's values, null where nothing is stored. Raises NotFound."""
    values: dict[str, Any] = _row(world, found, item_id)["values"]
    return values


def update_item(
    world: World, customer: Customer, found: Object, item_id: Key, changes: Any
) -> dict[str, Any]:
    """The row's values after the change. Raises NotFound, or Invalid for another id in the body."""
    world.assume(rules.WRITE_RESPONSE)
    row = _row(world, found, item_id)
    with opened(world, customer, found) as rows:
        values = rows.read_leniently(_object(changes))
        if values.get(rows.key, item_id) not in (item_id, None):
            world.assume(rules.UPDATE_ID)
            raise Invalid({rows.key: [f"The value '{values[rows.key]}' is not the id in the path."]})
        return _change(rows, row, values)


def insert_item(world: World, customer: Customer, found: Object, item: Any) -> dict[str, Any]:
    """The stored row's values. Raises Invalid or Conflict."""
    world.assume(rules.WRITE_RESPONSE)
    with opened(world, customer, found) as rows:
        return _insert(rows, rows.read_leniently(_object(item)))


def insert_batch(world: World, customer: Customer, found: Object, items: Any) -> list[dict[str, Any]]:
    """The stored rows' values in the order sent. Raises Invalid or Conflict, and none is stored then."""
    if not isinstance(items, list):
        raise Invalid({"$": ["The JSON value could not be converted to an array."]})
    world.assume(rules.WRITE_RESPONSE)
    world.assume(rules.BATCH_WHOLE)
    with opened(world, customer, found) as rows:
        read = [
            rows.read_leniently(_object(item, f"[{index}]"), f"[{index}].")
            for index, item in enumerate(items)
        ]
        return [_insert(rows, values) for values in read]


def _row(world: World, found: Object, item_id: Key) -> Document:
    world.assume(rules.ITEM_ID)
    row = found.rows(world).get(item_id)
    if row is None:
        world.assume(rules.NOT_FOUND)
        raise NotFound(f"There is no item {item_id} in '{found.name}'.")
    return row


def _object(value: Any, where: str = "$") -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Invalid({where: [NO_OBJECT]})
    return value


def _insert(rows: Rows, values: dict[str, Any]) -> dict[str, Any]:
    key = values.get(rows.key)
    known = None if key is None else rows.table.get(key)
    if known is None:
        stored: dict[str, Any] = rows.insert(values, [])["values"]
        return stored
    if rows.world.assume(rules.DUPLICATE_ID) == "upsert":
        return _change(rows, known, values)
    raise Conflict(f"There is an item with {rows.key} {known['id']!r} already.")


def _change(rows: Rows, row: Document, values: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = row["values"]
    if not rows.world.assume(rules.UPDATE_IS_PARTIAL):
        kept = dict.fromkeys(rows.names)
    kept = kept | values | {rows.key: row["id"]}
    rows.table.put(row | {"values": kept})
    return kept
