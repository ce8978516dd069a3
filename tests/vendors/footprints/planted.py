"""Twelve wrong calls and twelve correct ones to Footprints; most send forms, as the vendor's page does."""

from __future__ import annotations

import base64
import io
from typing import Any

from werkzeug.datastructures import FileStorage
from werkzeug.test import Client, encode_multipart

from tests.planted import Call, Fault, Planted

DAY = "2024-03-01T08:00:00Z"
CHANNEL = "marketingChannels[0]"
LEAD = "/api/lead/5a0000000000000000000901"
PERSON = {"userFirstName": "Ana", "userEmail": "ana.exemplu@example.com", "userPhone": "0700000000"}
WHO = {name: PERSON[name] for name in ("userEmail", "userPhone")}


def planted(client: Client, known: dict[str, Any]) -> Planted:
    key = base64.b64encode(f"{known['key']}:{known['secret']}".encode()).decode()
    grant = {"data": {"grant_type": "client_credentials"}, "headers": {"Authorization": f"Basic {key}"}}
    answer = client.post("/footprints/api/token", **grant)
    token: str = answer.json["access_token"]  # type: ignore[index]

    def call(
        status: int,
        method: str,
        path: str,
        form: Any = None,
        *,
        query: dict[str, str] | None = None,
        **options: Any,
    ) -> Call:
        if path.startswith("/api/"):
            options["query_string"] = {"access_token": token} | (query or {})
        if form is not None:
            options |= {"data": form, "content_type": "application/x-www-form-urlencoded"}
        return Call(status, method, path, options)

    def parts(**fields: str) -> dict[str, Any]:
        contract = FileStorage(io.BytesIO(b"%PDF-1.4 an invented document"), "contract.pdf")
        boundary, body = encode_multipart({"documents": contract, **fields})
        return {"data": body, "content_type": f'multipart/form-data; boundary="{boundary}"'}

    def screen(**more: Any) -> dict[str, Any]:
        return {"json": {"appkey": known["appkey"], "userEmail": "ana.exemplu@example.com", **more}}

    wrong = [
        (
            call(200, "PUT", LEAD, {"userCompanyName": "Exemplu SRL", "contractNo": "17"}),
            Fault("updateLead", "body", "/contractNo", "additionalProperties"),
        ),
        (
            call(400, "POST", "/mobileapi/init", **screen(technicalInfo="iOS")),
            Fault("mobileInit", "body", "/technicalInfo", "type"),
        ),
        (
            call(400, "PUT", f"{LEAD}/nps", {"comment": "Fine"}),
            Fault("updateNps", "body", "/nps", "required", "assumed"),
        ),
        (
            call(400, "POST", "/api/lead", PERSON | {f"{CHANNEL}[channel]": "pigeon"}),
            Fault("addLead", "body", "/marketingChannels/0/channel", "enum"),
        ),
        (
            call(400, "POST", "/api/lead", PERSON | {"userBirthday": "21.10.1960"}),
            Fault("addLead", "body", "/userBirthday", "pattern"),
        ),
        (call(404, "GET", "/api/leads"), Fault("", "operation", "", "undocumented")),
        (
            call(200, "GET", "/api/offer", query={"pageSize": "5"}),
            Fault("listOffers", "query", "/pageSize", "undocumented"),
        ),
        (
            call(400, "POST", "/api/prospect", data="<lead>Ana</lead>", content_type="text/xml"),
            Fault("addProspect", "header", "/Content-Type", "contentType"),
        ),
        (
            call(200, "PUT", f"{LEAD}/leadLost", "reasonLost=need&comment=%FF"),
            Fault("updateLostLead", "body", "", "encoding"),
        ),
        (
            call(400, "PUT", f"{LEAD}/invoices", **parts()),
            Fault("uploadLeadDocuments", "path", "/documentType", "enum"),
        ),
        (
            call(200, "PUT", f"{LEAD}/contracts", **parts(note="signed")),
            Fault("uploadLeadDocuments", "body", "/note", "additionalProperties"),
        ),
        (
            call(400, "GET", "/api/lead", query={"startDate": "01.02.2024"}),
            Fault("getLeads", "query", "/startDate", "pattern"),
        ),
    ]
    correct = [
        Call(200, "POST", "/api/token", grant),
        call(200, "POST", "/api/lead", PERSON | {f"{CHANNEL}[channel]": "sms", "colour": "blue"}),
        call(200, "PUT", LEAD, {"userCompanyName": "Exemplu SRL", "tags[]": "new"}),
        call(200, "PUT", f"{LEAD}/nps", json={"nps": 9, "comment": "Fine"}),
        call(200, "PUT", f"{LEAD}/leadLost", "reasonLost=need&comment=%C8%9A"),
        call(200, "PUT", f"{LEAD}/contracts", **parts()),
        call(200, "GET", "/api/lead", query={"startDate": "2024-02-01", "pageSize": "10", "page": "1"}),
        call(200, "POST", "/api/prospect", PERSON),
        call(200, "GET", "/api/offer", query={"page": "1"}),
        call(200, "GET", "/api/client", query=WHO),
        call(200, "POST", "/mobileapi/init", **screen(technicalInfo={"deviceOs": "iOS"})),
        call(200, "POST", "/jsapi/init", {"appkey": known["appkey"], "technicalInfo[deviceOs]": "iOS"}),
    ]
    return Planted(wrong, correct)
