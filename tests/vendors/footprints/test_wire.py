"""How requests may be written, whatever the operation, and what every answer has in common.

Seen to fail with leniencies of wire.py, and the headers of cors.py, taken out, one at a time.
"""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.vendors.footprints.conftest import Footprints

FORM = "application/x-www-form-urlencoded"
MAIL = "userEmail=a@example.com"
LEAD = "/api/lead/5a0000000000000000000901"


def send(footprints: Footprints, raw: str | bytes, kind: str = FORM, path: str = "/api/lead") -> TestResponse:
    return footprints.post(path, data=raw, content_type=kind)


def kept(footprints: Footprints, raw: str | bytes, kind: str = FORM) -> dict[str, Any]:
    """The fields of the lead that the body makes."""
    answer = send(footprints, raw, kind)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = footprints.kept("leads")[-1]["fields"]
    return found


CHANNELS = [
    {"channel": "sms", "type": "owner", "agreed": True},
    {"channel": "email", "type": "partners", "agreed": False},
]


@pytest.mark.parametrize(
    "raw",
    [
        "marketingChannels[0][channel]=sms&marketingChannels[0][type]=owner&marketingChannels[0][agreed]=true"
        "&marketingChannels[1][channel]=email&marketingChannels[1][type]=partners&marketingChannels[1][agreed]=false",
        "marketingChannels%5B0%5D%5Bchannel%5D=sms&marketingChannels%5B0%5D%5Btype%5D=owner"
        "&marketingChannels%5B0%5D%5Bagreed%5D=true&marketingChannels%5B1%5D%5Bchannel%5D=email"
        "&marketingChannels%5B1%5D%5Btype%5D=partners&marketingChannels%5B1%5D%5Bagreed%5D=false",
    ],
)
def test_objects_in_lists(footprints: Footprints, raw: str) -> None:
    assert kept(footprints, f"{MAIL}&{raw}")["marketingChannels"] == CHANNELS


@pytest.mark.parametrize(
    ("raw", "tags"),
    [
        ("tags[0]=a&tags[1]=b", ["a", "b"]),
        ("tags[]=a&tags[]=b", ["a", "b"]),
        ("tags%5B%5D=a&tags%5B%5D=b", ["a", "b"]),
        ("tags=a&tags=b", ["a", "b"]),
        ("tags[7]=b&tags[3]=a", ["a", "b"]),
        ("tags=a", ["a"]),
        ("tags[]=a&tags[]=", ["a"]),
    ],
)
def test_lists_in_every_layout(footprints: Footprints, raw: str, tags: list[str]) -> None:
    assert kept(footprints, f"{MAIL}&{raw}")["tags"] == tags


def test_objects_of_any_names(footprints: Footprints) -> None:
    raw = "customDetails[vouchers][shopId]=1&customDetails[offerDetails]=Lorem ipsum"
    details = {"vouchers": {"shopId": "1"}, "offerDetails": "Lorem ipsum"}
    assert kept(footprints, f"{MAIL}&{raw}")["customDetails"] == details


def test_a_form_and_json_say_the_same(footprints: Footprints) -> None:
    by_form = kept(footprints, f"{MAIL}&nps=9&hasKids=true&noOfKids=2&userIncome=8004&isAdult=false&tags=a")
    by_json = kept(
        footprints,
        b'{"userEmail": "a@example.com", "nps": 9, "hasKids": true, "noOfKids": "2", "userIncome": "8004",'
        b' "isAdult": "false", "tags": ["a"]}',
        "application/json; charset=utf-8",
    )
    assert by_form == by_json
    assert (by_form["nps"], by_form["hasKids"], by_form["noOfKids"], by_form["userIncome"]) == (
        9,
        True,
        2,
        "8004",
    )


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/prospect", {"userEmail": "a@example.com"}),
        ("POST", "/api/offerCategory/x/lead", {"userEmail": "a@example.com"}),
        ("PUT", LEAD, {"status": "lead"}),
        ("PUT", f"{LEAD}/nps", {"nps": 5}),
        ("POST", f"{LEAD}/nps", {"nps": 5}),
        ("PUT", f"{LEAD}/leadLost", {"reasonLost": "other"}),
    ],
)
def test_every_write_reads_json_and_says_that_it_is_a_guess(
    footprints: Footprints, method: str, path: str, body: dict[str, Any]
) -> None:
    answer = footprints.call(method, path, json=body)
    assert answer.status_code == 200, answer.text
    assert "footprints.json-bodies" in answer.headers["X-Simulator-Assumed"]
    assert answer.headers["X-Simulator-Contract"] == "ok"


