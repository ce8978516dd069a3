"""databases/list, get, fields_get."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.vendors.altcraft.profiles.fields import TYPES
from tests.vendors.altcraft.account import with_more

MAIN, SUBACCOUNT = {"id": 0, "name": "main"}, {"id": 1, "name": "subaccount"}
DATABASES: list[dict[str, Any]] = [
    {"id": 9, "name": "Ninth", "ui_tags": ["b"]},
    {"id": 2, "name": "Second", "ui_tags": ["a", "b"], "groups": [MAIN, SUBACCOUNT]},
    {"id": 3, "name": "Third", "ui_tags": ["a"], "groups": []},
    {"id": 4, "name": "Fourth", "groups": [SUBACCOUNT]},
    {"id": 8, "name": "Another's", "account": 2},
]


def ids(answer: dict[str, Any]) -> list[int]:
    return [database["id"] for database in answer["data"]]


def test_list_databases_has_capitals(altcraft: Any) -> None:
    answer = altcraft.done("databases/list")
    assert list(answer) == ["data", "error", "error_text", "next_from_id", "total_count"]
    assert answer["data"] == [
        {"id": 5, "name": "Customers", "ui_tags": [], "Groups": [{"Id": 0, "Name": "main"}]}
    ]
    assert (answer["next_from_id"], answer["total_count"]) == (6, 1)


def test_list_databases_in_parts_by_id(make_altcraft: Any) -> None:
    altcraft = make_altcraft(with_more(accounts=[{"id": 2}], databases=DATABASES))
    found, from_id = [], 1
    for _ in range(3):
        answer = altcraft.done("databases/list", from_id=from_id, limit=2)
        assert answer["total_count"] == 4
        found.append(ids(answer))
        from_id = answer["next_from_id"]
    assert found == [[2, 3], [5, 9], []]
    assert from_id == 10


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"ui_tags": ["a"]}, [2, 3]),
        ({"ui_tags": ["a", "b"]}, [2, 3, 9]),
        ({"ui_tags": ["c"]}, []),
        ({"ui_tags": []}, [2, 3, 5, 9]),
        ({"groups": ["subaccount"]}, [2]),
        ({"groups": ["main"]}, [2, 5, 9]),
        ({"groups_id": [1, 0]}, [2, 5, 9]),
        ({"groups_id": [1], "ui_tags": ["b"]}, [2]),
        ({"groups": ["main"], "groups_id": [1]}, [2]),
        ({"from_id": 4}, [5, 9]),
        ({"from_id": 0}, [2, 3, 5, 9]),
    ],
)
def test_list_databases_filters(make_altcraft: Any, filters: dict[str, Any], expected: list[int]) -> None:
    answer = make_altcraft(with_more(accounts=[{"id": 2}], databases=DATABASES)).done(
        "databases/list", **filters
    )
    assert ids(answer) == expected
    assert answer["total_count"] == 4


def test_get_database(altcraft: Any) -> None:
    assert altcraft.done("databases/get", id=5)["data"] == {
        "id": 5,
        "name": "Customers",
        "suppress_id": 1,
        "description": "",
    }


@pytest.mark.parametrize("named", ["id", "db_id"])
def test_get_database_fields(altcraft: Any, named: str) -> None:
    found = altcraft.done("databases/fields_get", **{named: 5})["data"]
    system = [field["name"] for field in found if field["category"] == "system"]
    assert set(system) == set(TYPES)
    assert len(system) == len(TYPES)
    assert [field for field in found if field["category"] == "custom"][:2] == [
        {"category": "custom", "title": "CRM ID", "name": "CRM_ID", "required": False, "type": "unicode"},
        {"category": "custom", "title": "Bonus points", "name": "bonus", "required": False, "type": "int"},
    ]


def test_a_field_names_its_dictionary(altcraft: Any) -> None:
    found = {field["name"]: field for field in altcraft.done("databases/fields_get", id=5)["data"]}
    assert found["_tz"]["dictionary"] == "tz"
    assert "dictionary" not in found["_fname"]


@pytest.mark.parametrize(
    ("code", "path", "sent"),
    [
        (400, "list", {"from_id": -1}),
        (400, "list", {"limit": 0}),
        (400, "list", {"ui_tags": "a"}),
        (400, "list", {"groups_id": ["main"]}),
        (400, "get", {}),
        (400, "get", {"id": "5"}),
        (404, "get", {"id": 6}),
        (404, "get", {"id": 77}),
        (400, "fields_get", {}),
        (404, "fields_get", {"id": 77}),
    ],
)
def test_databases_refuse(altcraft: Any, code: int, path: str, sent: dict[str, Any]) -> None:
    before = altcraft.state()
    assert altcraft.call(f"databases/{path}", **sent)["error"] == code
    assert altcraft.state() == before


def test_what_a_token_does_not_see_may_be_another_code(make_altcraft: Any) -> None:
    answer = make_altcraft(not_found_code=400).call("databases/get", id=6)
    assert answer["error"] == 400
