"""Business users and hostesses, as the operations that show or tell one name them."""

from __future__ import annotations

from simulator.kernel.store import Document

HOSTESS = "hostess"
"""The role of who has a PIN and hands out prizes; each other is a business user's."""


def name(person: Document) -> str:
    return f"{person['firstName']} {person['lastName']}"


def is_hostess(person: Document) -> bool:
    return bool(person["role"] == HOSTESS)