def test_blanks_that_nobody_encoded(footprints: Footprints) -> None:
    lead = kept(footprints, f"{MAIL}&createdAt=2024-01-12 06:42:55&userComments=two words+more")
    assert lead["userComments"] == "two words more"
    assert footprints.kept("leads")[-1]["createdAt"] == "2024-01-12T06:42:55.000Z"


@pytest.mark.parametrize("raw", ["comment%20=test", "comment+=test", "%20comment=test", "comment =test"])
def test_blanks_around_names_are_cut_off(footprints: Footprints, raw: str) -> None:
    answer = footprints.put(f"{LEAD}/nps", data=f"nps=10&{raw}", content_type=FORM)
    assert answer.status_code == 200
    assert "footprints.trimmed-names" in answer.headers["X-Simulator-Assumed"]
    lead = next(lead for lead in footprints.kept("leads") if lead["id"] == LEAD[-24:])
    assert lead["comments"][-1]["text"] == "test"


def test_an_address_encoded_twice_is_decoded_once_more(footprints: Footprints) -> None:
    assert kept(footprints, "userEmail=a.b%2540example.com")["userEmail"] == "a.b@example.com"
    # only where there is no @ already
    assert kept(footprints, "userEmail=a%2540b@example.com")["userEmail"] == "a%40b@example.com"


def test_empty_texts_count_as_not_sent(footprints: Footprints) -> None:
    raw = f"{MAIL}&userCountry=&nps=&hasKids=&userBirthday=&createdAt=&userSex=&tags=&customDetails[a]="
    assert kept(footprints, raw) == {"userEmail": "a@example.com", "customDetails": {}}
    lead = b'{"userEmail": "a@example.com", "userCountry": "", "nps": "", "hasKids": ""}'
    assert kept(footprints, lead, "application/json") == {"userEmail": "a@example.com"}


def test_ids_are_any_text(footprints: Footprints) -> None:
    blurred = "6d22kaal8378716180494f54"
    assert kept(footprints, f"{MAIL}&offerId={blurred}&locationId=x")["offerId"] == blurred


def test_a_null_in_json_is_no_empty_text(footprints: Footprints) -> None:
    answer = send(footprints, b'{"userEmail": "a@example.com", "userCity": null}', "application/json")
    assert answer.status_code == 400
    assert (answer.json or {})["message"] == '"userCity" must be a string'


def test_a_null_is_not_one_of_two_that_are_needed(footprints: Footprints) -> None:
    """Seen to fail, as a type that none of the alternatives has."""
    answer = send(footprints, b'{"userEmail": null}', "application/json")
    assert answer.status_code == 400
    assert (answer.json or {})["message"] == '"userEmail" must be a string'


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", ""])
def test_a_body_that_is_neither_is_as_none(footprints: Footprints, kind: str) -> None:
    answer = send(footprints, MAIL, kind)
    assert answer.status_code == 400
    assert "footprints.other-bodies" in answer.headers["X-Simulator-Assumed"]


@pytest.mark.parametrize(("method", "path"), [("PUT", LEAD), ("POST", "/api/prospect")])
def test_a_write_without_a_body_is_refused(footprints: Footprints, method: str, path: str) -> None:
    before = footprints.state()
    answer = footprints.call(method, path)
    assert answer.status_code == 400
    assert (answer.json or {})["message"] == '"value" is required'
    assert footprints.state() == before
    assert "footprints.checks" in answer.headers["X-Simulator-Assumed"]


@pytest.mark.parametrize("kind", [FORM, "application/json"])
def test_a_form_or_json_of_no_bytes_has_no_fields(footprints: Footprints, kind: str) -> None:
    assert footprints.post("/api/prospect", data=b"", content_type=kind).status_code == 200
    assert footprints.kept("leads")[-1]["fields"] == {}


