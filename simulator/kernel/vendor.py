"""What a vendor's package must export, and how vendors are found.

`Vendor` is light: importing a vendor's package must not pull in its code. `parts()`
imports the rest, once, when the vendor is first touched.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from simulator.hosts import is_one_of
from simulator.kernel.assumptions import Assumption
from simulator.kernel.errors import DomainError
from simulator.kernel.payload import Decode
from simulator.kernel.store import Collection, Document, Key
from simulator.kernel.stored_shape import arranged_by_world
from simulator.kernel.world import World

if TYPE_CHECKING:
    from flask import Flask
    from werkzeug import Response
    from werkzeug.wrappers import Request


@dataclass(frozen=True)
class Parts:
    """A vendor's code.

    routes(app)                        registers every operation, endpoint = operationId
    authenticate(world, request, operation)  the account, or raises Unauthenticated/Forbidden
    render_error(world, request, error)  a DomainError in the vendor's own shape
    plant(world, document)             a fixture document into an empty world
    credentials(world)                 what a client needs, by the names users know
    personalise(world, suffix)         makes the fixture's credentials this world's own, claims them
    work                               due work by name: (world, data) -> None
    collections                        what it keeps, for those who arrange a test's state by hand
    arrange(world, collection, document)  a document put so, completed; raises ValueError naming the place
    remove(world, collection, key)     a document deleted so, with those that cannot be without it
    assumptions                        every guess
    preflight(request, methods)        what OPTIONS answers on a path that takes `methods`; None: 405
    decoders                           what reads bodies of media types besides JSON and forms
    not_simulated                      operations of the contract that have no route, each with the reason
    """

    routes: Callable[[Flask], None]
    authenticate: Callable[[World, Request, str], Any]
    render_error: Callable[[World, Request, DomainError], Response]
    plant: Callable[[World, Mapping[str, Any]], None]
    credentials: Callable[[World], dict[str, Any]]
    personalise: Callable[[World, str], None]
    work: Mapping[str, Callable[[World, dict[str, Any]], None]] = field(default_factory=dict)
    assumptions: tuple[Assumption[Any], ...] = ()
    collections: tuple[Collection, ...] = ()
    arrange: Callable[[World, str, Document], Document] = lambda _, __, document: document
    remove: Callable[[World, Collection, Key], object] = lambda world, of, key: world.store.table(of).delete(
        key
    )
    preflight: Callable[[Request, Iterable[str]], Response] | None = None
    decoders: Mapping[str, Decode] = field(default_factory=dict)
    not_simulated: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vendor:
    """One simulated vendor; `name` is its folder, its URL prefix and its namespace in the store.

    `base_path` is what a client's base URL ends in; `hosts` are the vendor's real names
    (`*.` for any label before); `canonical_path` what its router sees of a path;
    `credential_of` the credential a request presents, if any, to find the world that owns it;
    `secrets` the names of stored fields to mask.
    """

    name: str
    title: str
    hosts: tuple[str, ...]
    base_path: str
    load_parts: Callable[[], Parts]
    canonical_path: Callable[[str], str] = lambda path: path
    credential_of: Callable[[Mapping[str, str]], str | None] = lambda _: None
    secrets: frozenset[str] = frozenset()

    @cached_property
    def parts(self) -> Parts:
        return self.load_parts()

    def arranged(self, world: World, collection: str, document: Document) -> Document:
        """A document that is put into a collection by hand, completed. Raises ValueError naming the place."""
        if arranged_by_world(collection, document, self.parts.assumptions):
            return document
        return self.parts.arrange(world, collection, document)

    def removed(self, world: World, collection: str, key: Key) -> None:
        """Delete a document of a collection by hand, with those that cannot be without it."""
        self.parts.remove(world, Collection(f"{self.name}/{collection}"), key)

    def serves_host(self, host: str) -> bool:
        return is_one_of(host, self.hosts)


def discover(package: str = "simulator.vendors") -> dict[str, Vendor]:
    """Every vendor there is, by name: each folder below `package` that exports `vendor`."""
    folders: Iterable[Any] = pkgutil.iter_modules(importlib.import_module(package).__path__)
    found = [importlib.import_module(f"{package}.{folder.name}").vendor for folder in folders]
    return {vendor.name: vendor for vendor in sorted(found, key=lambda vendor: vendor.name)}
