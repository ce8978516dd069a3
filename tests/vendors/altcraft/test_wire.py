"""How requests are read and answers written: paths, methods, content types, formats, HTTP statuses."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

ANNA = "anna@example.com"
API = "/altcraft/api/v1.1"


def post(altcraft: Altcraft, body: Any, path: str = "profiles/import", **options: Any) -> TestResponse:
    raw = body if isinstance(body, str | bytes) else json.dumps(body)
    options = {"content_type": "application/json"} | options
    return altcraft.client.post(f"{API}/{path}", data=raw, **options)


def import_of(altcraft: Altcraft, **members: Any) -> dict[str, Any]:
    return {"token": altcraft.token, "db_id": 5, "email": ANNA, "data": {}} | members


def code_of(answer: TestResponse) -> int:
    return int((answer.json or {})["error"])


def test_answer_of_a_write(altcraft: Altcraft) -> None:
    answer = post(altcraft, import_of(altcraft))
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert list(answer.json or {}) == ["error", "error_text", "profile_id"]
    assert answer.headers["X-Simulator-Contract"] == "ok"


# ---- paths and methods ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["profiles/import", "profiles/import/", "/profiles/import", "profiles//import", "//profiles//import//"],
)
def test_slashes_do_not_count(altcraft: Altcraft, path: str) -> None:
    answer = post(altcraft, import_of(altcraft), path)
    assert (answer.status_code, code_of(answer)) == (200, 0)


@pytest.mark.parametrize(("reading", "status"), [("status", 404), ("200", 200)])
@pytest.mark.parametrize(
    "path", ["profiles/none", "profiles", "", "profiles/import/5", "../v1.0/profiles/import"]
)
def test_path_that_is_no_operation(make_altcraft: MakeAltcraft, path: str, reading: str, status: int) -> None:
    altcraft = make_altcraft(unknown_path=reading)
    answer = post(altcraft, import_of(altcraft), path)
    assert answer.status_code == status
    assert answer.json == {"error": 404, "error_text": "Not found"}


@pytest.mark.parametrize(("reading", "status"), [("status", 405), ("200", 200)])
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_other_methods(make_altcraft: MakeAltcraft, method: str, reading: str, status: int) -> None:
    altcraft = make_altcraft(unknown_path=reading)
    answer = altcraft.client.open(f"{API}/profiles/import", method=method, json=import_of(altcraft))
    assert (answer.status_code, answer.headers["Allow"]) == (status, "POST")
    assert answer.json == {"error": 405, "error_text": "Method not allowed"}
    assert altcraft.kept("profiles") == []


# ---- statuses -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"token": "nobody's"}, 401),
        ({"db_id": 77}, 404),
        ({"db_id": "x"}, 400),
        ({"data": {"email": "x"}}, 400),
        ({"data": {"email": "taken@example.com"}}, 409),
    ],
)
@pytest.mark.parametrize("reading", ["200", "mirror"])
def test_status_of_a_refusal(
    make_altcraft: MakeAltcraft, members: dict[str, Any], code: int, reading: str
) -> None:
    altcraft = make_altcraft(http_status=reading)
    post(altcraft, import_of(altcraft, email="taken@example.com"))
    answer = post(altcraft, import_of(altcraft, **members))
    assert code_of(answer) == code
    assert answer.status_code == (200 if reading == "200" else code)
    assert "altcraft.http-status" in answer.headers["X-Simulator-Assumed"]


# ---- bodies ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"{'token': 1}",
        b'{"token": "a",}',
        b"[]",
        b'"x"',
        b"null",
        b"5",
        b"\xff\xfe",
        b'{"a": ' + b"[" * 200 + b"]" * 200 + b"}",
    ],
)
def test_body_that_is_no_object(altcraft: Altcraft, raw: bytes) -> None:
    before = altcraft.state()
    answer = post(altcraft, raw, headers={"Authorization": f"Bearer {altcraft.token}"})
    assert (answer.status_code, code_of(answer)) == (200, 400)
    assert (answer.json or {})["error_text"].startswith("Incorrect request: ")
    assert altcraft.state() == before


@pytest.mark.parametrize(
    "kind", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_other_content_types(make_altcraft: MakeAltcraft, kind: str | None) -> None:
    altcraft = make_altcraft()
    answer = post(altcraft, import_of(altcraft), content_type=kind)
    assert code_of(answer) == 0
    assert "altcraft.other-content-type" in answer.headers["X-Simulator-Assumed"]
    assert answer.headers["X-Simulator-Contract"] == "violation"
    altcraft = make_altcraft(other_content_type="refuse")
    answer = post(altcraft, import_of(altcraft), content_type=kind)
    assert answer.json == {"error": 415, "error_text": "Unsupported content type"}
    assert altcraft.kept("profiles") == []


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "APPLICATION/JSON"])
def test_content_type_with_more(make_altcraft: MakeAltcraft, kind: str) -> None:
    altcraft = make_altcraft(other_content_type="refuse")
    assert code_of(post(altcraft, import_of(altcraft), content_type=kind)) == 0


@pytest.mark.parametrize(
    ("members", "place"),
    [
        ({"db_id": None}, "/db_id"),
        ({"db_id": "5"}, "/db_id"),
        ({"db_id": 0}, "/db_id"),
        ({"db_id": 2**31}, "/db_id"),
        ({"matching": 5}, "/matching"),
        ({"skip_triggers": "yes"}, "/skip_triggers"),
        ({"add_to_segments": 1}, "/add_to_segments"),
        ({"resource_id": "1"}, "/resource_id"),
        ({"email": ["a@example.com"]}, "/email"),
    ],
)
def test_shape_of_the_body(altcraft: Altcraft, members: dict[str, Any], place: str) -> None:
    code, text = altcraft.refused("profiles/import", **{"db_id": 5, "email": ANNA, "data": {}} | members)
    assert code == 400
    assert text.startswith(f"Incorrect request: {place}")


def test_body_above_the_limit(altcraft: Altcraft) -> None:
    answer = altcraft.client.post(
        f"{API}/profiles/import", data=b" " * (64 * 2**20 + 1), content_type="application/json"
    )
    assert answer.json == {"error": 413, "error_text": "Request too large"}


# ---- format ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "query", "accept", "form"),
    [
        (None, "", "", "json"),
        ("xml", "", "", "xml"),
        ("json", "", "application/xml", "json"),
        ("json", "?format=xml", "", "json"),
        (None, "?format=xml", "application/json", "xml"),
        (None, "?format=json", "application/xml", "json"),
        (None, "", "application/xml", "xml"),
        (None, "", "text/xml", "xml"),
        (None, "", "*/*", "json"),
        (None, "", "application/json, application/xml;q=0.5", "json"),
        (None, "", "text/html", "json"),
    ],
)
def test_form_of_the_answer(altcraft: Altcraft, body: str | None, query: str, accept: str, form: str) -> None:
    members = {} if body is None else {"format": body}
    headers = {"Accept": accept} if accept else {}
    answer = post(altcraft, import_of(altcraft, **members), f"profiles/import{query}", headers=headers)
    assert answer.mimetype == f"application/{form}"
    assert b"Successful operation" in answer.data


@pytest.mark.parametrize(
    ("members", "query"), [({"format": "yaml"}, ""), ({}, "?format=yaml"), ({"format": 5}, "")]
)
def test_unknown_format(make_altcraft: MakeAltcraft, members: dict[str, Any], query: str) -> None:
    for reading, code in (("refuse", 400), ("json", 0)):
        altcraft = make_altcraft(unknown_format=reading)
        answer = post(altcraft, import_of(altcraft, **members), f"profiles/import{query}")
        assert answer.mimetype == "application/json"
        assert code_of(answer) == code


def test_refusal_comes_in_the_form_asked_for(altcraft: Altcraft) -> None:
    answer = post(altcraft, import_of(altcraft, db_id=77, format="xml"))
    assert answer.mimetype == "application/xml"
    assert answer.data.startswith(b"<xml><error>404</error><error_text>Not found")
    for raw, accept in ((b"{", "application/xml"), (b"{", "")):
        answer = post(altcraft, raw, headers={"Accept": accept})
        assert answer.mimetype == (accept or "application/json")
