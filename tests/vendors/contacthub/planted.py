"""Twelve wrong calls and twelve correct ones to Contacthub."""

from __future__ import annotations

import io
import json
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import Client, encode_multipart

from tests.planted import Call, Fault, Planted

DAY = "2024-03-01T08:00:00Z"
GIULIA = "/customers/55555555-5555-4555-8555-555555555555"
VIEW = "/events/66666666-6666-4666-8666-666666666666"
BY_NAME = {
    "name": "",
    "query": {
        "type": "simple",
        "are": {
            "condition": {
                "type": "atomic",
                "attribute": "base.lastName",
                "operator": "EQUALS",
                "value": "Esempio",
            }
        },
    },
}


def planted(client: Client, known: dict[str, Any]) -> Planted:
    node, customer = known["node_id"], GIULIA.rpartition("/")[2]
    jobs = f"/nodes/{node}/bulk-jobs"

    def call(status: int, method: str, path: str, body: Any = None, **options: Any) -> Call:
        if body is not None:
            options["json"] = body
        options["headers"] = {"Authorization": f"Bearer {known['token']}"}
        return Call(status, method, f"/hub/v1/workspaces/{known['workspace_id']}{path}", options)

    def visit(**properties: str) -> dict[str, Any]:
        date = "2024-02-29T10:00:00Z"
        return {
            "customerId": customer,
            "type": "viewedPage",
            "context": "WEB",
            "date": date,
            "properties": properties,
        }

    def person(number: int, **base: Any) -> dict[str, Any]:
        contacts = {"email": f"person{number}@example.com"}
        return {"nodeId": node, "externalId": f"E-{number}", "base": {"contacts": contacts, **base}}

    def upload(**fields: str) -> dict[str, Any]:
        rows = FileStorage(io.BytesIO(b"externalId,base.firstName\nE-9,Ada\n"), "people.csv")
        boundary, body = encode_multipart({"file": rows, **fields})
        return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}

    schools = [{"id": "a"}, {"id": "b", "startYear": "2001"}]
    letter = {"id": "monthly", "kind": "DIGITAL_MESSAGE", "subscribed": True}
    wrong = [
        (
            call(400, "POST", "/events", visit(titel="Home")),
            Fault("createEvent", "body", "/properties/titel", "additionalProperties"),
        ),
        (
            call(400, "POST", "/customers", person(1, educations=schools)),
            Fault("createCustomer", "body", "/base/educations/1/startYear", "type"),
        ),
        (
            call(400, "POST", "/customers", {"externalId": "E-2"}),
            Fault("createCustomer", "body", "/nodeId", "required"),
        ),
        (
            call(400, "PATCH", GIULIA, {"base": {"contacts": {"email": "giulia at example.com"}}}),
            Fault("patchCustomer", "body", "/base/contacts/email", "format"),
        ),
        (
            call(404, "POST", f"{GIULIA}/tags", ["vip"]),
            Fault("", "operation", "", "undocumented"),
        ),
        (
            call(200, "GET", f"/events?customer={customer}"),
            Fault("searchEvents", "query", "/customer", "undocumented"),
        ),
        (
            call(415, "POST", f"{GIULIA}/sessions", data=b'{"value": "1"}', content_type="text/plain"),
            Fault("createCustomerSession", "header", "/Content-Type", "contentType"),
        ),
        (
            call(400, "PUT", GIULIA, data=b'{"extra": "caff\xe8"}', content_type="application/json"),
            Fault("updateCustomer", "body", "", "encoding"),
        ),
        (call(404, "GET", "/customers/CRM-0001"), Fault("getCustomer", "path", "/customerId", "format")),
        (
            call(400, "GET", f"/customers?nodeId={node}&size=51"),
            Fault("searchCustomers", "query", "/size", "maximum", "observed"),
        ),
        (
            call(400, "POST", jobs, **upload(operation="REPLACE")),
            Fault("createBulkJob", "body", "/operation", "enum"),
        ),
        (
            call(201, "POST", f"{GIULIA}/subscriptions", letter | {"preferences": []}),
            Fault("createCustomerSubscription", "body", "/preferences", "deprecated", "observed", "warning"),
        ),
    ]
    correct = [
        call(200, "GET", "/customers", query_string={"nodeId": node, "query": json.dumps(BY_NAME)}),
        call(201, "POST", "/customers", person(3, educations=[{"id": "a", "startYear": 2001}])),
        call(200, "GET", GIULIA),
        call(200, "PATCH", GIULIA, {"extended": {"points": 130}, "tags": {"manual": ["vip"]}}),
        call(201, "POST", f"{GIULIA}/subscriptions", letter | {"id": "weekly"}),
        call(201, "POST", f"{GIULIA}/sessions", {"value": "7a7a7a7a-7a7a-4a7a-8a7a-7a7a7a7a7a7a"}),
        call(202, "POST", "/events", visit(title="Home", url="https://shop.example.com/")),
        call(200, "GET", f"/events?customerId={customer}&type=viewedPage,completedOrder&mode=ACTIVE"),
        call(200, "GET", VIEW),
        call(201, "POST", jobs, **upload(operation="UPSERT", entity="CUSTOMER")),
        call(200, "GET", f"{GIULIA}/subscriptions/newsletter-weekly"),
        call(200, "GET", f"{GIULIA}/sources"),
    ]
    return Planted(wrong, correct)
