"""Twelve wrong calls and twelve correct ones to Infact."""

from __future__ import annotations

import base64
from typing import Any

from werkzeug.test import Client

from tests.planted import Call, Fault, Planted
from tests.vendors.infact.bodies import by_query, campaign, obsolete

DAY = "2022-06-17T08:00:00Z"
MEMBERS = "/datasources/265/objects/members"
KARI = {"id": 12, "firstname": "Kari", "email": "kari@example.com", "zip": 1358}


def planted(client: Client, known: dict[str, Any]) -> Planted:
    login = f"{known['username']}:{known['password']}"
    basic = "Basic " + base64.b64encode(login.encode()).decode()
    answer = client.get("/infact/v1/Account/token", headers={"Authorization": basic})
    bearer = f"Bearer {answer.json['Token']}"  # type: ignore[index]

    def call(
        status: int, method: str, path: str, body: Any = None, *, auth: str = bearer, **options: Any
    ) -> Call:
        if body is not None:
            options["json"] = body
        return Call(status, method, f"/v1{path}", {"headers": {"Authorization": auth}, **options})

    unnamed = campaign()
    del unnamed["Name"]
    like = {"Path": "city", "Operations": [{"Predicate": "Like", "Value": "Os"}]}
    cities = {"ObjectName": "members", "Filter": [like]}
    imported = {"Items": [KARI], "MergeKey": "email", "Tags": ["new"]}
    place = "/Query/Filter/0/Operations/0/Predicate"
    wrong = [
        (
            call(200, "POST", "/datasources/265/campaign", by_query(Descripton="Members with tag5")),
            Fault("createCampaignByQuery", "body", "/Descripton", "additionalProperties"),
        ),
        (
            call(400, "POST", "/datasources/265/campaign", by_query(Query=cities)),
            Fault("createCampaignByQuery", "body", place, "enum", "assumed"),
        ),
        (
            call(400, "POST", "/Campaigns", campaign(SMSTemplateId="two")),
            Fault("createCampaign", "body", "/SMSTemplateId", "type"),
        ),
        (call(400, "POST", "/Campaigns", unnamed), Fault("createCampaign", "body", "/Name", "required")),
        (
            call(400, "POST", "/Campaigns", campaign(ScheduleDate="17.06.2022 12:00")),
            Fault("createCampaign", "body", "/ScheduleDate", "pattern"),
        ),
        (
            call(405, "DELETE", f"{MEMBERS}/data/12"),
            Fault("", "operation", "", "undocumented"),
        ),
        (
            call(200, "GET", "/blacklist/global/phone?limit=5", auth=basic),
            Fault("listGlobalPhoneBlacklist", "query", "/limit", "undocumented"),
        ),
        (
            call(415, "POST", "/blacklist/global", data={"Phone": "+4740000097"}, auth=basic),
            Fault("addToGlobalBlacklist", "header", "/Content-Type", "contentType"),
        ),
        (
            call(400, "POST", f"{MEMBERS}/data", data=b'{"id": 21,', content_type="application/json"),
            Fault("insertItem", "body", "", "encoding"),
        ),
        (
            call(400, "GET", "/datasources/members/objects"),
            Fault("listObjects", "path", "/datasourceId", "type", "assumed"),
        ),
        (
            call(400, "GET", "/blacklist/global/email?Count=0", auth=basic),
            Fault("listGlobalEmailBlacklist", "query", "/Count", "minimum", "assumed"),
        ),
        (
            call(200, "POST", "/Campaign", obsolete(1, "30"), auth=basic),
            Fault("createObsoleteCampaign", "operation", "", "deprecated", severity="warning"),
        ),
    ]
    correct = [
        call(200, "GET", "/Account/token", auth=basic),
        call(200, "GET", "/datasources/265/objects"),
        call(200, "GET", f"{MEMBERS}/properties"),
        call(200, "GET", f"{MEMBERS}/data/14"),
        call(200, "PUT", f"{MEMBERS}/data/12", KARI),
        call(200, "POST", f"{MEMBERS}/data", KARI | {"id": 22}),
        call(200, "POST", f"{MEMBERS}/data/batch", [KARI | {"id": 23}, KARI | {"id": 24}]),
        call(200, "POST", f"{MEMBERS}/data/import/json", imported),
        call(200, "POST", "/datasources/265/campaign", by_query(ScheduleDate="2022-06-18 16:10:18")),
        call(200, "POST", "/Campaigns", campaign("EmailAndSMS")),
        call(200, "POST", "/campaigns", campaign("Email", ExternalId=None)),
        call(200, "GET", "/Blacklist?phone=%2B4740000098&countrycode=NO"),
    ]
    return Planted(wrong, correct)
