"""profiles/import and profiles/update: create or change, uniqueness, segments, flags, the quota, events."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import with_more
from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

ANNA = "anna@example.com"
SUB = {"resource_id": 1, "channel": "email", "email": ANNA}
OTHER_SUB = {"resource_id": 1, "channel": "sms", "phone": "+70000000001"}
BAD_SUB = {"resource_id": 1, "channel": "fax", "cc_data": {}}


def imported(altcraft: Altcraft, data: dict[str, Any], **members: Any) -> str:
    answer = altcraft.done("profiles/import", **{"db_id": 5, "email": ANNA, "data": data} | members)
    assert answer.keys() == {"error", "error_text", "profile_id"}
    return str(answer["profile_id"])


def test_new_profile_then_the_same_one(altcraft: Altcraft) -> None:
    first = imported(altcraft, {"email": ANNA, "_fname": "Anna", "_city": "Tver"})
    assert imported(altcraft, {"_fname": "Ann"}) == first
    profile = altcraft.profile(email=ANNA)
    assert profile["_id"] == first
    assert (profile["_fname"], profile["_city"], profile["email"]) == ("Ann", "Tver", ANNA)
    assert len(altcraft.kept("profiles")) == 1


def test_page_of_the_vendor(altcraft: Altcraft) -> None:
    """The tutorial's last request, with an invented person."""
    data = {
        "email": ANNA,
        "_fname": "Anna",
        "_lname": "Primerova",
        "_sex": "female",
        "_bdate": "1990-01-15T12:00:00Z",
        "_city": "Moscow",
        "phones": ["+70000000001"],
        "subscriptions": [
            {"channel": "email", "email": ANNA, "resource_id": 1},
            {"channel": "sms", "phone": "+70000000001", "resource_id": 1},
            {"channel": "push", "provider": "Firefox", "resource_id": 1, "subscription_id": "abc"},
        ],
    }
    imported(altcraft, data, matching="email")
    profile = altcraft.profile(email=ANNA)
    assert [sub["channel"] for sub in profile["subscriptions"]] == ["email", "sms", "push"]
    assert {sub["status"] for sub in profile["subscriptions"]} == {"subscribed"}
    assert profile["_bdate"] == "1990-01-15T12:00:00.000Z"


@pytest.mark.parametrize(
    ("search", "field", "value"),
    [
        ({"email": ANNA}, "email", ANNA),
        ({"matching": "email_profile", "email": ANNA}, "email", ANNA),
        ({"matching": "email_phone", "email": ANNA}, "email", ANNA),
        ({"matching": "phone", "phone": "+70000000001"}, "phones", ["+70000000001"]),
        ({"matching": "email_phone", "phone": "+70000000001"}, "phones", ["+70000000001"]),
        ({"matching": "custom", "field_name": "CRM_ID", "field_value": "7"}, "CRM_ID", "7"),
        ({"matching": "custom", "field_name": "bonus", "field_value": "7"}, "bonus", 7),
        ({"matching": "custom", "field_name": "interests", "field_value": "a, b"}, "interests", ["a", "b"]),
    ],
)
@pytest.mark.parametrize("written", [True, False])
def test_value_searched_for_is_written_into_a_new_profile(
    make_altcraft: MakeAltcraft, search: dict[str, Any], field: str, value: Any, written: bool
) -> None:
    altcraft = make_altcraft(search_value_written=written)
    made = altcraft.done("profiles/import", db_id=5, data={"_fname": "Anna"}, **search)["profile_id"]
    assert altcraft.profile(profile_id=made).get(field) == (value if written else None)


@pytest.mark.parametrize("search", [{"email": ANNA}, {"matching": "phone", "phone": "+70000000001"}])
def test_data_goes_before_the_value_searched_for(altcraft: Altcraft, search: dict[str, Any]) -> None:
    data = {"email": "other@example.com", "phones": ["+70000000002"]}
    made = altcraft.done("profiles/import", db_id=5, data=data, **search)["profile_id"]
    profile = altcraft.profile(profile_id=made)
    assert (profile["email"], profile["phones"]) == ("other@example.com", ["+70000000002"])


