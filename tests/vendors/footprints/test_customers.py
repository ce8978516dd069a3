"""Customers: shown whole, found by what is known of them, and changed."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from simulator.data import FixtureFiles

CLIENT = "/api/client"
ANA = "5a0000000000000000000801"
MIHAI = "5a0000000000000000000802"
BY_EMAIL = {"userEmail": "ana.exemplu@example.com", "userPhone": "0700000000"}
BY_NATIONAL_ID = {"nationalId": "0000000000001"}
BY_EXTERNAL_ID = {"userExternalId": "2446456"}
NOT_NAMED = '"value" must contain at least one of '
LISTS = (
    "kidsAge",
    "interests",
    "preferences",
    "employees",
    "marketingChannels",
    "pointsOfPresence",
    "personalAssistance",
)


def get(footprints: Any, asked: dict[str, str] = BY_EMAIL, **options: Any) -> Any:
    return footprints.get(CLIENT, query_string=asked, **options)


def shown(footprints: Any, asked: dict[str, str] = BY_EMAIL) -> Any:
    answered = get(footprints, asked)
    assert answered.status_code == 200, answered.text
    return answered.json


# --- shown ---


def test_a_profile_has_what_was_set_and_all_its_lists(footprints: Any) -> None:
    customer = shown(footprints)
    assert (customer["_id"], customer["type"], customer["__v"]) == (ANA, "B2C", 4)
    assert (customer["userFirstName"], customer["userIncome"]) == ("Ana", "8004")
    assert customer["agreeToCollect"] is True
    assert customer["userBirthday"] == "1960-10-21T00:00:00.000Z"
    assert customer["createdAt"] == "2024-02-15T16:12:55.962Z"
    assert customer["timestamp"] == "2024-02-16T09:00:00.024Z"
    assert {name: customer[name] for name in LISTS} == {name: [] for name in LISTS}
    assert "userCity" not in customer


def test_the_timeline_shows_the_catalogue_itself(footprints: Any) -> None:
    entry = shown(footprints)["interactionsTimeline"][1]
    assert entry == {
        "createdAt": "2024-02-16T09:00:00.024Z",
        "timestamp": "2024-02-16T09:00:00.024Z",
        "icon": "icon-location-city",
        "offlineCampaignId": None,
        "offerCategoryId": {
            "applicationKeys": [],
            "consultants": [],
            "locations": ["5a0000000000000000000401"],
            "offers": [
                {
                    "_id": "5a0000000000000000000202",
                    "name": "Contests and prizes",
                    "description": "",
                    "price": 0,
                    "offerCategoryId": "5a0000000000000000000102",
                    "userId": "5a0000000000000000000011",
                    "timestamp": "2024-01-10T11:31:11.633Z",
                    "createdAt": "2024-01-10T11:31:11.633Z",
                    "__v": "0",
                }
            ],
            "__v": 2,
            "createdAt": "2024-01-10T10:43:17.124Z",
            "timestamp": "2024-01-10T11:31:11.633Z",
            "description": "",
            "name": "Offline campaigns",
            "_id": "5a0000000000000000000102",
        },
        "leadId": "5a0000000000000000000903",
    }


def test_a_lead_is_shown_with_its_snapshots_and_its_data_source(footprints: Any) -> None:
    lead = shown(footprints)["leads"][1]
    person = {
        "userFirstName": "Ana",
        "userLastName": "Exemplu",
        "userEmail": "ana.exemplu@example.com",
        "userPhone": "0700000000",
    }
    assert lead == person | {
        "_id": "5a0000000000000000000903",
        "clientId": ANA,
        "status": "lead",
        "type": "B2C",
        "offerCategoryId": "5a0000000000000000000102",
        "offerCategory": {"consultants": [], "id": "5a0000000000000000000102"},
        "channelId": "5a0000000000000000000501",
        "application": {"name": "CRM Application", "id": "5a0000000000000000000001"},
        "applicationKey": "072f34176f42a855da5ff3b1",
        "history": [
            person
            | {
                "_id": "5a0000000000000000000e01",
                "leadId": "5a0000000000000000000903",
                "offerCategoryId": "5a0000000000000000000102",
                "status": "lead",
                "applicationKey": "072f34176f42a855da5ff3b1",
                "isMultipart": False,
                "isComplete": True,
                "timestamp": "2024-02-16T09:00:00.012Z",
                "createdAt": "2024-02-16T09:00:00.012Z",
                "__v": 0,
            }
        ],
        "interactions": [],
        "comments": [],
        "kidsAge": [],
        "__v": 1,
        "isMultipart": False,
        "isComplete": True,
        "actionRequired": True,
        "timestamp": "2024-02-16T09:00:00.000Z",
        "timestampStatusChange": "2024-02-16T09:00:00.000Z",
        "createdAt": "2024-02-16T09:00:00.000Z",
    }


def test_leads_come_in_the_order_they_were_made_with_the_comments_ids(footprints: Any) -> None:
    mihai = shown(footprints, {"userEmail": "mihai.exemplu@example.com", "userPhone": "+40700000001"})
    assert [lead["status"] for lead in mihai["leads"]] == ["prospect", "customer", "lost"]
    assert [lead["comments"] for lead in mihai["leads"]] == [[], [], ["5a0000000000000000000c01"]]
    assert "offerCategory" not in mihai["leads"][0]
    assert mihai["leads"][1]["contractId"] == "5a0000000000000000000d01"
    assert mihai["leads"][2]["reasonLost"] == "price_too_high"
    assert mihai["interactionsTimeline"][0]["offerCategoryId"] is None


def test_a_catalogue_that_does_not_exist_is_null(make_footprints: Any) -> None:
    document = copy.deepcopy(dict(FixtureFiles().read("footprints", "docs")))
    document["clients"][0]["timeline"][0]["offerCategoryId"] = "unknown"
    document["leads"][0]["fields"]["offerCategoryId"] = "unknown"
    customer = shown(make_footprints(document))
    assert customer["interactionsTimeline"][0]["offerCategoryId"] is None
    assert customer["leads"][0]["offerCategoryId"] == "unknown"
    assert "offerCategory" not in customer["leads"][0]


def test_a_lead_shows_its_latest_rating(footprints: Any) -> None:
    lead = footprints.post("/api/lead", BY_EMAIL | {"nps": "3"}).json["_id"]
    assert shown(footprints)["leads"][2]["nps"] == 3
    footprints.put(f"/api/lead/{lead}/nps", {"nps": "9"})
    assert shown(footprints)["leads"][2]["nps"] == 9


# --- found ---


@pytest.mark.parametrize(
    "asked",
    [
        BY_EMAIL,
        {"userEmail": "ANA.Exemplu@Example.com", "userPhone": "0700-000 000"},
        BY_NATIONAL_ID,
        {"NationalId": "0000000000001"},
        BY_NATIONAL_ID | {"userEmail": "ana.exemplu@example.com"},
        BY_NATIONAL_ID | {"userEmail": "nobody@example.com", "userPhone": "1"},
        BY_EMAIL | {"nationalId": "unknown"},
    ],
)
def test_who_is_found(footprints: Any, asked: dict[str, str]) -> None:
    assert shown(footprints, asked)["_id"] == ANA


@pytest.mark.parametrize(
    ("asked", "status", "message"),
    [
        ({}, 400, '"userEmail" is required'),
        ({"userEmail": "ana.exemplu@example.com"}, 400, '"userPhone" is required'),
        ({"userPhone": "0700000000"}, 400, '"userEmail" is required'),
        ({"userEmail": "", "userPhone": "0700000000"}, 400, '"userEmail" is required'),
        ({"userEmail": "ana", "userPhone": "0700000000"}, 400, '"userEmail" must be a valid email'),
        (BY_EXTERNAL_ID, 400, '"userEmail" is required'),
        ({"userEmail": "ana.exemplu@example.com", "userPhone": "+40700000001"}, 404, "Client not found"),
        ({"nationalId": "unknown"}, 404, "Client not found"),
    ],
)
def test_who_is_not_found(footprints: Any, asked: dict[str, str], status: int, message: str) -> None:
    before = footprints.state()
    answered = get(footprints, asked, token=footprints.access_token)
    assert (answered.status_code, answered.json["message"]) == (status, message)
    assert footprints.state() == before


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_nothing_without_a_token(footprints: Any, method: str) -> None:
    before = footprints.state()
    form = None if method == "GET" else BY_EMAIL
    assert footprints.call(method, CLIENT, form, token="", query_string=BY_EMAIL).status_code == 401
    assert footprints.state() == before


# --- changed ---


def test_a_change_leaves_what_it_does_not_name(footprints: Any) -> None:
    before = shown(footprints)
    answered = footprints.put(CLIENT, BY_EMAIL | {"userFirstName": "Anna", "userCity": "Cluj"})
    assert (answered.status_code, answered.json) == (200, {"status": "success"})
    assert shown(footprints) == before | {"userFirstName": "Anna", "userCity": "Cluj"}


def test_a_form_is_stored_as_the_types_it_means(footprints: Any) -> None:
    form = BY_EMAIL | {
        "userFamilyDetalis": "married",
        "userBirthday": "1961-11-22",
        "hasKids": "true",
        "isAdult": "false",
        "noOfKids": "2",
        "kidsAge[0]": "6",
        "kidsAge[1]": "14",
        "interests[]": ["books", "cars"],
        "preferences": "books",
        "marketingChannels[0][channel]": "email",
        "marketingChannels[0][type]": "group",
        "marketingChannels[0][agreed]": "true",
        "customDetails[shop][id]": "1",
    }
    assert footprints.put(CLIENT, form).status_code == 200
    customer = shown(footprints)
    assert customer["userFamilyDetails"] == "married"
    assert "userFamilyDetalis" not in customer
    assert customer["userBirthday"] == "1961-11-22T00:00:00.000Z"
    assert (customer["hasKids"], customer["isAdult"], customer["noOfKids"]) == (True, False, 2)
    assert (customer["kidsAge"], customer["interests"]) == ([6, 14], ["books", "cars"])
    assert customer["preferences"] == ["books"]
    assert customer["marketingChannels"] == [{"channel": "email", "type": "group", "agreed": True}]
    assert customer["customDetails"] == {"shop": {"id": "1"}}


def test_the_spelling_of_the_page_comes_first(footprints: Any) -> None:
    both = {"userFamilyDetalis": "married", "userFamilyDetails": "single"}
    for sent, kept in ((both, "married"), ({"userFamilyDetails": "single"}, "single")):
        footprints.put(CLIENT, BY_EMAIL | sent)
        assert shown(footprints)["userFamilyDetails"] == kept


def test_lists_are_replaced_as_a_whole(footprints: Any) -> None:
    for interests in (["books", "cars"], ["music"]):
        footprints.put(CLIENT, json=BY_EMAIL | {"interests": interests})
    assert shown(footprints)["interests"] == ["music"]


def test_empty_texts_and_unknown_fields_change_nothing(footprints: Any) -> None:
    before = footprints.kept("clients")
    form = BY_EMAIL | {"userFirstName": "", "userIncome": "1", "favouriteColour": "red", "type": "B2B"}
    assert footprints.put(CLIENT, form).status_code == 200
    assert footprints.kept("clients") == before


@pytest.mark.parametrize("key", [BY_NATIONAL_ID, BY_EXTERNAL_ID])
def test_email_and_phone_change_by_another_key(footprints: Any, key: dict[str, str]) -> None:
    new = {"userEmail": "ana.noua@example.com", "userPhone": "0711111111"}
    assert footprints.put(CLIENT, key | new).status_code == 200
    assert shown(footprints, new)["_id"] == ANA
    assert get(footprints).status_code == 404


def test_email_and_phone_come_before_the_other_keys(footprints: Any) -> None:
    form = {"userEmail": "mihai.exemplu@example.com", "userPhone": "+40700000001", "userExternalId": "77"}
    footprints.put(CLIENT, form | {"nationalId": "7"})
    assert shown(footprints, {"nationalId": "7"})["_id"] == MIHAI
    footprints.put(CLIENT, {"nationalId": "7", "userExternalId": "2446456", "userCity": "Iasi"})
    assert shown(footprints, {"nationalId": "7"})["userCity"] == "Iasi"
    assert "userCity" not in shown(footprints)


@pytest.mark.parametrize(
    ("form", "status", "message"),
    [
        ({"userFirstName": "Anna"}, 400, f"{NOT_NAMED}[userEmail and userPhone, nationalId, userExternalId]"),
        (
            {"userEmail": "ana.exemplu@example.com"},
            400,
            f"{NOT_NAMED}[userPhone, nationalId, userExternalId]",
        ),
        (BY_EMAIL | {"userSex": "none"}, 400, '"userSex" must be one of [male, female]'),
        (BY_EMAIL | {"userBirthday": "22.11.1961"}, 400, '"userBirthday" must be a valid date'),
        (BY_EXTERNAL_ID | {"userEmail": "ana"}, 400, '"userEmail" must be a valid email'),
        (BY_EMAIL | {"hasKids": "maybe"}, 400, '"hasKids" must be a boolean'),
        ({"userExternalId": "unknown", "userFirstName": "Anna"}, 404, "Client not found"),
    ],
)
def test_what_is_refused_changes_nothing(
    footprints: Any, form: dict[str, str], status: int, message: str
) -> None:
    before = footprints.state()
    answered = footprints.put(CLIENT, form, token=footprints.access_token)
    assert (answered.status_code, answered.json["message"]) == (status, message)
    assert footprints.state() == before
