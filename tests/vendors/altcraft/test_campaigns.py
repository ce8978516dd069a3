"""campaigns/triggers/import_and_start and start, workflows/import_and_start: messages reach the outbox."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import EMAIL, PUSH, SMS, TELEGRAM, add_profile, with_more

IMPORT_AND_START = "campaigns/triggers/import_and_start"
START = "campaigns/triggers/start"
WORKFLOW = "workflows/import_and_start"

ORDER = {"resource_id": 1, "channel": "email", "subject": "Order {apicontent.order}", "text": "Hello!"}
CAMPAIGNS: list[dict[str, Any]] = [
    {"id": 1, "kind": "trigger", "database": 5, "name": "Order", "message": ORDER},
    {"id": 2, "kind": "trigger", "database": 5, "name": "Asleep", "message": ORDER, "active": False},
    {"id": 3, "kind": "trigger", "database": 5, "name": "Birthday", "message": ORDER, "type": "date"},
    {"id": 4, "kind": "trigger", "database": 6, "name": "Staff", "message": ORDER},
    {"id": 5, "kind": "workflow", "database": 5, "name": "Welcome", "message": ORDER},
    {"id": 6, "kind": "workflow", "database": 5, "name": "Asleep", "message": ORDER, "active": False},
    {"id": 7, "kind": "trigger", "database": 5, "name": "Empty"},
    {"id": 8, "kind": "trigger", "database": 6, "name": "Asleep", "active": False},
]
ANNA = {"email": "anna.primerova@example.com"}
PERSON: dict[str, Any] = {**ANNA, "data": {**ANNA, "subscriptions": [EMAIL]}}


@pytest.fixture
def shop(make_altcraft: Any) -> Any:
    """The world of the documents, with campaigns."""
    return make_altcraft(with_more(campaigns=CAMPAIGNS))


def with_message(make_altcraft: Any, **message: Any) -> Any:
    campaign = {**CAMPAIGNS[0], "message": {"subject": None, **ORDER, **message}}
    return make_altcraft(with_more(campaigns=[campaign]))


def test_import_and_start_trigger_sends_the_message(shop: Any) -> None:
    answer = shop.done(IMPORT_AND_START, trigger_id=1, **PERSON, content={"order": "1001"})
    assert answer.keys() == {"error", "error_text", "profile_id"}
    found = shop.done("profiles/get", db_id=5, **ANNA)["data"]
    assert found["_id"] == answer["profile_id"]
    (message,) = shop.outbox
    assert message["status"] == "sent"
    assert (message["channel"], message["to"]) == ("email", "anna.primerova@example.com")
    assert (message["subject"], message["text"]) == ("Order 1001", "Hello!")
    assert (message["cause"]["campaign"], message["cause"]["profile"]) == (1, answer["profile_id"])


def test_the_import_is_that_of_profiles_import(shop: Any) -> None:
    profile = add_profile(shop, "anna.primerova@example.com", EMAIL)
    data = {"_fname": "Anna", "bonus": {"action": "incr", "value": 5}}
    wrong = {**SMS, "resource_id": 9}
    body = {**ANNA, "data": {**data, "subscriptions": [wrong]}}
    before = shop.state()
    assert shop.call(IMPORT_AND_START, trigger_id=1, **body)["error"] == 400
    assert shop.state() == before
    answer = shop.done(IMPORT_AND_START, trigger_id=1, **body, skip_invalid_subscriptions=True)
    assert answer["profile_id"] == profile
    (kept,) = shop.kept("profiles")
    assert (kept["fields"]["_fname"], kept["fields"]["bonus"]) == ("Anna", 5)
    assert [message["status"] for message in shop.outbox] == ["sent"]


def test_the_search_value_may_stand_in_the_data(shop: Any) -> None:
    answer = shop.done(IMPORT_AND_START, trigger_id=1, data=PERSON["data"])
    assert shop.done(WORKFLOW, workflow_id=5, matching="email", data=PERSON["data"]) == answer


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ({"name": "Anna", "order": {"total": 12.5, "paid": True}}, "Anna 12.5 true ."),
        ({"name": "{apicontent.order.total}", "order": [1]}, "{apicontent.order.total}   ."),
        ({}, "   ."),
        (None, "   ."),
    ],
)
def test_variables_of_the_content(make_altcraft: Any, content: dict[str, Any] | None, text: str) -> None:
    template = "{apicontent.name} {apicontent.order.total} {apicontent.order.paid} ."
    altcraft = with_message(make_altcraft, text=template)
    sent = {} if content is None else {"content": content}
    altcraft.done(IMPORT_AND_START, trigger_id=1, **PERSON, **sent)
    (message,) = altcraft.outbox
    assert message["text"] == text


def test_custom_data_and_attachments_are_kept_with_the_message(shop: Any) -> None:
    file = {"data": "data:text/plain;base64,T3JkZXIgMTAwMQ==", "name": "order.txt"}
    shop.done(IMPORT_AND_START, trigger_id=1, **PERSON, custom_data={"till": 3}, attach=[file])
    cause = shop.outbox[0]["cause"]
    assert (cause["custom_data"], cause["attach"]) == ({"till": 3}, ["order.txt"])


@pytest.mark.parametrize(
    ("sub", "to"),
    [
        (EMAIL, "anna.primerova@example.com"),
        (SMS, "+70000000001"),
        (PUSH, "push-token-1"),
        (TELEGRAM, "1"),
    ],
    ids=lambda value: value["channel"] if isinstance(value, dict) else "",
)
def test_messages_on_other_channels(make_altcraft: Any, sub: dict[str, Any], to: str) -> None:
    altcraft = with_message(make_altcraft, channel=sub["channel"])
    add_profile(altcraft, "anna.primerova@example.com", EMAIL, SMS, PUSH, TELEGRAM)
    altcraft.done(START, id=1, **ANNA)
    assert [(message["channel"], message["to"]) for message in altcraft.outbox] == [(sub["channel"], to)]


def test_the_subscription_of_the_highest_priority_gets_the_message(shop: Any) -> None:
    subs = [
        {**EMAIL, "email": "second@example.com", "priority": 2},
        {**EMAIL, "email": "first@example.com", "priority": 1},
        {**EMAIL, "email": "unsubscribed@example.com", "priority": 0, "status": "unsubscribed"},
        {**EMAIL, "resource_id": 2, "email": "blog@example.com"},
    ]
    add_profile(shop, "anna.primerova@example.com", *subs)
    shop.done(START, id=1, **ANNA)
    assert [message["to"] for message in shop.outbox] == ["first@example.com"]


def test_start_trigger_for_a_profile_that_is_there(shop: Any) -> None:
    profile = add_profile(shop, "anna.primerova@example.com", EMAIL)
    answer = shop.done(START, id=1, matching="profile_id", profile_id=profile, content={"order": 2})
    assert answer.keys() == {"error", "error_text"}
    assert shop.outbox[0]["subject"] == "Order 2"


def test_import_and_start_workflow(shop: Any) -> None:
    answer = shop.done(WORKFLOW, workflow_id=5, matching="email", db_id=5, **PERSON, add_to_segments=[1])
    assert shop.kept("profiles")[0]["segments"] == [1]
    (message,) = shop.outbox
    assert message["cause"]["profile"] == answer["profile_id"]
    assert message["cause"]["operation"] == "workflow"


STRAY = {
    "timeout": 5,
    "attach": "order.txt",
    "custom_data": 1,
    "add_to_segments": 5,
    "remove_from_segments": 5,
}


@pytest.mark.parametrize(
    ("path", "sent", "named"),
    [
        (IMPORT_AND_START, {"trigger_id": 1, **PERSON}, ["timeout", "attach", "custom_data"]),
        (WORKFLOW, {"workflow_id": 5, "matching": "email", **PERSON}, list(STRAY)[3:]),
        (START, {"id": 1, **ANNA}, []),
    ],
    ids=["trigger", "workflow", "start"],
)
def test_members_of_other_operations_are_passed_over(
    shop: Any, path: str, sent: dict[str, Any], named: list[str]
) -> None:
    add_profile(shop, "anna.primerova@example.com", EMAIL)
    stray = {name: value for name, value in STRAY.items() if name not in named}
    shop.done(path, **sent, **stray)
    (message,) = shop.outbox
    assert (message["cause"]["custom_data"], message["cause"]["attach"]) == ({}, [])
    for name in named:
        assert shop.call(path, **sent, **{name: STRAY[name]})["error"] == 400


def test_a_timeout_sends_later(shop: Any) -> None:
    timeout = {"days": 1, "hours": 2, "minutes": 5, "seconds": 7}
    shop.done(IMPORT_AND_START, trigger_id=1, **PERSON, timeout=timeout, content={"order": 3})
    shop.move_to("2024-03-02T10:04:59Z")
    assert shop.outbox == []
    shop.move_to("2024-03-02T10:05:00Z")
    (message,) = shop.outbox
    assert (message["subject"], message["time"]) == ("Order 3", "2024-03-02T10:05:00Z")


def test_a_deleted_subscription_gets_no_message(shop: Any) -> None:
    profile = add_profile(shop, "anna.primerova@example.com", EMAIL)
    shop.done("subscriptions/delete", db_id=5, profile_id=profile, **EMAIL)
    shop.done(START, id=1.0, matching="profile_id", profile_id=profile)
    (message,) = shop.outbox
    assert message["status"] == "skipped"
    assert message["cause"].keys() == {"operation", "campaign", "profile", "custom_data", "attach"}


def test_a_timeout_of_nothing_sends_at_once(shop: Any) -> None:
    shop.done(IMPORT_AND_START, trigger_id=1, **PERSON, timeout={"days": 0, "hours": 0, "minutes": 0})
    assert len(shop.outbox) == 1


def test_after_a_timeout_the_profile_counts_as_it_is_then(shop: Any) -> None:
    profile = shop.done(IMPORT_AND_START, trigger_id=1, **PERSON, timeout={"hours": 1})["profile_id"]
    shop.done(IMPORT_AND_START, trigger_id=1, **PERSON, timeout={"hours": 2})
    shop.done("subscriptions/set", db_id=5, profile_id=profile, **EMAIL, status="unsubscribed")
    shop.move_to("2024-03-01T09:00:00Z")
    shop.done("profiles/delete", db_id=5, **ANNA)
    shop.move_to("2024-03-01T10:00:00Z")
    assert [(message["status"], message["reason"]) for message in shop.outbox] == [
        ("skipped", "not subscribed to email of resource 1"),
        ("skipped", "the profile was deleted"),
    ]


@pytest.mark.parametrize(
    ("data", "campaign", "reason"),
    [
        ({}, 1, "not subscribed to email of resource 1"),
        ({"subscriptions": [SMS]}, 1, "not subscribed to email of resource 1"),
        ({"subscriptions": [{**EMAIL, "status": 4}]}, 1, "not subscribed to email of resource 1"),
        (
            {"subscriptions": [EMAIL], "_status": "complained"},
            1,
            "the global status of the profile is complained",
        ),
        ({"subscriptions": [EMAIL], "_status": 5}, 1, "the global status of the profile is suspended"),
        ({"subscriptions": [EMAIL]}, 7, "the campaign has no message"),
    ],
)
def test_who_gets_no_message(shop: Any, data: dict[str, Any], campaign: int, reason: str) -> None:
    shop.done(IMPORT_AND_START, trigger_id=campaign, **ANNA, data={**ANNA, **data})
    assert [(message["status"], message["reason"]) for message in shop.outbox] == [("skipped", reason)]


REFUSED: list[tuple[int, str, dict[str, Any]]] = [
    (400, IMPORT_AND_START, {**PERSON}),
    (400, IMPORT_AND_START, {"trigger_id": 1, **ANNA}),
    (400, IMPORT_AND_START, {"trigger_id": 1, **ANNA, "data": None}),
    (400, IMPORT_AND_START, {"trigger_id": 1, **ANNA, "data": {"email": "nobody"}}),
    (400, IMPORT_AND_START, {"trigger_id": 1, **PERSON, "matching": "phone_sub"}),
    (400, IMPORT_AND_START, {"trigger_id": 1, **PERSON, "timeout": {"minutes": -1}}),
    (400, IMPORT_AND_START, {"trigger_id": 1, **PERSON, "timeout": 5}),
    (400, IMPORT_AND_START, {"trigger_id": 1, **PERSON, "content": "1001"}),
    (400, IMPORT_AND_START, {"trigger_id": 1, **PERSON, "attach": [{"data": "x", "name": "order.txt"}]}),
    (400, IMPORT_AND_START, {"trigger_id": 1, **PERSON, "db_id": 6}),
    (400, IMPORT_AND_START, {"trigger_id": 2, **PERSON}),
    (400, IMPORT_AND_START, {"trigger_id": 3, **PERSON}),
    (404, IMPORT_AND_START, {"trigger_id": 4, **PERSON}),
    (404, IMPORT_AND_START, {"trigger_id": 5, **PERSON}),
    (404, IMPORT_AND_START, {"trigger_id": 8, **PERSON}),
    (404, IMPORT_AND_START, {"trigger_id": 77, **PERSON}),
    (404, IMPORT_AND_START, {"trigger_id": 1, **PERSON, "matching": "profile_id", "profile_id": "0" * 24}),
    (400, START, {**ANNA}),
    (400, START, {"id": 1}),
    (400, START, {"id": 2, **ANNA}),
    (404, START, {"id": 1, **ANNA}),
    (404, START, {"id": 5, **ANNA}),
    (400, WORKFLOW, {"workflow_id": 5, **PERSON}),
    (400, WORKFLOW, {"workflow_id": 6, "matching": "email", **PERSON}),
    (404, WORKFLOW, {"workflow_id": 1, "matching": "email", **PERSON}),
]


@pytest.mark.parametrize(("code", "path", "sent"), REFUSED)
def test_campaigns_refuse_without_a_trace(shop: Any, code: int, path: str, sent: dict[str, Any]) -> None:
    before = shop.state()
    answer = shop.call(path, **sent)
    assert answer["error"] == code, answer
    assert shop.state() == before


def test_what_cannot_be_launched_may_be_not_found(make_altcraft: Any) -> None:
    altcraft = make_altcraft(with_more(campaigns=CAMPAIGNS), trigger_inactive=404)
    assert altcraft.call(IMPORT_AND_START, trigger_id=2, **PERSON)["error"] == 404
    assert altcraft.call(WORKFLOW, workflow_id=6, matching="email", **PERSON)["error"] == 404


def test_the_longest_timeout_is_taken(make_altcraft: Any) -> None:
    altcraft = make_altcraft(with_more(campaigns=CAMPAIGNS), clock="8999-12-31T00:00:00Z")
    longest = {"days": 100_000, "hours": 100_000, "minutes": 100_000}
    altcraft.done(IMPORT_AND_START, trigger_id=1, **PERSON, timeout=longest)
    assert altcraft.outbox == []
    assert altcraft.call(IMPORT_AND_START, trigger_id=1, **PERSON, timeout={"days": 100_001})["error"] == 400


def test_campaigns_need_their_right(make_altcraft: Any) -> None:
    token = {"id": 3, "token": "example-token-of-robot", "name": "Robot", "permissions": ["profiles.write"]}
    altcraft = make_altcraft(with_more(campaigns=CAMPAIGNS, tokens=[token]))
    for path, id in ((IMPORT_AND_START, "trigger_id"), (WORKFLOW, "workflow_id"), (START, "id")):
        answer = altcraft.call(path, token=token["token"], **{id: 1}, **PERSON)
        assert answer == {"error": 403, "error_text": "No access"}
