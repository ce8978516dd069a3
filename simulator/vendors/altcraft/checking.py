"""How Altcraft's contract is driven: JSON, by a token in the header, in an account whose numbers are known.

In a world whose refusals have their code as HTTP status: with 200 for all, a refusal looks like success.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simulator.kernel.driving import Ask, Credential, Credentials, Driving

MOST = 2**31 - 1
NUMBERS = {"list_id": 5, "segment_id": 1, "trigger_id": 1, "workflow_id": 1}
"""What the world of the documents has, by the names of requests; credentials may say otherwise."""
IDS = {
    "getDatabase": "db_id",
    "getDatabaseFields": "db_id",
    "getResource": "resource_id",
    "getResourceFields": "resource_id",
    "startTrigger": "trigger_id",
}
"""What `id` names, by operation."""
TEXTS = {
    "profile_id": (r".+", "5f0000000000000000000001"),
    "email": (r"[^@\s]+@[^@\s]+\.[^@\s]+", "anna.primerova@example.com"),
    "phone": (r"\+?[0-9]{7,15}", "+70000000001"),
    "provider": (r".+", "Firefox"),
    "subscription_id": (r".+", "example-push-token"),
    "field_name": (r".+", "CRM_ID"),
}
"""What stands for a text of that form."""


def _credential(_: Mapping[str, Any], credentials: Credentials, __: Ask) -> Credential:
    return Credential("Authorization", f"Bearer {credentials['token']}")


def _arrange(operation: str, place: str, value: Any, credentials: Credentials) -> Any:
    """Without a token of its own, which would come before the header's; with what the account has."""
    if place == "path" or not isinstance(value, dict):
        return value
    if place == "query":
        return {name: inner for name, inner in value.items() if name != "token"}
    # what is no text is not anybody's token: it was bent on purpose
    kept = {name: inner for name, inner in value.items() if name != "token" or not isinstance(inner, str)}
    return {name: _named(operation, name, inner, credentials) for name, inner in kept.items()}


def _named(operation: str, name: str, value: Any, credentials: Credentials) -> Any:
    """What the account has in the place of `value`, where that is of the right kind."""
    if name in TEXTS and isinstance(value, str):
        form, known = TEXTS[name]
        return credentials.get(name, known) if re.fullmatch(form, value, re.DOTALL) else value
    numbers = {**NUMBERS, **credentials}
    named = IDS.get(operation, name) if name == "id" else name
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    return (
        numbers[named]
        if named.endswith("_id") and named in numbers and is_number and 1 <= value <= MOST
        else value
    )


DRIVING = Driving(
    needs=("token", "db_id", "resource_id"),
    credential=_credential,
    arrange=_arrange,
    media_types=frozenset({"application/json"}),
    assume={"altcraft.http-status": "mirror"},
)
