"""Sessions: an anonymous id, tied to a customer; its value is unique in a node."""

from __future__ import annotations

from simulator.kernel.errors import Forbidden, Invalid, NotFound
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.contacthub import assumptions as rules
from simulator.vendors.contacthub import ids
from simulator.vendors.contacthub.state import SESSIONS


def bind(world: World, customer: Document, value: str) -> None:
    """`assign` for the `sessionId` of a write, unless the customer has it. Raises Invalid if another has."""
    if holder(world, customer["node"], value) != customer["id"]:
        assign(world, customer, value, pointer="/sessionId")


def assign(world: World, customer: Document, value: str, *, pointer: str = "/value") -> Document:
    """Tie a session to the customer, with the events already sent in it.

    Raises Invalid if it is tied, naming where in the request it stands.
    """
    from simulator.vendors.contacthub.events import service as events  # noqa: PLC0415

    if holder(world, customer["node"], value) is not None:
        world.assume(rules.SESSION_TAKEN)
        raise Invalid({pointer: ["session is already assigned"]}, "session is not valid")
    session = {"id": ids.new(world), "node": customer["node"], "customer": customer["id"], "value": value}
    world.store.table(SESSIONS).put(session)
    events.reconcile(world, customer["node"], value, customer["id"])
    return session


def holder(world: World, node_id: str, value: str) -> str | None:
    """The id of the customer to whom a session of a node is tied."""
    found = world.store.table(SESSIONS).first("value", (node_id, value))
    return found["customer"] if found else None


def of_customer(world: World, customer: Document) -> list[Document]:
    """The customer's sessions, oldest first; of an aggregate customer, also those of its entry customers."""
    whose = [customer["id"], *customer.get("entries", [])]
    return [session for one in whose for session in world.store.table(SESSIONS).find("customer", one)]


def find(world: World, customer: Document, session_id: str) -> Document:
    """One of the customer's sessions, by its id. Raises NotFound."""
    found = world.store.table(SESSIONS).get(session_id)
    if found is None or found["customer"] not in (customer["id"], *customer.get("entries", [])):
        raise NotFound(f"session not found {session_id}")
    return found


def remove(world: World, customer: Document, session_id: str) -> None:
    """Untie a session; what became the customer's through it stays so. Raises NotFound, Forbidden."""
    found = find(world, customer, session_id)
    if found["customer"] != customer["id"]:
        raise Forbidden("sessions of aggregate customers are those of their entry customers")
    world.store.table(SESSIONS).delete(found["id"])


def drop(world: World, customer_id: str) -> None:
    """Remove all sessions of a customer."""
    table = world.store.table(SESSIONS)
    for key in table.keys_of("customer", customer_id):
        table.delete(key)


def shown(session: Document) -> dict[str, str]:
    return {"id": session["id"], "value": session["value"]}
