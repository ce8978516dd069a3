"""profiles/get, profiles/delete, profiles/add."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import with_more
from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

ANNA = "anna@example.com"
SUB = {"resource_id": 1, "channel": "email", "email": ANNA}


def add(altcraft: Altcraft, **data: Any) -> str:
    return str(altcraft.done("profiles/add", db_id=5, data=data)["profile_id"])


# ---- get ------------------------------------------------------------------------------------


def test_get_shows_what_was_sent(altcraft: Altcraft) -> None:
    data = {"email": ANNA, "phones": ["+70000000001"], "_fname": "Anna", "CRM_ID": "7", "bonus": 3}
    made = add(altcraft, **data, subscriptions=[SUB | {"status": 5}])
    answer = altcraft.done("profiles/get/", db_id=5, email=ANNA)
    assert list(answer) == ["data", "error", "error_text"]
    assert answer["data"].items() >= data.items()
    assert answer["data"]["_id"] == made
    shown = {"resource_id": 1, "channel": "email", "email": ANNA, "priority": 0, "status": "suspended"}
    assert answer["data"]["subscriptions"] == [shown]


def test_get_changes_nothing(altcraft: Altcraft) -> None:
    add(altcraft, email=ANNA)
    before = altcraft.state()
    altcraft.profile(email=ANNA)
    assert altcraft.state() == before


@pytest.mark.parametrize("hidden", [True, False])
def test_deleted_subscriptions(make_altcraft: MakeAltcraft, hidden: bool) -> None:
    altcraft = make_altcraft(deleted_hidden=hidden)
    made = add(altcraft, email=ANNA, subscriptions=[SUB])
    altcraft.done("subscriptions/delete", db_id=5, profile_id=made, **SUB)
    shown = altcraft.profile(email=ANNA)["subscriptions"]
    assert [sub["is_delete"] for sub in shown] == ([] if hidden else [True])


def test_deliveries_are_those_of_campaigns(make_altcraft: MakeAltcraft) -> None:
    message = {"resource_id": 1, "channel": "email", "subject": "Hello", "text": "Hello"}
    campaign = {"id": 9, "kind": "trigger", "database": 5, "name": "Hello", "message": message}
    altcraft = make_altcraft(with_more(campaigns=[campaign]))
    add(altcraft, email=ANNA, subscriptions=[SUB])
    altcraft.done("campaigns/triggers/start", id=9, email=ANNA)
    assert altcraft.outbox
    profile = altcraft.profile(email=ANNA)
    assert (profile["_deliv_exist"], profile["_deliv_sms_exist"]) == (True, False)
    assert profile["_deliv_date"] == "2024-03-01T08:00:00.000Z"


@pytest.mark.parametrize("path", ["get", "delete"])
def test_profile_that_is_not_there(altcraft: Altcraft, path: str) -> None:
    add(altcraft, email="boris@example.com")
    assert altcraft.refused(f"profiles/{path}", db_id=5, email=ANNA) == (404, "Not found: profile")
    assert altcraft.refused(f"profiles/{path}", db_id=5)[0] == 400
    assert altcraft.refused(f"profiles/{path}", email=ANNA)[0] == 400
    assert altcraft.refused(f"profiles/{path}", db_id=77, email="boris@example.com")[0] == 404


def test_what_is_not_there_may_be_400(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(not_found_code=400)
    assert altcraft.refused("profiles/get", db_id=5, email=ANNA) == (400, "Incorrect request: profile")


# ---- delete ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "search",
    [
        {"email": ANNA},
        {"matching": "phone", "phone": "+70000000001"},
        {"matching": "custom", "field_name": "CRM_ID", "field_value": "7"},
        {"matching": "email", "email": ANNA, "resource_id": 1},
    ],
)
def test_delete_removes_the_profile_and_its_history(altcraft: Altcraft, search: dict[str, Any]) -> None:
    other = add(altcraft, email="boris@example.com")
    made = add(altcraft, email=ANNA, phones=["+70000000001"], CRM_ID="7", subscriptions=[SUB])
    answer = altcraft.done("profiles/delete", db_id=5, **search)
    assert answer == {"data": {"profile_id": made}, "error": 0, "error_text": "Successful operation"}
    assert [profile["id"] for profile in altcraft.kept("profiles")] == [other]
    assert {event["profile"] for event in altcraft.kept("events")} == {other}
    assert altcraft.refused("profiles/get", db_id=5, **search)[0] == 404
    assert add(altcraft, email=ANNA) != made


def test_delete_by_id(altcraft: Altcraft) -> None:
    made = add(altcraft)
    altcraft.done("profiles/delete", db_id=5, matching="profile_id", profile_id=made)
    assert altcraft.kept("profiles") == []


@pytest.mark.parametrize("mode", ["email_sub", "phone_sub", "push_sub", "email_phone", "email_profile"])
def test_delete_knows_four_modes_only(altcraft: Altcraft, mode: str) -> None:
    add(altcraft, email=ANNA, subscriptions=[SUB])
    assert altcraft.refused("profiles/delete", db_id=5, matching=mode, email=ANNA)[0] == 400


def test_delete_needs_a_right_of_its_own(altcraft: Altcraft) -> None:
    add(altcraft, email=ANNA)
    token = altcraft.token_without_delete
    refused = altcraft.refused("profiles/delete", token=token, db_id=5, email=ANNA)
    assert refused == (403, "No access")
    altcraft.done("profiles/get", token=token, db_id=5, email=ANNA)
    altcraft.done("profiles/import", token=token, db_id=5, email=ANNA, data={"_city": "Tver"})


# ---- add ------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [None, {}])
def test_add_an_empty_profile(altcraft: Altcraft, data: Any) -> None:
    made = altcraft.done("profiles/add", db_id=5, data=data)["profile_id"]
    profile = altcraft.profile(profile_id=made)
    assert not {"email", "phones", "_fname"} & profile.keys()
    assert profile["subscriptions"] == []


@pytest.mark.parametrize("data", [[], "x", 5, True])
def test_add_needs_an_object(altcraft: Altcraft, data: Any) -> None:
    assert altcraft.refused("profiles/add", db_id=5, data=data)[0] == 400
    assert altcraft.refused("profiles/add", db_id=5)[0] == 400


def test_add_does_not_search(altcraft: Altcraft) -> None:
    assert add(altcraft, CRM_ID="7", phones=["+70000000001"]) != add(
        altcraft, CRM_ID="7", phones=["+70000000001"]
    )


def test_add_refuses_the_unique_address_of_another(altcraft: Altcraft) -> None:
    add(altcraft, email=ANNA)
    code, text = altcraft.refused("profiles/add", db_id=5, data={"_city": "Tver", "email": ANNA.upper()})
    assert (code, text.partition(":")[0]) == (409, "Duplicate")


def test_add_knows_fewer_members(altcraft: Altcraft) -> None:
    data = {"email": ANNA, "_ip": "192.0.2.1"}
    altcraft.done("profiles/add", db_id=5, data=data, detect_geo=True, add_to_segments=[1], matching="phone")
    assert "_country" not in altcraft.profile(email=ANNA)
    assert altcraft.kept("profiles")[0]["segments"] == []


@pytest.mark.parametrize(("flag", "code"), [(True, 0), (False, 400)])
def test_add_may_drop_invalid_subscriptions(altcraft: Altcraft, flag: bool, code: int) -> None:
    data = {"email": ANNA, "subscriptions": [{"channel": "email"}, SUB]}
    answer = altcraft.call("profiles/add", db_id=5, data=data, skip_invalid_subscriptions=flag)
    assert answer["error"] == code
    assert len(altcraft.kept("profiles")) == (code == 0)


def test_add_may_skip_triggers(altcraft: Altcraft) -> None:
    altcraft.done("profiles/add", db_id=5, data={"subscriptions": [SUB]}, skip_triggers=True)
    assert altcraft.kept("events") == []


# ---- ids ------------------------------------------------------------------------------------


def test_same_calls_give_the_same_ids(make_altcraft: MakeAltcraft) -> None:
    """The seed, the world's name and the clock decide them."""
    altcraft = make_altcraft()
    ids = [add(altcraft) for _ in range(20)]
    assert len(set(ids)) == 20
    assert {len(id) for id in ids} == {24}
