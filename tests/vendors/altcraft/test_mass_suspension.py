"""subscriptions/suspend_all and unsuspend_all: how many they change, and which they leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import EMAIL, PUSH, SMS, add_profile, with_more

BLOG = {**EMAIL, "resource_id": 2}
OTHERS = ["unsubscribed", "complained", "hardbounced", "unconfirmed", "invalid"]


def statuses(altcraft: Any) -> list[tuple[int, str, str]]:
    """Resource, channel and status of all subscriptions, in order of their making."""
    return [
        (sub["resource_id"], sub["channel"], sub["status"])
        for profile in altcraft.kept("profiles")
        for sub in profile["subscriptions"]
    ]


def populated(altcraft: Any) -> None:
    """Two profiles: 2 e-mail, 1 sms and 1 push to resource 1, 2 e-mail to resource 2."""
    add_profile(altcraft, "anna.primerova@example.com", EMAIL, SMS, BLOG)
    another = {"email": "boris.obraztsov@example.com"}
    add_profile(altcraft, "boris.obraztsov@example.com", EMAIL | another, PUSH, BLOG | another)


@pytest.mark.parametrize(
    ("filters", "updated"),
    [
        ({}, 6),
        ({"channel": "email"}, 4),
        ({"channel": "sms"}, 1),
        ({"resource_id": 1}, 4),
        ({"resource_id": 2}, 2),
        ({"resource_id": 1, "channel": "email"}, 2),
        ({"resource_id": 2, "channel": "sms"}, 0),
        ({"channel": "viber"}, 0),
    ],
)
def test_suspending_and_back_by_filters(altcraft: Any, filters: dict[str, Any], updated: int) -> None:
    populated(altcraft)
    before = statuses(altcraft)
    answer = altcraft.done("subscriptions/suspend_all", db_id=5, **filters)
    assert answer == {"error": 0, "error_text": "Successful operation", "updated": updated}
    expected = [
        (resource, channel, "suspended" if _meant(filters, resource, channel) else "subscribed")
        for resource, channel, _ in before
    ]
    assert statuses(altcraft) == expected
    assert altcraft.done("subscriptions/suspend_all", db_id=5, **filters)["updated"] == 0
    assert altcraft.done("subscriptions/unsuspend_all", db_id=5, **filters)["updated"] == updated
    assert statuses(altcraft) == before
    assert altcraft.done("subscriptions/unsuspend_all", db_id=5)["updated"] == 0


def _meant(filters: dict[str, object], resource: int, channel: str) -> bool:
    return {**filters, "resource_id": resource, "channel": channel} | filters == {
        "resource_id": resource,
        "channel": channel,
    }


@pytest.mark.parametrize("status", OTHERS)
def test_other_statuses_are_left_alone(altcraft: Any, status: str) -> None:
    add_profile(altcraft, "anna.primerova@example.com", EMAIL | {"status": status}, SMS)
    assert altcraft.done("subscriptions/suspend_all", db_id=5)["updated"] == 1
    assert altcraft.done("subscriptions/unsuspend_all", db_id=5)["updated"] == 1
    assert statuses(altcraft) == [(1, "email", status), (1, "sms", "subscribed")]


def test_deleted_subscriptions_are_left_alone(altcraft: Any) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", EMAIL, SMS)
    altcraft.done("subscriptions/delete", db_id=5, profile_id=profile, **EMAIL)
    assert altcraft.done("subscriptions/suspend_all", db_id=5)["updated"] == 1
    altcraft.done("subscriptions/restore", db_id=5, profile_id=profile, **EMAIL)
    assert statuses(altcraft) == [(1, "email", "subscribed"), (1, "sms", "suspended")]


def test_other_databases_are_left_alone(make_altcraft: Any) -> None:
    shop = {"id": 1, "name": "Shop", "channels": ["email", "sms"], "dbs_ids": [5, 7]}
    altcraft = make_altcraft(with_more(databases=[{"id": 7, "name": "Partners"}], resources=[shop]))
    add_profile(altcraft, "anna.primerova@example.com", EMAIL)
    data = {"email": "anna.primerova@example.com", "subscriptions": [EMAIL, SMS]}
    altcraft.done("profiles/add", db_id=7, data=data)
    assert altcraft.done("subscriptions/suspend_all", db_id=7)["updated"] == 2
    assert statuses(altcraft) == [
        (1, "email", "subscribed"),
        (1, "email", "suspended"),
        (1, "sms", "suspended"),
    ]


def test_each_change_is_an_event(altcraft: Any) -> None:
    populated(altcraft)
    before = len(altcraft.kept("events"))
    altcraft.done("subscriptions/suspend_all", db_id=5, channel="email", resource_id=1)
    told = altcraft.kept("events")[before:]
    assert [(event["type"], event["data"]["status"]) for event in told] == [
        ("subscription_updated", "suspended")
    ] * 2


@pytest.mark.parametrize("operation", ["suspend_all", "unsuspend_all"])
@pytest.mark.parametrize(
    ("code", "sent"),
    [
        (400, {"db_id": None}),
        (400, {"db_id": "five"}),
        (400, {"db_id": 5, "channel": ""}),
        (400, {"db_id": 5, "resource_id": 0}),
        (404, {"db_id": 9}),
        (404, {"db_id": 6}),
        (404, {"db_id": 5, "resource_id": 9}),
    ],
)
def test_refusals_leave_no_trace(altcraft: Any, operation: str, code: int, sent: dict[str, Any]) -> None:
    populated(altcraft)
    before = altcraft.state()
    assert altcraft.call(f"subscriptions/{operation}", **sent)["error"] == code
    assert altcraft.state() == before


def test_a_token_without_the_right_may_not(make_altcraft: Any) -> None:
    reader = {"id": 3, "token": "example-token-of-reader", "name": "Reader", "permissions": ["profiles.read"]}
    altcraft = make_altcraft(with_more(tokens=[reader]))
    populated(altcraft)
    before = altcraft.state()
    answer = altcraft.call("subscriptions/suspend_all", token="example-token-of-reader", db_id=5)
    assert answer == {"error": 403, "error_text": "No access"}
    assert altcraft.state() == before