@pytest.mark.parametrize(
    "search",
    [
        {"matching": "email_sub", "email": ANNA},
        {"matching": "phone_sub", "phone": "+70000000001"},
        {"matching": "push_sub", "provider": "Firefox", "subscription_id": "abc"},
    ],
)
def test_search_among_subscriptions_writes_no_field(altcraft: Altcraft, search: dict[str, Any]) -> None:
    made = altcraft.done("profiles/import", db_id=5, data={}, **search)["profile_id"]
    profile = altcraft.profile(profile_id=made)
    assert not {"email", "phones"} & profile.keys()
    assert profile["subscriptions"] == []


def test_by_id_only_changes(altcraft: Altcraft) -> None:
    search = {"matching": "profile_id", "profile_id": "5f0000000000000000000001"}
    code, text = altcraft.refused("profiles/import", db_id=5, data={"email": ANNA}, **search)
    assert (code, text) == (404, "Not found: profile")
    made = imported(altcraft, {})
    imported(altcraft, {"_city": "Tver"}, matching="profile_id", profile_id=made)
    assert altcraft.profile(email=ANNA)["_city"] == "Tver"


@pytest.mark.parametrize("search", [{"email": ANNA}, {"matching": "phone", "phone": "+70000000001"}])
def test_update_never_creates(altcraft: Altcraft, search: dict[str, Any]) -> None:
    assert altcraft.refused("profiles/update", db_id=5, data={"_city": "Tver"}, **search)[0] == 404
    made = altcraft.done("profiles/import", db_id=5, data={}, **search)["profile_id"]
    answer = altcraft.done("profiles/update", db_id=5, data={"_city": "Tver"}, **search)
    assert answer["profile_id"] == made


@pytest.mark.parametrize("path", ["import", "update"])
@pytest.mark.parametrize("data", [None, [], "x", 5])
def test_data_is_an_object(altcraft: Altcraft, path: str, data: Any) -> None:
    imported(altcraft, {})
    assert altcraft.refused(f"profiles/{path}", db_id=5, email=ANNA, data=data)[0] == 400


def test_data_must_be_there(altcraft: Altcraft) -> None:
    code, text = altcraft.refused("profiles/import", db_id=5, email=ANNA)
    assert (code, "/data" in text) == (400, True)


# ---- the unique field -----------------------------------------------------------------------


@pytest.mark.parametrize(("reading", "code"), [(409, 409), (400, 400)])
@pytest.mark.parametrize("path", ["import", "update"])
def test_email_of_another_profile_is_refused(
    make_altcraft: MakeAltcraft, path: str, reading: int, code: int
) -> None:
    altcraft = make_altcraft(duplicate_code=reading)
    imported(altcraft, {})
    imported(altcraft, {}, email="boris@example.com")
    data = {"_city": "Tver", "email": "ANNA@Example.com"}
    assert altcraft.refused(f"profiles/{path}", db_id=5, email="boris@example.com", data=data)[0] == code


def test_email_may_change_and_is_free_then(altcraft: Altcraft) -> None:
    made = imported(altcraft, {"email": ANNA})
    imported(altcraft, {"email": "Ann@example.com"})
    imported(altcraft, {"email": "ANN@example.com"}, email="ann@example.com")
    assert altcraft.profile(profile_id=made)["email"] == "ANN@example.com"
    assert imported(altcraft, {"email": ANNA}) != made


# ---- subscriptions --------------------------------------------------------------------------


def test_subscriptions_are_added_and_changed(altcraft: Altcraft) -> None:
    imported(altcraft, {"subscriptions": [SUB, OTHER_SUB]})
    imported(altcraft, {"subscriptions": [SUB | {"status": 5}]})
    subs = altcraft.profile(email=ANNA)["subscriptions"]
    assert [(sub["channel"], sub["status"]) for sub in subs] == [
        ("email", "suspended"),
        ("sms", "subscribed"),
    ]


@pytest.mark.parametrize("bad", [BAD_SUB, SUB | {"resource_id": 77}, SUB | {"email": "x"}, {}, 5, None])
def test_one_invalid_subscription_fails_the_request(altcraft: Altcraft, bad: Any) -> None:
    imported(altcraft, {})
    for email in (ANNA, "new@example.com"):
        data = {"_city": "Tver", "subscriptions": [SUB, bad]}
        assert altcraft.refused("profiles/import", db_id=5, email=email, data=data)[0] == 400


