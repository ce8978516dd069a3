"""The answer of Authentication."""

from __future__ import annotations

from typing import Any

from simulator.kernel.store import Document
from simulator.vendors.footprints import people
from simulator.vendors.footprints.tokens.service import HOSTESS


def token(document: Document, person: Document | None) -> dict[str, Any]:
    """A token just made, with the name and the id of the hostess whose it is."""
    shown = {
        "access_token": document["token"],
        "token_type": "bearer",
        "expires_in": document["seconds"],
        "refresh_token": document["refresh"],
        "scope": document["scope"],
    }
    if person is None or HOSTESS not in document["scope"]:
        return shown
    return shown | {
        "hostess_name": people.name(person),
        "hostess_id": person["id"],
    }
