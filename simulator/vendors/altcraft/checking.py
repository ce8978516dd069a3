"""How Altcraft's contract is driven: requests name what the account has.

In a world whose refusals have their code as HTTP status, since with 200 for all a refusal looks like success.
An invented token in a body or query would come before the header's, so they are taken out. The numbers and
texts are those of the fixture `docs`; elsewhere than in a simulator the database and resource are told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simulator.kernel.driving import Ask, Credential, Credentials, Driving

MOST = 2**31 - 1
DATABASES = ("db_id", "list_id")
ONE = ("segment_id", "trigger_id", "workflow_id")
IDS = {
    "getDatabase": "db_id",
    "getDatabaseFields": "db_id",
    "getResource": "resource_id",
    "getResourceFields": "resource_id",
    "startTrigger": None,
}
"""What `id` names, by operation: a credential, or what has number 1."""
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
    if place == "path" or not isinstance(value, dict):
        return value
    kept = {name: inner for name, inner in value.items() if name != "token"}
    if place == "query":
        return kept
    return {name: _named(operation, name, inner, credentials) for name, inner in kept.items()}


def _named(operation: str, name: str, value: Any, credentials: Credentials) -> Any:
    """What the account has in the place of `value`, where that is of the right kind."""
    if name in TEXTS and isinstance(value, str):
        form, known = TEXTS[name]
        return known if re.fullmatch(form, value, re.DOTALL) else value
    number = _number(operation, name, credentials)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and value == int(value)
    return number if number is not None and is_number and 1 <= value <= MOST else value


def _number(operation: str, name: str, credentials: Credentials) -> int | None:
    named = IDS.get(operation) if name == "id" else "db_id" if name in DATABASES else name
    if named in ("db_id", "resource_id"):
        return int(credentials[named])
    return 1 if name in ONE or (name == "id" and operation in IDS) else None


DRIVING = Driving(
    needs=("token", "db_id", "resource_id"),
    credential=_credential,
    arrange=_arrange,
    # in XML every leaf is a text: what is of a wrong type in JSON looks right
    media_types=frozenset({"application/json"}),
    assume={"altcraft.http-status": "mirror"},
)
