"""Extended values of events: those of the type of event, and those of the products in order lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.configuration import service as settings

ORDERS = frozenset({"abandonedCart", "completedOrder"})
"""Types whose `products` are order lines (JSON schemas of 2019)."""
Values = Mapping[str, Any]


def accepted(world: World, workspace_id: str, kind: str, properties: Values) -> dict[str, Any]:
    """The properties without values whose property is off. Raises Invalid for what is not as configured."""
    own, product = _definitions(settings.workspace(world, workspace_id), kind)
    problems: dict[str, list[str]] = {}
    if properties.get("extended"):
        world.assume(rules.EVENT_EXTENDED)
        _note(problems, own, properties["extended"], "/properties/extended")
    for number, line in _extended_lines(kind, properties):
        world.assume(rules.EVENT_PRODUCTS)
        _note(problems, product, line["extended"], f"/properties/products/{number}/extended")
    if problems:
        raise Invalid(problems, "event is not valid")
    return _enabled_only(own, product, kind, properties)


def viewer(world: World, workspace_id: str) -> Callable[[Document], dict[str, Any]]:
    """Gives events as the API shows them: without values of what the workspace has turned off since."""
    workspace = settings.workspace(world, workspace_id)

    def view(event: Document) -> dict[str, Any]:
        seen: dict[str, Any] = event["seen"]
        definitions = _definitions(workspace, seen["type"])
        return seen | {"properties": _enabled_only(*definitions, seen["type"], seen["properties"])}

    return view


def _definitions(workspace: Document, kind: str) -> tuple[Values, Values]:
    """Those of the type, those of products."""
    return (workspace.get("eventExtended") or {}).get(kind) or {}, workspace.get("productExtended") or {}


def _extended_lines(kind: str, properties: Values) -> Iterator[tuple[int, Values]]:
    lines = properties.get("products") if kind in ORDERS else None
    yield from ((number, line) for number, line in enumerate(lines or ()) if line.get("extended"))


def _note(problems: dict[str, list[str]], definitions: Values, values: Any, pointer: str) -> None:
    for where, text in settings.check_extended(definitions, values, pointer):
        problems.setdefault(where, []).append(text)


def _enabled_only(own: Values, product: Values, kind: str, properties: Values) -> dict[str, Any]:
    kept = dict(properties)
    if kept.get("extended"):
        kept["extended"] = settings.enabled_only(own, kept["extended"])
    lines = dict(_extended_lines(kind, properties))
    if lines:
        kept["products"] = list(kept["products"])
    for number, line in lines.items():
        kept["products"][number] = {**line, "extended": settings.enabled_only(product, line["extended"])}
    return kept
