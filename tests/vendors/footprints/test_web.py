"""Web tracking: /jsapi, as a page's script calls it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.vendors.footprints.conftest import Footprints, MakeFootprints

KNOWN = "ana.exemplu@example.com"
UNKNOWN = "vizitator@example.com"
UID = "2" * 64
"""Ana's, who is a client."""


def session(footprints: Footprints, **form: str) -> dict[str, str]:
    answer = footprints.post("/jsapi/init", form)
    assert answer.status_code == 200, answer.text
    found: dict[str, str] = answer.json  # type: ignore[assignment]
    return found


def send(footprints: Footprints, form: dict[str, Any]) -> Any:
    return footprints.post("/jsapi/send", {"requestType": "action", "actionType": "visit"} | form)


def tracked(footprints: Footprints) -> list[dict[str, Any]]:
    return footprints.kept("tracked")


def refused(answer: Any, status: int, message: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.json["status"] == "error"
    assert answer.json["message"] == answer.json["error"] == message


# ---- init ------------------------------------------------------------------------------------------


def test_who_has_a_profile_gets_a_uid_and_the_same_one_again(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints("empty")
    footprints.post("/api/lead", {"userEmail": "Client@example.com", "userPhone": "0700000009"})
    first = session(footprints, email="client@example.com")
    assert first.keys() == {"status", "uid"}
    assert first["status"] == "ok"
    assert re.fullmatch("[0-9a-f]{64}", first["uid"])
    assert session(footprints, email="CLIENT@EXAMPLE.COM") == first


def test_the_visitor_of_the_docs_world_keeps_its_uid(footprints: Footprints) -> None:
    assert session(footprints, email=KNOWN) == {"status": "ok", "uid": UID}


def test_who_says_nothing_gets_a_new_pid_each_time(footprints: Footprints) -> None:
    first, second = session(footprints), session(footprints, email="")
    assert first.keys() == second.keys() == {"status", "pid"}
    assert first["pid"] != second["pid"]


def test_an_unknown_address_gets_the_same_pid_again(footprints: Footprints) -> None:
    first = session(footprints, email=UNKNOWN)
    assert first.keys() == {"status", "pid"}
    assert session(footprints, email=UNKNOWN.upper()) == first
    assert session(footprints, email="altcineva@example.com") != first


def test_or_a_new_one(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(unknown_address="new")
    assert session(footprints, email=UNKNOWN) != session(footprints, email=UNKNOWN)


def test_data_sources_share_no_visitors(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(
        {"applications": [{"id": each, "name": each, "key": each, "secret": "s"} for each in ("one", "two")]}
    )
    pids = [session(footprints, appkey=each, email=UNKNOWN)["pid"] for each in ("one", "two")]
    assert pids[0] != pids[1]
    refused(send(footprints, {"appkey": "two", "uid": pids[0], "uType": "p"}), 400, "Invalid uid")
    assert send(footprints, {"appkey": "one", "uid": pids[0], "uType": "p"}).status_code == 200


def test_what_is_known_of_the_browser_is_kept(footprints: Footprints) -> None:
    pid = session(
        footprints,
        email=UNKNOWN,
        **{"technicalInfo[screenSize]": "800x600", "technicalInfo[browserType]": "Chrome"},
    )["pid"]
    session(footprints, email=UNKNOWN, **{"technicalInfo[screenSize]": "1920x1080"})
    (visitor,) = [each for each in footprints.kept("visitors") if each["id"] == pid]
    assert visitor["technicalInfo"] == {"screenSize": "1920x1080", "browserType": "Chrome"}


@pytest.mark.parametrize(
    ("form", "status", "message"),
    [
        ({"appkey": ""}, 400, '"appkey" is required'),
        ({"appkey": "unknown"}, 401, "Invalid appkey"),
        ({"email": "nobody"}, 400, '"email" must be a valid email'),
    ],
)
def test_an_init_that_is_refused(
    footprints: Footprints, form: dict[str, str], status: int, message: str
) -> None:
    before = footprints.state()
    refused(footprints.post("/jsapi/init", form), status, message)
    assert footprints.state() == before


def test_pages_of_other_hosts_may_read_every_answer(footprints: Footprints) -> None:
    for answer in (
        footprints.post("/jsapi/init", {}),
        footprints.post("/jsapi/init", {"appkey": "unknown"}),
        send(footprints, {}),
        footprints.get("/jsapi/omnichannel.js"),
    ):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
    asked = footprints.call(
        "OPTIONS", "/jsapi/init", headers={"Access-Control-Request-Headers": "content-type"}
    )
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Headers"] == "content-type"
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]


# ---- send ------------------------------------------------------------------------------------------

DETAILS: dict[str, dict[str, Any]] = {
    "visit": {"brands": ["Exemplu Sport"], "tenants": ["E&X"], "interests": ["Food"]},
    "sale": {"receipts": [{"name": "E&X", "value": 52}]},
    "contact": {"appointmentDate": "2024-03-15 10:30:00", "senderType": "person"},
    "feedback": {"rating": 9},
    "engagement": {"description": "Watched the whole film"},
    "profiling": {"percentCompleted": 80},
}


@pytest.mark.parametrize("action", DETAILS)
@pytest.mark.parametrize("spelled", ["aditionalData", "additionalData"])
def test_of_each_action_its_own_details_are_kept(footprints: Footprints, action: str, spelled: str) -> None:
    every = {name: value for details in DETAILS.values() for name, value in details.items()}
    answer = footprints.post(
        "/jsapi/send",
        json={"uid": UID, "uType": "c", "requestType": "action", "actionType": action, spelled: every},
    )
    assert (answer.status_code, answer.json) == (200, {})
    (kept,) = tracked(footprints)
    assert (kept["kind"], kept["visitor"], kept["requestType"]) == ("web", UID, "action")
    assert (kept["actionType"], kept["data"]) == (action, DETAILS[action])
    assert kept["createdAt"] == "2024-03-01T08:00:00.000Z"


def test_a_form_says_the_same(footprints: Footprints) -> None:
    form = {
        "uid": UID,
        "uType": "c",
        "actionType": "sale",
        "aditionalData[receipts][0][name]": "E&X",
        "aditionalData[receipts][0][value]": "322.5",
        "aditionalData[receipts][1][name]": "Demo Shoes",
        "aditionalData[receipts][1][value]": "52",
    }
    assert send(footprints, form).json == {}
    assert tracked(footprints)[0]["data"] == {
        "receipts": [{"name": "E&X", "value": 322.5}, {"name": "Demo Shoes", "value": 52}]
    }


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"uid": "0" * 64}, "Invalid uid"),
        ({"uid": "c" + "3" * 64}, "Invalid uid"),  # a device's
        ({"uType": "p"}, "Invalid uid"),
        ({"uid": "1" * 64, "uType": "c"}, "Invalid uid"),
        ({"uid": ""}, '"uid" is required'),
        ({"uType": "x"}, '"uType" must be one of [p, c]'),
        ({"requestType": "reach"}, '"requestType" must be one of [action]'),
        (
            {"actionType": "click"},
            '"actionType" must be one of [visit, sale, contact, feedback, engagement, profiling]',
        ),
        (
            {"actionType": "feedback", "aditionalData[rating]": "11"},
            '"aditionalData.rating" must be less than or equal to 10',
        ),
        (
            {"actionType": "contact", "aditionalData[senderType]": "robot"},
            '"aditionalData.senderType" must be one of [person, organization]',
        ),
    ],
)
def test_a_send_that_is_refused(footprints: Footprints, form: dict[str, str], message: str) -> None:
    before = footprints.state()
    refused(send(footprints, {"uid": UID, "uType": "c"} | form), 400, message)
    assert footprints.state() == before


