"""Tokens: where they stand, what they may do and see, and what is checked before what."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.vendors.altcraft.account import with_more
from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

API = "/altcraft/api/v1.1"
LIST = {"db_id": 5, "email": "anna@example.com", "data": {}}


def call(altcraft: Altcraft, body: Any, header: str = "", query: str = "") -> TestResponse:
    headers = {"Authorization": header} if header else {}
    return altcraft.client.post(f"{API}/profiles/import{query}", json=body, headers=headers)


def code(answer: TestResponse) -> int:
    assert answer.status_code == 200
    return int((answer.json or {})["error"])


def test_token_in_three_places(altcraft: Altcraft) -> None:
    token = altcraft.token
    assert code(call(altcraft, LIST | {"token": token})) == 0
    assert code(call(altcraft, LIST, f"Bearer {token}")) == 0
    assert code(call(altcraft, LIST, f"bearer {token}")) == 0
    assert code(call(altcraft, LIST, query=f"?token={token}")) == 0


@pytest.mark.parametrize("body", [LIST, LIST | {"token": ""}])
@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dTpw", "example-token-of-shop"])
@pytest.mark.parametrize("query", ["", "?token="])
def test_no_token(altcraft: Altcraft, body: Any, header: str, query: str) -> None:
    answer = call(altcraft, body, header, query)
    assert answer.json == {"error": 401, "error_text": "API token required"}
    assert altcraft.kept("profiles") == []


@pytest.mark.parametrize(("reading", "text"), [(401, "API token required"), (403, "No access")])
def test_token_that_nobody_has(make_altcraft: MakeAltcraft, reading: int, text: str) -> None:
    altcraft = make_altcraft(
        with_more(tokens=[{"id": 9, "token": "example-old", "name": "Old", "active": False}]),
        unknown_token=reading,
    )
    for token in ("example-of-nobody", "example-old", "rtoken@example-rtoken-of-shop"):
        assert altcraft.refused("profiles/import", **LIST, token=token) == (reading, text)
    assert code(call(altcraft, LIST, "Bearer example-of-nobody")) == reading


@pytest.mark.parametrize("token", [5, True, ["example-token-of-shop"], {"a": 1}])
def test_token_that_is_no_text(altcraft: Altcraft, token: Any) -> None:
    assert altcraft.refused("profiles/import", **LIST, token=token)[0] == 400


def test_of_several_tokens_the_body_counts_then_the_header(altcraft: Altcraft) -> None:
    good, bad = altcraft.token, "example-of-nobody"
    assert code(call(altcraft, LIST | {"token": good}, f"Bearer {bad}", f"?token={bad}")) == 0
    assert code(call(altcraft, LIST | {"token": bad}, f"Bearer {good}", f"?token={good}")) == 401
    assert code(call(altcraft, LIST, f"Bearer {good}", f"?token={bad}")) == 0
    assert code(call(altcraft, LIST, f"Bearer {bad}", f"?token={good}")) == 401
    assert code(call(altcraft, LIST | {"token": ""}, f"Bearer {good}", f"?token={bad}")) == 0
    answer = call(altcraft, LIST | {"token": good}, f"Bearer {bad}")
    assert "altcraft.token-order" in answer.headers["X-Simulator-Assumed"]


# ---- rights and groups ----------------------------------------------------------------------

ALL = {
    "profiles.write": [
        ("profiles/import", LIST),
        ("profiles/update", LIST),
        ("profiles/add", {"db_id": 5, "data": {}}),
        ("profiles/import_batch", {"db_id": 5, "data": []}),
        ("profiles/update_batch", {"db_id": 5, "data": []}),
        ("profiles/add_batch", {"db_id": 5, "data": []}),
    ],
    "profiles.read": [("profiles/get", {"db_id": 5, "email": "anna@example.com"})],
    "profiles.delete": [("profiles/delete", {"db_id": 5, "email": "anna@example.com"})],
}


@pytest.mark.parametrize(
    ("right", "path", "body"), [(right, *call) for right, calls in ALL.items() for call in calls]
)
def test_right_that_an_operation_needs(
    make_altcraft: MakeAltcraft, right: str, path: str, body: dict[str, Any]
) -> None:
    one = {"id": 8, "token": "example-one", "name": "One right", "permissions": [right]}
    others = {
        "id": 9,
        "token": "example-others",
        "name": "Others",
        "permissions": [r for r in ALL if r != right],
    }
    altcraft = make_altcraft(with_more(tokens=[one, others]))
    altcraft.done("profiles/import", **LIST)
    assert altcraft.refused(path, **body, token="example-others") == (403, "No access")
    altcraft.done(path, **body, token="example-one")


def test_database_of_another_group_is_not_found(make_altcraft: MakeAltcraft) -> None:
    sub = {"id": 9, "token": "example-sub", "name": "Sub", "groups": [1]}
    altcraft = make_altcraft(with_more(tokens=[sub]))
    unknown = altcraft.refused("profiles/import", **LIST | {"db_id": 77})
    assert unknown == (404, "Not found: database 77")
    assert altcraft.refused("profiles/import", **LIST | {"db_id": 6})[0] == 404
    altcraft.done("profiles/import", **LIST | {"db_id": 6}, token="example-sub")
    assert altcraft.refused("profiles/import", **LIST, token="example-sub")[0] == 404


def test_database_of_another_account_is_not_found(make_altcraft: MakeAltcraft) -> None:
    other = {"id": 9, "token": "example-other", "name": "Other", "account": 2}
    altcraft = make_altcraft(with_more(accounts=[{"id": 2}], tokens=[other]))
    altcraft.done("profiles/import", **LIST)
    for path in ("profiles/get", "profiles/delete"):
        body = {"db_id": 5, "email": "anna@example.com", "token": "example-other"}
        assert altcraft.refused(path, **body)[0] == 404


# ---- what is checked before what ------------------------------------------------------------


def test_order_of_checks(make_altcraft: MakeAltcraft) -> None:
    """Each request has all the faults of the later ones; the first to be seen decides."""
    reader = {"id": 9, "token": "example-reader", "name": "Reader", "permissions": ["profiles.read"]}
    altcraft = make_altcraft(with_more(tokens=[reader], accounts=[{"id": 1, "quota": 1}]))
    altcraft.done("profiles/add", db_id=5, data={"email": "taken@example.com"})
    client = altcraft.client
    wrong_data = {"bonus": "many", "email": "taken@example.com", "subscriptions": [{}]}

    def codes(**body: Any) -> int:
        return code(client.post(f"{API}/profiles/import", json=body))

    assert client.post(f"{API}/profiles/none", data="{").status_code == 404
    assert code(client.post(f"{API}/profiles/import", data="{", content_type="application/json")) == 400
    assert codes(db_id="x", matching="name", data=wrong_data) == 401
    assert codes(token="example-of-nobody", db_id="x", data=wrong_data) == 401
    assert codes(token="example-reader", db_id="x", data=wrong_data) == 403
    assert codes(token=altcraft.token, db_id=77, matching="name", data=wrong_data) == 400
    assert codes(token=altcraft.token, db_id=77, matching="phone", data=wrong_data) == 404
    assert codes(token=altcraft.token, db_id=5, matching="phone", data=wrong_data) == 400
    assert codes(token=altcraft.token, db_id=5, email="new@example.com", data=wrong_data) == 402


def test_data_is_checked_before_the_unique_address(altcraft: Altcraft) -> None:
    altcraft.done("profiles/add", db_id=5, data={"email": "taken@example.com"})
    data = {"email": "taken@example.com", "subscriptions": [{}]}
    assert altcraft.refused("profiles/add", db_id=5, data=data | {"bonus": "many"})[0] == 400
    assert altcraft.refused("profiles/add", db_id=5, data=data)[0] == 409
