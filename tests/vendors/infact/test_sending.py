"""Whom a campaign reaches, on which channel, with what text; and why it does not reach the others."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from tests.vendors.infact.bodies import recipient
from tests.vendors.infact.sending import document, reached, send, send_columns

SMS_OFF: dict[str, dict[str, Any]] = {
    "consent": {"SMSEnabled": 0},
    "absent": {"CellularPhone": None},
    "empty": {"CellularPhone": " "},
    "invalid": {"CellularPhone": "21000000"},
    "garbage": {"CellularPhone": "call me"},
    "blacklisted": {"CellularPhone": "+4740000098"},
}
EMAIL_OFF: dict[str, dict[str, Any]] = {
    "consent": {"EmailEnabled": 0},
    "absent": {"Email": None},
    "empty": {"Email": ""},
    "garbage": {"Email": "not an address"},
    "blacklisted": {"Email": "Nei.Takk@example.com"},
}
REASONS = {
    "sms: SMSEnabled is 0",
    "sms: no phone number in CellularPhone and Phone2 to Phone5",
    "sms: no mobile number in CellularPhone and Phone2 to Phone5 (NO): '21000000'",
    "sms: no mobile number in CellularPhone and Phone2 to Phone5 (NO): 'call me'",
    "sms: +4740000098 is on the global blacklist",
    "email: EmailEnabled is 0",
    "email: no e-mail address in Email",
    "email: no e-mail address in Email: 'not an address'",
    "email: Nei.Takk@example.com is on the global blacklist",
}


@pytest.fixture
def guarded(make_infact: Any) -> Any:
    """An Infact in which the global blacklist holds for every campaign."""
    return make_infact(global_blacklist="always")


# Priority1, Priority2, SMS can be used, e-mail can be used: the channel that is used
TRUTH: list[tuple[int | None, int | None, bool, bool, str | None]] = [
    (2, 1, True, True, "sms"),
    (2, 1, True, False, "sms"),
    (2, 1, False, True, "email"),
    (2, 1, False, False, None),
    (1, 2, True, True, "email"),
    (1, 2, True, False, "sms"),
    (1, 2, False, True, "email"),
    (1, 2, False, False, None),
    (2, None, True, True, "sms"),
    (2, None, True, False, "sms"),
    (2, None, False, True, None),
    (2, None, False, False, None),
    (1, None, True, True, "email"),
    (1, None, True, False, None),
    (1, None, False, True, "email"),
    (1, None, False, False, None),
    (0, 2, True, True, "sms"),
    (None, 1, True, True, "email"),
    (2, 2, False, True, None),
    (1, 1, True, False, None),
]


@pytest.mark.parametrize(("first", "second", "sms", "email", "channel"), TRUTH)
def test_priorities_consents_and_fallback(
    guarded: Any, first: int | None, second: int | None, sms: bool, email: bool, channel: str | None
) -> None:
    """Each way in which a channel can be closed, at each place of the table."""
    people = [
        recipient(UserId=f"{n}") | SMS_OFF.get(no_sms, {}) | EMAIL_OFF.get(no_email, {})
        for n, (no_sms, no_email) in enumerate(
            product([""] if sms else SMS_OFF, [""] if email else EMAIL_OFF)
        )
    ]
    send(guarded, *people, Priority1=first, Priority2=second, AllowDuplicates=True)
    assert len(guarded.outbox) == len(people)
    if channel is None:
        assert not guarded.sent
        assert {reason for m in guarded.skipped for reason in m["reason"].split("; ")} <= REASONS
    else:
        assert [m["channel"] for m in guarded.sent] == [channel] * len(people)


def test_a_skipped_recipient_says_why_for_every_channel(guarded: Any) -> None:
    send(
        guarded,
        recipient(SMSEnabled=0, Email="nei.takk@example.com"),
        recipient(UserId="2", SMSEnabled=0, Email=""),
    )
    one, two = guarded.skipped
    assert one["reason"] == "sms: SMSEnabled is 0; email: nei.takk@example.com is on the global blacklist"
    assert (one["channel"], one["to"]) == (None, "nei.takk@example.com")
    assert one["cause"] == {
        "operation": "createObsoleteCampaign",
        "caller_id": "17",
        "campaign": 70001,
        "recipient": 0,
        "user_id": "11111",
    }
    assert two["reason"] == "sms: SMSEnabled is 0; email: no e-mail address in Email"
    assert (two["to"], two["cause"]["recipient"], two["cause"]["user_id"]) == (None, 1, "2")
    assert document(guarded)["counts"] == {"recipients": 2, "sent": 0, "skipped": 2}


# --- phones -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phones", "chosen"),
    [
        ({"CellularPhone": "40000001", "Phone2": "40000002"}, "+4740000001"),
        ({"CellularPhone": "", "Phone2": "40000002"}, "+4740000002"),
        ({"CellularPhone": None, "Phone3": "40000003"}, "+4740000003"),
        (
            {"CellularPhone": "21000000", "Phone2": "x", "Phone4": "40000004", "Phone5": "40000005"},
            "+4740000004",
        ),
        ({"CellularPhone": "123", "Phone5": "0047 400 00 005"}, "+4740000005"),
        ({"CellularPhone": "070-174 06 05", "CountryCode": "SE"}, "+46701740605"),
        ({"CellularPhone": "070-174 06 05", "CountryCode": "se"}, "+46701740605"),
        ({"CellularPhone": "+46 70 174 06 05", "CountryCode": "NO"}, "+46701740605"),
        ({"CellularPhone": "+4740000001", "CountryCode": "Norway"}, "+4740000001"),
    ],
)
def test_the_first_valid_phone_is_chosen(infact: Any, phones: dict[str, str], chosen: str) -> None:
    send(infact, recipient(**phones), Priority2=0)
    assert reached(infact) == [chosen]


def test_short_numbers_need_a_country_that_exists(infact: Any) -> None:
    send(infact, recipient(CellularPhone="40000001", CountryCode="Norway"), Priority2=0)
    assert infact.skipped[0]["reason"].endswith("(Norway): '40000001'")


def test_the_first_filled_phone_is_chosen_under_the_other_reading(make_infact: Any) -> None:
    infact = make_infact(phone_choice="filled")
    send(
        infact,
        recipient(CellularPhone="21000000", Phone2="40000002"),
        recipient(CellularPhone="", Phone2="40000002"),
    )
    assert [(m["channel"], m["to"]) for m in infact.sent] == [
        ("email", "kari@example.com"),
        ("sms", "+4740000002"),
    ]


@pytest.mark.parametrize(
    "value", ["40000001", 40000001, 40000001.0, "+4740000001", 4740000001, " 400 00 001 "]
)
def test_phones_may_be_numbers_in_free_columns(infact: Any, value: Any) -> None:
    send_columns(infact, {"mobile": value})
    assert reached(infact) == ["+4740000001"]


@pytest.mark.parametrize(
    "value", [None, "", True, 4.5, [], ["40000001"], {"n": "40000001"}, 10**30, "4" * 300]
)
def test_what_is_no_phone_reaches_nobody(infact: Any, value: Any) -> None:
    send_columns(infact, {"mobile": value})
    assert not infact.sent
    assert infact.skipped[0]["reason"].startswith("sms: no ")
    assert len(infact.skipped[0]["reason"]) < 100


# --- duplicates -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "sent"), [({}, 2), ({"AllowDuplicates": 0}, 2), ({"AllowDuplicates": True}, 4)]
)
def test_duplicates_are_equal_addresses_on_a_channel(infact: Any, allowed: dict[str, Any], sent: int) -> None:
    send(
        infact,
        recipient(UserId="1", CellularPhone="40000001", Email="a@example.com"),
        recipient(UserId="2", CellularPhone="+47 400 00 001", Email="b@example.com"),
        recipient(UserId="3", SMSEnabled=0, Email="c@example.com"),
        recipient(UserId="4", SMSEnabled=0, Email="C@Example.com"),
        **allowed,
    )
    assert len(infact.sent) == sent
    if sent == 2:
        assert [m["cause"]["user_id"] for m in infact.sent] == ["1", "3"], "the first occurrence wins"
        assert [m["reason"] for m in infact.skipped] == [
            "sms: duplicate: +4740000001 has got this campaign already",
            "sms: SMSEnabled is 0; email: duplicate: C@Example.com has got this campaign already",
        ]


def test_the_same_address_may_get_two_campaigns(infact: Any) -> None:
    send(infact, recipient(), CampaignId="1")
    send(infact, recipient(), CampaignId="2")
    assert reached(infact) == ["+4740000001"] * 2


# --- blacklists -------------------------------------------------------------------------

ON_GLOBAL, ON_LIST, ON_FORM, ON_NONE = "+4740000098", "+4740000093", "+4740000094", "+4740000001"
SELECTIONS: list[tuple[dict[str, Any] | None, set[str]]] = [
    (None, {ON_GLOBAL, ON_LIST, ON_FORM, ON_NONE}),
    ({}, {ON_GLOBAL, ON_LIST, ON_FORM, ON_NONE}),
    ({"Type": "None", "BlackListIds": [3], "FormIds": [7]}, {ON_GLOBAL, ON_LIST, ON_FORM, ON_NONE}),
    ({"Type": "Global"}, {ON_LIST, ON_FORM, ON_NONE}),
    ({"Type": "Custom", "BlackListIds": [3]}, {ON_GLOBAL, ON_FORM, ON_NONE}),
    ({"Type": "Custom", "BlackListIds": None, "FormIds": [7]}, {ON_GLOBAL, ON_LIST, ON_NONE}),
    ({"Type": "custom", "BlackListIds": [3, 99], "FormIds": [7, -1]}, {ON_GLOBAL, ON_NONE}),
    ({"Type": "Custom", "BlackListIds": [7], "FormIds": [3]}, {ON_GLOBAL, ON_LIST, ON_FORM, ON_NONE}),
    ({"Type": "All"}, {ON_NONE}),
]


@pytest.mark.parametrize(("selection", "free"), SELECTIONS)
def test_selected_blacklists_close_the_channel(infact: Any, selection: Any, free: set[str]) -> None:
    people = [{"mobile": number} for number in (ON_GLOBAL, ON_LIST, ON_FORM, ON_NONE)]
    send_columns(infact, *people, SMSBlackList=selection)
    assert set(reached(infact)) == free
    assert {m["to"] for m in infact.skipped} == {ON_GLOBAL, ON_LIST, ON_FORM, ON_NONE} - free


def test_lists_are_named_in_the_reason(infact: Any) -> None:
    people = [{"mobile": number} for number in (ON_GLOBAL, ON_LIST, ON_FORM)]
    send_columns(infact, *people, SMSBlackList={"Type": "All"})
    assert [m["reason"] for m in infact.skipped] == [
        f"sms: {ON_GLOBAL} is on the global blacklist",
        f"sms: {ON_LIST} is on blacklist 3",
        f"sms: {ON_FORM} is on the blacklist of form 7",
    ]


def test_the_global_list_holds_unless_told_otherwise_under_the_other_reading(guarded: Any) -> None:
    send_columns(guarded, {"mobile": ON_GLOBAL})
    send_columns(guarded, {"mobile": ON_GLOBAL}, SMSBlackList={"Type": "Custom", "FormIds": [7]})
    assert len(guarded.skipped) == 2
    send_columns(guarded, {"mobile": ON_GLOBAL}, SMSBlackList={"Type": "None"})
    assert (len(guarded.sent), len(guarded.skipped)) == (1, 2)


def test_a_blacklist_is_of_its_channel_only(infact: Any) -> None:
    people = {"mobile": ON_FORM, "mail": "kari@example.com"}
    forms = {"Type": "Custom", "FormIds": [7]}
    send_columns(infact, people, kind="EmailAndSMS", EmailBlackList=forms)
    send_columns(infact, people, kind="EmailAndSMS", SMSBlackList=forms)
    assert [m["channel"] for m in infact.sent] == ["sms", "email"], "the other channel is fallen back to"


@pytest.mark.parametrize(
    ("number", "list_id", "sent"), [(ON_LIST, 0, 1), (ON_LIST, 3, 0), (ON_LIST, 4, 1), (ON_GLOBAL, 3, 1)]
)
def test_the_obsolete_blacklist_is_an_id(infact: Any, number: str, list_id: int, sent: int) -> None:
    send(infact, recipient(CellularPhone=number), Priority2=None, BlackList=list_id)
    assert len(infact.sent) == sent


def test_who_is_blacklisted_before_the_schedule_gets_nothing(guarded: Any) -> None:
    send_columns(guarded, {"mobile": "40000001"}, ScheduleDate="2022-06-18 10:00:00")
    guarded.post("/blacklist/global", {"Phone": "40000001"}, auth="basic")
    guarded.move_to("2022-06-19T00:00:00Z")
    assert [m["status"] for m in guarded.outbox] == ["skipped"]


def test_a_campaign_says_what_it_rests_on(guarded: Any) -> None:
    send_columns(guarded, {"mobile": "40000001"}, {"mobile": "40000001"}, {"mobile": ON_GLOBAL})
    assert document(guarded)["state"] == "Sent"
    assert {"infact.one-message", "infact.queue", "infact.duplicate-address", "infact.blacklisted"} <= set(
        document(guarded)["assumed"]
    )
