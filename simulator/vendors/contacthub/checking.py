"""How Contacthub's contract is driven: for each operation, by the token of somebody who may call it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from simulator.kernel.driving import Ask, Credential, Credentials, Driving, Lacking

TOKENS = {
    "token": "TRUSTED_APPLICATION",
    "admin_token": "ADMIN",
    "dpo_token": "DPO",
    "operator_token": "CLAB_OPERATOR",
}
"""Roles of tokens; the first that an operation allows calls it."""


def _credential(operation: Mapping[str, Any], credentials: Credentials, _: Ask) -> Credential | None:
    """Raises Lacking when none of the tokens at hand may call."""
    roles = operation.get("x-roles")
    if roles is None:
        return None
    able = [name for name, role in TOKENS.items() if role in roles]
    token = next((credentials[name] for name in able if credentials.get(name)), None)
    if token is None:
        raise Lacking(" or ".join(able))
    return Credential("Authorization", f"Bearer {token}")


def _begin(credentials: Credentials) -> Mapping[str, Any]:
    return {"workspaceId": credentials["workspace_id"], "nodeId": credentials["node_id"]}


DRIVING = Driving(
    needs=("workspace_id", "node_id", "token"),
    credential=_credential,
    begin=_begin,
    # they take customers away by POST: a chain only expects that of DELETE
    apart=("forgetCustomer", "emptyEntryNode"),
)
