"""POST /v1/Campaigns and POST /v1/datasources/{datasourceId}/campaign."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from simulator.kernel.clock import parse_instant
from tests.vendors.infact.bodies import campaign
from tests.vendors.infact.refusals import refused
from tests.vendors.infact.sending import document

BY_QUERY = "/datasources/265/campaign"


# --- whom and how -----------------------------------------------------------------------

# Type, Priority, has a phone, has an address: channel
CHANNELS: list[tuple[str, str | None, bool, bool, str | None]] = [
    ("SMS", None, True, True, "sms"),
    ("SMS", "Email", True, True, "sms"),
    ("SMS", None, False, True, None),
    ("Email", None, True, True, "email"),
    ("Email", "SMS", True, True, "email"),
    ("Email", None, True, False, None),
    ("EmailAndSMS", "SMS", True, True, "sms"),
    ("EmailAndSMS", "SMS", True, False, "sms"),
    ("EmailAndSMS", "SMS", False, True, "email"),
    ("EmailAndSMS", "SMS", False, False, None),
    ("EmailAndSMS", "Email", True, True, "email"),
    ("EmailAndSMS", "Email", True, False, "sms"),
    ("EmailAndSMS", "Email", False, True, "email"),
    ("emailandsms", "email", True, True, "email"),
]


@pytest.mark.parametrize(("kind", "priority", "phone", "address", "channel"), CHANNELS)
def test_type_and_priority_choose_the_channel(
    infact: Any, kind: str, priority: str | None, phone: bool, address: bool, channel: str | None
) -> None:
    person = {"mobile": "40000001" if phone else None, "mail": "kari@example.com" if address else None}
    body = campaign("EmailAndSMS", Type=kind, Priority=priority, Recipients=[person])
    answer = infact.post("/Campaigns", body)
    assert answer.json == {"Id": 70001, "ExternalId": None}
    (message,) = infact.outbox
    assert (message["status"], message["channel"]) == (
        ("sent", channel) if channel else ("skipped", message["channel"])
    )


def test_a_campaign_is_sent_once_and_remembered(infact: Any) -> None:
    answer = infact.post("/Campaigns", campaign(ExternalId="autumn-1"))
    assert (answer.status_code, answer.json) == (200, {"Id": 70001, "ExternalId": "autumn-1"})
    assert answer.headers["X-Simulator-Contract"] == "ok"
    assert {
        "infact.campaign-response",
        "infact.queue",
        "infact.template-check",
        "infact.column-names",
    } <= set(answer.headers["X-Simulator-Assumed"].split(", "))
    for _ in range(2):
        (message,) = infact.outbox
    assert message == {
        "id": 1,
        "time": "2022-06-17T08:00:00Z",
        "vendor": "infact",
        "status": "sent",
        "channel": "sms",
        "to": "+4740000001",
        "subject": None,
        "text": "Hei Kari, velkommen til oss i Jar!",
        "cause": {"operation": "createCampaign", "caller_id": "autumn-1", "campaign": 70001, "recipient": 0},
    }
    stored = document(infact)
    assert stored["state"] == "Sent"
    assert (stored["created"], stored["scheduled"], stored["sent"]) == (
        "2022-06-17T08:00:00Z",
        None,
        "2022-06-17T08:00:00Z",
    )
    assert stored["counts"] == {"recipients": 1, "sent": 1, "skipped": 0}
    assert stored["request"]["Name"] == stored["name"] == "Autumn"
    assert "Recipients" not in stored["request"]


def test_an_external_id_may_be_used_again_and_is_no_campaign_id(infact: Any) -> None:
    for _ in range(2):
        assert infact.post("/Campaigns", campaign(ExternalId="17")).status_code == 200


@pytest.mark.parametrize(
    ("column", "keys", "to"),
    [
        ("mobile", {"mobile": "40000001", "Mobile": "40000002"}, "+4740000001"),
        ("Mobile", {"mobile": "40000001", "Mobile": "40000002"}, "+4740000002"),
        ("MOBILE", {"mobile": "40000001"}, "+4740000001"),
        (" ", {" ": "40000001"}, "+4740000001"),
        ("mobile", {"phone": "40000001"}, None),
    ],
)
def test_columns_match_exactly_else_in_any_case(
    infact: Any, column: str, keys: dict[str, str], to: str | None
) -> None:
    infact.post("/Campaigns", campaign(PhoneName=column, Recipients=[keys]))
    assert [m["to"] for m in infact.outbox] == [to]


@pytest.mark.parametrize("flag", [True, 1, 1.0])
def test_allow_duplicates_is_a_flag_or_a_number(infact: Any, flag: Any) -> None:
    infact.post("/Campaigns", campaign(AllowDuplicates=flag, Recipients=[{"mobile": "40000001"}] * 2))
    assert len(infact.sent) == 2


def test_keys_match_in_any_case_but_not_those_of_recipients(infact: Any) -> None:
    body = {name.upper(): value for name, value in campaign(Recipients=[{"MOBILE": "40000001"}]).items()}
    answer = infact.post("/campaigns/", body)
    assert answer.status_code == 200
    assert "infact.key-spelling" in answer.headers["X-Simulator-Assumed"]
    assert answer.headers["X-Simulator-Contract"] == "ok"


# --- when -------------------------------------------------------------------------------

SCHEDULES = [
    ("2022-06-20 14:30:18", "2022-06-20T12:30:18Z"),
    ("2022-06-20T14:30:18", "2022-06-20T12:30:18Z"),
    ("2022-06-20T14:30:18Z", "2022-06-20T14:30:18Z"),
    ("2023-11-28T09:02:06.590Z", "2023-11-28T09:02:06.590000Z"),
    ("2022-06-20T14:30:18.1234567+05:30", "2022-06-20T09:00:18.123456Z"),
    ("2022-06-20T14:30:18-14:00", "2022-06-21T04:30:18Z"),
    # the night in which Norway's clocks go back: 02:30 comes twice, the first is meant
    ("2022-10-30 01:59:59", "2022-10-29T23:59:59Z"),
    ("2022-10-30 02:30:00", "2022-10-30T00:30:00Z"),
    ("2022-10-30 03:00:00", "2022-10-30T02:00:00Z"),
    # and forward: 02:30 is skipped, the instant is as if it were not
    ("2023-03-26 01:59:59", "2023-03-26T00:59:59Z"),
    ("2023-03-26 02:30:00", "2023-03-26T01:30:00Z"),
    ("2023-03-26 03:00:00", "2023-03-26T01:00:00Z"),
    ("2024-02-29 00:00:00", "2024-02-28T23:00:00Z"),
]


@pytest.mark.parametrize(("text", "instant"), SCHEDULES)
def test_schedules(infact: Any, text: str, instant: str) -> None:
    answer = infact.post("/Campaigns", campaign(ScheduleDate=text))
    zoned = text[10] == "T" and (text[-1] == "Z" or text[-6] in "+-")
    assert ("infact.time-zone" in answer.headers["X-Simulator-Assumed"]) != zoned
    assert (document(infact)["state"], document(infact)["scheduled"]) == ("Scheduled", instant)
    infact.move_to(parse_instant(instant) - timedelta(microseconds=1))
    assert not infact.outbox
    infact.move_to("2025-01-01T00:00:00Z")
    assert [m["time"] for m in infact.sent] == [instant]
    assert document(infact)["state"] == "Sent"


@pytest.mark.parametrize("text", ["2022-06-17 10:00:00", "2022-06-17 09:59:59", "1900-01-01T00:00:00Z"])
def test_past_schedules_send_at_once(infact: Any, text: str) -> None:
    answer = infact.post("/Campaigns", campaign(ScheduleDate=text))
    assert "infact.past-schedule" in answer.headers["X-Simulator-Assumed"]
    assert [m["time"] for m in infact.sent] == ["2022-06-17T08:00:00Z"]


def test_another_zone_under_another_reading(make_infact: Any) -> None:
    infact = make_infact(time_zone="UTC")
    infact.post("/Campaigns", campaign(ScheduleDate="2022-06-20 14:30:18"))
    assert document(infact)["scheduled"] == "2022-06-20T14:30:18Z"


def test_campaigns_due_at_once_keep_their_order(infact: Any) -> None:
    for minute in (30, 10, 20):
        infact.post("/Campaigns", campaign(ExternalId=str(minute), ScheduleDate=f"2022-06-18 10:{minute}:00"))
    infact.move_to("2022-06-19T00:00:00Z")
    assert [m["cause"]["caller_id"] for m in infact.sent] == ["10", "20", "30"]


# --- refusals ---------------------------------------------------------------------------

MOST = 2**31 - 1
NEEDED = "The {} field is required."
COUNTRY = "The field {} must be a country code of two letters."
CUSTOM = "Type Custom needs BlackListIds or FormIds."


def unfit(kind: str) -> str:
    return f"The JSON value could not be converted to {kind}."


def long(most: int) -> str:
    return f"The field {{}} must be a string with a minimum length of 1 and a maximum length of {most}."


def between(least: int, most: int) -> str:
    return f"The field {{}} must be between {least} and {most}."


LIMITS = [
    ({"Name": None}, "Name", NEEDED),
    ({"Name": ""}, "Name", NEEDED),
    ({"Name": "x" * 256}, "Name", long(255)),
    ({"ExternalId": ""}, "ExternalId", long(255)),
    ({"ExternalId": 7}, "ExternalId", unfit("String")),
    ({"Type": None}, "Type", NEEDED),
    ({"Type": "Fax"}, "Type", unfit("SMS/Email/EmailAndSMS")),
    ({"Type": 0}, "Type", unfit("SMS/Email/EmailAndSMS")),
    ({"Type": ["SMS"]}, "Type", unfit("SMS/Email/EmailAndSMS")),
    ({"SMSTemplateId": 0}, "SMSTemplateId", between(1, MOST)),
    ({"SMSTemplateId": 2**31}, "SMSTemplateId", between(1, MOST)),
    ({"SMSTemplateId": 10**30}, "SMSTemplateId", between(1, MOST)),
    ({"SMSTemplateId": 2.5}, "SMSTemplateId", unfit("Int64")),
    ({"SMSTemplateId": "2"}, "SMSTemplateId", unfit("Int64")),
    ({"SMSTemplateId": True}, "SMSTemplateId", unfit("Int64")),
    ({"EmailTemplateId": -1}, "EmailTemplateId", between(1, MOST)),
    ({"CountryCode": "N"}, "CountryCode", COUNTRY),
    ({"CountryCode": "NØ"}, "CountryCode", COUNTRY),
    ({"CountryCode": "NO\n"}, "CountryCode", COUNTRY),
    ({"PhoneName": "x" * 201}, "PhoneName", long(200)),
    ({"EmailName": ""}, "EmailName", long(200)),
    ({"AllowDuplicates": None}, "AllowDuplicates", unfit("Boolean")),
    ({"AllowDuplicates": 2}, "AllowDuplicates", unfit("Boolean")),
    ({"AllowDuplicates": "true"}, "AllowDuplicates", unfit("Boolean")),
    ({"Recipients": None}, "Recipients", NEEDED),
    ({"Recipients": []}, "Recipients", NEEDED),
    ({"Recipients": {}}, "Recipients", unfit("an array")),
    ({"Recipients": [{}, "x", None]}, "Recipients[1]", unfit("an object")),
    ({"SMSBlackList": []}, "SMSBlackList", unfit("an object")),
    ({"SMSBlackList": {"Type": None}}, "SMSBlackList.Type", unfit("None/Global/Custom/All")),
    ({"SMSBlackList": {"Type": "Custom"}}, "SMSBlackList.BlackListIds", CUSTOM),
    ({"EmailBlackList": {"Type": "Custom", "FormIds": []}}, "EmailBlackList.BlackListIds", CUSTOM),
    ({"EmailBlackList": {"Type": "Custom", "FormIds": ["7"]}}, "EmailBlackList.FormIds[0]", unfit("Int64")),
    ({"EmailBlackList": {"BlackListIds": 3}}, "EmailBlackList.BlackListIds", unfit("an array")),]  # fmt: skip


@pytest.mark.parametrize(("more", "field", "message"), LIMITS)
def test_limits_of_fields(infact: Any, more: dict[str, Any], field: str, message: str) -> None:
    errors = refused(infact, "POST", "/Campaigns", campaign(**more), auth=infact.bearer)
    assert next(iter(errors)) == field
    assert errors[field] == [message.format(field)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "2022-06-20",
        "2022-06-20 14:30",
        "2022-06-20 14:30:18Z",
        "2022-06-20 14:30:18.5",
        "2022-06-20 24:00:00",
        "2022-06-31 14:30:18",
        "2023-02-29 00:00:00",
        "2022-06-20T14:30:18.12345678Z",
        "2022-06-20T14:30:18+14:01",
        "2022-06-20T14:30:18z",
        "1899-12-31 00:00:00",
        "3000-01-01 00:00:00",
        " 2022-06-20 14:30:18",
        "2022-06-20 14:30:18\n",
        "２022-06-20 14:30:18",
        1655735418,
        ["2022-06-20 14:30:18"],
        True,
    ],
)
def test_bad_schedules(infact: Any, text: Any) -> None:
    errors = refused(infact, "POST", "/Campaigns", campaign(ScheduleDate=text), auth=infact.bearer)
    assert errors == {"ScheduleDate": ["The JSON value could not be converted to DateTime."]}


@pytest.mark.parametrize(
    ("kind", "left_out", "missing"),
    [
        ("SMS", ["SMSTemplateId"], ["SMSTemplateId"]),
        ("SMS", ["PhoneName"], ["PhoneName"]),
        ("SMS", ["CountryCode"], ["CountryCode"]),
        (
            "Email",
            ["EmailTemplateId", "EmailName", "EmailSubject"],
            ["EmailTemplateId", "EmailName", "EmailSubject"],
        ),
        ("EmailAndSMS", ["Priority"], ["Priority"]),
        ("EmailAndSMS", ["Priority", "EmailSubject", "PhoneName"], ["Priority", "PhoneName", "EmailSubject"]),
    ],
)
@pytest.mark.parametrize("how", ["absent", "null"])
def test_fields_that_the_type_asks_for(
    infact: Any, kind: str, left_out: list[str], missing: list[str], how: str
) -> None:
    body = campaign(kind)
    for name in left_out:
        if how == "null":
            body[name] = None
        else:
            del body[name]
    errors = refused(infact, "POST", "/Campaigns", body, auth=infact.bearer)
    assert errors == {name: [f"The {name} field is required."] for name in missing}


def test_fields_of_the_other_channel_may_be_missing_null_or_of_no_use(infact: Any) -> None:
    body = campaign(EmailName=None, EmailSubject="", EmailTemplateId=None, EmailBlackList=None, Priority=None)
    assert infact.post("/Campaigns", body).status_code == 200


def test_many_faulty_recipients_are_cut_short(infact: Any) -> None:
    errors = refused(infact, "POST", "/Campaigns", campaign(Recipients=[None] * 5000), auth=infact.bearer)
    assert len(errors) == 201
    assert errors["Recipients"] == ["The maximum number of allowed model errors has been reached."]


def test_enums_by_number_under_the_other_reading(make_infact: Any) -> None:
    infact = make_infact(enum_names="numbers")
    assert infact.post("/Campaigns", campaign(Type=0)).status_code == 200
    assert infact.post("/Campaigns", campaign(Type=3)).status_code == 400


@pytest.mark.parametrize("path", ["/Campaigns", BY_QUERY])
def test_a_token_is_needed(infact: Any, path: str) -> None:
    for auth in ("", "basic", "Bearer x"):
        answer = infact.post(path, campaign(), auth=auth)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_ten_thousand_recipients(infact: Any) -> None:
    people = [{"mobile": f"+474000{n:04}", "firstname": "Kari", "city": "Jar"} for n in range(10_000)]
    listed = {"Type": "Global"}
    assert infact.post("/Campaigns", campaign(Recipients=people, SMSBlackList=listed)).status_code == 200
    assert len(infact.outbox) == 10_000
    assert document(infact)["counts"]["sent"] == 10_000 - 2, "all but those on the global blacklist"
