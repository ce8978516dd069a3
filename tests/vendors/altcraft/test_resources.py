"""resources/list, get, fields_get."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import with_more

MAIN, SUBACCOUNT = {"id": 0, "name": "main"}, {"id": 1, "name": "subaccount"}
APP = {
    "id": 3,
    "name": "App",
    "channels": ["push"],
    "dbs_ids": [5],
    "groups": [MAIN, SUBACCOUNT],
    "fields": {
        "push": [{"name": "api_new_field_1", "title": "New_field_1", "type": "int", "required": False}]
    },
}
HIDDEN = {"id": 4, "name": "Hidden", "groups": [SUBACCOUNT]}


def test_list_resources_has_no_capitals(altcraft: Any) -> None:
    answer = altcraft.done("resources/list")
    assert list(answer) == ["data", "error", "error_text", "next_from_id", "total_count"]
    assert answer["data"] == [
        {"id": 1, "name": "Shop", "groups": [{"id": 0, "name": "main"}]},
        {"id": 2, "name": "Blog", "groups": [{"id": 0, "name": "main"}]},
    ]
    assert (answer["next_from_id"], answer["total_count"]) == (3, 2)


@pytest.mark.parametrize(
    ("filters", "expected", "next_from_id"),
    [
        ({}, [1, 2, 3], 4),
        ({"limit": 2}, [1, 2], 3),
        ({"from_id": 3}, [3], 4),
        ({"from_id": 4}, [], 4),
        ({"groups_id": [1]}, [3], 4),
        ({"groups": ["main"], "limit": 1}, [1], 2),
        ({"groups": ["subaccount"], "from_id": 1}, [3], 4),
    ],
)
def test_list_resources_in_parts(
    make_altcraft: Any, filters: dict[str, Any], expected: list[int], next_from_id: int
) -> None:
    answer = make_altcraft(with_more(resources=[APP, HIDDEN])).done("resources/list", **filters)
    assert [resource["id"] for resource in answer["data"]] == expected
    assert (answer["next_from_id"], answer["total_count"]) == (next_from_id, 3)


def test_get_resource(altcraft: Any) -> None:
    assert altcraft.done("resources/get", id=2)["data"] == {
        "channels": ["email"],
        "dbs_ids": [5],
        "id": 2,
        "name": "Blog",
        "trk_domain": "tracking.example.com",
        "url": "https://shop.example.com",
    }


def test_get_resource_fields(make_altcraft: Any) -> None:
    altcraft = make_altcraft(with_more(resources=[APP]))
    found = altcraft.done("resources/fields_get", id=3, channel="push")["data"]
    assert found[0] == {
        "category": "custom",
        "title": "New_field_1",
        "name": "api_new_field_1",
        "required": False,
        "type": "int",
    }
    system = {field["name"]: field for field in found[1:]}
    assert {field["category"] for field in found[1:]} == {"system"}
    assert system["_device_type"]["dictionary"] == "devices"
    assert (system["_os_ver"]["type"], system["_ad_track"]["type"]) == ("version", "bool")
    by_email = altcraft.done("resources/fields_get", id=3, channel="email")["data"]
    assert by_email == found[1:]


@pytest.mark.parametrize(
    ("code", "path", "sent"),
    [
        (400, "list", {"from_id": "first"}),
        (400, "get", {}),
        (404, "get", {"id": 4}),
        (404, "get", {"id": 77}),
        (400, "fields_get", {"id": 1}),
        (400, "fields_get", {"id": 1, "channel": "viber"}),
        (404, "fields_get", {"id": 77, "channel": "push"}),
    ],
)
def test_resources_refuse(make_altcraft: Any, code: int, path: str, sent: dict[str, Any]) -> None:
    altcraft = make_altcraft(with_more(resources=[HIDDEN]))
    assert altcraft.call(f"resources/{path}", **sent)["error"] == code


def test_reading_needs_its_right(make_altcraft: Any) -> None:
    token = {"id": 3, "token": "example-token-of-robot", "name": "Robot", "permissions": ["databases.read"]}
    altcraft = make_altcraft(with_more(tokens=[token]))
    asked = {"token": "example-token-of-robot", "id": 1}
    assert altcraft.call("resources/get", **asked)["error"] == 403
    assert altcraft.call("databases/get", **asked | {"id": 5})["error"] == 0
