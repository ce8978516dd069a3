"""One story told to an Infact: a token, an import, campaigns of every kind, time passing.

Used to compare worlds and processes: the same calls must give the same bytes.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

from werkzeug.test import Client

CLOCK = "2024-03-01T08:00:00Z"
MEMBERS = "/infact/v1/datasources/265/objects/members/data"

RECIPIENT = {
    "UserId": "u-1",
    "FirstName": "Kari",
    "CellularPhone": "40000001",
    "CountryCode": "NO",
    "Email": "kari@example.com",
    "EmailEnabled": 1,
    "SMSEnabled": 1,
    "Custom": {"code": "4711"},
}
QUERY_CAMPAIGN = {
    "ExternalId": "spring",
    "Type": "SMS",
    "Name": "Spring",
    "PhoneName": "phone",
    "CountryCode": "NO",
    "SMSTemplateId": 2,
    "SMSBlackList": {"Type": "Global"},
    "ScheduleDate": "2024-03-02 09:00:00",
    "Query": {
        "ObjectName": "members",
        "Filter": [{"Path": "__tags.tag", "Operations": [{"Predicate": "In", "Value": ["spring"]}]}],
    },
}


def obsolete(campaign: str, kind: int, **more: Any) -> dict[str, Any]:
    return {
        "ClientId": "DemoKundeAPiId",
        "CampaignId": campaign,
        "CampaignType": kind,
        "StartDate": "2024-03-01",
        "ClosingDate": "2024-03-31",
        **more,
    }


def steps(marker: str = "") -> Iterator[tuple[str, str, str, Any]]:
    """(method, path, auth, body); `marker` makes one teller's story differ from another's."""
    items = [
        {"id": 200 + n, "firstname": f"Test {n}{marker}", "phone": f"400002{n:02}", "city": "Oslo"}
        for n in range(8)
    ]
    both = {
        "Priority1": 2,
        "Priority2": 1,
        "SMSTemplateId": 6582,
        "EmailTemplateId": 9835,
        "EmailSubject": "Hei",
    }
    yield (
        "POST",
        f"{MEMBERS}/import/json",
        "bearer",
        {"Items": items, "MergeKey": "phone", "Tags": ["spring"]},
    )
    yield (
        "POST",
        f"{MEMBERS}/import/json",
        "bearer",
        {"Items": items[:3], "MergeKey": "phone", "Tags": ["again"]},
    )
    yield "POST", MEMBERS, "bearer", {"firstname": f"Ny{marker}", "phone": "+4740000299"}
    yield "PUT", f"{MEMBERS}/12", "bearer", {"lastname": f"Endret{marker}"}
    yield "GET", f"{MEMBERS}/12", "bearer", None
    yield "POST", "/infact/v1/datasources/265/campaign", "bearer", QUERY_CAMPAIGN
    yield "POST", "/infact/v1/Campaign", "basic", obsolete("1", 1, Recipients=[RECIPIENT], **both)
    yield "POST", "/infact/v1/Campaign", "basic", obsolete("2", 2, PartCount=1)
    part = {"ClientId": "DemoKundeAPiId", "CampaignId": "2", "PartNumber": 1, "Recipients": [RECIPIENT]}
    yield "PUT", "/infact/v1/Campaign", "basic", part
    yield "POST", "/infact/v1/Campaign", "basic", obsolete("3", 3, Recipients=[RECIPIENT], **both)
    yield "POST", "/infact/v1/Campaign", "basic", obsolete("4", 3, Recipients=[], **both)
    yield "POST", "/infact/v1/blacklist/global", "basic", {"Phone": "+4740000203"}
    yield "GET", "/infact/v1/blacklist/global/phone", "basic", None
    yield "GET", "/infact/v1/nowhere", "", None


def play(client: Client, *, prefix: str = "", marker: str = "") -> list[str]:
    """Tell the story; every answer as text: status, headers, body."""
    login = "Basic " + base64.b64encode(b"Aladdin:open sesame").decode()
    answer = client.get(f"{prefix}/infact/v1/Account/token", headers={"Authorization": login})
    auths = {"basic": login, "bearer": f"Bearer {answer.json['Token']}", "": ""}  # type: ignore[index]
    told = [transcript(answer)]
    for method, path, auth, body in steps(marker):
        headers = {"Authorization": auths[auth]} if auth else {}
        options: dict[str, Any] = (
            {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        )
        answer = client.open(f"{prefix}{path}", method=method, headers=headers, **options)
        told.append(transcript(answer))
    return told


def transcript(answer: Any) -> str:
    headers = "".join(f"{name}: {value}\n" for name, value in sorted(answer.headers.items()))
    return f"{answer.status}\n{headers}\n{answer.text}"
