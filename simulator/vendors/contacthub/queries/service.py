"""Which customers of a node a search finds, in what order, and what of them it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub.consents.service import nested
from simulator.vendors.contacthub.nodes.keys import match_keys
from simulator.vendors.contacthub.queries.conditions import Compiler, equalities
from simulator.vendors.contacthub.queries.values import at, instant, is_null
from simulator.vendors.contacthub.state import CUSTOMERS

LISTS = (
    "base.educations",
    "base.likes",
    "base.jobs",
    "base.subscriptions",
    "base.contacts.otherContacts",
    "base.contacts.mobileDevices",
    "tags.",
    "extended.",
)
"""Where an attribute may be a list, whose elements are compared one by one."""
WHOLE = ("tags", "sourceInfo")


def select(
    world: World,
    node: Document,
    *,
    query: Mapping[str, Any] | None = None,
    external_id: str | None = None,
    sort: Sequence[str] = (),
) -> list[Document]:
    """The customers of the node that match, in order; by default the last changed first.

    `query` is a SearchQuery that is right by the contract, `sort` has paths with `,asc` or `,desc`.
    """
    found = _candidates(world, node, query, external_id)
    if external_id is not None:
        found = [customer for customer in found if customer["seen"]["externalId"] == external_id]
    if query is not None:
        meets = Compiler(world).query(query["query"])
        found = [customer for customer in found if meets(customer)]
    return _ordered(world, found, sort)


def _candidates(
    world: World, node: Document, query: Mapping[str, Any] | None, external_id: str | None
) -> list[Document]:
    """All customers of the node that can match, by an index where one helps."""
    table = world.store.table(CUSTOMERS)
    if external_id is not None:
        return table.find("externalId", (node["id"], external_id))
    bound = {}
    if query is not None and world.chosen(rules.SEARCH_CASE) == "sensitive":
        # instants are equal in many spellings
        bound = {p: v for p, v in equalities(query["query"]).items() if v and instant(v) is None}
    if "id" in bound:
        known = table.get(bound["id"])
        return [known] if known is not None and known["node"] == node["id"] else []
    if "externalId" in bound:
        return table.find("externalId", (node["id"], bound["externalId"]))
    policy = node.get("uniqueCustomer") or node["matchingProperties"]
    if bound.keys() >= set(policy["properties"]) and not any(map(_may_be_list, policy["properties"])):
        for key in match_keys(policy, nested(bound)):
            return table.find("match", (node["id"], key))
    return table.find("node", node["id"])


def _may_be_list(path: str) -> bool:
    return path.startswith(LISTS)


def _ordered(world: World, found: list[Document], sort: Sequence[str]) -> list[Document]:
    if not sort:
        return sorted(found, key=lambda c: (c["seen"]["updatedAt"], c["seen"]["intId"]), reverse=True)
    world.assume(rules.SEARCH_ORDER)
    for one in reversed(sort):  # sorting is stable, so the first counts most
        found = _sorted(found, one)
    return found


def _sorted(found: list[Document], sort: str) -> list[Document]:
    path, _, direction = sort.partition(",")
    steps = path.split(".")
    keyed = [(at(customer["seen"], steps), customer) for customer in found]
    present = [(_rank(value), customer) for value, customer in keyed if not is_null(value)]
    present.sort(key=lambda pair: pair[0], reverse=direction.lower() == "desc")
    return [customer for _, customer in present] + [customer for value, customer in keyed if is_null(value)]


def _rank(value: Any) -> tuple[int, Any]:
    """Numbers before texts before the rest; of a list the first element counts."""
    if isinstance(value, list):
        value = value[0]
    if isinstance(value, int | float):
        return 0, value
    return (1, value) if isinstance(value, str) else (2, str(value))


def projected(seen: Mapping[str, Any], paths: list[list[str]]) -> dict[str, Any]:
    """`id` and the members at these paths; lists are whole, names that do not exist are passed over."""
    found: dict[str, Any] = {"id": seen["id"]}
    for steps in paths:
        _copy(seen, found, steps[:1] if steps[0] in WHOLE else steps)
    return found


def _copy(source: Mapping[str, Any], target: dict[str, Any], steps: list[str]) -> None:
    name, *deeper = steps
    if name not in source:
        return
    inner = source[name]
    if deeper and isinstance(inner, Mapping):
        _copy(inner, target.setdefault(name, {}), deeper)
    else:
        target[name] = inner
