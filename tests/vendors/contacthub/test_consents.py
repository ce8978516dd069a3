"""The consent log: what is noted, and how it is found."""

from __future__ import annotations

import json
from typing import Any

import pytest

ENTRY = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
GIULIA = "55555555-5555-4555-8555-555555555555"
SOURCE = "44444444-4444-4444-8444-444444444444"


def rows(hub: Any, **parameters: Any) -> list[dict[str, Any]]:
    answer = hub.get("/consent-logs", token=hub.dpo_token, query_string=parameters)
    assert answer.status_code == 200, answer.text
    return list(answer.json["elements"])


def patch(hub: Any, consents: Any, **options: Any) -> None:
    answer = hub.patch(f"/customers/{GIULIA}", {"consents": consents}, **options)
    assert answer.status_code == 200, answer.text


def brief(found: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    return [(row["type"], row["property"], row["value"]) for row in found]


def test_each_leaf_that_changes_is_a_row(hub: Any) -> None:
    patch(
        hub,
        {
            "disclaimer": {"version": "v2"},
            "marketing": {"automatic": {"email": {"status": False, "limitation": True, "objection": False}}},
            "profiling": {"online": {"objection": True}},
        },
    )
    assert brief(rows(hub, sort="id,asc"))[1:] == [
        ("DISCLAIMER_READ", "disclaimer.version", "v2"),
        ("CONSENT_RESTRICTED", "marketing.automatic.email.limitation", "true"),
        ("CONSENT_CHANGED", "marketing.automatic.email.status", "false"),
        ("CONSENT_OBJECTED", "profiling.online.objection", "true"),
    ]
    newest = rows(hub)[0]
    assert newest["date"] == "2024-03-01T08:00:00.000+0000"
    assert (newest["customerId"], newest["sourceId"], newest["userId"]) == (GIULIA, SOURCE, None)


def test_what_stays_is_not_noted(hub: Any) -> None:
    before = rows(hub)
    patch(hub, {"marketing": {"automatic": {"email": {"status": True}}}})
    assert hub.patch(f"/customers/{GIULIA}", {"extra": "x"}).status_code == 200
    assert rows(hub) == before


def test_taken_away_is_null(hub: Any) -> None:
    patch(hub, {"marketing": {"automatic": {"email": {"status": None}}}}, token=hub.admin_token)
    newest = rows(hub)[0]
    assert brief([newest]) == [("CONSENT_CHANGED", "marketing.automatic.email.status", None)]
    assert (newest["sourceId"], newest["userId"]) == (None, 1)


def test_a_new_customer_with_consents(hub: Any) -> None:
    body = {
        "nodeId": ENTRY,
        "base": {"contacts": {"email": "anna@example.com"}},
        "consents": {"softSpam": {"email": {"status": True}}},
    }
    made = hub.post("/customers", body).json["id"]
    assert brief(rows(hub, customerId=made)) == [("CONSENT_CHANGED", "softSpam.email.status", "true")]


def test_one_row(hub: Any) -> None:
    (row,) = rows(hub)
    answer = hub.get(f"/consent-logs/{row['id']}", token=hub.dpo_token)
    assert answer.json == row
    assert row["property"] == "marketing.automatic.email.status"


@pytest.mark.parametrize("row_id", ["2", "0", "-1", "x", "1.0", "\u0661", "9" * 40])
def test_unknown_rows(hub: Any, row_id: str) -> None:
    assert hub.get(f"/consent-logs/{row_id}", token=hub.dpo_token).status_code == 404


def test_filters(hub: Any) -> None:
    patch(hub, {"disclaimer": {"version": "v2"}, "softSpam": {"email": {"status": True}}})
    assert len(rows(hub)) == 3
    assert [row["type"] for row in rows(hub, type="DISCLAIMER_READ")] == ["DISCLAIMER_READ"]
    for path in ("softSpam.email.status", "softSpam", "consents.softSpam.email"):
        assert [row["property"] for row in rows(hub, property=path)] == ["softSpam.email.status"]
    assert rows(hub, property="softSpam.e") == []
    assert len(rows(hub, startDate="2024-03-01")) == 2
    assert len(rows(hub, startDate="2024-01-15", endDate="2024-01-15")) == 1
    assert rows(hub, endDate="2024-01-14") == []
    assert rows(hub, startDate="2024-03-02") == []
    assert len(rows(hub, nodes=ENTRY)) == len(rows(hub, nodes=f"{AGGREGATE},{ENTRY}")) == 3
    assert rows(hub, nodes=AGGREGATE) == []
    assert len(rows(hub, customerId=GIULIA)) == 3
    assert rows(hub, customerId="nobody") == []


def test_by_unique_key(hub: Any) -> None:
    def by(**values: Any) -> int:
        return len(rows(hub, uniqueKey=json.dumps(values)))

    assert by(**{"base.contacts.email": "GIULIA.esempio@example.com"}) == 1
    assert by(**{"base.contacts.email": "giulia.esempio@example.com", "base": 5}) == 0
    assert by(**{"base.contacts.email": "anna@example.com"}) == by(externalId="CRM-0001") == by() == 0
    key = json.dumps({"base.contacts.email": "giulia.esempio@example.com"})
    assert len(rows(hub, uniqueKey=key, customerId=GIULIA, nodes=ENTRY)) == 1
    assert rows(hub, uniqueKey=key, customerId="nobody") == []


def test_order_and_pages(hub: Any) -> None:
    hub.move_to("2024-03-02T08:00:00Z")
    patch(hub, {"softSpam": {"email": {"status": True}, "papery": {"status": False}}})
    ids = [row["id"] for row in rows(hub)]
    assert ids == sorted(ids, reverse=True)
    assert [row["id"] for row in rows(hub, sort="date,asc")] == sorted(ids)
    assert [row["value"] for row in rows(hub, sort="value")] == ["false", "true", "true"]
    assert rows(hub, sort="userId,DESC")
    answer = hub.get("/consent-logs", token=hub.dpo_token, query_string={"size": 2, "page": 1})
    assert [row["id"] for row in answer.json["elements"]] == ids[2:]
    assert answer.json["page"]["totalElements"] == 3
    assert answer.json["page"]["totalPages"] == 2


@pytest.mark.parametrize(
    "parameters",
    [
        {"startDate": "yesterday"},
        {"endDate": "2024-02-30"},
        {"type": "nonsense"},
        {"sort": "nonsense"},
        {"nodes": "x"},
        {"uniqueKey": "{"},
        {"uniqueKey": "[]"},
        {"uniqueKey": '{"externalId": {}}'},
        {"size": 51},
    ],
)
def test_parameters_that_are_wrong(hub: Any, parameters: dict[str, Any]) -> None:
    answer = hub.get("/consent-logs", token=hub.dpo_token, query_string=parameters)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["path"].startswith(f"/{next(iter(parameters))}")


def test_rights(hub: Any) -> None:
    assert hub.get("/consent-logs").status_code == 403
    assert hub.get("/consent-logs/1", token=hub.admin_token).status_code == 403
    unknown = {"nodes": "99999999-9999-4999-8999-999999999999"}
    assert hub.get("/consent-logs", token=hub.dpo_token, query_string=unknown).status_code == 404
