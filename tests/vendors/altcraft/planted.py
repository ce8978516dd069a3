"""Twelve wrong calls and twelve correct ones to Altcraft, which answers 200 whatever is asked."""

from __future__ import annotations

from typing import Any

from werkzeug.test import Client

from tests.planted import Call, Fault, Planted

DAY = "2024-03-01T08:00:00Z"
ANNA = "anna.primerova@example.com"
ANNAS_ID = "5f0000000000000000000001"


def planted(client: Client, known: dict[str, Any]) -> Planted:
    database, resource = known["db_id"], known["resource_id"]

    def call(path: str, *, status: int = 200, **body: Any) -> Call:
        return Call(status, "POST", f"/api/v1.1/{path}", {"json": {"token": known["token"], **body}})

    def raw(path: str, data: str, content_type: str = "application/xml") -> Call:
        headers = {"Authorization": f"Bearer {known['token']}"}
        options = {"data": data.encode(), "content_type": content_type, "headers": headers}
        return Call(200, "POST", f"/api/v1.1/{path}", options)

    def subscription(priority: str) -> str:
        return (
            f"<xml><db_id>{database}</db_id><profile_id>{ANNAS_ID}</profile_id><resource_id>{resource}</resource_id>"
            f"<channel>email</channel><email>{ANNA}</email><priority>{priority}</priority></xml>"
        )

    def subscribed(*addresses: str) -> dict[str, Any]:
        rows = [{"resource_id": resource, "channel": "email", "email": address} for address in addresses]
        return {"db_id": database, "email": ANNA, "data": {"email": ANNA, "subscriptions": rows}}

    anna = {"db_id": database, "matching": "email", "email": ANNA}
    wrong = [
        (
            call("profiles/get", **anna, fields=["_fname"]),
            Fault("getProfile", "body", "/fields", "additionalProperties"),
        ),
        (
            call("databases/get", id="five"),
            Fault("getDatabase", "body", "/id", "type"),
        ),
        (
            call("profiles/add", data={"email": "vera.probnaya@example.com"}),
            Fault("addProfile", "body", "/db_id", "required"),
        ),
        (
            call("profiles/import", **anna | {"matching": "mail"}, data={"email": ANNA}),
            Fault("importProfile", "body", "/matching", "enum"),
        ),
        (
            call("profiles/update", **subscribed(ANNA, "anna at example.com")),
            Fault("updateProfile", "body", "/data/subscriptions/1/email", "pattern"),
        ),
        (call("profiles/list", status=404, db_id=database), Fault("", "operation", "", "undocumented")),
        (
            call("subscriptions/list_all?limit=5", resource_id=resource),
            Fault("listSubscriptions", "query", "/limit", "undocumented"),
        ),
        (
            raw("profiles/delete", f"db_id={database}&email={ANNA}", "application/x-www-form-urlencoded"),
            Fault("deleteProfile", "header", "/Content-Type", "contentType"),
        ),
        (
            raw("databases/list", "<xml><format>json</xml>"),
            Fault("listDatabases", "body", "", "encoding"),
        ),
        (
            raw("subscriptions/set", subscription(priority="high")),
            Fault("setSubscription", "body", "/priority", "type"),
        ),
        (
            call("resources/get?format=yaml", id=resource),
            Fault("getResource", "query", "/format", "enum", "assumed"),
        ),
        (
            Call(200, "POST", f"/api/v1.1/resources/list?token={known['token']}", {"json": {}}),
            Fault("listResources", "query", "/token", "deprecated", severity="warning"),
        ),
    ]
    correct = [
        call("profiles/get", **anna),
        call("profiles/get?format=xml", **anna),
        call("databases/get", id=database),
        call("profiles/add", db_id=database, data={"email": "vera.probnaya@example.com"}),
        call("profiles/import", **anna, data={"_city": "Tver", "bonus": {"action": "incr", "value": 5}}),
        call("profiles/update", **subscribed(ANNA)),
        call("subscriptions/list_all", resource_id=resource, limit=5),
        call("profiles/delete", db_id=database, email="boris.obraztsov@example.com"),
        raw("databases/list", "<xml><format>json</format></xml>"),
        raw("subscriptions/set", subscription(priority="2")),
        call("resources/list"),
        raw("databases/fields_get", f"<xml><db_id>{database}</db_id></xml>"),
    ]
    return Planted(wrong, correct)
