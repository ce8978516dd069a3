"""Rows of one object, read as a client sends them and written as they are kept.

highest-ids  id (the object's key), value: no row has a higher id; made when first an id is assigned
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from simulator.kernel.assumptions import Assumption
from simulator.kernel.errors import Conflict, Invalid
from simulator.kernel.store import Collection, Document, Table
from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact import dates
from simulator.vendors.infact.state import Customer, Object
from simulator.vendors.infact.values import LARGEST, UNFIT, Convert, converter

HIGHEST_IDS = Collection("infact/highest-ids")


class Reading(NamedTuple):
    """One item as read: values by property, properties whose value does not fit, names not in the scheme."""

    values: dict[str, Any]
    unfit: list[str]
    unknown: list[str]


@dataclass
class Rows:
    """The rows of one object while one request works on them; get it from `opened`.

    What only a guess decides is collected and told to the world once, at the end:
    an import reads a million values.
    """

    world: World
    customer: Customer
    object: Object

    def __post_init__(self) -> None:
        self.table = self.object.rows(self.world)
        self.key = self.object.key_property
        self.names = list(self.object.properties)
        self._dated = [
            name for name, prop in self.object.properties.items() if prop.get("default") == "today"
        ]
        self._converters = {name: self._converter(prop) for name, prop in self.object.properties.items()}
        self._guessed: dict[str, Assumption[Any]] = {}
        mark = self._marks.get(self.object.key)
        self._highest: int | None = mark["value"] if mark else None

    @property
    def _marks(self) -> Table:
        return self.world.store.table(HIGHEST_IDS)

    def _converter(self, prop: Mapping[str, Any]) -> Convert:
        return converter(prop["type"], self.customer.country, lambda: self.world.assume(rules.TIME_ZONE))

    def guess(self, rule: Assumption[Any]) -> None:
        """What is done in this request rests on `rule`, a reading that is built in."""
        self._guessed[rule.id] = rule

    def read(self, item: Mapping[str, Any]) -> Reading:
        """The item's values by the scheme; names match it exactly."""
        reading = Reading({}, [], [])
        for name, value in item.items():
            convert = self._converters.get(name)
            if convert is None:
                reading.unknown.append(name)
                continue
            stored = convert(value)
            if stored is UNFIT:
                reading.unfit.append(name)
                continue
            reading.values[name] = stored
            if stored is not value:
                self._note(name, stored)
        return reading

    def _note(self, name: str, stored: Any) -> None:
        mobile = self.object.properties[name]["type"] == "Mobile"
        rule = rules.EMPTY_TEXT if stored is None else rules.PHONE_FORM if mobile else rules.VALUE_TYPES
        self._guessed[rule.id] = rule

    def read_leniently(self, item: Mapping[str, Any], where: str = "") -> dict[str, Any]:
        """The item's values, null where one does not fit its type. Raises Invalid for an id that does not."""
        reading = self.read(item)
        if self.key in reading.unfit:
            kind = self.object.properties[self.key]["type"]
            raise Invalid({f"{where}{self.key}": [f"The JSON value could not be converted to {kind}."]})
        if reading.unknown:
            self.guess(rules.UNKNOWN_PROPERTIES)
        if reading.unfit:
            self.guess(rules.LENIENT_VALUES)
        return reading.values | dict.fromkeys(reading.unfit)

    def insert(self, values: Mapping[str, Any], tags: list[str]) -> Document:
        """A new row of these values. Raises Conflict: its id is taken, or none can be made for it."""
        key: Any = values.get(self.key)
        if key is None:
            key = self._next_id()
        elif isinstance(key, bool | float):
            raise Conflict(f"{key!r} can be no {self.key}.")
        elif key in self.table:
            raise Conflict(f"There is an item with {self.key} {key!r} already.")
        elif self._highest is not None and key > self._highest:
            self._highest = key
        kept = {name: values.get(name) for name in self.names}
        kept[self.key] = key
        for name in self._dated:
            if name not in values:
                kept[name] = self._today
        row = {"id": key, "values": kept, "tags": tags}
        self.table.put(row)
        return row

    def _next_id(self) -> int:
        if self.object.properties[self.key]["type"] != "Integer":
            raise Conflict(f"An item without {self.key} cannot be stored: only numbers can be assigned.")
        self.guess(rules.ASSIGNED_ID)
        known: Iterable[Any] = self.table.raw() if self._highest is None else [self._highest]
        number: int = max((0, *known)) + 1
        while number in self.table:  # put there by hand since
            number += 1
        if number > LARGEST:
            raise Conflict(f"No {self.key} is left to assign.")
        self._highest = number
        return number

    @cached_property
    def _today(self) -> str:
        self.guess(rules.CREATED_DATE)
        return f"{dates.today(self.world.clock.now(), self.world.assume(rules.TIME_ZONE))}T00:00:00"

    def finish(self) -> None:
        """Keep what the next request needs to know, and say what the answer rests on."""
        mark = {"id": self.object.key, "value": self._highest}
        if self._highest is not None and self._marks.get(self.object.key) != mark:
            self._marks.put(mark)
        for rule in self._guessed.values():
            self.world.assume(rule)


@contextmanager
def opened(world: World, customer: Customer, found: Object) -> Iterator[Rows]:
    """The rows of an object, to work on within the request's transaction."""
    rows = Rows(world, customer, found)
    yield rows
    rows.finish()
