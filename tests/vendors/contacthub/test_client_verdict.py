"""What a client does against Contacthub's contract is said once, and nothing of what it does right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.twelve import Fault, reported, send
from tests.vendors.contacthub.conftest import Hub


@pytest.mark.parametrize("seed", range(2))
def test_twelve_faults_among_twenty_four_calls(hub: Hub, seed: int) -> None:
    """Seen to fail with a right call that has an unknown field, and with one fault corrected."""
    numbers = iter(range(1000, 2000))

    def person(**more: Any) -> dict[str, Any]:
        return {"nodeId": hub.node_id, "externalId": str(next(numbers)), "base": {"firstName": "Ola"}} | more

    def creates(body: Any, query: str = "", **options: Any) -> Callable[[], TestResponse]:
        return lambda: hub.post(f"/customers{query}", body, **options)

    def finds(query: str) -> Callable[[], TestResponse]:
        return lambda: hub.get(f"/customers?{query}")

    node = f"nodeId={hub.node_id}"
    wrong: dict[Fault, Callable[[], TestResponse]] = {
        ("createCustomer", "body", "/extrenal", "additionalProperties"): creates(person(extrenal=1)),
        ("createCustomer", "body", "/nodeId", "required"): creates({"base": {"firstName": "Ola"}}),
        ("createCustomer", "body", "/base/timezone", "enum"): creates(person(base={"timezone": "Mars/Base"})),
        ("createCustomer", "body", "/base/dob", "pattern"): creates(person(base={"dob": "yesterday"})),
        ("createCustomer", "body", "/enabled", "type"): creates(person(enabled="yes")),
        ("createCustomer", "body", "", "encoding"): creates(
            None, data=b"\xff", content_type="application/json"
        ),
        ("createCustomer", "header", "/Content-Type", "contentType"): creates(
            None, data=b"{}", content_type="text/plain"
        ),
        ("createCustomer", "query", "/dryrun", "undocumented"): creates(person(), "?dryrun=true"),
        ("searchCustomers", "query", "/nodeId", "required"): finds("size=1"),
        ("searchCustomers", "query", "/size", "type"): finds(f"{node}&size=one"),
        ("searchCustomers", "body", "", "undocumented"): lambda: hub.call("GET", f"/customers?{node}", {}),
        (None, "operation", "", "undocumented"): lambda: hub.get("/customer"),
    }
    right = [
        creates(person()),
        creates(person(enabled=True)),
        creates(person(base={"timezone": "Europe/Rome", "dob": "1980-01-31"})),
        creates(person(base={"contacts": {"email": "ola@example.com"}})),
        creates(person(tags={"auto": [], "manual": ["vip"]})),
        creates(person(extended=None)),
        finds(node),
        finds(f"{node}&size=1&page=0"),
        finds(f"{node}&externalId=7"),
        lambda: hub.get("/customers/11111111-1111-4111-8111-111111111111"),
        lambda: hub.delete("/customers/11111111-1111-4111-8111-111111111111"),
        lambda: hub.get("/customers/11111111-1111-4111-8111-111111111111/sessions"),
    ]
    faults = send(wrong, right, seed)
    assert reported(hub) == faults
