"""Customers: one profile for each person, with all that hangs on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.kernel.store import Collection, Document
from simulator.kernel.world import World
from simulator.vendors.footprints import assumptions as rules
from simulator.vendors.footprints.customers import record
from simulator.vendors.footprints.errors import required
from simulator.vendors.footprints.state import (
    ACTIONS,
    APPLICATIONS,
    CATALOGUES,
    CLIENTS,
    CODES,
    CONTRACTS,
    DOCUMENTS,
    LEADS,
    MARKS,
    OFFERS,
    VISITORS,
    email_key,
    phone_key,
)

OF_LEADS = ("userDistrict", "userIncome", "agreeToCollect")
"""Fields of a profile that come from leads alone: Update customer does not list them."""
CHANGEABLE = (*(name for name in record.OF_A_PERSON if name not in OF_LEADS), "customDetails")


@dataclass(frozen=True)
class Profile:
    """A client and what Get customers shows of its surroundings; all but `leads` and `offers` by id.

    `offers` are those of each catalogue, by its id.
    """

    client: Document
    leads: list[Document]
    applications: Mapping[str, Document]
    catalogues: Mapping[str, Document]
    offers: Mapping[str, list[Document]]


def profile(world: World, asked: Mapping[str, Any]) -> Profile:
    """Who has this e-mail address and this phone number, or this national id. Raises Invalid, NotFound."""
    if "nationalId" not in asked:
        for name in ("userEmail", "userPhone"):
            if name not in asked:
                raise required(name)
    client = record.identified(world, asked)
    world.assume(rules.CUSTOMER_SHAPE)
    world.assume(rules.TIMELINE_CATALOGUE)
    leads = world.store.table(LEADS).find("client", client["id"])
    named = [thing["offerCategoryId"] for thing in client["timeline"]]
    named += [lead["fields"].get("offerCategoryId") for lead in leads]
    catalogues = _by_id(world, CATALOGUES, named)
    return Profile(
        client,
        leads,
        _by_id(world, APPLICATIONS, (lead["application"] for lead in leads)),
        catalogues,
        {key: world.store.table(OFFERS).find("offerCategoryId", key) for key in catalogues},
    )


def update(world: World, fields: Mapping[str, Any]) -> None:
    """Change what `fields` have of whom they name (footprints.customer-changes). Raises NotFound."""
    client = record.identified(world, fields)
    world.assume(rules.CUSTOMER_CHANGES)
    client["fields"] |= {name: fields[name] for name in CHANGEABLE if name in fields}
    client["fields"] |= record.family_details(world, fields)
    world.store.table(CLIENTS).put(client)


def delete(world: World, fields: Mapping[str, Any]) -> None:
    """Forget whom `fields` name, and all leads of theirs (footprints.customer-deletion). Raises NotFound."""
    client = record.identified(world, fields)
    world.assume(rules.CUSTOMER_DELETION)
    for lead in world.store.table(LEADS).keys_of("client", client["id"]):
        for hanging in (CONTRACTS, ACTIONS, DOCUMENTS):
            _remove(world, hanging, "lead", lead)
    _remove(world, LEADS, "client", client["id"])
    for code in world.store.table(CODES).find("client", client["id"]):
        world.store.table(CODES).put(code | {"client": None})
    _forget_visitors(world, client)
    world.store.table(CLIENTS).delete(client["id"])


def _by_id(world: World, collection: Collection, ids: Iterable[str | None]) -> dict[str, Document]:
    """Those that there are of the documents named."""
    found = {key: world.store.table(collection).get(key) for key in set(ids) if key is not None}
    return {key: document for key, document in found.items() if document is not None}


def _remove(world: World, collection: Collection, index: str, value: Any) -> None:
    table = world.store.table(collection)
    for key in table.keys_of(index, value):
        table.delete(key)


def _forget_visitors(world: World, client: Document) -> None:
    """Take all that a client is recognised by from their visitors, and from those who never came back."""
    visitors = world.store.table(VISITORS)
    email, phone = client["fields"].get("userEmail", ""), client["fields"].get("userPhone", "")
    found = visitors.find("client", client["id"])
    found += visitors.find("person", email_key(email)) + visitors.find("person", phone_key(phone))
    for visitor in found:
        if visitor["client"] in (None, client["id"]):
            visitors.put(visitor | {"client": None} | dict.fromkeys(MARKS))
