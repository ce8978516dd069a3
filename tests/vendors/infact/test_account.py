"""GET /v1/Account/token, and what credentials open."""

from __future__ import annotations

from typing import Any

import pytest


def test_token_opens_bearer_operations(infact: Any) -> None:
    answer = infact.get("/Account/token", auth="basic")
    assert answer.status_code == 200
    assert answer.json.keys() == {"Token", "TokenType", "ExpiresIn", "Expires"}
    assert answer.json["ExpiresIn"] == 3600
    assert answer.json["Expires"] == "2022-06-17T09:00:00Z"
    assert infact.get("/datasources/265/objects", auth=f"Bearer {answer.json['Token']}").status_code == 200


def test_token_expires_on_the_worlds_clock(infact: Any) -> None:
    token = infact.bearer
    infact.move_to("2022-06-17T08:59:59Z")
    assert infact.get("/datasources/265/objects", auth=token).status_code == 200
    infact.move_to("2022-06-17T09:00:00Z")
    expired = infact.get("/datasources/265/objects", auth=token)
    assert expired.status_code == 401
    assert expired.headers["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert expired.data == b""


@pytest.mark.parametrize("auth", ["", "Basic !!!", "Basic QWxhZGRpbjp3cm9uZw==", "Bearer x", "Digest x"])
def test_token_needs_the_right_login(infact: Any, auth: str) -> None:
    answer = infact.get("/Account/token", auth=auth)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="api.infact.no"'
    assert answer.data == b""


def test_basic_does_not_open_bearer_operations(infact: Any) -> None:
    answer = infact.get("/datasources/265/objects", auth="basic")
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_token_may_be_a_bare_string(make_infact: Any) -> None:
    infact = make_infact(judged=False, token_response="string")
    answer = infact.client.get("/infact/v1/Account/token", headers={"Authorization": infact.basic})
    assert isinstance(answer.json, str)


def test_lifetime_is_an_assumption(make_infact: Any) -> None:
    answer = make_infact(token_lifetime=60).get("/Account/token", auth="basic")
    assert answer.json["ExpiresIn"] == 60
    assert "infact.token-lifetime" in answer.headers["X-Simulator-Assumed"]


@pytest.mark.parametrize("path", ["/account/TOKEN", "/Account/token/", "/ACCOUNT/TOKEN/"])
def test_paths_match_in_any_case_with_or_without_slash(infact: Any, path: str) -> None:
    answer = infact.get(path, auth="basic")
    assert answer.status_code == 200
    assert "infact.path-spelling" in answer.headers["X-Simulator-Assumed"]


def test_unknown_path_is_an_empty_404_and_names_the_nearest(infact: Any) -> None:
    answer = infact.get("/Acount/token", auth="")
    assert (answer.status_code, answer.data) == (404, b"")
    assert answer.headers["X-Simulator-Operation"] == "unknown"
    assert infact.world.journal.get(int(answer.headers["X-Simulator-Request"])).nearest[0] == "getToken"


def test_wrong_method_is_405_with_allow(infact: Any) -> None:
    answer = infact.post("/Account/token", {}, auth="basic")
    assert (answer.status_code, answer.data) == (405, b"")
    assert answer.headers["Allow"] == "GET"
