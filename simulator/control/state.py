"""State: the documents a vendor keeps, to look at and to arrange a test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from flask import Response

from simulator.control.masking import MASK, Mask, NoMask
from simulator.control.problems import Problem
from simulator.control.wire import answer, body, entered, nothing, query, vendor_named
from simulator.kernel.routes import Routes
from simulator.kernel.store import Document, Key, Table
from simulator.kernel.vendor import Vendor
from simulator.kernel.world import World

routes = Routes()
NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})")
PAGE = 100


@routes.get("/state/<vendor>", "listCollections")
def list_collections(vendor: str) -> Response:
    with entered() as (world, _):
        tables = _tables(world, vendor_named(vendor))
        counts = {name: len(table) for name, table in tables.items()}
    return answer({"vendor": vendor, "collections": counts})


@routes.get("/state/<vendor>/<path:path>", "getState")
def get_state(vendor: str, path: str) -> Response:
    mask = NoMask() if "secrets" in query() else Mask(vendor_named(vendor).secrets)
    with entered() as (world, _):
        table, text = _place(world, vendor_named(vendor), path)
        if text is None:
            return answer(mask.document(_page(table, vendor)))
        _refuse_paging()
        return answer(mask.document(table[_key(table, text)]))


@routes.put("/state/<vendor>/<path:path>", "putDocument")
def put_document(vendor: str, path: str) -> Response:
    mask = Mask(vendor_named(vendor).secrets)
    document = body()
    if mask.hides(document):
        raise Problem(
            400, f"body: {MASK} stands for a credential; read it with ?secrets=shown to put it back"
        )
    with entered() as (world, _):
        table, text = _place(world, vendor_named(vendor), path)
        if text is None:
            raise Problem(400, f"{path} is a collection; PUT {path}/{{id}} stores one document")
        key = document["id"]
        if not any(type(key) is type(meant) and key == meant for meant in _meant(text)):
            raise Problem(400, f"body /id: {key!r} is not the {text!r} of the path")
        status = 200 if key in table else 201
        with world.store.transaction():
            document = _arranged(world, vendor_named(vendor), table, document)
            _store(table, document)
    return answer(document if "secrets" in query() else mask.document(document), status)


@routes.delete("/state/<vendor>/<path:path>", "deleteDocument")
def delete_document(vendor: str, path: str) -> Response:
    with entered() as (world, _):
        table, text = _place(world, vendor_named(vendor), path)
        if text is None:
            raise Problem(400, f"{path} is a collection; DELETE {path}/{{id}} removes one document")
        key = _key(table, text)
        with world.store.transaction():
            vendor_named(vendor).removed(world, table.name.removeprefix(f"{vendor}/"), key)
    return nothing()


def _tables(world: World, vendor: Vendor) -> dict[str, Table]:
    """The vendor's collections by their own names, those it declares and those that hold something."""
    world.store.touch(vendor.name)
    declared = {collection.name: world.store.table(collection) for collection in vendor.parts.collections}
    found = declared | world.store.tables(vendor.name)
    return {name.removeprefix(f"{vendor.name}/"): found[name] for name in sorted(found)}


def _place(world: World, vendor: Vendor, path: str) -> tuple[Table, str | None]:
    """The collection a path names, and the text of the id behind it, if any."""
    tables = _tables(world, vendor)
    for name in sorted(tables, key=len, reverse=True):
        if path in (name, f"{name}/"):
            return tables[name], None
        if path.startswith(f"{name}/"):
            return tables[name], path.removeprefix(f"{name}/")
    raise Problem(404, f"{vendor.name} has no collection {path!r}; there are {', '.join(tables)}")


def _arranged(world: World, vendor: Vendor, table: Table, document: Document) -> Document:
    """The document as the vendor's code would have it. Raises Problem where it cannot be."""
    try:
        return vendor.arranged(world, table.name.removeprefix(f"{vendor.name}/"), document)
    except ValueError as error:
        raise Problem(400, f"body {error}") from error


def _store(table: Table, document: Document) -> None:
    try:
        table.put(document)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        # an index reads what the vendor's own documents always have
        raise Problem(
            400, f"body: {table.name} cannot keep it without what its indexes read: {error!r}"
        ) from error


def _meant(text: str) -> list[Key]:
    """The ids that a path or query may mean: a number before text, unless `key` says which."""
    kind = query().get("key")
    number: list[Key] = [int(text)] if NUMBER.fullmatch(text) and kind != "string" else []
    return number if kind == "integer" else [*number, text]


def _key(table: Table, text: str) -> Key:
    for key in _meant(text):
        if key in table:
            return key
    raise Problem(404, f"{table.name} has no document {text!r}")


def _page(table: Table, vendor: str) -> dict[str, Any]:
    limit, wanted = query().get("limit", PAGE), query().get("after")
    keys = iter(table.raw())
    if wanted is not None:
        _skip(keys, _after(table, wanted))
    page = list(islice(keys, limit))
    more = next(keys, None) is not None
    return {
        "vendor": vendor,
        "collection": table.name.removeprefix(f"{vendor}/"),
        "count": len(table),
        "documents": [table[key] for key in page],
        "next": page[-1] if more else None,
    }


def _after(table: Table, text: str) -> Key:
    try:
        return _key(table, text)
    except Problem as problem:
        raise Problem(400, f"query /after: {problem.detail}") from problem


def _skip(keys: Iterator[Key], last: Key) -> None:
    for key in keys:
        if key == last:
            return


def _refuse_paging() -> None:
    found = [name for name in ("limit", "after") if name in query()]
    if found:
        raise Problem(400, f"query /{found[0]}: the path names one document, not a collection")