def test_an_id_in_a_path_that_is_stored_is_no_longer_than_the_contract_has_it(footprints: Footprints) -> None:
    answer = footprints.post(f"/api/offerCategory/{'x' * 65}/lead", data=MAIL, content_type=FORM)
    assert answer.status_code == 400
    assert (answer.json or {})["message"] == '"offerCategoryId" has a wrong form'


def test_a_get_may_say_that_it_is_a_form(footprints: Footprints) -> None:
    assert footprints.get("/api/lead", data=b"", content_type=FORM).status_code == 200


@pytest.mark.parametrize(
    ("raw", "kind", "message"),
    [
        (b"{", "application/json", "Invalid JSON"),
        (b"[]", "application/json", "Invalid JSON"),
        (b"null", "application/json", "Invalid JSON"),
        (b'{"userEmail": "\xff"}', "application/json", "Invalid JSON"),
        (b'{"customDetails": 1e400}', "application/json", "Invalid JSON"),
        (b'{"customDetails": ' + b"[" * 200 + b"]" * 200 + b"}", "application/json", "Invalid JSON"),
        (b"userEmail=\xff", FORM, "Invalid form"),
    ],
)
def test_what_cannot_be_read_is_refused(footprints: Footprints, raw: bytes, kind: str, message: str) -> None:
    before = footprints.state()
    answer = send(footprints, raw, kind)
    assert answer.status_code == 400
    assert answer.json == {"status": "error", "success": False, "message": message, "error": message}
    assert footprints.state() == before


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("userEmail=a@example.com&userCity=%ED%A0%80%FF%00", FORM),
        ("userEmail=a@example.com&userEmail=b@example.com", FORM),
        ("userEmail=a@example.com&=x&&&a[b&[0]=1&__proto__[x]=1&tags[99999]=a", FORM),
        ("userEmail=a@example.com&customDetails" + "[a]" * 300 + "=1", FORM),
        ("userEmail=a@example.com&nps=" + "9" * 400, FORM),
        ("userEmail=a@example.com&userIncome=" + "9" * 5000, FORM),
        ('{"userEmail": "a@example.com", "nps": 99999999999999999999999}', "application/json"),
        ('{"userEmail": {"a": 1}, "tags": {"a": 1}, "marketingChannels": [1]}', "application/json"),
        ('{"userEmail": "a@example.com", "customDetails": {"": [null, 1e300, {}]}}', "application/json"),
        (
            '{"userEmail": "a@example.com", "favouriteColour": {"a": [18446744073709551615]}}',
            "application/json",
        ),
        ('{"userEmail": "a@example.com", " nps ": 3, "nps": 4}', "application/json"),
    ],
)
def test_odd_bodies_are_taken_or_refused_and_nothing_breaks(
    footprints: Footprints, raw: str, kind: str
) -> None:
    answer = send(footprints, raw, kind)
    assert answer.status_code in (200, 400), answer.text
    assert footprints.get("/api/lead").status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "token", "status"),
    [
        ("GET", "/api/lead", None, 200),
        ("GET", "/api/lead", "", 401),
        ("POST", "/api/lead", None, 400),
        ("PUT", "/api/lead/nobody", None, 404),
        ("GET", "/api/nothing", None, 404),
        ("PATCH", "/api/lead", None, 404),
    ],
)
def test_every_answer_is_json_that_pages_of_any_origin_may_read(
    footprints: Footprints, method: str, path: str, token: str | None, status: int
) -> None:
    form = {"status": "lead"} if method == "PUT" else None
    answer = footprints.call(method, path, form, token=token)
    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "method"), [("/api/lead", "POST"), (f"{LEAD}/nps", "PUT"), (f"{LEAD}/leadLost", "PUT")]
)
def test_a_browser_may_ask_whether_it_may(footprints: Footprints, path: str, method: str) -> None:
    headers = {"Access-Control-Request-Method": method, "Access-Control-Request-Headers": "content-type"}
    answer = footprints.call("OPTIONS", path, token="", headers=headers)
    assert answer.status_code == 204
    assert method in answer.headers["Access-Control-Allow-Methods"].split(", ")
    assert answer.headers["Access-Control-Allow-Headers"] == "content-type"
    assert answer.headers["X-Simulator-Contract"] == "ok"
