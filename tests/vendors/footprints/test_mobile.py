"""Mobile tracking: who uses a device, what is done in the app, beacons and positions."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.vendors.footprints.conftest import Footprints, MakeFootprints

CLIENT = "5a0000000000000000000801"
ANA, NOBODY = "c" + 64 * "3", "p" + 64 * "4"
EMAIL = "ana.exemplu@example.com"
UUID = "99999999-9999-4999-8999-999999999999"
VISIT = {"mid": ANA, "actionType": "visit", "requestType": "action"}


def init(footprints: Footprints, **fields: Any) -> str:
    """The mobileId of an init by JSON."""
    answer: Any = footprints.post("/mobileapi/init", json=fields)
    assert answer.status_code == 200, answer.text
    return str(answer.json["mobileId"])


def visitor(footprints: Footprints, mid: str) -> dict[str, Any]:
    return next(one for one in footprints.kept("visitors") if one["id"] == mid)


def tracked(footprints: Footprints) -> list[dict[str, Any]]:
    """What was done, without what each such document has."""
    own = ("kind", "requestType", "actionType", "data")
    return [{name: one[name] for name in own} for one in footprints.kept("tracked")]


def refused(footprints: Footprints, method: str, path: str, status: int, **body: Any) -> str:
    """The message of a refusal, which left no trace."""
    before = footprints.state()
    answer: Any = footprints.call(method, path, **body)
    assert answer.status_code == status, answer.text
    assert footprints.state() == before
    assert answer.json["success"] is False
    return str(answer.json["message"])


# --- init -------------------------------------------------------------------------------


def test_a_client_is_known_by_the_address(footprints: Footprints) -> None:
    form = {"userEmail": EMAIL, "userPhone": "0700000000", "pushNotificationToken": "100001"}
    answer = footprints.post("/mobileapi/init", form)
    assert answer.json == {"status": "ok", "success": True, "mobileId": ANA}
    assert "footprints.mobile-answers" in answer.headers["X-Simulator-Assumed"]


def test_the_letter_says_whether_it_is_a_client(footprints: Footprints) -> None:
    assert init(footprints, userEmail="Ana.Exemplu@example.com") == ANA
    assert init(footprints, userEmail="nimeni@example.com") == NOBODY
    known = init(footprints, userEmail="mihai.exemplu@example.com")
    unknown = init(footprints, userEmail="alt@example.com")
    assert re.fullmatch("c[0-9a-f]{64}", known)
    assert re.fullmatch("p[0-9a-f]{64}", unknown)
    assert visitor(footprints, known)["client"] == "5a0000000000000000000802"


def test_an_address_that_was_encoded_twice_is_known(footprints: Footprints) -> None:
    assert init(footprints, userEmail="ana.exemplu%40example.com") == ANA


@pytest.mark.parametrize(
    "fields",
    [
        {"userEmail": "alt@example.com"},
        {"pushNotificationToken": "200002"},
        {"pushNotificationToken": "200002", "technicalInfo": {"deviceUuid": UUID}},
    ],
)
def test_the_same_is_the_same_again(footprints: Footprints, fields: dict[str, Any]) -> None:
    first = init(footprints, **fields)
    assert init(footprints, **fields) == first
    assert len(footprints.kept("visitors")) == 5


def test_a_device_is_known_by_its_uuid_unless_that_is_unknown(footprints: Footprints) -> None:
    def of(push: str, device: str) -> str:
        return init(footprints, pushNotificationToken=push, technicalInfo={"deviceUuid": device})

    assert of("1", UUID) == of("2", UUID)
    assert of("3", "unknown") != of("4", "unknown")
    assert of("5", "") != of("6", "")


def test_the_id_so_far_tells_a_device(footprints: Footprints) -> None:
    first = init(footprints, pushNotificationToken="1")
    assert init(footprints, pushNotificationToken="2", mid=first) == first
    assert init(footprints, pushNotificationToken="3", mid="p" + 64 * "0") != first


def test_who_becomes_a_client_gets_a_new_id_and_keeps_what_was_done(footprints: Footprints) -> None:
    before = init(footprints, userEmail="nou@example.com")
    assert footprints.post("/mobileapi/send", VISIT | {"mid": before}).status_code == 200
    client = footprints.kept("clients")[0] | {"id": "5a0000000000000000000803"}
    client["fields"] = {"userEmail": "nou@example.com", "userPhone": "0700000003"}
    footprints.control.put(f"/_simulator/state/footprints/clients/{client['id']}", json=client)
    after = init(footprints, userEmail="nou@example.com")
    assert (after[0], visitor(footprints, after)["linked"]) == ("c", [before])
    assert footprints.post("/mobileapi/send", VISIT | {"mid": before}).status_code == 200


def test_what_the_device_is_and_declared_variables_are_kept(footprints: Footprints) -> None:
    mid = init(
        footprints,
        pushNotificationToken="1",
        technicalInfo={"deviceType": "PHONE", "deviceUuid": UUID, "iosAdvertisingId": ""},
        additionalData=[
            {"attributeName": "favouriteColour", "attributeValue": "green"},
            {"attributeName": "other", "attributeValue": "1"},
            {"attributeName": "favouriteColour", "attributeValue": ""},
        ],
    )
    found = visitor(footprints, mid)
    assert found["technicalInfo"] == {"deviceType": "PHONE", "deviceUuid": UUID}
    assert (found["device"], found["push"]) == (UUID, "1")
    assert found["variables"] == {"favouriteColour": "green"}
    assert init(footprints, mid=mid, pushNotificationToken="1", additionalData={"favouriteColour": "red"})
    assert visitor(footprints, mid)["variables"] == {"favouriteColour": "red"}


def test_variables_by_form(footprints: Footprints) -> None:
    pair = {"[attributeName]": "favouriteColour", "[attributeValue]": "blue"}
    form = {"userEmail": EMAIL} | {f"additionalData[0]{name}": value for name, value in pair.items()}
    assert footprints.post("/mobileapi/init", form).status_code == 200
    assert visitor(footprints, ANA)["variables"] == {"favouriteColour": "blue"}


NEEDS = '"value" must contain at least one of [userEmail, pushNotificationToken]'
PHONE_TOO = '"value" must contain at least one of [userEmail, userPhone, pushNotificationToken]'


@pytest.mark.parametrize(
    ("rule", "fields", "message"),
    [
        ("email-or-push", {}, NEEDS),
        ("email-or-push", {"userPhone": "0700000000"}, NEEDS),
        ("email-or-push", {"userEmail": "", "pushNotificationToken": ""}, NEEDS),
        ("or-phone", {}, PHONE_TOO),
        ("or-phone", {"userPhone": "0700000000"}, None),
        ("nothing", {}, None),
    ],
)
@pytest.mark.parametrize("by", ["form", "json"])
def test_what_an_init_needs(
    make_footprints: MakeFootprints, rule: str, fields: dict[str, str], message: str | None, by: str
) -> None:
    footprints = make_footprints(mobile_init_needs=rule)
    if message:
        assert refused(footprints, "POST", "/mobileapi/init", 400, **{by: fields}) == message
    else:
        options: dict[str, Any] = {by: fields}
        answer: Any = footprints.call("POST", "/mobileapi/init", **options)
        assert answer.json["success"] is True


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"userEmail": "ana"}, '"userEmail" must be a valid email'),
        ({"pushNotificationToken": 5}, '"pushNotificationToken" must be a string'),
        ({"userEmail": EMAIL, "technicalInfo": "x"}, '"technicalInfo" must be of type object'),
        (
            {"userEmail": EMAIL, "additionalData": [{"attributeName": 5}]},
            '"additionalData[0].attributeName" must be a string',
        ),
    ],
)
def test_an_init_that_breaks_rules(footprints: Footprints, fields: dict[str, Any], message: str) -> None:
    assert refused(footprints, "POST", "/mobileapi/init", 400, json=fields) == message


@pytest.mark.parametrize(
    ("appkey", "status", "message"), [("", 400, '"appkey" is required'), ("no", 401, "Invalid appkey")]
)
@pytest.mark.parametrize("path", ["init", "send", "sensors", "geo"])
def test_all_need_an_app_key(
    footprints: Footprints, path: str, appkey: str, status: int, message: str
) -> None:
    form = VISIT | {"appkey": appkey, "userEmail": EMAIL, "lat": "1", "lon": "1"}
    assert refused(footprints, "POST", f"/mobileapi/{path}", status, form=form) == message


# --- send -------------------------------------------------------------------------------


def test_a_visit_by_form_is_kept(footprints: Footprints) -> None:
    form = VISIT | {"aditionalData[brands][0]": "Exemplu Sport", "aditionalData[tenants][]": "E&X"}
    assert footprints.post("/mobileapi/send", form).json == {}
    assert tracked(footprints) == [
        {
            "kind": "mobile",
            "requestType": "action",
            "actionType": "visit",
            "data": {"brands": ["Exemplu Sport"], "tenants": ["E&X"]},
        }
    ]
    assert visitor(footprints, ANA)["seenAt"] == "2024-03-01T08:00:00.000Z"


def test_an_impression_by_json_is_kept(footprints: Footprints) -> None:
    told = {"campaignId": "1", "adId": "2", "scrollViewPercentage": 40.5, "screenOnTime": 12}
    body = {"mid": ANA, "requestType": "impression", "additionalData": told | {"rating": 5}}
    answer = footprints.post("/mobileapi/send", json=body)
    assert answer.json == {"success": True, "message": "Track saved"}
    assert tracked(footprints) == [
        {"kind": "mobile", "requestType": "impression", "actionType": None, "data": told}
    ]


@pytest.mark.parametrize(
    ("rule", "by_form", "by_json"),
    [("empty", {}, {}), ("message", *[{"success": True, "message": "Track saved"}] * 2)],
)
def test_a_send_may_be_answered_otherwise(
    make_footprints: MakeFootprints, rule: str, by_form: dict[str, Any], by_json: dict[str, Any]
) -> None:
    footprints = make_footprints(mobile_sent=rule)
    assert footprints.post("/mobileapi/send", VISIT).json == by_form
    assert footprints.post("/mobileapi/send", json=VISIT).json == by_json


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"mid": ""}, '"mid" is required'),
        ({"mid": "c" + 64 * "0"}, "Invalid mid"),
        ({"mid": 64 * "1"}, "Invalid mid"),
        ({"requestType": ""}, '"requestType" is required'),
        ({"requestType": "look"}, '"requestType" must be one of [action, reach, impression]'),
        (
            {"actionType": "look"},
            '"actionType" must be one of [visit, sale, contact, feedback, engagement, profiling]',
        ),
        ({"additionalData[screenOnTime]": "007"}, '"additionalData.screenOnTime" must be an integer'),
        ({"aditionalData[percentCompleted]": "05"}, '"aditionalData.percentCompleted" must be a number'),
        ({"aditionalData[rating]": "11"}, '"aditionalData.rating" must be less than or equal to 10'),
    ],
    ids=["no mid", "unknown mid", "a web visitor's", "no type", "type", "action", "zeros", "zero", "rating"],
)
def test_a_send_that_breaks_rules(footprints: Footprints, fields: dict[str, str], message: str) -> None:
    assert refused(footprints, "POST", "/mobileapi/send", 400, form=VISIT | fields) == message


def test_a_device_of_another_app_is_unknown(make_footprints: MakeFootprints) -> None:
    other = {"id": "5a0000000000000000000002", "name": "Other", "key": "other-key", "secret": "other"}
    footprints = make_footprints()
    footprints.control.put(f"/_simulator/state/footprints/applications/{other['id']}", json=other)
    form = VISIT | {"appkey": "other-key"}
    assert refused(footprints, "POST", "/mobileapi/send", 400, form=form) == "Invalid mid"
    assert init(footprints, appkey="other-key", userEmail=EMAIL) != ANA
    assert init(footprints, appkey="other-key", pushNotificationToken="1", mid=NOBODY) != NOBODY


@pytest.mark.parametrize("path", ["init", "send", "sensors", "geo"])
def test_json_that_cannot_be_read(footprints: Footprints, path: str) -> None:
    body = {"data": b'{"appkey"', "content_type": "application/json"}
    assert refused(footprints, "POST", f"/mobileapi/{path}", 400, **body) == "Invalid JSON"