@pytest.mark.parametrize("bad", [BAD_SUB, SUB | {"resource_id": 77}, SUB | {"email": "x"}, {}, 5, None])
def test_invalid_subscriptions_may_be_dropped(altcraft: Altcraft, bad: Any) -> None:
    data = {"_city": "Tver", "subscriptions": [bad, SUB]}
    imported(altcraft, data, skip_invalid_subscriptions=True)
    profile = altcraft.profile(email=ANNA)
    assert profile["_city"] == "Tver"
    assert [sub["channel"] for sub in profile["subscriptions"]] == ["email"]


def test_dropped_subscription_leaves_the_one_that_it_meant(altcraft: Altcraft) -> None:
    imported(altcraft, {"subscriptions": [SUB]})
    before = altcraft.profile(email=ANNA)["subscriptions"]
    bad = SUB | {"status": 5, "priority": "first"}
    imported(altcraft, {"subscriptions": [bad]}, skip_invalid_subscriptions=True)
    assert altcraft.profile(email=ANNA)["subscriptions"] == before


@pytest.mark.parametrize("flag", [True, False])
def test_subscriptions_that_are_no_list_are_refused(altcraft: Altcraft, flag: bool) -> None:
    members = {"email": ANNA, "skip_invalid_subscriptions": flag, "data": {"subscriptions": "all"}}
    assert altcraft.refused("profiles/import", db_id=5, **members)[0] == 400


# ---- segments -------------------------------------------------------------------------------


def test_segments_with_the_profile(altcraft: Altcraft) -> None:
    imported(altcraft, {}, add_to_segments=[1])
    assert altcraft.kept("profiles")[0]["segments"] == [1]
    imported(altcraft, {}, add_to_segments=[1])
    imported(altcraft, {}, remove_from_segments=[1])
    assert altcraft.kept("profiles")[0]["segments"] == []
    assert [event["type"] for event in altcraft.kept("events") if "segment" in event["type"]] == [
        "segment_added",
        "segment_removed",
    ]


@pytest.mark.parametrize("name", ["add_to_segments", "remove_from_segments"])
@pytest.mark.parametrize(("id", "code"), [(77, 404), (2, 400), ("x", 400)])
def test_segment_that_takes_no_members(altcraft: Altcraft, name: str, id: Any, code: int) -> None:
    imported(altcraft, {})
    for email in (ANNA, "new@example.com"):
        members = {"email": email, "data": {"_city": "Tver"}, name: [1, id]}
        assert altcraft.refused("profiles/import", db_id=5, **members)[0] == code


# ---- place ----------------------------------------------------------------------------------


def test_place_by_the_address(altcraft: Altcraft) -> None:
    data = {"_ip": "192.0.2.7", "_regip": "198.51.100.1", "_city": "Tver"}
    imported(altcraft, data, detect_geo=True)
    profile = altcraft.profile(email=ANNA)
    assert (profile["_country"], profile["_city"], profile["_tz"]) == ("RU", "Tver", "Europe/Moscow")
    assert (profile["_lat"], profile["_lon"]) == (55.75, 37.62)
    assert (profile["_regcountry"], profile["_regcity"]) == ("NO", "Oslo")


@pytest.mark.parametrize("members", [{}, {"detect_geo": False}])
def test_place_only_if_asked(altcraft: Altcraft, members: dict[str, Any]) -> None:
    imported(altcraft, {"_ip": "192.0.2.7"}, **members)
    assert not {"_country", "_lat"} & altcraft.profile(email=ANNA).keys()


@pytest.mark.parametrize("ip", ["10.0.0.1", "::1", None])
def test_address_without_a_place(altcraft: Altcraft, ip: str | None) -> None:
    imported(altcraft, {"_ip": ip}, detect_geo=True)
    assert "_country" not in altcraft.profile(email=ANNA)


# ---- the quota ------------------------------------------------------------------------------