# ---- who becomes known -----------------------------------------------------------------------------


def test_who_becomes_a_client_gets_a_uid_that_names_the_pid(footprints: Footprints) -> None:
    pid = session(footprints, email=UNKNOWN)["pid"]
    send(footprints, {"uid": pid, "uType": "p"})
    stranger = session(footprints)["pid"]
    lead = {"userEmail": UNKNOWN, "userPhone": "0700000099", "userFirstName": "Vizitator"}
    assert footprints.post("/jsapi/register", lead).json == {"status": "ok"}
    assert session(footprints, email=UNKNOWN).keys() == {"status", "uid"}
    uid = session(footprints, email=UNKNOWN)["uid"]
    visitors = {each["id"]: each for each in footprints.kept("visitors")}
    (client,) = [each for each in footprints.kept("clients") if each["fields"]["userEmail"] == UNKNOWN]
    assert uid != pid
    assert (visitors[uid]["client"], visitors[uid]["linked"]) == (client["id"], [pid])
    assert visitors[stranger]["client"] is visitors[pid]["client"] is None
    # a page that is still open goes on with the pid
    assert send(footprints, {"uid": pid, "uType": "p"}).status_code == 200
    assert send(footprints, {"uid": uid, "uType": "c"}).status_code == 200
    of_the_person = [uid, *visitors[uid]["linked"]]
    assert [each["visitor"] in of_the_person for each in tracked(footprints)] == [True] * 3


