"""subscriptions/set, list, get, delete, restore: one subscription of a profile at a time."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import (
    EMAIL,
    EVERY_CHANNEL,
    PUSH,
    SMS,
    TELEGRAM,
    WHATSAPP,
    add_profile,
    with_more,
)

STATUSES = ["subscribed", "unsubscribed", "complained", "hardbounced", "unconfirmed", "suspended", "invalid"]
OTHER_CONTACTS: list[dict[str, Any]] = [
    {**EMAIL, "email": "boris.obraztsov@example.com"},
    {**SMS, "phone": "+70000000002"},
    {**PUSH, "provider": "ios-apns"},
    {**PUSH, "subscription_id": "push-token-2"},
    {**TELEGRAM, "cc_data": {"id": 2}},
    {**WHATSAPP, "cc_data": {"phone": "+70000000002"}},
    {**EMAIL, "resource_id": 2},
]


def named(profile_id: str, sub: dict[str, Any]) -> dict[str, Any]:
    """The members that name a subscription of a profile of database 5."""
    return {"db_id": 5, "profile_id": profile_id, **sub}


def listed(altcraft: Any, profile_id: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = altcraft.done("subscriptions/list", db_id=5, profile_id=profile_id)["data"]
    return found


def events(altcraft: Any) -> list[str]:
    return [event["type"] for event in altcraft.kept("events")]


@pytest.mark.parametrize("sub", EVERY_CHANNEL, ids=lambda sub: str(sub["channel"]))
def test_set_subscription_on_every_channel(altcraft: Any, sub: dict[str, Any]) -> None:
    profile = add_profile(altcraft)
    answer = altcraft.done("subscriptions/set", **named(profile, sub))
    assert answer.keys() == {"error", "error_text"}
    shown = {**sub, "priority": 0, "status": "subscribed"}
    assert listed(altcraft, profile) == [shown]
    assert altcraft.done("subscriptions/get", **named(profile, sub))["data"] == shown
    own = altcraft.done("profiles/get", db_id=5, email="anna.primerova@example.com")["data"]
    assert own["subscriptions"] == [shown]


def test_subscriptions_come_with_a_profile(altcraft: Any) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", *EVERY_CHANNEL)
    assert listed(altcraft, profile) == [
        {**sub, "priority": 0, "status": "subscribed"} for sub in EVERY_CHANNEL
    ]


@pytest.mark.parametrize("sub", EVERY_CHANNEL, ids=lambda sub: str(sub["channel"]))
def test_the_same_contact_is_the_same_subscription(altcraft: Any, sub: dict[str, Any]) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", sub)
    altcraft.done("subscriptions/set", **named(profile, {**sub, "status": "suspended", "priority": 3}))
    assert listed(altcraft, profile) == [{**sub, "priority": 3, "status": "suspended"}]


@pytest.mark.parametrize(
    "sub",
    [{**EMAIL, "email": "Anna.Primerova@EXAMPLE.com"}, {**SMS, "phone": "+7 (000) 000-00-01"}],
    ids=["case", "signs"],
)
def test_another_spelling_is_the_same_contact(altcraft: Any, sub: dict[str, Any]) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", EMAIL, SMS)
    altcraft.done("subscriptions/set", **named(profile, {**sub, "status": "unsubscribed"}))
    found = {one["channel"]: one for one in listed(altcraft, profile)}
    assert len(found) == 2
    assert found[sub["channel"]]["status"] == "unsubscribed"


@pytest.mark.parametrize("other", OTHER_CONTACTS)
def test_another_contact_is_another_subscription(altcraft: Any, other: dict[str, Any]) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", *EVERY_CHANNEL)
    altcraft.done("subscriptions/set", **named(profile, {**other, "status": 5}))
    found = listed(altcraft, profile)
    assert len(found) == len(EVERY_CHANNEL) + 1
    assert found[-1] == {**other, "priority": 0, "status": "suspended"}
    assert {one["status"] for one in found[:-1]} == {"subscribed"}


@pytest.mark.parametrize(("number", "word"), list(enumerate(STATUSES)))
def test_status_by_word_and_by_number(altcraft: Any, number: int, word: str) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", {**EMAIL, "status": number})
    altcraft.done("subscriptions/set", **named(profile, {**SMS, "status": word}))
    assert [sub["status"] for sub in listed(altcraft, profile)] == [word, word]


def test_status_and_priority_stay_unless_sent(altcraft: Any) -> None:
    profile = add_profile(
        altcraft, "anna.primerova@example.com", {**EMAIL, "status": "complained", "priority": 7}
    )
    for again in (EMAIL, {**EMAIL, "status": -1, "priority": -1}):
        altcraft.done("subscriptions/set", **named(profile, again))
        assert listed(altcraft, profile) == [{**EMAIL, "priority": 7, "status": "complained"}]
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, "status": 0, "priority": 0}))
    assert listed(altcraft, profile) == [{**EMAIL, "priority": 0, "status": "subscribed"}]


def test_minus_one_on_a_new_subscription_is_as_left_out(altcraft: Any) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", {**EMAIL, "status": -1, "priority": -1})
    assert listed(altcraft, profile) == [{**EMAIL, "priority": 0, "status": "subscribed"}]


def test_new_status_may_be_unconfirmed(make_altcraft: Any) -> None:
    altcraft = make_altcraft(new_status="unconfirmed")
    profile = add_profile(altcraft, "anna.primerova@example.com", EMAIL)
    assert listed(altcraft, profile)[0]["status"] == "unconfirmed"


def test_new_priority_may_be_the_lowest(make_altcraft: Any) -> None:
    blog = {"id": 2, "name": "Blog", "channels": ["email"], "dbs_ids": [5], "raise_new": True}
    altcraft = make_altcraft(with_more(resources=[blog]), new_priority="lowest")
    profile = add_profile(altcraft, "anna.primerova@example.com", {**EMAIL, "priority": 4}, SMS, PUSH)
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, "resource_id": 2}))
    assert [sub["priority"] for sub in listed(altcraft, profile)] == [4, 5, 6, 0]


def test_cats_are_added(altcraft: Any) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", {**EMAIL, "cats": ["category_2"]})
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, "cats": ["category_1", "category_2"]}))
    assert listed(altcraft, profile)[0]["cats"] == ["category_2", "category_1"]
    altcraft.done("subscriptions/set", **named(profile, EMAIL))
    assert listed(altcraft, profile)[0]["cats"] == ["category_2", "category_1"]


def test_cats_may_be_replaced(make_altcraft: Any) -> None:
    altcraft = make_altcraft(cats="replace")
    profile = add_profile(altcraft, "anna.primerova@example.com", {**EMAIL, "cats": ["category_2"]})
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, "cats": ["category_1"]}))
    assert listed(altcraft, profile)[0]["cats"] == ["category_1"]
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, "cats": []}))
    assert "cats" not in listed(altcraft, profile)[0]


SHOP_WITH_FIELDS = {
    "id": 1,
    "name": "Shop",
    "channels": ["email", "push"],
    "dbs_ids": [5],
    "fields": {
        "push": [
            {"name": "opened", "title": "Opened", "type": "int", "required": False},
            {"name": "topics", "title": "Topics", "type": "tags", "required": False},
        ]
    },
}


def test_custom_fields_of_the_system_and_of_the_channel(make_altcraft: Any) -> None:
    altcraft = make_altcraft(with_more(resources=[SHOP_WITH_FIELDS]))
    fields = {"_device_type": "phone", "opened": "3", "topics": ["news"], "unheard_of": 1}
    profile = add_profile(altcraft, "anna.primerova@example.com", {**PUSH, "custom_fields": fields})
    assert listed(altcraft, profile)[0]["custom_fields"] == {
        "_device_type": "phone",
        "opened": 3,
        "topics": ["news"],
    }
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, "custom_fields": {"opened": 3}}))
    assert "custom_fields" not in listed(altcraft, profile)[1]


def test_custom_fields_by_update_functions(make_altcraft: Any) -> None:
    altcraft = make_altcraft(with_more(resources=[SHOP_WITH_FIELDS]))
    first = {"_device_type": "phone", "opened": 3, "topics": ["news"]}
    profile = add_profile(altcraft, "anna.primerova@example.com", {**PUSH, "custom_fields": first})
    functions = {
        "_device_type": {"action": "unset"},
        "opened": {"action": "incr", "value": -1},
        "topics": {"action": "add", "value": ["sport"]},
    }
    altcraft.done("subscriptions/set", **named(profile, {**PUSH, "custom_fields": functions}))
    assert listed(altcraft, profile)[0]["custom_fields"] == {"opened": 2, "topics": ["news", "sport"]}


def test_unknown_custom_fields_as_those_of_the_database(make_altcraft: Any) -> None:
    sub = {**EMAIL, "custom_fields": {"unheard_of": 1}}
    keeping = make_altcraft(unknown_custom_field="store")
    profile = add_profile(keeping, "anna.primerova@example.com", sub)
    assert listed(keeping, profile)[0]["custom_fields"] == {"unheard_of": 1}
    refusing = make_altcraft(unknown_custom_field="refuse")
    profile = add_profile(refusing)
    assert refusing.call("subscriptions/set", **named(profile, sub))["error"] == 400


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ({"channel": "email", "email_data": {"email": "anna.primerova@example.com"}}, EMAIL),
        ({"channel": "sms", "sms_data": {"phone": "+70000000001"}}, SMS),
        (
            {
                "channel": "push",
                "push_data": {"provider": "android-firebase", "subscription_id": "push-token-1"},
            },
            PUSH,
        ),
        (
            {
                "channel": "email",
                "email": "anna.primerova@example.com",
                "email_data": {"email": "old@example.com"},
            },
            EMAIL,
        ),
    ],
    ids=["email", "sms", "push", "both"],
)
def test_older_nested_contacts(altcraft: Any, sent: dict[str, Any], shown: dict[str, Any]) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", {"resource_id": 1, **sent})
    expected = {**shown, "priority": 0, "status": "subscribed"}
    assert listed(altcraft, profile) == [expected]
    found = altcraft.done("subscriptions/get", **named(profile, {"resource_id": 1, **sent}))
    assert found["data"] == expected


def test_date_ip_and_url_are_kept(altcraft: Any) -> None:
    profile = add_profile(altcraft)
    told = {"date": "2024-02-01T10:00:00Z", "ip": "192.0.2.1", "url": "https://shop.example.com/news"}
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, **told}))
    altcraft.done("subscriptions/set", **named(profile, SMS))
    first, second = altcraft.kept("profiles")[0]["subscriptions"]
    assert {name: first[name] for name in told} == told
    assert (second["date"], second["ip"], second["url"]) == ("2024-03-01T08:00:00.000Z", None, None)


def test_events_are_kept_unless_triggers_are_skipped(altcraft: Any) -> None:
    profile = add_profile(altcraft)
    before = len(events(altcraft))
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, "skip_triggers": True}))
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, "status": 1, "skip_triggers": True}))
    assert len(events(altcraft)) == before
    altcraft.done("subscriptions/set", **named(profile, SMS))
    altcraft.done("subscriptions/set", **named(profile, {**SMS, "status": 1}))
    altcraft.done("subscriptions/delete", **named(profile, SMS))
    altcraft.done("subscriptions/restore", **named(profile, SMS))
    assert events(altcraft)[before:] == [
        "subscription_added",
        "subscription_updated",
        "subscription_deleted",
        "subscription_restored",
    ]
    assert altcraft.kept("events")[before + 1]["data"] == {**SMS, "priority": 0, "status": "unsubscribed"}


def test_deleting_is_soft_and_restoring_brings_back(altcraft: Any) -> None:
    sub = {**EMAIL, "priority": 2, "status": "suspended", "cats": ["category_1"]}
    profile = add_profile(altcraft, "anna.primerova@example.com", sub, SMS)
    altcraft.done("subscriptions/delete", **named(profile, EMAIL))
    assert [one["channel"] for one in listed(altcraft, profile)] == ["sms"]
    assert altcraft.call("subscriptions/get", **named(profile, EMAIL))["error"] == 404
    assert altcraft.done("subscriptions/list_all", resource_id=1)["data"][0]["channel"] == "sms"
    assert altcraft.kept("profiles")[0]["subscriptions"][0]["is_delete"] is True
    assert altcraft.call("subscriptions/delete", **named(profile, EMAIL))["error"] == 404
    altcraft.done("subscriptions/restore", **named(profile, EMAIL))
    assert altcraft.done("subscriptions/get", **named(profile, EMAIL))["data"] == sub
    assert altcraft.call("subscriptions/restore", **named(profile, EMAIL))["error"] == 404


def test_setting_a_deleted_subscription_brings_it_back(altcraft: Any) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", {**EMAIL, "status": "unsubscribed"})
    altcraft.done("subscriptions/delete", **named(profile, EMAIL))
    altcraft.done("subscriptions/set", **named(profile, EMAIL))
    assert listed(altcraft, profile) == [{**EMAIL, "priority": 0, "status": "unsubscribed"}]


def test_setting_a_deleted_subscription_may_be_refused(make_altcraft: Any) -> None:
    altcraft = make_altcraft(set_revives=False)
    profile = add_profile(altcraft, "anna.primerova@example.com", EMAIL)
    altcraft.done("subscriptions/delete", **named(profile, EMAIL))
    assert altcraft.call("subscriptions/set", **named(profile, EMAIL))["error"] == 400
    altcraft.done("subscriptions/restore", **named(profile, EMAIL))
    altcraft.done("subscriptions/set", **named(profile, {**EMAIL, "status": 1}))
    assert listed(altcraft, profile)[0]["status"] == "unsubscribed"


def test_deleted_subscriptions_may_be_read(make_altcraft: Any) -> None:
    altcraft = make_altcraft(deleted_hidden=False)
    profile = add_profile(altcraft, "anna.primerova@example.com", EMAIL, SMS)
    altcraft.done("subscriptions/delete", **named(profile, EMAIL))
    gone = {**EMAIL, "priority": 0, "status": "subscribed", "is_delete": True}
    assert listed(altcraft, profile)[0] == gone
    assert altcraft.done("subscriptions/get", **named(profile, EMAIL))["data"] == gone
    assert len(altcraft.done("subscriptions/list_all", resource_id=1)["data"]) == 2


def test_set_subscription_in_xml(altcraft: Any) -> None:
    profile = add_profile(altcraft)
    body = (
        f"<xml><token>{altcraft.token}</token><db_id>5</db_id><profile_id>{profile}</profile_id>"
        "<resource_id>1</resource_id><channel>telegram_bot</channel><cc_data><id>1</id></cc_data>"
        "<status>5</status><cats array='true'>category_1</cats></xml>"
    )
    answer = altcraft.client.post(
        "/altcraft/api/v1.1/subscriptions/set", data=body, content_type="application/xml"
    )
    assert answer.json["error"] == 0
    assert listed(altcraft, profile) == [
        {**TELEGRAM, "priority": 0, "status": "suspended", "cats": ["category_1"]}
    ]


def test_the_resource_must_have_the_database(make_altcraft: Any) -> None:
    altcraft = make_altcraft(with_more(databases=[{"id": 7, "name": "Partners"}]))
    profile = altcraft.done("profiles/add", db_id=7, data={"email": "anna.primerova@example.com"})[
        "profile_id"
    ]
    before = altcraft.state()
    answer = altcraft.call("subscriptions/set", **{**named(profile, EMAIL), "db_id": 7})
    assert answer == {"error": 400, "error_text": "Incorrect request: resource 1 has no database 7"}
    assert altcraft.state() == before


def test_an_invalid_subscription_that_is_dropped_changes_nothing(make_altcraft: Any) -> None:
    kinds = [("prefs", "object"), ("opened", "int")]
    push = [{"name": name, "title": name, "type": type, "required": False} for name, type in kinds]
    shop = {**SHOP_WITH_FIELDS, "fields": {"push": push}}
    altcraft = make_altcraft(with_more(resources=[shop]))
    first = {**PUSH, "custom_fields": {"prefs": {"size": "S"}}}
    profile = add_profile(altcraft, "anna.primerova@example.com", first)
    changed = {"prefs": {"action": "upsert", "submatch": "size", "value": "L"}, "opened": "often"}
    data = {"subscriptions": [{**PUSH, "status": 1, "custom_fields": changed}]}
    sent = {"db_id": 5, "profile_id": profile, "matching": "profile_id", "data": data}
    assert altcraft.call("profiles/update", **sent)["error"] == 400
    altcraft.done("profiles/update", **sent, skip_invalid_subscriptions=True)
    assert listed(altcraft, profile) == [{**first, "priority": 0, "status": "subscribed"}]


@pytest.mark.parametrize("code", [400, 404])
def test_code_of_an_unseen_resource_in_the_data_of_a_profile(make_altcraft: Any, code: int) -> None:
    altcraft = make_altcraft(invalid_subscription_code=code)
    data = {"email": "anna.primerova@example.com", "subscriptions": [{**EMAIL, "resource_id": 9}]}
    assert altcraft.call("profiles/add", db_id=5, data=data)["error"] == code
    data["subscriptions"] = [{**SMS, "resource_id": 2}]
    assert altcraft.call("profiles/add", db_id=5, data=data)["error"] == 400


REFUSED: list[tuple[int, dict[str, Any]]] = [
    (400, {**EMAIL, "channel": None}),
    (400, {"resource_id": 1, "channel": "email"}),
    (400, {**EMAIL, "email": "nobody"}),
    (400, {**EMAIL, "email_data": {}}),
    (400, {**SMS, "phone": "12"}),
    (400, {"resource_id": 1, "channel": "push", "provider": "ios-apns"}),
    (400, {**PUSH, "push_data": {"provider": "ios-apns"}}),
    (400, {**TELEGRAM, "cc_data": {"id": "one"}}),
    (400, {**TELEGRAM, "cc_data": {}}),
    (400, {**WHATSAPP, "cc_data": {"id": 1}}),
    (400, {"resource_id": 1, "channel": "notify"}),
    (400, {**EMAIL, "status": "gone"}),
    (400, {**EMAIL, "status": 7}),
    (400, {**EMAIL, "status": -2}),
    (400, {**EMAIL, "priority": -2}),
    (400, {**EMAIL, "priority": 2**31}),
    (400, {**EMAIL, "cats": ["category_9"]}),
    (400, {**EMAIL, "cats": "category_1"}),
    (400, {**EMAIL, "custom_fields": []}),
    (400, {**EMAIL, "custom_fields": {"_ad_track": "perhaps"}}),
    (400, {**EMAIL, "custom_fields": {"_device_type": {"action": "incr", "value": 1}}}),
    (400, {**SMS, "resource_id": 2}),
    (404, {**EMAIL, "resource_id": 9}),
    (404, {**EMAIL, "profile_id": "5f00000000000000000000ff"}),
    (404, {**EMAIL, "db_id": 9}),
    (404, {**EMAIL, "db_id": 6}),
]


@pytest.mark.parametrize(("code", "sub"), REFUSED)
def test_set_subscription_refuses_without_a_trace(altcraft: Any, code: int, sub: dict[str, Any]) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", EMAIL)
    before = altcraft.state()
    answer = altcraft.call("subscriptions/set", **named(profile, {}) | sub)
    assert answer["error"] == code, answer
    assert answer.keys() == {"error", "error_text"}
    assert altcraft.state() == before
