"""A visitor as it is kept: recognised or made by each init, linked once the person is known.

A visitor with a client is known, one without is anonymous. A person who becomes known gets a new id; the one
from before stays good, and its visitor is linked to the new one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.errors import Invalid
from simulator.kernel.store import Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints import dates
from simulator.vendors.footprints.customers import record as clients
from simulator.vendors.footprints.ids import new_hash
from simulator.vendors.footprints.state import MARKS, TRACKED, VISITORS, email_key

IDS = {"web": "uid", "mobile": "mid"}
"""What the id of a visitor is called in requests, by kind."""


def found(world: World, application: Document, kind: str, visitor_id: str) -> Document:
    """The visitor that an init under this App Key gave this id. Raises Invalid."""
    visitor = world.store.table(VISITORS).get(visitor_id)
    if visitor is None or (visitor["application"], visitor["kind"]) != (application["id"], kind):
        raise invalid(world, kind)
    return visitor


def invalid(world: World, kind: str) -> Invalid:
    """The error of an id that is not one of `kind`."""
    world.assume(rules.UNKNOWN_VISITOR)
    return Invalid({IDS[kind]: ["is invalid"]}, f"Invalid {IDS[kind]}")


def find_or_make(
    world: World,
    application: Document,
    kind: str,
    *,
    email: str | None = None,
    phone: str | None = None,
    push: str | None = None,
    device: str | None = None,
    before: Document | None = None,
    technical: Mapping[str, Any] | None = None,
    variables: Mapping[str, Any] | None = None,
) -> Document:
    """Who visits, stored with what was told now; `kind` is web or mobile.

    With an e-mail address (or, without one, a phone number) of a client it is the client's visitor of this
    kind, linked with the anonymous ones it was before. Else it is the visitor of the same address, the one
    that the device remembers (`before`), that of the same push token or device, or a new one.
    """
    world.assume(rules.SAME_VISITOR)
    told = {"email": email, "phone": phone, "push": push, "device": device}
    client = clients.find(world, email, None if email else phone)
    same = _same(world, application, kind, told, before)
    if client is not None:
        visitor = _of_client(world, application, kind, client) or _made(world, application, kind, client)
        _link(world, visitor, same)
    else:
        again = bool(same) and (not email or world.assume(rules.UNKNOWN_ADDRESS) == "same")
        visitor = same[0] if again else _made(world, application, kind, None)
    visitor |= {name: value for name, value in told.items() if value}
    visitor["technicalInfo"] |= technical or {}
    visitor["variables"] |= variables or {}
    _keep(world, visitor)
    return visitor


def track(
    world: World,
    visitor: Document,
    kind: str,
    data: Mapping[str, Any],
    *,
    request_type: str | None = None,
    action_type: str | None = None,
) -> None:
    """Keep what a visitor did; `kind` is one of those of state.py's `tracked`."""
    world.store.table(TRACKED).put(
        {
            "id": world.store.next_id(TRACKED, "tracked"),
            "visitor": visitor["id"],
            "application": visitor["application"],
            "kind": kind,
            "requestType": request_type,
            "actionType": action_type,
            "data": dict(data),
            "createdAt": dates.now(world),
        }
    )
    _keep(world, visitor)


def _same(
    world: World, application: Document, kind: str, told: Mapping[str, Any], before: Document | None
) -> list[Document]:
    """Visitors that this one may be, the likeliest first; with an address, anonymous ones of no other."""
    visitors, here = world.store.table(VISITORS), application["id"]
    email = told["email"]
    of_address = visitors.find("email", (here, kind, email_key(email))) if email else []
    others = [before] if before else []
    for name in ("push", "device"):
        others += visitors.find(name, (here, told[name])) if told[name] else []
    if email:
        others = [other for other in others if not other["email"]]
    alike = [each for each in of_address + others if each["kind"] == kind and not (email and each["client"])]
    alike = [each for each in alike if each["client"] or not _was_client(each)]
    known_first = sorted(alike, key=lambda each: each["client"] is None)
    return list({each["id"]: each for each in known_first}.values())


def _was_client(visitor: Document) -> bool:
    """Whether the id says a client's, as only those of apps do (footprints.mobile-id)."""
    return bool(visitor["kind"] == "mobile" and visitor["id"].startswith("c"))


def _of_client(world: World, application: Document, kind: str, client: Document) -> Document | None:
    own = world.store.table(VISITORS).find("client", client["id"])
    return next(
        (each for each in own if (each["application"], each["kind"]) == (application["id"], kind)), None
    )


def _link(world: World, visitor: Document, same: list[Document]) -> None:
    """What anonymous visitors did, and what they are recognised by, is this person's from now on."""
    for each in same:
        if each["client"] is None and each["id"] not in visitor["linked"]:
            world.assume(rules.LINKED_VISITORS)
            visitor["linked"].append(each["id"])
            visitor |= {mark: visitor[mark] or each[mark] for mark in MARKS}
            world.store.table(VISITORS).put(each | dict.fromkeys(MARKS))


def _made(world: World, application: Document, kind: str, client: Document | None) -> Document:
    letter = ("c" if client else "p") if kind == "mobile" else ""
    now = dates.now(world)
    return {
        "id": letter + new_hash(world, "visitor"),
        "kind": kind,
        "application": application["id"],
        "client": client["id"] if client else None,
        **dict.fromkeys(MARKS),
        "technicalInfo": {},
        "variables": {},
        "linked": [],
        "createdAt": now,
        "seenAt": now,
    }


def _keep(world: World, visitor: Document) -> None:
    visitor["seenAt"] = dates.now(world)
    world.store.table(VISITORS).put(visitor)
