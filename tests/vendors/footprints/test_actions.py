"""Lead actions: noted, changed, listed with their types and files."""

from __future__ import annotations

import copy
from io import BytesIO
from typing import Any

import pytest

from simulator.data import FixtureFiles

ANAS = "5a0000000000000000000901"
MIHAIS = "5a0000000000000000000902"
ACTION = "5a0000000000000000000b01"
CALL = "5a0000000000000000000a01"
VISIT = "5a0000000000000000000a02"
NEW = {"leadId": MIHAIS, "leadActionTypeId": CALL}
NOW = "2024-03-01T08:00:00.000Z"


def docs() -> dict[str, Any]:
    """The world of the vendor's page with a second type of action."""
    document = copy.deepcopy(dict(FixtureFiles().read("footprints", "docs")))
    document["action_types"].append({"id": VISIT, "name": "Visit"})
    return document


def listed(footprints: Any, lead: str = MIHAIS) -> list[dict[str, Any]]:
    answered = footprints.get(f"/api/lead/actions/{lead}")
    assert answered.status_code == 200
    found: list[dict[str, Any]] = answered.json["data"]
    return found


# --- noted ---


def test_a_new_action_is_listed_with_its_type(footprints: Any) -> None:
    answered = footprints.post(
        "/api/lead/action", NEW | {"actionDetail": "Called", "date": "2024-02-20 06:42:55"}
    )
    assert answered.status_code == 200
    assert answered.json == {"status": "success", "_id": answered.json["_id"]}
    assert listed(footprints) == [
        {
            "_id": answered.json["_id"],
            "leadId": MIHAIS,
            "actionDetail": "Called",
            "leadActionTypeId": {"_id": CALL, "name": "Type 1"},
            "attachments": [],
            "date": "2024-02-20T06:42:55.000Z",
            "createdAt": NOW,
            "updatedAt": NOW,
        }
    ]


def test_blanks_in_a_form_may_be_as_they_are(footprints: Any) -> None:
    sent = f"leadId={MIHAIS}&leadActionTypeId={CALL}&date=2021-01-12 06:42:55"
    form = "application/x-www-form-urlencoded"
    assert footprints.call("POST", "/api/lead/action", data=sent, content_type=form).status_code == 200
    assert listed(footprints)[0]["date"] == "2021-01-12T06:42:55.000Z"


def test_detail_and_date_may_be_missing(footprints: Any) -> None:
    footprints.post("/api/lead/action", json=NEW | {"actionDetail": ""})
    assert not listed(footprints)[0].keys() & {"actionDetail", "date"}


# --- changed ---


def test_a_change_leaves_what_it_does_not_name(make_footprints: Any) -> None:
    footprints = make_footprints(docs())
    answered = footprints.put(f"/api/lead/action/{ACTION}", {"leadActionTypeId": VISIT})
    assert answered.json == {"status": "success", "_id": ACTION}
    [action] = listed(footprints, ANAS)
    assert action["leadActionTypeId"] == {"_id": VISIT, "name": "Visit"}
    assert (action["actionDetail"], action["date"]) == ("My description", "2024-02-20T06:42:55.000Z")
    assert (action["createdAt"], action["updatedAt"]) == ("2024-02-19T12:47:35.847Z", NOW)


def test_an_action_can_move_to_another_lead(footprints: Any) -> None:
    footprints.put(f"/api/lead/action/{ACTION}", {"leadId": MIHAIS, "date": "2024-02-21 00:00:00"})
    assert listed(footprints, ANAS) == []
    [action] = listed(footprints)
    assert (action["leadId"], action["date"]) == (MIHAIS, "2024-02-21T00:00:00.000Z")


