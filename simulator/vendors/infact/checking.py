"""How Infact's contract is driven: Basic for a token, the token for all else."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from simulator.kernel.driving import Ask, Credential, Credentials, Driving


def _credential(operation: Mapping[str, Any], credentials: Credentials, ask: Ask) -> Credential | None:
    """Raises what `ask` does, and KeyError where no token is given out."""
    if not operation["security"]:
        return None
    pair = f"{credentials['username']}:{credentials['password']}"
    login = "Basic " + base64.b64encode(pair.encode()).decode()
    if "basic" in operation["security"][0]:
        return Credential("Authorization", login)
    answer = ask("/v1/Account/token", {"Authorization": login})
    return Credential("Authorization", f"Bearer {answer['Token']}")


def _begin(credentials: Credentials) -> Mapping[str, Any]:
    # where nothing else is said, the object of the document's examples
    return {
        "datasourceId": credentials["datasource_id"],
        "objectName": credentials.get("object_name", "members"),
    }


DRIVING = Driving(needs=("username", "password", "datasource_id"), credential=_credential, begin=_begin)
