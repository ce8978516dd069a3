"""One catalogue of refusals: status, body and text of each, and no trace of what was refused.

The body has the members that the known clients read: `error`, `message`, `status`, `success`. Seen to fail
with words of joi.py and checks of wire.py taken out, one at a time.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.footprints.conftest import Footprints

LEAD = "/api/lead/5a0000000000000000000901"
MAIL = {"userEmail": "a@example.com"}
STATUSES = "[prospect, lead, sale_lead, opportunity, customer, lost]"
REASONS = (
    "[poor_qualification, need, wrong_time, price_too_high, lost_momentum, competition, abandoned, "
    "feature, other]"
)

Case = tuple[str, str, dict[str, Any], str, str]
FORMS: list[Case] = [
    (
        "POST",
        "/api/lead",
        {},
        '"value" must contain at least one of [userEmail, userPhone]',
        "object.missing",
    ),
    ("POST", "/api/lead", {"userEmail": "a"}, '"userEmail" must be a valid email', "string.email"),
    ("POST", "/api/lead", {"userEmail": "a@b"}, '"userEmail" must be a valid email', "string.email"),
    ("POST", "/api/lead", MAIL | {"nps": "11"}, '"nps" must be less than or equal to 10', "number.max"),
    ("POST", "/api/lead", MAIL | {"nps": "-1"}, '"nps" must be greater than or equal to 0', "number.min"),
    ("POST", "/api/lead", MAIL | {"nps": "many"}, '"nps" must be an integer', "number.integer"),
    ("POST", "/api/lead", MAIL | {"userSex": "x"}, '"userSex" must be one of [male, female]', "any.only"),
    ("POST", "/api/lead", MAIL | {"hasKids": "yes"}, '"hasKids" must be a boolean', "boolean.base"),
    ("POST", "/api/lead", MAIL | {"noOfKids": "two"}, '"noOfKids" must be an integer', "number.integer"),
    (
        "POST",
        "/api/lead",
        MAIL | {"userBirthday": "21.10.1960"},
        '"userBirthday" must be a valid date',
        "date.base",
    ),
    (
        "POST",
        "/api/lead",
        MAIL | {"userBirthday": "2023-02-29"},
        '"userBirthday" must be a valid date',
        "date.base",
    ),
    (
        "POST",
        "/api/lead",
        MAIL | {"createdAt": "2024-01-01"},
        '"createdAt" must be a valid date',
        "date.base",
    ),
    (
        "POST",
        "/api/lead",
        MAIL | {"createdAt": "2024-01-01 24:00:00"},
        '"createdAt" must be a valid date',
        "date.base",
    ),
    ("POST", "/api/lead", MAIL | {"timezone": "Mars"}, '"timezone" must be a valid timezone', "any.invalid"),
    ("POST", "/api/lead", MAIL | {"userCity[a]": "x"}, '"userCity" must be a string', "string.base"),
    ("POST", "/api/lead", MAIL | {"tags[a]": "x"}, '"tags[0]" must be a string', "string.base"),
    (
        "POST",
        "/api/lead",
        MAIL | {"customDetails": "x"},
        '"customDetails" must be of type object',
        "object.base",
    ),
    (
        "POST",
        "/api/lead",
        MAIL | {"marketingChannels[0][channel]": "fax"},
        '"marketingChannels[0].channel" must be one of [sms, email, notification, dm, socialMedia]',
        "any.only",
    ),
    (
        "POST",
        "/api/offerCategory/x/lead",
        MAIL | {"userPhone[]": "1"},
        '"userPhone" must be a string',
        "string.base",
    ),
    ("POST", "/api/prospect", {"userEmail": "a"}, '"userEmail" must be a valid email', "string.email"),
    ("POST", "/api/prospect", {"companyName[]": "a"}, '"companyName" must be a string', "string.base"),
    ("PUT", LEAD, {"status": "won"}, f'"status" must be one of {STATUSES}', "any.only"),
    ("PUT", LEAD, {"contractNumber": "1"}, '"contractNumber" is not allowed', "any.unknown"),
    (
        "PUT",
        LEAD,
        {"status": "customer", "contractDate": "soon"},
        '"contractDate" must be a valid date',
        "date.base",
    ),
    (
        "PUT",
        LEAD,
        {"status": "customer", "contractValue": "1,5"},
        '"contractValue" must be a number',
        "number.base",
    ),
    ("PUT", f"{LEAD}/nps", {}, '"nps" is required', "any.required"),
    ("PUT", f"{LEAD}/nps", {"nps": ""}, '"nps" is required', "any.required"),
    ("PUT", f"{LEAD}/nps", {"nps": "0"}, '"nps" must be greater than or equal to 1', "number.min"),
    ("POST", f"{LEAD}/nps", {"nps": "11"}, '"nps" must be less than or equal to 10', "number.max"),
    ("POST", f"{LEAD}/nps", {"nps": "5", "comment[]": "a"}, '"comment" must be a string', "string.base"),
    ("PUT", f"{LEAD}/leadLost", {}, '"reasonLost" is required', "any.required"),
    (
        "PUT",
        f"{LEAD}/leadLost",
        {"reasonLost": "bored"},
        f'"reasonLost" must be one of {REASONS}',
        "any.only",
    ),
]


@pytest.mark.parametrize(("method", "path", "form", "message", "kind"), FORMS)
def test_refused_in_the_words_of_joi_and_nothing_stored(
    footprints: Footprints, method: str, path: str, form: dict[str, Any], message: str, kind: str
) -> None:
    before = footprints.state()
    answer = footprints.call(method, path, form)
    assert answer.status_code == 400, answer.text
    found = answer.json or {}
    assert (found["status"], found["success"], found["message"], found["error"]) == (
        "error",
        False,
        message,
        message,
    )
    assert [(detail["message"], detail["type"]) for detail in found["details"]] == [(message, kind)]
    assert footprints.state() == before
    assert "footprints.errors" in answer.headers["X-Simulator-Assumed"]


JSON: list[tuple[dict[str, Any], str]] = [
    ({"userEmail": 5}, '"userEmail" must be a string'),
    (MAIL | {"nps": 9.5}, '"nps" must be an integer'),
    (MAIL | {"nps": True}, '"nps" must be an integer'),
    (MAIL | {"hasKids": 1}, '"hasKids" must be a boolean'),
    (MAIL | {"tags": "a"}, '"tags" must be an array'),
    (MAIL | {"tags": [1]}, '"tags[0]" must be a string'),
    (MAIL | {"userIncome": 8004}, '"userIncome" must be a string'),
    (MAIL | {"marketingChannels": [{"agreed": None}]}, '"marketingChannels[0].agreed" must be a boolean'),
]


@pytest.mark.parametrize(("body", "message"), JSON)
def test_json_of_the_wrong_type_is_refused(
    footprints: Footprints, body: dict[str, Any], message: str
) -> None:
    before = footprints.state()
    answer = footprints.post("/api/lead", json=body)
    assert answer.status_code == 400, answer.text
    assert (answer.json or {})["message"] == message
    kind = message.rpartition(" ")[2]
    wanted = "number.integer" if kind == "integer" else f"{kind}.base"
    assert (answer.json or {})["details"][0]["type"] == wanted
    assert footprints.state() == before


def test_every_value_that_is_wrong_is_told(footprints: Footprints) -> None:
    answer = footprints.post("/api/lead", {"userEmail": "a", "nps": "11", "tags[a]": "x"})
    found = answer.json or {}
    assert [detail["path"] for detail in found["details"]] == [["tags", 0], ["userEmail"], ["nps"]]
    assert found["message"] == found["details"][0]["message"]


def test_a_refusal_that_no_document_names_says_so(footprints: Footprints) -> None:
    guessed = footprints.post("/api/lead", {"userEmail": "a"})
    assert "footprints.checks" in guessed.headers["X-Simulator-Assumed"]
    printed = footprints.put(f"{LEAD}/nps", {"nps": "11"})
    assert "footprints.checks" not in printed.headers["X-Simulator-Assumed"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/unknown"),
        ("GET", "/"),
        ("DELETE", "/api/lead"),
        ("GET", "/api/token"),
        ("HEAD", "/api/lead"),
        ("POST", f"{LEAD}/leadLost"),
        ("GET", f"{LEAD}/nps"),
    ],
)
def test_an_unknown_path_or_method_is_not_found(footprints: Footprints, method: str, path: str) -> None:
    answer = footprints.call(method, path)
    assert answer.status_code == 404
    assert "footprints.unknown-route" in answer.headers["X-Simulator-Assumed"]
    if method != "HEAD":
        text = "Not found"
        assert answer.json == {"status": "error", "success": False, "message": text, "error": text}


def test_an_expired_token_is_told_from_an_unknown_one(footprints: Footprints) -> None:
    token = footprints.token()
    footprints.move_to("2025-03-02T08:00:00Z")
    expired = footprints.get("/api/lead", token=token)
    assert (expired.json or {})["message"] == "The access token provided has expired."
    unknown = footprints.get("/api/lead", token="x")
    assert (unknown.json or {})["message"] == "The access token provided is invalid."
    assert expired.status_code == unknown.status_code == 401


def test_the_token_is_looked_at_before_the_body(footprints: Footprints) -> None:
    before = footprints.state()
    answer = footprints.post("/api/lead", {"userEmail": "a"}, token="x")
    assert answer.status_code == 401
    assert footprints.state() == before