def test_account_has_no_more_profiles_than_its_quota(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(with_more(accounts=[{"id": 1, "quota": 2}]))
    imported(altcraft, {})
    imported(altcraft, {}, email="boris@example.com")
    code, text = altcraft.refused("profiles/import", db_id=5, email="vera@example.com", data={})
    assert (code, text) == (402, "Tariff limit reached")
    assert altcraft.refused("profiles/add", db_id=5, data={})[0] == 402
    imported(altcraft, {"_city": "Tver"})
    altcraft.done("profiles/delete", db_id=5, email=ANNA)
    imported(altcraft, {}, email="vera@example.com")


# ---- events ---------------------------------------------------------------------------------


def test_what_happens_is_kept_in_order(altcraft: Altcraft) -> None:
    made = imported(altcraft, {"_city": "Tver", "subscriptions": [SUB]})
    altcraft.move_to("2024-03-01T09:00:00Z")
    imported(altcraft, {"_city": "Tver", "_fname": "Anna", "subscriptions": [SUB | {"status": 1}, OTHER_SUB]})
    events = altcraft.kept("events")
    assert {(event["database"], event["profile"]) for event in events} == {(5, made)}
    assert [event["type"] for event in events] == [
        "profile_created",
        "subscription_added",
        "profile_updated",
        "subscription_updated",
        "subscription_added",
    ]
    assert [event["time"] for event in events][1:3] == [
        "2024-03-01T08:00:00.000Z",
        "2024-03-01T09:00:00.000Z",
    ]
    assert events[0]["data"] == {"fields": ["_city", "email"]}
    assert events[2]["data"] == {"fields": ["_fname"]}
    assert (events[3]["data"]["channel"], events[3]["data"]["status"]) == ("email", "unsubscribed")


def test_events_are_read_through_the_control_api(altcraft: Altcraft) -> None:
    made = imported(altcraft, {"_city": "Tver"})
    answer = altcraft.control.get("/_simulator/state/altcraft/events")
    assert answer.status_code == 200
    assert made in answer.text
    assert "profile_created" in answer.text


def test_event_tells_of_a_change_inside_a_field(altcraft: Altcraft) -> None:
    imported(altcraft, {"delivery": {"city": "Tver"}, "interests": ["tea"]})
    functions = {
        "delivery": {"action": "upsert", "submatch": "city", "value": "Moscow"},
        "interests": {"action": "add", "value": ["tea"]},
    }
    imported(altcraft, functions)
    assert altcraft.kept("events")[-1]["data"] == {"fields": ["delivery"]}


def test_skipped_triggers_are_no_events(altcraft: Altcraft) -> None:
    data = {"_city": "Tver", "subscriptions": [SUB]}
    imported(altcraft, data, skip_triggers=True, add_to_segments=[1])
    imported(altcraft, data, skip_triggers=True)
    assert altcraft.kept("profiles")[0]["segments"] == [1]
    assert altcraft.kept("events") == []


def test_keys_that_are_not_known_are_passed_over(altcraft: Altcraft) -> None:
    answer = altcraft.client.post(
        "/altcraft/api/v1.1/profiles/import",
        json={"token": altcraft.token, "db_id": 5, "email": ANNA, "data": {}, "_bdate": "1990-01-15"},
    )
    assert (answer.json or {})["error"] == 0
    assert "altcraft.extra-keys" in answer.headers["X-Simulator-Assumed"]
    assert answer.headers["X-Simulator-Contract"] == "violation"
    assert "_bdate" not in altcraft.profile(email=ANNA)


@pytest.mark.parametrize(
    ("sub", "told"),
    [
        ({}, '/channel "channel" is a required property'),
        ({"resource_id": 1}, '/channel "channel" is a required property'),
        ({"resource_id": 1, "channel": "sms"}, '/phone "phone" is a required property'),
        ({"resource_id": 1, "channel": "notify"}, '/cc_data "cc_data" is a required property'),
        ({"resource_id": 9, "channel": "sms", "phone": "+70000000001"}, "resource 9"),
    ],
)
def test_what_is_wrong_with_a_subscription_is_told(
    altcraft: Altcraft, sub: dict[str, Any], told: str
) -> None:
    data = {"email": ANNA, "subscriptions": [sub]}
    assert altcraft.refused("profiles/add", db_id=5, data=data) == (400, f"Incorrect request: {told}")


@pytest.mark.parametrize("name", ["nobody_knows_it", "_ad_track"])
def test_function_in_a_subscription_that_cannot_be_is_refused(altcraft: Altcraft, name: str) -> None:
    sub = SUB | {"custom_fields": {name: {"action": "incr", "value": "x"}}}
    assert altcraft.refused("profiles/add", db_id=5, data={"email": ANNA, "subscriptions": [sub]})[0] == 400
