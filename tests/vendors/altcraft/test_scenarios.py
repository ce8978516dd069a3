"""What an integrator does with Altcraft, each story over HTTP from beginning to end."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.vendors.altcraft.account import with_more

ANNA, BORIS, VERA = "anna.primerova@example.com", "boris.obraztsov@example.com", "vera.testova@example.com"
SUCCESS = {"error": 0, "error_text": "Successful operation"}


def imported(altcraft: Any, data: dict[str, Any], **more: Any) -> str:
    return str(altcraft.done("profiles/import", db_id=5, data=data, **more)["profile_id"])


def by_email(email: str, resource: int = 1) -> dict[str, Any]:
    return {"resource_id": resource, "channel": "email", "email": email}


def by_sms(phone: str) -> dict[str, Any]:
    return {"resource_id": 1, "channel": "sms", "phone": phone}


def listed(altcraft: Any, profile_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = altcraft.done("subscriptions/list", db_id=5, profile_id=profile_id)["data"]
    return found


def test_1_a_new_profile_is_imported_read_and_subscribed(altcraft: Any) -> None:
    sent = {"email": ANNA, "_fname": "Anna", "subscriptions": [by_email(ANNA)]}
    id = imported(altcraft, sent, matching="email", email=ANNA)
    found = altcraft.profile(email=ANNA)
    assert (found["_id"], found["email"], found["_fname"]) == (id, ANNA, "Anna")
    assert listed(altcraft, id) == [{**by_email(ANNA), "priority": 0, "status": "subscribed"}]


def test_2_the_same_import_again_changes_what_is_sent(altcraft: Any) -> None:
    first = imported(altcraft, {"email": ANNA, "_fname": "Anna", "_city": "Moscow"}, email=ANNA)
    second = imported(altcraft, {"email": ANNA, "_fname": "Anya"}, email=ANNA)
    assert second == first
    assert len(altcraft.kept("profiles")) == 1
    found = altcraft.profile(email=ANNA)
    assert (found["_fname"], found["_city"]) == ("Anya", "Moscow")


def test_3_without_matching_the_search_is_by_email(altcraft: Any) -> None:
    first = imported(altcraft, {"email": ANNA}, matching="email", email=ANNA)
    assert imported(altcraft, {"_city": "Tver"}, email=ANNA) == first
    assert imported(altcraft, {"email": BORIS, "_city": "Tver"}, email=BORIS) != first
    assert altcraft.profile(email=ANNA)["_city"] == "Tver"


def test_4_modes_search_profiles_or_subscriptions(altcraft: Any) -> None:
    sent = {"_fname": "Anna", "subscriptions": [by_sms("+70000000001"), by_email(ANNA)]}
    id = str(altcraft.done("profiles/add", db_id=5, data=sent)["profile_id"])
    assert altcraft.profile(matching="phone", phone="+70000000001")["_id"] == id
    assert altcraft.profile(matching="email_sub", email=ANNA)["_id"] == id
    assert altcraft.profile(matching="email", email=ANNA)["_id"] == id
    assert altcraft.call("profiles/get", db_id=5, matching="email_profile", email=ANNA)["error"] == 404
    assert imported(altcraft, {"_city": "Tver"}, matching="phone", phone="+70000000001") == id
    assert imported(altcraft, {"email": ANNA}, matching="email_profile", email=ANNA) != id


def test_5_by_custom_field_and_by_id(altcraft: Any) -> None:
    search = {"matching": "custom", "field_name": "CRM_ID", "field_value": "12345"}
    id = imported(altcraft, {"email": BORIS, "CRM_ID": "12345"}, **search)
    assert imported(altcraft, {"_city": "Tver"}, **search) == id
    assert imported(altcraft, {"_lname": "Obraztsov"}, matching="profile_id", profile_id=id) == id
    assert altcraft.profile(**search)["_lname"] == "Obraztsov"
    unknown = {"matching": "profile_id", "profile_id": "5f00000000000000000000ff"}
    assert altcraft.refused("profiles/import", db_id=5, **unknown, data={"email": VERA}) == (
        404,
        "Not found: profile",
    )
    assert len(altcraft.kept("profiles")) == 1


def posted(altcraft: Any, body: dict[str, Any], query: str = "", **headers: str) -> TestResponse:
    answer: TestResponse = altcraft.client.post(
        f"/altcraft/api/v1.1/databases/get{query}", json=body, headers=headers
    )
    return answer


def test_6_the_token_in_body_header_or_query(altcraft: Any) -> None:
    ways = (
        posted(altcraft, {"id": 5, "token": altcraft.token}),
        posted(altcraft, {"id": 5}, Authorization=f"Bearer {altcraft.token}"),
        posted(altcraft, {"id": 5}, f"?token={altcraft.token}"),
    )
    assert [answer.json for answer in ways] == [ways[0].json] * 3
    assert ways[0].json["data"]["id"] == 5  # type: ignore[index]
    assert posted(altcraft, {"id": 5}).json == {"error": 401, "error_text": "API token required"}


def test_7_functions_count_tag_and_unset(altcraft: Any) -> None:
    id = imported(
        altcraft, {"email": ANNA, "bonus": 500, "interests": ["tea"], "CRM_ID": "10001"}, email=ANNA
    )

    def update(**data: Any) -> dict[str, Any]:
        altcraft.done("profiles/update", db_id=5, profile_id=id, data=data)
        found: dict[str, Any] = altcraft.profile(email=ANNA)
        return found

    assert update(bonus={"action": "incr", "value": 1000})["bonus"] == 1500
    assert update(bonus={"action": "incr", "value": -1000})["bonus"] == 500
    assert update(interests={"action": "add", "value": ["books"]})["interests"] == ["tea", "books"]
    assert update(interests={"action": "delete", "value": ["tea"]})["interests"] == ["books"]
    assert "CRM_ID" not in update(CRM_ID={"action": "unset"})
    refused = altcraft.refused("profiles/update", db_id=5, profile_id=id, data={"email": {"action": "unset"}})
    assert refused == (400, "Incorrect request: email cannot be unset")


def test_8_an_invalid_subscription_fails_or_is_dropped(altcraft: Any) -> None:
    sent = {
        "email": ANNA,
        "subscriptions": [by_email(ANNA), {"resource_id": 1, "channel": "fax", "cc_data": {}}],
    }
    code, text = altcraft.refused("profiles/import", db_id=5, email=ANNA, data=sent)
    assert (code, text) == (400, "Incorrect request: resource 1 has no channel fax")
    id = imported(altcraft, sent, email=ANNA, skip_invalid_subscriptions=True)
    assert [sub["channel"] for sub in listed(altcraft, id)] == ["email"]


@pytest.mark.parametrize("status", [5, "suspended"])
def test_9_a_status_is_a_number_or_a_word(altcraft: Any, status: int | str) -> None:
    sent = {"email": ANNA, "subscriptions": [{**by_email(ANNA), "status": status}]}
    assert listed(altcraft, imported(altcraft, sent, email=ANNA))[0]["status"] == "suspended"


def test_10_one_bad_profile_does_not_spoil_the_batch(altcraft: Any) -> None:
    data = [{"email": ANNA}, {"email": "nobody"}, {"email": VERA}]
    answer = altcraft.done("profiles/import_batch", db_id=5, data=data)
    first, second, third = answer["result"]
    assert (first["error"], third["error"]) == (0, 0)
    assert second["error"] == 400
    assert second["error_text"].startswith("Incorrect request: ")
    assert "profile_id" not in second
    kept = {profile["fields"]["email"]: profile["id"] for profile in altcraft.kept("profiles")}
    assert kept == {ANNA: first["profile_id"], VERA: third["profile_id"]}


def test_11_deleting_needs_its_right(altcraft: Any) -> None:
    id = imported(altcraft, {"email": ANNA}, email=ANNA)
    search = {"db_id": 5, "email": ANNA}
    refused = altcraft.refused("profiles/delete", token=altcraft.token_without_delete, **search)
    assert refused == (403, "No access")
    assert altcraft.done("profiles/delete", **search) == {"data": {"profile_id": id}, **SUCCESS}
    assert altcraft.refused("profiles/get", **search) == (404, "Not found: profile")


def test_12_subscriptions_are_deleted_and_suspended(altcraft: Any) -> None:
    anna = imported(altcraft, {"subscriptions": [by_email(ANNA), by_sms("+70000000001")]}, email=ANNA)
    altcraft.done("subscriptions/delete", db_id=5, profile_id=anna, **by_sms("+70000000001"))
    assert [sub["channel"] for sub in listed(altcraft, anna)] == ["email"]
    boris = imported(altcraft, {"subscriptions": [by_email(BORIS, 2), by_sms("+70000000002")]}, email=BORIS)
    counts = []
    for one in ({"channel": "email"}, {"resource_id": 1}, {"channel": "email", "resource_id": 1}, {}):
        counts.append(altcraft.done("subscriptions/suspend_all", db_id=5, **one)["updated"])
        assert altcraft.done("subscriptions/unsuspend_all", db_id=5, **one)["updated"] == counts[-1]
    assert counts == [2, 2, 1, 3]
    altcraft.done("subscriptions/suspend_all", db_id=5, channel="email")
    statuses = {(sub["channel"], sub["status"]) for id in (anna, boris) for sub in listed(altcraft, id)}
    assert statuses == {("email", "suspended"), ("sms", "subscribed")}


def test_13_databases_in_parts_with_their_capitals(make_altcraft: Any) -> None:
    more = [{"id": id, "name": f"Database #{id}"} for id in (1, 2)]
    altcraft = make_altcraft(with_more(databases=more))
    first = altcraft.done("databases/list", limit=2)
    assert [database["id"] for database in first["data"]] == [1, 2]
    assert first["data"][0]["Groups"] == [{"Id": 0, "Name": "main"}]
    second = altcraft.done("databases/list", limit=2, from_id=first["next_from_id"])
    assert [database["id"] for database in second["data"]] == [5]
    third = altcraft.done("databases/list", limit=2, from_id=second["next_from_id"])
    assert (third["data"], third["total_count"]) == ([], 3)


@pytest.mark.parametrize(
    "path", ["/databases/list", "/databases/list/", "//databases/list", "//databases//list//"]
)
def test_14_slashes_make_no_difference(altcraft: Any, path: str) -> None:
    answer = altcraft.client.post(f"/altcraft/api/v1.1{path}", json={"token": altcraft.token})
    assert answer.status_code == 200
    assert answer.json["error"] == 0
    assert [database["id"] for database in answer.json["data"]] == [5]
    assert "Location" not in answer.headers


# --- the tutorial of the user guide, step by step ---------------------------------------------


def test_the_tutorial_from_a_new_profile_to_three_channels(altcraft: Any) -> None:
    """A new profile, more about the person, then email, sms and push of resource 1."""
    request: dict[str, Any] = {"db_id": 5, "matching": "email", "email": ANNA, "data": {"email": ANNA}}
    id = altcraft.done("profiles/import", **request)["profile_id"]
    request["data"] |= {
        "_fname": "Anna",
        "_lname": "Primerova",
        "_sex": "female",
        "_bdate": "1990-01-15T12:00:00Z",
        "_city": "Moscow",
        "phones": ["+70000000001"],
    }
    assert altcraft.done("profiles/import", **request)["profile_id"] == id
    push = {"channel": "push", "provider": "Firefox", "subscription_id": "abcdefgh", "resource_id": 1}
    request["data"]["subscriptions"] = [by_email(ANNA), by_sms("+70000000001"), push]
    assert altcraft.done("profiles/import", **request)["profile_id"] == id

    found = altcraft.profile(matching="phone", phone="+70000000001")
    assert (found["_id"], found["_bdate"]) == (id, "1990-01-15T12:00:00.000Z")
    assert [sub["channel"] for sub in found["subscriptions"]] == ["email", "sms", "push"]
    assert len(altcraft.kept("profiles")) == 1