def test_of_who_is_deleted_no_address_stays(footprints: Footprints) -> None:
    pid = session(footprints, email=UNKNOWN)["pid"]
    lead = {"userEmail": UNKNOWN, "userPhone": "0700000099", "userExternalId": "of-a-visitor"}
    footprints.post("/jsapi/register", lead)
    uid = session(footprints, email=UNKNOWN)["uid"]
    assert footprints.delete("/api/client", {"userExternalId": "of-a-visitor"}).status_code == 200
    assert UNKNOWN not in [each["email"] for each in footprints.kept("visitors")]
    refused(send(footprints, {"uid": uid, "uType": "c"}), 400, "Invalid uid")
    assert session(footprints, email=UNKNOWN)["pid"] not in (pid, uid)


# ---- forms -----------------------------------------------------------------------------------------


def test_a_form_is_filled_in_from_the_client_and_its_newest_lead(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints("empty")
    person = {"userEmail": UNKNOWN, "userPhone": "0700000099", "userLastName": "Exemplu", "userSex": "female"}
    for offer in ("a", "b"):
        footprints.post("/api/lead", person | {"offerId": offer})
    found = footprints.post("/jsapi/prepopulate", {"email": UNKNOWN.title()})
    assert found.json == {
        "status": "ok",
        "data": {
            "userLastName": "Exemplu",
            "userEmail": UNKNOWN,
            "userPhone": "0700000099",
            "offerId": "b",
        },
    }
    nobody = footprints.post("/jsapi/prepopulate", {"email": "nimeni@example.com"})
    assert nobody.json == {"status": "ok", "data": {}}


def test_a_registration_is_a_lead_of_the_data_source(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints("empty")
    form = {
        "userFirstName": "Mihai",
        "userEmail": UNKNOWN,
        "userPhone": "0700000099",
        "agreeToCollect": "true",
        "noOfKids": "2",
        "marketingChannels[0][channel]": "email",
        "marketingChannels[0][type]": "owner",
        "marketingChannels[0][agreed]": "true",
        "sdk": "businessCase",
        "nowhereDeclared": "x",
    }
    answer = footprints.post("/jsapi/register", form)
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    (lead,) = footprints.kept("leads")
    assert (lead["status"], lead["application"]) == ("lead", footprints.kept("applications")[0]["id"])
    assert lead["fields"].keys() == {
        *("userFirstName", "userEmail", "userPhone", "agreeToCollect", "noOfKids", "marketingChannels")
    }
    assert (lead["fields"]["agreeToCollect"], lead["fields"]["noOfKids"]) == (True, 2)


@pytest.mark.parametrize(
    ("form", "message"),
    [
        ({"userEmail": "nobody"}, '"userEmail" must be a valid email'),
        ({"userEmail": UNKNOWN, "nps": "11"}, '"nps" must be less than or equal to 10'),
        ({"userEmail": UNKNOWN, "timezone": "Nowhere"}, '"timezone" must be a valid timezone'),
        ({"userFirstName": "Ana"}, '"value" must contain at least one of [userEmail, userPhone]'),
    ],
)
def test_a_registration_is_judged_as_a_new_lead(
    footprints: Footprints, form: dict[str, str], message: str
) -> None:
    before = footprints.state()
    refused(footprints.post("/jsapi/register", form), 400, message)
    assert footprints.state() == before


def test_both_say_that_their_requests_are_guessed(footprints: Footprints) -> None:
    answers = [
        footprints.post("/jsapi/prepopulate", {"email": KNOWN}),
        footprints.post("/jsapi/register", {"userEmail": KNOWN}),
    ]
    for answer in answers:
        assert "footprints.page-forms" in answer.headers["X-Simulator-Assumed"].split(", ")


# ---- the script ------------------------------------------------------------------------------------


def test_the_script_is_served_to_everybody(footprints: Footprints) -> None:
    answer = footprints.get("/jsapi/omnichannel.js")
    assert answer.status_code == 200
    assert answer.content_type == "application/javascript"
    assert "window.ochn = {" in answer.text


def test_the_script_is_for_any_browser(footprints: Footprints) -> None:
    """No word of a later ECMAScript; seen red with a `const` in it."""
    code = re.sub(r"/\*.*?\*/|//[^\n]*", "", footprints.get("/jsapi/omnichannel.js").text, flags=re.DOTALL)
    later = [
        r"\b(let|const|class|async|await|import|export)\b",
        "=>",
        "`",
        r"\.\.\.",
        r"\?\.",
        r"\bfor\b.*\bof\b",
    ]
    assert [found[0] for each in later if (found := re.search(each, code))] == []
