"""What happens to customers: made, merged, changed, removed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from simulator.kernel.errors import Forbidden, Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import dates, ids
from simulator.vendors.contacthub.auth import Caller
from simulator.vendors.contacthub.configuration import service as configuration
from simulator.vendors.contacthub.customers import checks, origins
from simulator.vendors.contacthub.customers.merging import Mode, combined, replaced, stamped
from simulator.vendors.contacthub.customers.shape import blank, whole
from simulator.vendors.contacthub.errors import Existing
from simulator.vendors.contacthub.nodes import service as nodes
from simulator.vendors.contacthub.nodes.keys import match_keys
from simulator.vendors.contacthub.state import CUSTOMERS

MERGE, BLOCK, NO_CHECK = "MERGE", "BLOCK", "NO_CHECK"
PUBLIC = "https://api.contactlab.it/hub/v1"
COMPUTED = "customers of aggregate nodes are computed from those of entry nodes"
Change = Callable[[Mapping[str, Any]], dict[str, Any]]
"""From the members of a customer before to the members after."""


def find(world: World, workspace_id: str, customer_id: str) -> Document:
    """The customer. Raises NotFound."""
    found = world.store.table(CUSTOMERS).get(customer_id)
    if found is None or found["workspace"] != workspace_id:
        raise NotFound(f"customer not found {customer_id}")
    return found


def read(world: World, caller: Caller, workspace_id: str, customer_id: str) -> Document:
    """The customer, for a caller who may read its node. Raises NotFound, Forbidden."""
    found = find(world, workspace_id, customer_id)
    enter(world, caller, found["node"], "R")
    return found


def open_to(world: World, caller: Caller, workspace_id: str, customer_id: str) -> tuple[Document, Document]:
    """(customer, its entry node) to be written.

    Raises NotFound, Forbidden, Invalid for the customer of an aggregate node.
    """
    found = find(world, workspace_id, customer_id)
    enter(world, caller, found["node"], "W")
    node = nodes.node(world, workspace_id, found["node"])
    if node["nodeType"] == nodes.AGGREGATE:
        world.assume(rules.AGGREGATE_CUSTOMERS)
        raise Invalid({"": [COMPUTED]}, COMPUTED)
    return found, node


def enter(world: World, caller: Caller, node_id: str, right: str) -> None:
    """Raises Forbidden if the caller may not read (`R`) or write (`W`) in the node."""
    if not caller.may(node_id, right):
        world.assume(rules.REFUSED_ROLE)
        raise Forbidden("Access is denied")


def viewer(world: World, workspace_id: str) -> Callable[[Document], dict[str, Any]]:
    """Gives customers as the API shows them: without what the workspace has turned off since."""
    view = members_viewer(world, workspace_id)
    return lambda document: view(document["seen"])


def members_viewer(world: World, workspace_id: str) -> Callable[[Mapping[str, Any]], dict[str, Any]]:
    """`viewer`, of members alone."""
    off = configuration.disabled_base(world, workspace_id)
    definitions = configuration.extended_customer(world, workspace_id)
    if not off and len(configuration.enabled_only(definitions, definitions)) == len(definitions):
        return dict

    def view(members: Mapping[str, Any]) -> dict[str, Any]:
        base = checks.without(members["base"], off)
        extended = configuration.enabled_only(definitions, members["extended"] or {})
        return {**members, **whole({**members, "base": base, "extended": extended})}

    return view


def matching(world: World, node: Document, body: Mapping[str, Any]) -> Document | None:
    """The customer of `node` with the unique properties of `body`, the oldest of several."""
    keys = match_keys(node["uniqueCustomer"], body)
    return world.store.table(CUSTOMERS).first("match", (node["id"], keys[0])) if keys else None


def for_external_id(world: World, workspace_id: str, node_id: str, external_id: str) -> Document:
    """The customer with this external id, made if there is none. Raises NotFound for the node."""
    node = nodes.node(world, workspace_id, node_id, nodes.ENTRY)
    found = world.store.table(CUSTOMERS).first("externalId", (node_id, external_id))
    if found is not None:
        return found
    made = _new(world, node)
    write(
        world, None, node, made, lambda members: combined(members, {"externalId": external_id}, Mode.APPEND)
    )
    return made


def create(
    world: World,
    caller: Caller,
    workspace_id: str,
    body: Mapping[str, Any],
    *,
    session_id: str | None = None,
) -> dict[str, Any]:
    """A customer, merged into the one with its unique properties. As shown.

    Under the workspace's former policy BLOCK that one is a conflict, under NO_CHECK it does not matter.
    Raises NotFound for a node that is no entry node, Invalid, Existing, Forbidden.
    """
    return _create(
        world, caller, workspace_id, body, policy=policy(world, workspace_id), session_id=session_id
    )


def insert_or_fail(
    world: World, caller: Caller, workspace_id: str, body: Mapping[str, Any]
) -> dict[str, Any]:
    """A new customer, as shown. Raises Existing if another has its unique properties."""
    return _create(world, caller, workspace_id, body, policy=BLOCK)


def policy(world: World, workspace_id: str) -> str:
    """MERGE, BLOCK or NO_CHECK; the last two are former values that a fixture may set."""
    configured = configuration.workspace(world, workspace_id)["configuration"]
    return configured.get("customerUniquenessPolicy") or MERGE


def _create(
    world: World,
    caller: Caller,
    workspace_id: str,
    body: Mapping[str, Any],
    *,
    policy: str,
    session_id: str | None = None,
) -> dict[str, Any]:
    node = nodes.node(world, workspace_id, body["nodeId"], nodes.ENTRY)
    enter(world, caller, node["id"], "W")
    body = checks.accepted(world, workspace_id, body)
    checks.complete(node, body)
    known = None if policy == NO_CHECK else matching(world, node, body)
    if known is not None and policy == BLOCK:
        raise _conflict(caller, known)
    if known is not None:
        world.assume(rules.MERGED_LISTS)
    document = known or _new(world, node)

    def merge(members: Mapping[str, Any]) -> dict[str, Any]:
        return combined(members, body, Mode.APPEND)

    if known is not None:
        checks.united(world, workspace_id, body, merge(known["seen"]))
    return write(world, caller, node, document, merge, session_id=session_id)


def change(
    world: World,
    caller: Caller,
    workspace_id: str,
    customer_id: str,
    body: Mapping[str, Any],
    *,
    whole: bool,
    strict: bool,
    session_id: str | None = None,
) -> dict[str, Any]:
    """The customer after PUT (`whole`) or PATCH, as shown. `strict` takes subscriptions literally.

    Raises NotFound, Invalid, Existing, Forbidden.
    """
    document, node = open_to(world, caller, workspace_id, customer_id)
    world.assume(rules.IMMUTABLE_MEMBERS)
    checks.unmoved(document, body)
    body = checks.accepted(world, workspace_id, body)
    mode = Mode.STRICT if strict else Mode.REPLACE
    before = document["seen"]
    resets = whole and world.assume(rules.PUT_RESETS)
    if whole:
        checks.complete(node, body)

    def apply(members: Mapping[str, Any]) -> dict[str, Any]:
        return (replaced if resets else combined)(members, body, mode)

    after = apply(before)
    if not whole:
        checks.lasting(node, before, after)
    _stay_unique(world, caller, node, document, after)
    return write(world, caller, node, document, apply, session_id=session_id)


def _stay_unique(
    world: World, caller: Caller, node: Document, document: Document, after: Mapping[str, Any]
) -> None:
    keys = match_keys(node["uniqueCustomer"], after)
    if keys == document["match"] or not keys or policy(world, document["workspace"]) == NO_CHECK:
        return
    table = world.store.table(CUSTOMERS)
    for other in table.keys_of("match", (node["id"], keys[0])):
        if other != document["id"]:
            world.assume(rules.CHANGED_INTO_ANOTHER)
            raise _conflict(caller, table[other])


def _conflict(caller: Caller, other: Document) -> Existing:
    data = None
    if caller.trusted and caller.may(other["node"], "R"):
        href = f"{PUBLIC}/workspaces/{other['workspace']}/customers/{other['id']}"
        data = {"customer": {"id": other["id"], "href": href}}
    return Existing(f"Conflict with exiting customer {other['id']}", data)  # the spelling is the vendor's


def remove(world: World, caller: Caller, workspace_id: str, customer_id: str) -> None:
    """The customer is gone, with its events and sessions. Raises NotFound, Forbidden."""
    from simulator.vendors.contacthub.events import service as events  # noqa: PLC0415
    from simulator.vendors.contacthub.nodes import aggregates  # noqa: PLC0415
    from simulator.vendors.contacthub.sessions import service as sessions  # noqa: PLC0415
    from simulator.vendors.contacthub.updates import service as updates  # noqa: PLC0415

    try:
        document, _ = open_to(world, caller, workspace_id, customer_id)
    except Invalid as error:
        raise Forbidden(error.detail) from None  # the operation knows no 400
    events.drop_customer(world, customer_id)
    sessions.drop(world, customer_id)
    world.store.table(CUSTOMERS).delete(document["id"])
    told = viewer(world, workspace_id)(document)
    updates.record(world, workspace_id, document["node"], "DELETE", "CUSTOMER", told)
    aggregates.gone(world, document)


def _new(world: World, node: Document) -> Document:
    own = ids.new(world)
    members = blank()
    seen = {
        "id": own,
        "intId": world.store.sequence("contacthub/customer"),
        "externalId": None,
        "nodeId": node["id"],
        **members,
        "registeredAt": "",
        "updatedAt": "",
        "version": 0,
        "deleted": 0,
        "sourceInfo": {"registeredBy": None, "updatedBy": None},
    }
    return {"id": own, "workspace": node["workspace"], "node": node["id"], "seen": seen, "match": []}


def write(
    world: World,
    caller: Caller | None,
    node: Document,
    document: Document,
    change: Change,
    *,
    session_id: str | None = None,
) -> dict[str, Any]:
    """Change the members of an entry customer and let everybody know; the customer as shown.

    Raises Invalid, for the members or the session.
    """
    from simulator.vendors.contacthub.consents import service as consents  # noqa: PLC0415
    from simulator.vendors.contacthub.nodes import aggregates  # noqa: PLC0415
    from simulator.vendors.contacthub.sessions import service as sessions  # noqa: PLC0415
    from simulator.vendors.contacthub.updates import service as updates  # noqa: PLC0415

    before = document["seen"]
    is_new = before["version"] == 0
    now = _next_instant(world, before["updatedAt"])
    origins.note(document, caller.source if caller else None, change, now)
    document["seen"] = seen = _written(before, change(before), caller.source if caller else None, now)
    checks.sized(seen)
    document["match"] = match_keys(node["uniqueCustomer"], seen)
    world.store.table(CUSTOMERS).put(document)
    operation = "CREATE" if is_new else "UPDATE"
    told = viewer(world, document["workspace"])(document)
    updates.record(world, document["workspace"], node["id"], operation, "CUSTOMER", told)
    aggregates.sync(world, document)
    consents.changed(world, caller, document, before["consents"], seen["consents"])
    if session_id is not None:
        sessions.bind(world, document, session_id)
    return told


def _written(
    before: Mapping[str, Any], members: dict[str, Any], source: str | None, now: str
) -> dict[str, Any]:
    lists = before["base"]["subscriptions"], members["base"]["subscriptions"]
    members["base"]["subscriptions"] = stamped(*lists, now)
    registered = source if before["version"] == 0 else before["sourceInfo"]["registeredBy"]
    return {
        **before,
        **members,
        "registeredAt": before["registeredAt"] or now,
        "updatedAt": now,
        "version": before["version"] + 1,
        "sourceInfo": {"registeredBy": registered, "updatedBy": source},
    }


def _next_instant(world: World, before: str) -> str:
    """Now, but always later than `before`, though the clock may stand still."""
    now = dates.shown(world.clock.now())
    return now if now > before else dates.shown(dates.parsed(before) + timedelta(milliseconds=1))
