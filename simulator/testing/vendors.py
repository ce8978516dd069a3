"""A vendor of a world: where its clients find it, how they log in, and what it keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote, urlsplit

from simulator.testing.control import Control

Document = dict[str, Any]


class State:
    """The documents of a world as they are stored, credentials included, to look at and to arrange a test."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def collections(self, vendor: str) -> dict[str, int]:
        """How many documents there are, by collection."""
        return dict(self._control.get(f"state/{_step(vendor)}")["collections"])

    def all(self, vendor: str, collection: str) -> list[Document]:
        """Every document, oldest first."""
        found: list[Document] = []
        after = None
        while True:
            page = self._control.get(
                _path(vendor, collection), secrets="shown", limit=1000, after=after, key=_kind(after)
            )
            found += page["documents"]
            after = page["next"]
            if after is None:
                return found

    def get(self, vendor: str, collection: str, id: str | int) -> Document:
        """Raises SimulatorError where there is none."""
        path = _path(vendor, collection, id)
        found: Document = self._control.get(path, secrets="shown", key=_kind(id))
        return found

    def put(self, vendor: str, collection: str, document: Mapping[str, Any]) -> Document:
        """The document as it is stored, completed. Raises SimulatorError for what the vendor cannot have."""
        id = document["id"]
        path = _path(vendor, collection, id)
        found: Document = self._control.call("PUT", path, dict(document), secrets="shown", key=_kind(id))
        return found

    def delete(self, vendor: str, collection: str, id: str | int) -> None:
        """Raises SimulatorError where there is none."""
        self._control.call("DELETE", _path(vendor, collection, id), key=_kind(id))


def _step(text: str | int) -> str:
    return quote(str(text), safe="")


def _path(vendor: str, *steps: str | int) -> str:
    return "/".join(map(_step, ("state", vendor, *steps)))


def _kind(id: str | int | None) -> str | None:
    """An id of digits may be a number or text."""
    return None if id is None else "integer" if isinstance(id, int) else "string"


class SimulatedVendor:
    """Credentials and stored collections are attributes: `.token`, `.customers`; `dir()` lists them.

    A collection is a list of documents as they are now, oldest first; its name is in snake case.
    """

    def __init__(self, control: Control, row: Mapping[str, Any]) -> None:
        self._control = control
        self._path: str = urlsplit(row["base_url"]).path
        self.name = str(row["name"])
        self.title = str(row["title"])
        self.hosts: tuple[str, ...] = tuple(row["hosts"])
        self.credentials: dict[str, Any] = dict(row["credentials"])

    @property
    def base_url(self) -> str:
        """What a client's base URL is. In process, asking for it opens the simulator's socket."""
        return self._control.link.url + self._path

    @cached_property
    def _state(self) -> State:
        return State(self._control)

    def _collections(self) -> dict[str, str]:
        return {re.sub(r"\W", "_", name): name for name in self._state.collections(self.name)}

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        __tracebackhide__ = True
        if hasattr(type(self), name):
            # a property had an AttributeError of its own within, which is to be told as it is
            return object.__getattribute__(self, name)
        if name in self.credentials:
            return self.credentials[name]
        collections = self._collections()
        if name in collections:
            return self._state.all(self.name, collections[name])
        raise AttributeError(
            f"{self.name} has no {name!r}; its credentials are {', '.join(self.credentials)}; "
            f"its collections are {', '.join(collections)}"
        )

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.credentials, *self._collections()})

    def __repr__(self) -> str:
        return f"<SimulatedVendor {self.name}>"
