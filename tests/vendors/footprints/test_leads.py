"""Leads on their way: made with their client, from prospect to customer, rated and lost.

Seen to fail with rules of leads/service.py and steps of leads/record.py taken out, one at a time.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.footprints.conftest import Footprints, MakeFootprints

PERSON = {
    "userFirstName": "Elena",
    "userLastName": "Exemplu",
    "userEmail": "elena@example.com",
    "userPhone": "0700 000 009",
}
CONTACT = ("userEmail", "userPhone")
FOUR_IDS = {
    "locationId": "5a0000000000000000000401",
    "offerCategoryId": "5a0000000000000000000101",
    "offerId": "5a0000000000000000000201",
    "consultantId": "5a0000000000000000000011",
}
NOW = "2024-03-01T08:00:00.000Z"


def added(footprints: Footprints, form: Any = None, path: str = "/api/lead", **options: Any) -> str:
    answer = footprints.post(path, PERSON if form is None and "json" not in options else form, **options)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    assert set(answer.json) == {"_id"}
    found: str = answer.json["_id"]
    return found


def lead_of(footprints: Footprints, lead_id: str) -> dict[str, Any]:
    return next(lead for lead in footprints.kept("leads") if lead["id"] == lead_id)


def changed(footprints: Footprints, lead_id: str, form: dict[str, Any]) -> dict[str, Any]:
    answer = footprints.put(f"/api/lead/{lead_id}", form)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json  # type: ignore[assignment]
    return found


def test_a_prospect_becomes_a_customer_with_a_contract(footprints: Footprints) -> None:
    lead_id = added(footprints, PERSON, "/api/prospect")
    assert lead_of(footprints, lead_id)["status"] == "prospect"
    for day, status in enumerate(("lead", "sale_lead", "opportunity"), 2):
        footprints.move_to(f"2024-03-{day:02}T09:30:00Z")
        answer = changed(footprints, lead_id, {"status": status})
        assert (answer["status"], answer["updatedAt"]) == (status, f"2024-03-{day:02} 09:30:00")
        assert "contractId" not in answer
    footprints.move_to("2024-03-05T12:00:00Z")
    contract = {
        "contractNumber": "CTR-0009",
        "contractValue": "5534.50",
        "contractDate": "2024-03-04",
        "contractDescription": "Two pairs",
    }
    sku = {"skuId": "5a0000000000000000000301", "skuExternalId": "12345"}
    answer = changed(footprints, lead_id, {"status": "customer"} | sku | contract)
    kept = footprints.kept("contracts")[-1]
    assert answer == {
        "_id": lead_id,
        "timestamp": "2024-03-01 08:00:00",
        "createdAt": "2024-03-01 08:00:00",
        "updatedAt": "2024-03-05 12:00:00",
        "status": "customer",
        **PERSON,
        **sku,
        "assignedBefore": 0,
        "contractId": kept["id"],
    }
    assert (kept["lead"], kept["number"], kept["value"]) == (lead_id, "CTR-0009", 5534.5)
    assert (kept["date"], kept["description"]) == ("2024-03-04T00:00:00.000Z", "Two pairs")
    lead = lead_of(footprints, lead_id)
    assert lead["timestampStatusChange"] == "2024-03-05T12:00:00.000Z"
    walked = [snapshot["status"] for snapshot in lead["history"]]
    assert walked == ["prospect", "lead", "sale_lead", "opportunity", "customer"]
    assert lead["version"] == 5
    client = footprints.get("/api/client", query_string={name: PERSON[name] for name in CONTACT}).json or {}
    assert (client["__v"], client["timestamp"]) == (2, NOW)
    assert [entry["leadId"] for entry in client["interactionsTimeline"]] == [lead_id]
    assert [(shown["_id"], shown["status"], shown["__v"]) for shown in client["leads"]] == [
        (lead_id, "customer", 5)
    ]
    assert [snapshot["status"] for snapshot in client["leads"][0]["history"]] == walked


@pytest.mark.parametrize("before", ["prospect", "lead", "sale_lead", "opportunity", "customer", "lost"])
def test_any_status_may_follow_any(footprints: Footprints, before: str) -> None:
    lead_id = added(footprints)
    for after in ("prospect", "lead", "sale_lead", "opportunity", "customer", "lost"):
        assert changed(footprints, lead_id, {"status": before})["status"] == before
        assert changed(footprints, lead_id, {"status": after})["status"] == after


def test_the_time_of_the_status_is_that_of_its_last_change(footprints: Footprints) -> None:
    lead_id = added(footprints)
    footprints.move_to("2024-03-02T00:00:00Z")
    changed(footprints, lead_id, {"status": "lead"})
    lead = lead_of(footprints, lead_id)
    assert lead["timestampStatusChange"] == NOW
    assert lead["updatedAt"] == "2024-03-02T00:00:00.000Z"


def test_a_customer_keeps_one_contract_that_changes(footprints: Footprints) -> None:
    lead_id = added(footprints)
    first = changed(footprints, lead_id, {"status": "customer", "contractNumber": "1"})
    second = changed(footprints, lead_id, {"contractDate": "2024-03-01 16:12:56"})
    assert first["contractId"] == second["contractId"]
    kept = footprints.kept("contracts")[-1]
    assert (kept["number"], kept["value"], kept["date"]) == ("1", None, "2024-03-01T16:12:56.000Z")


@pytest.mark.parametrize("field", ["contractNumber", "contractValue", "contractDate", "contractDescription"])
def test_who_is_no_customer_has_no_contract(footprints: Footprints, field: str) -> None:
    lead_id = added(footprints)
    value = "2024-03-01" if field == "contractDate" else "1"
    for form in ({field: value}, {field: value, "status": "opportunity"}):
        before = footprints.state()
        answer = footprints.put(f"/api/lead/{lead_id}", form)
        assert answer.status_code == 400
        assert (answer.json or {})["message"] == f'"{field}" is not allowed'
        assert footprints.state() == before
    changed(footprints, lead_id, {"status": "customer"})
    leaving = footprints.put(f"/api/lead/{lead_id}", {field: value, "status": "lost"})
    assert leaving.status_code == 400


def test_a_world_may_pass_over_contract_fields(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(contract_fields="ignored")
    lead_id, contracts = added(footprints), footprints.kept("contracts")
    answer = changed(footprints, lead_id, {"contractNumber": "1", "status": "opportunity"})
    assert "contractId" not in answer
    assert footprints.kept("contracts") == contracts


def test_assigned_before_tells_of_the_consultant_until_now(footprints: Footprints) -> None:
    lead_id = added(footprints)
    assert changed(footprints, lead_id, {"consultantId": "5a0000000000000000000011"})["assignedBefore"] == 0
    assert changed(footprints, lead_id, {"status": "lead"})["assignedBefore"] == 1


def test_what_is_not_sent_stays_and_what_is_not_listed_is_ignored(footprints: Footprints) -> None:
    lead_id = added(footprints, PERSON | {"tags[0]": "a", "tags[1]": "b"})
    answer = footprints.put(f"/api/lead/{lead_id}", {"userCompanyName": "SRL", "userFirstName": "X"})
    assert "footprints.unknown-fields" in answer.headers["X-Simulator-Assumed"]
    assert answer.headers["X-Simulator-Contract"] == "violation"
    fields = lead_of(footprints, lead_id)["fields"]
    assert (fields["userCompanyName"], fields["userFirstName"]) == ("SRL", "Elena")
    assert fields["tags"] == ["a", "b"]
    assert changed(footprints, lead_id, {"tags[]": "c"})["_id"] == lead_id
    assert lead_of(footprints, lead_id)["fields"]["tags"] == ["c"]


def test_a_new_lead_has_all_that_the_order_of_the_sample_tells(footprints: Footprints) -> None:
    lead = lead_of(footprints, added(footprints, PERSON | FOUR_IDS))
    assert (lead["status"], lead["version"], len(lead["history"])) == ("lead", 1, 1)
    assert (lead["isMultipart"], lead["isComplete"], lead["actionRequired"]) == (False, True, True)
    assert {lead[name] for name in ("createdAt", "updatedAt", "timestamp", "timestampStatusChange")} == {NOW}
    assert lead["application"] == "5a0000000000000000000001"
    assert lead["history"][0]["fields"] == lead["fields"] == PERSON | FOUR_IDS
    client = footprints.kept("clients")[-1]
    assert (lead["client"], client["version"], client["fields"]) == (client["id"], 2, PERSON)
    assert client["timeline"] == [
        {
            "createdAt": NOW,
            "timestamp": NOW,
            "icon": "icon-location-city",
            "offlineCampaignId": None,
            "offerCategoryId": FOUR_IDS["offerCategoryId"],
            "leadId": lead["id"],
        }
    ]


@pytest.mark.parametrize(
    "again",
    [
        {"userEmail": "ELENA@example.com", "userPhone": "0700-000-009"},
        {"userEmail": "elena@example.com"},
        {"userPhone": "0700000009"},
    ],
)
def test_a_second_lead_of_a_person_is_of_the_same_client(
    footprints: Footprints, again: dict[str, str]
) -> None:
    first = lead_of(footprints, added(footprints))
    clients = len(footprints.kept("clients"))
    second = lead_of(footprints, added(footprints, again | {"userCity": "Iasi", "userLastName": "Alta"}))
    assert second["client"] == first["client"]
    client = footprints.kept("clients")[-1]
    assert len(footprints.kept("clients")) == clients
    assert [entry["leadId"] for entry in client["timeline"]] == [first["id"], second["id"]]
    # gaps are filled, nothing else changes
    assert (client["fields"]["userCity"], client["fields"]["userLastName"]) == ("Iasi", "Exemplu")
    assert client["version"] == 4


def test_the_same_address_with_another_phone_is_another_client(footprints: Footprints) -> None:
    first = lead_of(footprints, added(footprints))
    second = lead_of(footprints, added(footprints, PERSON | {"userPhone": "0700000010"}))
    assert first["client"] != second["client"]


@pytest.mark.parametrize(
    ("zone", "stored"),
    [
        ({}, "2024-02-15T16:12:56.000Z"),
        ({"timezone": "America/Los_Angeles"}, "2024-02-16T00:12:56.000Z"),
        ({"timezone": "Europe/Bucharest"}, "2024-02-15T14:12:56.000Z"),
    ],
)
def test_created_at_is_in_the_zone_that_is_sent(
    footprints: Footprints, zone: dict[str, str], stored: str
) -> None:
    lead = lead_of(footprints, added(footprints, PERSON | {"createdAt": "2024-02-15 16:12:56"} | zone))
    assert lead["createdAt"] == lead["timestamp"] == stored
    assert lead["fields"] == PERSON


def test_an_unknown_zone_is_refused(footprints: Footprints) -> None:
    before = footprints.state()
    for zone in ("Mars/Olympus", "../etc/passwd", "UTC+3"):
        answer = footprints.post("/api/lead", PERSON | {"timezone": zone})
        assert answer.status_code == 400
        assert (answer.json or {})["message"] == '"timezone" must be a valid timezone'
    assert footprints.state() == before


def test_custom_variables_are_kept_where_they_are_declared(footprints: Footprints) -> None:
    form = PERSON | {"favouriteColour": "blue", "favouriteShape": "round"}
    assert lead_of(footprints, added(footprints, form))["fields"] == PERSON | {"favouriteColour": "blue"}


def test_the_catalogue_of_the_path_counts_more(footprints: Footprints) -> None:
    lead_id = added(
        footprints, PERSON | {"offerCategoryId": "other"}, "/api/offerCategory/5a0000000000000000000101/lead"
    )
    assert lead_of(footprints, lead_id)["fields"]["offerCategoryId"] == "5a0000000000000000000101"


@pytest.mark.parametrize(("choice", "status"), [("refused", 400), ("taken", 200)])
def test_a_lead_without_address_and_phone(make_footprints: MakeFootprints, choice: str, status: int) -> None:
    footprints = make_footprints(lead_without_contact=choice)
    answer = footprints.post("/api/lead", {"userFirstName": "Elena"})
    assert answer.status_code == status
    assert "footprints.lead-without-contact" in answer.headers["X-Simulator-Assumed"]
    if status == 400:
        wanted = '"value" must contain at least one of [userEmail, userPhone]'
        assert (answer.json or {})["message"] == wanted


@pytest.mark.parametrize("name", ["userFamilyDetalis", "userFamilyDetails"])
def test_both_spellings_of_the_family_are_one_field(footprints: Footprints, name: str) -> None:
    fields = lead_of(footprints, added(footprints, PERSON | {name: "married"}))["fields"]
    assert fields["userFamilyDetails"] == "married"
    assert "userFamilyDetalis" not in fields


def test_a_prospect_keeps_a_session_that_is_an_object(footprints: Footprints) -> None:
    session = {"id": "session-0001", "pages": 3}
    body = PERSON | {"avandorSession": session, "companyName": "Exemplu SRL"}
    lead = lead_of(footprints, added(footprints, path="/api/prospect", json=body))
    assert lead["fields"] == body


def test_a_prospect_without_separator_is_stored_as_it_came(footprints: Footprints) -> None:
    raw = "avandorUserId=&avandorSession=userFirstName=Test&userLastName=Test&userCountry="
    lead = lead_of(footprints, added(footprints, raw, "/api/prospect"))
    assert lead["fields"] == {"avandorSession": "userFirstName=Test", "userLastName": "Test"}


@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_a_rating_takes_the_place_of_the_one_before(footprints: Footprints, method: str) -> None:
    lead_id = added(footprints, PERSON | {"nps": "0"})
    assert lead_of(footprints, lead_id)["nps"] == 0
    answer = footprints.call(method, f"/api/lead/{lead_id}/nps", {"nps": "10", "comment ": "test"})
    assert (answer.status_code, answer.json) == (200, {"status": "success"})
    lead = lead_of(footprints, lead_id)
    assert lead["nps"] == 10
    assert [(comment["about"], comment["text"]) for comment in lead["comments"]] == [("nps", "test")]


@pytest.mark.parametrize(
    ("nps", "on_creation", "afterwards"),
    [
        ("0", 200, 400),
        ("1", 200, 200),
        ("10", 200, 200),
        ("11", 400, 400),
        ("-1", 400, 400),
        ("9.5", 400, 400),
    ],
)
def test_each_operation_has_its_own_range_of_ratings(
    footprints: Footprints, nps: str, on_creation: int, afterwards: int
) -> None:
    assert footprints.post("/api/lead", PERSON | {"nps": nps}).status_code == on_creation
    assert footprints.put("/api/lead/5a0000000000000000000901/nps", {"nps": nps}).status_code == afterwards


def test_a_lost_lead_has_a_reason_and_a_comment(footprints: Footprints) -> None:
    lead_id = added(footprints)
    answer = footprints.put(
        f"/api/lead/{lead_id}/leadLost", {"reasonLost": "price_too_high", "comment ": "test"}
    )
    lead = lead_of(footprints, lead_id)
    assert (lead["status"], lead["reasonLost"]) == ("lost", "price_too_high")
    assert answer.json is not None
    assert answer.json["comments"] == lead["comments"][0]["id"]
    assert answer.json["status"] == "lost"
    assert lead["comments"][0]["text"] == "test"
    assert [snapshot["status"] for snapshot in lead["history"]] == ["lead", "lost"]
    # it may be opened again
    assert changed(footprints, lead_id, {"status": "lead"})["status"] == "lead"


def test_a_world_may_leave_the_status_of_a_lost_lead(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(lost_status="same")
    lead_id = added(footprints)
    answer = footprints.put(f"/api/lead/{lead_id}/leadLost", {"reasonLost": "other"})
    assert (answer.json or {})["status"] == "lead"
    assert lead_of(footprints, lead_id)["reasonLost"] == "other"


LOSSES = [
    "poor_qualification",
    "need",
    "wrong_time",
    "price_too_high",
    "lost_momentum",
    "competition",
    "abandoned",
    "feature",
    "other",
]


@pytest.mark.parametrize("reason", LOSSES)
def test_every_reason_of_the_page_is_known(footprints: Footprints, reason: str) -> None:
    answer = footprints.put("/api/lead/5a0000000000000000000901/leadLost", {"reasonLost": reason})
    assert answer.status_code == 200
    assert answer.headers["X-Simulator-Contract"] == "ok"


@pytest.mark.parametrize(
    ("method", "path", "form"),
    [
        ("PUT", "/api/lead/nobody", {"status": "lead"}),
        ("PUT", "/api/lead/nobody/nps", {"nps": "5"}),
        ("POST", "/api/lead/nobody/nps", {"nps": "5"}),
        ("PUT", "/api/lead/nobody/leadLost", {"reasonLost": "other"}),
    ],
)
def test_an_unknown_lead_is_not_found(
    footprints: Footprints, method: str, path: str, form: dict[str, str]
) -> None:
    before = footprints.state()
    answer = footprints.call(method, path, form)
    assert answer.status_code == 404
    assert (answer.json or {})["message"] == "Lead not found"
    assert footprints.state() == before
