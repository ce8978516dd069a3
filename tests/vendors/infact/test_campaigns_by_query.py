"""POST /v1/datasources/{datasourceId}/campaign."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.infact.bodies import by_query, campaign
from tests.vendors.infact.refusals import refused
from tests.vendors.infact.sending import document

BY_QUERY = "/datasources/265/campaign"


def test_sms_to_every_tagged_row_once_per_number(infact: Any) -> None:
    """The vendor's own example: rows tagged tag5, at 16:10:18 in Norway."""
    twin = {
        "Items": [{"id": 20, "firstname": "Twin", "phone": "+4740000001"}],
        "MergeKey": "id",
        "Tags": ["tag5"],
    }
    assert infact.post("/datasources/265/objects/members/data/import/json", twin).status_code == 200
    body = by_query(
        ExternalId="externalCampaignID",
        Priority="SMS",
        AllowDuplicates=False,
        ScheduleDate="2022-06-17 16:10:18",
        Description="Both",
    )
    answer = infact.post(BY_QUERY, body)
    assert answer.json == {"Id": 70001, "ExternalId": "externalCampaignID"}
    assert answer.headers["X-Simulator-Contract"] == "ok"
    assert {"infact.column-check", "infact.query-time"} <= set(
        answer.headers["X-Simulator-Assumed"].split(", ")
    )
    infact.move_to("2022-06-17T14:10:18Z")
    assert [(m["to"], m["text"], m["cause"]["row"], m["time"]) for m in infact.sent] == [
        ("+4740000001", "Hei Kari 12, velkommen til oss i Jar!", 12, "2022-06-17T14:10:18Z"),
        ("+4740000014", "Hei Ola, velkommen til oss i Oslo!", 14, "2022-06-17T14:10:18Z"),
    ]
    assert [(m["cause"]["row"], m["reason"]) for m in infact.skipped] == [
        (20, "sms: duplicate: +4740000001 has got this campaign already")
    ]
    assert document(infact)["counts"] == {"recipients": 3, "sent": 2, "skipped": 1}
    assert document(infact)["datasource"] == 265


def test_the_query_is_asked_when_the_campaign_is_sent(infact: Any) -> None:
    infact.post(BY_QUERY, by_query(ScheduleDate="2022-06-18 10:00:00"))
    infact.post(
        "/datasources/265/objects/members/data/import/json",
        {"Items": [{"id": 15}], "MergeKey": "id", "Tags": ["tag5"]},
    )
    infact.move_to("2022-06-19T00:00:00Z")
    assert [m["cause"]["row"] for m in infact.sent] == [12, 14, 15]


def test_email_by_query(infact: Any) -> None:
    query = {
        "ObjectName": "members",
        "Filter": [{"Path": "city", "Operations": [{"Predicate": "Equals", "Value": "Oslo"}]}],
    }
    infact.post(
        BY_QUERY,
        {
            "Type": "Email",
            "Name": "x",
            "EmailName": "EMAIL",
            "EmailTemplateId": 9835,
            "EmailSubject": "Til %%city%% %%zip%%",
            "Query": query,
        },
    )
    (message,) = infact.sent
    assert (message["channel"], message["to"], message["subject"]) == (
        "email",
        "ola@example.com",
        "Til Oslo 151",
    )


def test_a_query_that_finds_nobody_sends_nothing(infact: Any) -> None:
    infact.post(
        BY_QUERY,
        by_query(
            Query={
                "ObjectName": "members",
                "Filter": [{"Path": "id", "Operations": [{"Predicate": "Equals", "Value": 0}]}],
            }
        ),
    )
    assert not infact.outbox
    assert document(infact)["state"] == "Sent"


def test_a_datasource_gone_before_the_schedule_fails_the_campaign_and_no_other(infact: Any) -> None:
    infact.post(BY_QUERY, by_query(ScheduleDate="2022-06-18 10:00:00"))
    infact.post("/Campaigns", campaign(ScheduleDate="2022-06-18 10:00:00"))
    with infact.world.entered(), infact.world.store.transaction():
        infact.world.store.tables()["infact/datasources"].delete(265)
    infact.move_to("2022-06-19T00:00:00Z")
    assert document(infact)["state"] == "Failed"
    assert document(infact)["error"]
    assert document(infact, 70002)["state"] == "Sent"


@pytest.mark.parametrize(
    ("datasource", "status"), [("266", 404), ("0", 404), ("-1", 404), ("x", 400), ("9" * 30, 400)]
)
def test_unknown_datasources(infact: Any, datasource: str, status: int) -> None:
    answer = infact.post(f"/datasources/{datasource}/campaign", by_query())
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"Query": None}, "Query"),
        ({"Query": {}}, "Query.ObjectName"),
        ({"Query": {"ObjectName": "visits"}}, "Query.ObjectName"),
        (
            {
                "Query": {
                    "ObjectName": "members",
                    "Filter": [{"Path": "shoe", "Operations": [{"Predicate": "IsNull"}]}],
                }
            },
            "Query.Filter[0].Path",
        ),
        ({"PhoneName": "mobile"}, "PhoneName"),
        ({"Type": "Email", "EmailName": "mail", "EmailTemplateId": 9835, "EmailSubject": "x"}, "EmailName"),
        ({"Description": 5}, "Description"),
    ],
)
def test_refused_by_query(infact: Any, more: dict[str, Any], field: str) -> None:
    assert list(refused(infact, "POST", BY_QUERY, by_query(**more), auth=infact.bearer)) == [field]
