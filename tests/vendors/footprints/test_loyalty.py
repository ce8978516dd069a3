"""Loyalty: campaigns of the token's user, and codes that are given out, redeemed and blocked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.footprints.conftest import Footprints, MakeFootprints, docs

TOKEN = "3a53f15f7382f61564e3b16a3b81a37354c88f391263adf31be953e80b3f3"
ANA = {"userEmail": "ana.exemplu@example.com", "userPhone": "0700000000"}
MIHAI = {"userEmail": "mihai.exemplu@example.com", "userPhone": "+40700000001"}
CLIENT, OTHER_CLIENT = "5a0000000000000000000801", "5a0000000000000000000802"
CAMPAIGN, SECOND = "5a0000000000000000000602", "5a0000000000000000000603"
INTERNAL = "3irf2dmn8ks"
HOSTESS, CONSULTANT = "5a0000000000000000000021", "5a0000000000000000000011"
ASSOCIATED, REDEEMED, FREE = (f"5a0000000000000000000e5{n}" for n in (1, 2, 4))
CODE = "9E58EDI"
HERE = {"campaignInternalId": INTERNAL}


def second_campaign(**members: Any) -> dict[str, Any]:
    """A campaign about which nothing is entered but what it needs."""
    return {
        "id": SECOND,
        "type": "drive_loyalty",
        "name": "Demo Campaign 4",
        "internalId": "i8inejs4t8c",
        "startDate": "2024-04-01T00:00:00.000Z",
        "endDate": "2024-04-30T00:00:00.000Z",
    } | members


def code_of(footprints: Footprints, id: str) -> dict[str, Any]:
    return next(code for code in footprints.kept("codes") if code["id"] == id)


def give(footprints: Footprints, id: str, client: str = CLIENT, **members: Any) -> None:
    """Associate a code with a client, as nothing but the control API can."""
    code = code_of(footprints, id) | {"status": "associated", "client": client} | members
    answer = footprints.control.put(f"/_simulator/state/footprints/codes/{id}", json=code)
    assert answer.status_code in (200, 201), answer.text


def ask(footprints: Footprints, what: str, token: str = TOKEN, **fields: Any) -> Any:
    return footprints.post(f"/api/loyaltyCode/{what}", fields, token=token)


def get(footprints: Footprints, path: str, token: str = TOKEN) -> Any:
    return footprints.get(f"/api/loyaltyCode/{path}", token=token)


def listed(footprints: Footprints, **fields: Any) -> list[str]:
    answer = ask(footprints, "list", **fields)
    assert answer.status_code == 200, answer.text
    return [entry["code"] for entry in answer.json["clients"]]


def names(footprints: Footprints, path: str, token: str = TOKEN) -> list[str]:
    answer = get(footprints, path, token)
    assert answer.status_code == 200, answer.text
    return [campaign["name"] for campaign in answer.json["campaigns"]]


# --- check ------------------------------------------------------------------------------


def test_check_finds_the_associated_code_first(footprints: Footprints) -> None:
    answer = ask(footprints, "check", **ANA, **HERE)
    assert answer.json == {
        "status": "success",
        "message": "redeem code found",
        "code": CODE,
        "expire_code_date": "2025-01-27 10:59:08",
        "prize_status": "associated",
        "prize": {"name": "Prize 1"},
        "last_update": "2024-02-21 15:48:14",
    }


def test_check_knows_a_person_by_other_spellings_and_json(footprints: Footprints) -> None:
    same = {"userEmail": "Ana.Exemplu@Example.com", "userPhone": "07 0000-0000"} | HERE
    answer: Any = footprints.post("/api/loyaltyCode/check", json=same, token=TOKEN)
    assert answer.json["code"] == CODE


def test_check_shows_what_became_of_a_code(footprints: Footprints) -> None:
    footprints.move_to("2024-03-02T09:00:00.25Z")
    assert ask(footprints, "change", **ANA, **HERE, code=CODE).json == {"status": "success"}
    found = ask(footprints, "check", **ANA, **HERE).json
    assert (found["code"], found["prize_status"], found["last_update"]) == (
        CODE,
        "redeemed",
        "2024-03-02 09:00:00",
    )
    assert ask(footprints, "check", **MIHAI, **HERE).json["prize_status"] == "blocked"


def test_check_may_look_for_associated_codes_only(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(code_check="associated")
    assert ask(footprints, "check", **ANA, **HERE).json["code"] == CODE
    answer = ask(footprints, "check", **MIHAI, **HERE)
    assert (answer.status_code, answer.json["message"]) == (404, "redeem code not found")


UNKNOWN: list[tuple[dict[str, str], str]] = [
    (ANA | {"campaignInternalId": "none"}, "Campaign not found"),
    (ANA | HERE | {"userPhone": "0700000009"}, "Client not found"),
    (ANA | HERE | {"userEmail": "nimeni@example.com"}, "Client not found"),
]


@pytest.mark.parametrize(("fields", "message"), UNKNOWN)
@pytest.mark.parametrize("what", ["check", "change"])
def test_unknown_clients_and_campaigns_are_404(
    footprints: Footprints, what: str, fields: dict[str, str], message: str
) -> None:
    before = footprints.state()
    answer = ask(footprints, what, **fields, code=CODE)
    assert (answer.status_code, answer.json["message"]) == (404, message)
    assert "footprints.unknown-in-loyalty" in answer.headers["X-Simulator-Assumed"]
    assert footprints.state() == before


# --- change -----------------------------------------------------------------------------


def test_change_redeems_and_records_the_hostess(footprints: Footprints) -> None:
    give(footprints, FREE, hostess=None)
    footprints.move_to("2024-03-02T10:00:00Z")
    assert ask(footprints, "change", **ANA, **HERE, code="F7ZT11AA").status_code == 200
    code = code_of(footprints, FREE)
    assert (code["status"], code["hostess"], code["changedAt"]) == (
        "redeemed",
        HOSTESS,
        "2024-03-02T10:00:00.000Z",
    )


def test_change_blocks_where_status_says_so(footprints: Footprints) -> None:
    answer = ask(footprints, "change", **ANA, **HERE, code=CODE, status="blocked")
    assert answer.status_code == 200
    assert "footprints.code-target" in answer.headers["X-Simulator-Assumed"]
    assert code_of(footprints, ASSOCIATED)["status"] == "blocked"


def test_an_empty_status_redeems(footprints: Footprints) -> None:
    assert ask(footprints, "change", **ANA, **HERE, code=CODE, status="").status_code == 200
    assert code_of(footprints, ASSOCIATED)["status"] == "redeemed"


@pytest.mark.parametrize("grant", [{}, {"grant_type": "password"}])
def test_a_token_without_hostess_leaves_the_hostess(footprints: Footprints, grant: dict[str, str]) -> None:
    login = {"username": footprints.username, "password": footprints.password} if grant else {}
    token = footprints.token(**grant, **login)
    assert ask(footprints, "change", token, **ANA, **HERE, code=CODE).status_code == 200
    assert code_of(footprints, ASSOCIATED)["hostess"] == HOSTESS


@pytest.mark.parametrize("status", ["redeemed", "blocked"])
@pytest.mark.parametrize("again", [{}, {"status": "redeemed"}, {"status": "blocked"}])
def test_redeemed_and_blocked_are_final(footprints: Footprints, status: str, again: dict[str, str]) -> None:
    """Seen to fail with the look at FINAL left out."""
    ask(footprints, "change", **ANA, **HERE, code=CODE, status=status)
    before = footprints.state()
    answer = ask(footprints, "change", **ANA, **HERE, code=CODE, **again)
    message = {"redeemed": "code already redeemed", "blocked": "code blocked"}[status]
    assert (answer.status_code, answer.json["error"]) == (400, message)
    assert footprints.state() == before


@pytest.mark.parametrize(
    "fields",
    [
        ANA | {"code": "F7ZT11AA"},
        ANA | {"code": "B4LK90QW"},
        ANA | {"code": "9e58edi"},
        ANA | {"code": "NONE"},
        MIHAI | {"code": CODE},
    ],
    ids=["free", "another's", "other case", "unknown", "of another"],
)
def test_a_code_that_is_not_the_clients_is_404(footprints: Footprints, fields: dict[str, str]) -> None:
    before = footprints.state()
    answer = ask(footprints, "change", **fields, **HERE)
    assert (answer.status_code, answer.json["message"]) == (404, "redeem code not found")
    assert footprints.state() == before


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        (ANA | HERE, '"code" is required'),
        (ANA | {"code": CODE}, '"campaignInternalId" is required'),
        (HERE | {"code": CODE, "userPhone": "0700000000"}, '"userEmail" is required'),
        (HERE | {"code": CODE, "userEmail": "ana.exemplu@example.com"}, '"userPhone" is required'),
        (ANA | HERE | {"code": CODE, "status": "free"}, '"status" must be one of [redeemed, blocked]'),
        (ANA | HERE | {"code": CODE, "userEmail": "ana"}, '"userEmail" must be a valid email'),
    ],
)
def test_change_refuses_in_joi_words(footprints: Footprints, fields: dict[str, str], message: str) -> None:
    before = footprints.state()
    answer = ask(footprints, "change", **fields)
    assert (answer.status_code, answer.json["message"]) == (400, message)
    assert footprints.state() == before


@pytest.mark.parametrize(
    ("rule", "sent", "becomes"),
    [
        ("redeemed", None, "redeemed"),
        ("redeemed", "blocked", "blocked"),
        ("blocked", None, "blocked"),
        ("blocked", "redeemed", "redeemed"),
        ("refused", None, None),
        ("refused", "redeemed", None),
        ("refused", "blocked", "blocked"),
    ],
)
def test_what_an_expired_code_becomes(
    make_footprints: MakeFootprints, rule: str, sent: str | None, becomes: str | None
) -> None:
    footprints = make_footprints(clock="2025-01-27T10:59:08.001Z", expired_codes=rule)
    fields = ANA | HERE | {"code": CODE} | ({"status": sent} if sent else {})
    answer = ask(footprints, "change", **fields)
    assert answer.status_code == (200 if becomes else 400)
    assert becomes or answer.json["message"] == "code expired"
    assert code_of(footprints, ASSOCIATED)["status"] == (becomes or "associated")


def test_a_code_holds_until_the_instant_it_expires(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(clock="2025-01-27T10:59:08Z", expired_codes="refused")
    answer = ask(footprints, "change", **ANA, **HERE, code=CODE)
    assert answer.status_code == 200
    assert "footprints.expired-codes" not in answer.headers["X-Simulator-Assumed"]


# --- list -------------------------------------------------------------------------------


def test_list_shows_codes_given_out_last_changed_first(footprints: Footprints) -> None:
    answer = ask(footprints, "list", campaignInternalId=INTERNAL, searchTerm="", page="1")
    assert answer.json["totalResults"] == 3
    assert [one["code"] for one in answer.json["clients"]] == ["JGFRZ328", "B4LK90QW", CODE]
    assert answer.json["clients"][2] == {
        "code": CODE,
        "campaign": {
            "_id": CAMPAIGN,
            "internalId": INTERNAL,
            "name": "Demo Campaign 2",
            "type": "drive_loyalty",
            "startDate": "2024-01-26T10:59:08.000Z",
            "endDate": "2024-12-26T10:59:08.000Z",
            "loyaltySettings": {"type": "instant"},
            "expireCodesDate": "2025-01-27T10:59:08.000Z",
        },
        "client": {
            "_id": CLIENT,
            "userFirstName": "Ana",
            "userLastName": "Exemplu",
            "userEmail": "ana.exemplu@example.com",
            "userPhone": "0700000000",
            "userAddress": "",
        },
        "status": "associated",
        "prize": {"pointsValue": 10, "name": "Prize 1"},
        "hostess": {"_id": HOSTESS, "name": "Test Hostess"},
    }


def test_list_needs_no_body(footprints: Footprints) -> None:
    answer: Any = footprints.post("/api/loyaltyCode/list", token=TOKEN)
    assert answer.json["totalResults"] == 3


def test_a_code_nobody_gave_has_no_hostess(footprints: Footprints) -> None:
    give(footprints, FREE)
    shown = ask(footprints, "list", searchTerm="f7zt11").json["clients"]
    assert [(one["code"], one["hostess"]) for one in shown] == [("F7ZT11AA", None)]


def test_search_is_in_the_code_without_case(footprints: Footprints) -> None:
    assert listed(footprints, searchTerm="e58e") == [CODE]
    assert listed(footprints, searchTerm="B4") == ["B4LK90QW"]
    assert listed(footprints, searchTerm="ana") == []
    assert listed(footprints, searchTerm="F7ZT") == []


def test_list_of_one_campaign_or_all(make_footprints: MakeFootprints) -> None:
    code = {
        "id": "5a0000000000000000000e61",
        "code": CODE,
        "campaign": SECOND,
        "prize": {"name": "Prize 3", "pointsValue": 1},
        "status": "associated",
        "client": OTHER_CLIENT,
        "changedAt": "2024-02-29T00:00:00.000Z",
    }
    footprints = make_footprints(docs(campaigns=[second_campaign()], codes=[code]))
    assert listed(footprints) == [CODE, "JGFRZ328", "B4LK90QW", CODE]
    assert listed(footprints, campaignInternalId="i8inejs4t8c") == [CODE]
    assert listed(footprints, campaignInternalId=INTERNAL) == ["JGFRZ328", "B4LK90QW", CODE]
    assert listed(footprints, campaignInternalId="none") == []
    assert ask(footprints, "change", **MIHAI, campaignInternalId="i8inejs4t8c", code=CODE).status_code == 200
    assert code_of(footprints, ASSOCIATED)["status"] == "associated"


def test_list_is_paged_and_counts_all(make_footprints: MakeFootprints) -> None:
    footprints = make_footprints(codes_page_size=2)
    assert listed(footprints, page="1") == ["JGFRZ328", "B4LK90QW"]
    assert listed(footprints, page="2") == [CODE]
    assert ask(footprints, "list", page="3").json == {"status": "success", "clients": [], "totalResults": 3}
    answer: Any = footprints.post("/api/loyaltyCode/list", json={"page": 2}, token=TOKEN)
    assert [one["code"] for one in answer.json["clients"]] == [CODE]


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5"])
def test_bad_pages_are_refused(footprints: Footprints, page: str) -> None:
    answer = ask(footprints, "list", page=page)
    assert answer.status_code == 400
    assert answer.json["details"][0]["path"] == ["page"]


def test_codes_of_deleted_clients_are_not_listed(footprints: Footprints) -> None:
    assert footprints.control.delete(f"/_simulator/state/footprints/clients/{CLIENT}").status_code == 204
    assert listed(footprints) == ["B4LK90QW"]


# --- history ----------------------------------------------------------------------------


def test_history_has_redeemed_and_associated_codes(footprints: Footprints) -> None:
    answer = ask(footprints, "history", **ANA)
    assert answer.json["status"] == "success"
    assert [(code["code"], code["status"]) for code in answer.json["codes"]] == [
        ("JGFRZ328", "redeemed"),
        (CODE, "associated"),
    ]
    assert answer.json["codes"][0] == {
        "code": "JGFRZ328",
        "campaign": {"internalId": INTERNAL, "name": "Demo Campaign 2"},
        "status": "redeemed",
        "prize": {"name": "Prize 2"},
        "location": {"name": "Mega Mall"},
        "expire_code_date": "2025-01-27T10:59:08.000Z",
        "last_update": "2024-02-28T09:26:00.726Z",
    }


def test_history_leaves_blocked_codes_out(footprints: Footprints) -> None:
    assert ask(footprints, "history", **MIHAI).json == {"status": "success", "codes": []}
    give(footprints, FREE, OTHER_CLIENT, location=None)
    (code,) = ask(footprints, "history", **MIHAI).json["codes"]
    assert (code["code"], code["location"]) == ("F7ZT11AA", {"name": "Mega Mall"})


def test_history_of_an_unknown_client_is_404(footprints: Footprints) -> None:
    answer = ask(footprints, "history", userEmail="nimeni@example.com", userPhone="0700000000")
    assert (answer.status_code, answer.json["message"]) == (404, "Client not found")


@pytest.mark.parametrize("what", ["check", "change", "list", "history"])
def test_codes_need_a_token(footprints: Footprints, what: str) -> None:
    before = footprints.state()
    assert ask(footprints, what, "", **ANA, **HERE, code=CODE).status_code == 401
    assert footprints.state() == before
