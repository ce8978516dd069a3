"""profiles/message_unsub: who unsubscribes by a link in a message that was sent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import EMAIL, SMS, add_profile, with_more

RTOKEN, OF_BLOG = "example-rtoken-of-shop", "example-rtoken-of-blog"
ANOTHER = {**EMAIL, "email": "second@example.com", "priority": 1}
HIDDEN = {
    "id": 3,
    "name": "Hidden",
    "groups": [{"id": 1, "name": "subaccount"}],
    "rtoken": "example-rtoken-hidden",
}


@pytest.fixture
def shop(make_altcraft: Any) -> Any:
    """The world of the documents with a trigger campaign, whose message one profile has received."""
    message = {"resource_id": 1, "channel": "email", "subject": None, "text": "Hello!"}
    campaign = {"id": 1, "kind": "trigger", "database": 5, "name": "Order", "message": message}
    altcraft = make_altcraft(with_more(campaigns=[campaign], resources=[HIDDEN]))
    cats = {"cats": ["category_1", "category_2"]}
    add_profile(altcraft, "anna.primerova@example.com", EMAIL | cats, ANOTHER, SMS)
    altcraft.done("campaigns/triggers/start", id=1, email="anna.primerova@example.com")
    return altcraft


def test_messages_of_resources_that_are_not_seen(make_altcraft: Any) -> None:
    """Seen to fail where the resource of an rtoken is not looked at."""
    staff = {"id": 3, "token": "example-token-of-staff", "name": "Staff", "groups": [0, 1]}
    message = {"resource_id": 3, "channel": "email", "text": "Hello!"}
    campaign = {"id": 1, "kind": "trigger", "database": 5, "name": "Order", "message": message}
    hidden = HIDDEN | {"dbs_ids": [5]}
    altcraft = make_altcraft(with_more(campaigns=[campaign], resources=[hidden], tokens=[staff]))
    by_staff = {"token": "example-token-of-staff"}
    data = {"email": "anna.primerova@example.com", "subscriptions": [EMAIL | {"resource_id": 3}]}
    altcraft.done("campaigns/triggers/import_and_start", trigger_id=1, data=data, **by_staff)
    sent = {"rtoken": "example-rtoken-hidden", "smid": smid(altcraft)}
    assert altcraft.call("profiles/message_unsub", **sent)["error"] == 404
    altcraft.done("profiles/message_unsub", **sent, **by_staff)
    assert [sub["status"] for sub in subs(altcraft)] == ["unsubscribed"]


def smid(altcraft: Any) -> str:
    return str(altcraft.outbox[0]["cause"]["smid"])


def subs(altcraft: Any) -> list[dict[str, Any]]:
    (profile,) = altcraft.kept("profiles")
    found: list[dict[str, Any]] = profile["subscriptions"]
    return found


def test_the_subscription_that_the_message_went_to_is_unsubscribed(shop: Any) -> None:
    answer = shop.done("profiles/message_unsub", rtoken=RTOKEN, smid=smid(shop))
    assert answer["profile_id"] == shop.kept("profiles")[0]["id"]
    assert [sub["status"] for sub in subs(shop)] == ["unsubscribed", "subscribed", "subscribed"]
    assert subs(shop)[0]["cats"] == ["category_1", "category_2"]
    assert shop.kept("events")[-1]["type"] == "subscription_updated"
    shop.done("profiles/message_unsub", rtoken=RTOKEN, smid=smid(shop))
    shop.done("campaigns/triggers/start", id=1, email="anna.primerova@example.com")
    assert shop.outbox[-1]["to"] == "second@example.com"


def test_the_global_status_stays(shop: Any) -> None:
    before = shop.done("profiles/get", db_id=5, email="anna.primerova@example.com")["data"]
    shop.done("profiles/message_unsub", rtoken=RTOKEN, smid=smid(shop))
    after = shop.done("profiles/get", db_id=5, email="anna.primerova@example.com")["data"]
    assert {name for name in after if after[name] != before.get(name)} == {"subscriptions"}


@pytest.mark.parametrize(
    ("categories", "left", "status"),
    [
        (["category_1"], ["category_2"], "subscribed"),
        (["category_2", "category_9"], ["category_1"], "subscribed"),
        (["category_1", "category_2"], [], "subscribed"),
        ([], ["category_1", "category_2"], "unsubscribed"),
    ],
)
def test_only_from_categories(shop: Any, categories: list[str], left: list[str], status: str) -> None:
    shop.done("profiles/message_unsub", rtoken=RTOKEN, smid=smid(shop), categories=categories)
    assert (subs(shop)[0]["cats"], subs(shop)[0]["status"]) == (left, status)


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        (400, {"rtoken": None}),
        (400, {"rtoken": ""}),
        (400, {"smid": None}),
        (400, {"smid": 5}),
        (400, {"categories": "category_1"}),
        (404, {"rtoken": "nobody's"}),
        (404, {"rtoken": OF_BLOG}),
        (404, {"rtoken": "example-rtoken-hidden"}),
        (404, {"smid": "nobody's"}),
    ],
)
def test_refusals_leave_no_trace(shop: Any, code: int, sent: dict[str, Any]) -> None:
    before = shop.state()
    body = {"rtoken": RTOKEN, "smid": smid(shop)} | sent
    assert shop.call("profiles/message_unsub", **body)["error"] == code
    assert shop.state() == before


def test_what_the_message_went_to_may_be_gone(shop: Any) -> None:
    sent = {"rtoken": RTOKEN, "smid": smid(shop)}
    shop.done("subscriptions/delete", db_id=5, profile_id=shop.kept("profiles")[0]["id"], **EMAIL)
    assert shop.call("profiles/message_unsub", **sent)["error"] == 404
    shop.done("profiles/delete", db_id=5, email="anna.primerova@example.com")
    assert shop.call("profiles/message_unsub", **sent)["error"] == 404
