"""Bodies of Infact's campaign operations, right as they stand; `more` changes or adds fields."""

from __future__ import annotations

from typing import Any

BOTH = {"SMSTemplateId": 6582, "EmailTemplateId": 9835, "EmailSubject": "Til %%FirstName%%"}


def recipient(**more: Any) -> dict[str, Any]:
    """A recipient of the obsolete API with everything that lets her be reached."""
    return {
        "UserId": "11111",
        "FirstName": "Kari",
        "LastName": "Testesen",
        "CellularPhone": "+4740000001",
        "Email": "kari@example.com",
        "EmailEnabled": 1,
        "SMSEnabled": 1,
        "Custom": {"somenummer": "01212"},
        **more,
    }


def obsolete(kind: int = 1, campaign: str = "17", /, **more: Any) -> dict[str, Any]:
    """POST /v1/Campaign."""
    body: dict[str, Any] = {
        "ClientId": "DemoKundeAPiId",
        "CampaignId": campaign,
        "CampaignType": kind,
        "StartDate": "2022-05-20",
        "ClosingDate": "2022-05-30",
    }
    if kind != 2:
        body |= {"Priority1": 2, "Priority2": 1, "Recipients": [recipient()], **BOTH}
    return body | more


def part(campaign: str = "18", /, **more: Any) -> dict[str, Any]:
    """PUT /v1/Campaign."""
    return {"ClientId": "DemoKundeAPiId", "CampaignId": campaign, "Recipients": [recipient()], **more}


def campaign(kind: str = "SMS", /, **more: Any) -> dict[str, Any]:
    """POST /v1/Campaigns."""
    body: dict[str, Any] = {
        "Type": kind,
        "Name": "Autumn",
        "Recipients": [
            {"firstname": "Kari", "city": "Jar", "mobile": "40000001", "mail": "kari@example.com"}
        ],
    }
    if kind != "Email":
        body |= {"SMSTemplateId": 2, "PhoneName": "mobile", "CountryCode": "NO"}
    if kind != "SMS":
        body |= {"EmailTemplateId": 9835, "EmailName": "mail", "EmailSubject": "Hei %%firstname%%"}
    if kind == "EmailAndSMS":
        body["Priority"] = "SMS"
    return body | more


def by_query(**more: Any) -> dict[str, Any]:
    """POST /v1/datasources/265/campaign: SMS to the members with tag5."""
    body = campaign(PhoneName="phone")
    del body["Recipients"]
    tagged = {"Path": "__tags.tag", "Operations": [{"Predicate": "In", "Value": ["tag5"]}]}
    return body | {"Query": {"ObjectName": "members", "Filter": [tagged]}, **more}
