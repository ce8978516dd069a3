"""Tokens: made for a login, held for a while on the world's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from simulator.kernel.world import World
from simulator.vendors.infact import assumptions as rules
from simulator.vendors.infact.state import TOKENS, Customer


@dataclass(frozen=True)
class Token:
    """A token, when it expires, and for how many seconds it holds from now."""

    value: str
    expires: datetime
    seconds: int


def issue(world: World, customer: Customer) -> Token:
    """A new token; those made before go on holding, expired ones are forgotten."""
    seconds = world.assume(rules.TOKEN_LIFETIME)
    expires = world.clock.now() + timedelta(seconds=seconds)
    value = world.token("infact/token")
    table = world.store.table(TOKENS)
    for old in table.find("customer", customer.id):
        if datetime.fromisoformat(old["expires"]) <= world.clock.now():
            table.delete(old["id"])
    number = world.store.next_id(TOKENS, "token")
    table.put({"id": number, "token": value, "customer": customer.id, "expires": expires.isoformat()})
    world.claim("infact", value)
    return Token(value, expires, seconds)