def test_the_files_of_an_action_may_be_gone_with_its_first_lead(footprints: Any) -> None:
    """Seen to fail with files looked up as if they were always there."""
    pdf = {"documents": ("a.pdf", b"%PDF-1.4", "application/pdf")}
    upload(footprints, f"/api/lead/{ANAS}/offers", pdf, leadActionId=ACTION)
    footprints.put(f"/api/lead/action/{ACTION}", {"leadId": MIHAIS})
    assert listed(footprints)[0]["attachments"] == ["a.pdf"]
    assert footprints.delete("/api/client", {"userExternalId": "2446456"}).status_code == 200
    assert listed(footprints)[0]["attachments"] == []


def upload(footprints: Any, path: str, files: dict[str, tuple[str, bytes, str]], **texts: str) -> None:
    parts = {name: (BytesIO(content), title, kind) for name, (title, content, kind) in files.items()}
    assert footprints.put(path, data=parts | texts).status_code == 200


# --- listed ---


def test_the_newest_action_comes_first(footprints: Any) -> None:
    made = [footprints.post("/api/lead/action", NEW).json["_id"] for _ in range(2)]
    footprints.move_to("2024-03-02T08:00:00Z")
    made.append(footprints.post("/api/lead/action", NEW).json["_id"])
    footprints.put(f"/api/lead/action/{made[0]}", {"actionDetail": "changed later"})
    assert [action["_id"] for action in listed(footprints)] == made[::-1]


def test_types_of_the_account(footprints: Any) -> None:
    assert footprints.get("/api/lead/action-types").json == {
        "data": [{"_id": CALL, "name": "Type 1", "createdAt": "2024-01-10T12:47:35.847Z"}]
    }


def test_what_an_unknown_lead_lists_is_a_guess(make_footprints: Any) -> None:
    refused = make_footprints().get("/api/lead/actions/unknown")
    assert (refused.status_code, refused.json["message"]) == (404, "Lead not found")
    empty = make_footprints(actions_of_unknown_lead="empty").get("/api/lead/actions/unknown")
    assert (empty.status_code, empty.json) == (200, {"data": []})
    for answered in (refused, empty):
        assert "footprints.actions-of-unknown-lead" in answered.headers["X-Simulator-Assumed"]


# --- refused ---


@pytest.mark.parametrize(
    ("method", "path", "form", "status", "message"),
    [
        ("POST", "action", {"leadActionTypeId": CALL}, 400, '"leadId" is required'),
        ("POST", "action", {"leadId": MIHAIS, "leadActionTypeId": ""}, 400, '"leadActionTypeId" is required'),
        ("POST", "action", NEW | {"leadId": "unknown"}, 404, "Lead not found"),
        ("POST", "action", NEW | {"leadActionTypeId": "unknown"}, 404, "Lead action type not found"),
        ("POST", "action", NEW | {"date": "2024-02-30 00:00:00"}, 400, '"date" must be a valid date'),
        ("POST", "action", NEW | {"date": "2024-02-20"}, 400, '"date" must be a valid date'),
        ("PUT", "action/unknown", {"actionDetail": "x"}, 404, "Lead action not found"),
        ("PUT", f"action/{ACTION}", {"actionDetail": "x", "leadId": "unknown"}, 404, "Lead not found"),
        (
            "PUT",
            f"action/{ACTION}",
            {"actionDetail": "x", "leadActionTypeId": "unknown"},
            404,
            "Lead action type not found",
        ),
        ("PUT", f"action/{ACTION}", {"date": "tomorrow"}, 400, '"date" must be a valid date'),
    ],
)
def test_what_is_refused_changes_nothing(
    footprints: Any, method: str, path: str, form: dict[str, str], status: int, message: str
) -> None:
    before = footprints.state()
    answered = footprints.call(method, f"/api/lead/{path}", form, token=footprints.access_token)
    assert (answered.status_code, answered.json["message"]) == (status, message)
    assert footprints.state() == before


def test_no_action_without_a_token(footprints: Any) -> None:
    before = footprints.state()
    assert footprints.post("/api/lead/action", NEW, token="").status_code == 401
    assert footprints.state() == before
