"""Update functions: set, unset, incr, add, delete, upsert; on which types, and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

ANNA = "anna@example.com"
FIRST = {
    "_city": "Tver",
    "bonus": 100,
    "rating": 1.5,
    "interests": ["tea", "books"],
    "phones": ["+70000000001"],
    "delivery": {"city": "Tver", "car": {"tyres": {"season": "summer"}}},
    "orders": [{"id": 1, "state": {"name": "new"}}, {"id": 2}],
}


def anna(altcraft: Altcraft) -> None:
    altcraft.done("profiles/import", db_id=5, email=ANNA, data=FIRST)


def apply(altcraft: Altcraft, name: str, action: str, **members: Any) -> Any:
    """What the field holds after the function."""
    data = {name: {"action": action, **members}}
    altcraft.done("profiles/update", db_id=5, email=ANNA, data=data)
    return altcraft.profile(email=ANNA).get(name)


@pytest.mark.parametrize(
    ("name", "action", "members", "after"),
    [
        ("_city", "set", {"value": "Moscow"}, "Moscow"),
        ("bonus", "set", {"value": "7"}, 7),
        ("email", "set", {"value": "Anna@example.com"}, "Anna@example.com"),
        ("interests", "set", {"value": ["music"]}, ["music"]),
        ("_bdate", "set", {"value": "1990-01-15"}, "1990-01-15T00:00:00.000Z"),
        ("delivery", "set", {"value": {"action": "incr"}}, {"action": "incr"}),
        ("_city", "unset", {}, None),
        ("bonus", "unset", {"value": 5}, None),
        ("interests", "unset", {}, None),
        ("phones", "unset", {}, None),
        ("delivery", "unset", {}, None),
        ("_lname", "unset", {}, None),
        ("bonus", "incr", {"value": 1000}, 1100),
        ("bonus", "incr", {"value": -1000}, -900),
        ("bonus", "incr", {"value": "5"}, 105),
        ("rating", "incr", {"value": 1}, 2.5),
        ("interests", "add", {"value": ["music", "tea", "music"]}, ["tea", "books", "music"]),
        ("interests", "delete", {"value": ["tea", "music"]}, ["books"]),
        ("interests", "delete", {"value": ["tea", "books"]}, []),
        ("phones", "add", {"value": ["+7 000 000-00-01", "+70000000002"]}, ["+70000000001", "+70000000002"]),
        ("phones", "delete", {"value": ["+7 (000) 0000001"]}, []),
        ("orders", "add", {"value": [{"id": 3}, {"id": 2}]}, [*FIRST["orders"], {"id": 3}]),  # type: ignore[misc]
        ("orders", "delete", {"value": [{"id": 2}, {"id": 1}]}, [FIRST["orders"][0]]),  # type: ignore[index]
        (
            "delivery",
            "upsert",
            {"submatch": "car.tyres.season", "value": "winter"},
            {"city": "Tver", "car": {"tyres": {"season": "winter"}}},
        ),
        (
            "delivery",
            "upsert",
            {"submatch": "home.floor", "value": 3},
            {**FIRST["delivery"], "home": {"floor": 3}},  # type: ignore[dict-item]
        ),
        ("delivery", "upsert", {"submatch": "car", "value": None}, {"city": "Tver", "car": None}),
        (
            "orders",
            "upsert",
            {"submatch": "id", "value": 9},
            [{"id": 9, "state": {"name": "new"}}, {"id": 9}],
        ),
        (
            "orders",
            "upsert",
            {"submatch": "state.name", "value": "paid"},
            [{"id": 1, "state": {"name": "paid"}}, {"id": 2}],
        ),
        ("orders", "upsert", {"submatch": "price", "value": 1}, FIRST["orders"]),
    ],
)
def test_function_changes_the_field(
    altcraft: Altcraft, name: str, action: str, members: dict[str, Any], after: Any
) -> None:
    anna(altcraft)
    assert apply(altcraft, name, action, **members) == after


def test_other_fields_stay(altcraft: Altcraft) -> None:
    anna(altcraft)
    before = altcraft.profile(email=ANNA)
    apply(altcraft, "bonus", "incr", value=1)
    assert altcraft.profile(email=ANNA) == before | {"bonus": 101}


@pytest.mark.parametrize(
    ("name", "action", "members", "after"),
    [
        ("bonus", "incr", {"value": 5}, 5),
        ("interests", "add", {"value": ["tea"]}, ["tea"]),
        ("interests", "delete", {"value": ["tea"]}, []),
        ("phones", "add", {"value": ["+70000000001"]}, ["+70000000001"]),
        ("delivery", "upsert", {"submatch": "a.b", "value": 1}, {"a": {"b": 1}}),
        ("orders", "add", {"value": [{"id": 1}]}, [{"id": 1}]),
        ("orders", "upsert", {"submatch": "id", "value": 1}, None),
        ("_city", "unset", {}, None),
    ],
)
@pytest.mark.parametrize("exists", [True, False])
def test_function_on_an_empty_field(
    altcraft: Altcraft, name: str, action: str, members: dict[str, Any], after: Any, exists: bool
) -> None:
    if exists:
        altcraft.done("profiles/import", db_id=5, email=ANNA, data={})
    data = {name: {"action": action, **members}}
    altcraft.done("profiles/import", db_id=5, email=ANNA, data=data)
    assert altcraft.profile(email=ANNA).get(name) == after


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("_city", {"action": "set"}),
        ("bonus", {"action": "incr"}),
        ("bonus", {"action": "incr", "value": 1.5}),
        ("bonus", {"action": "incr", "value": "many"}),
        ("bonus", {"action": "incr", "value": None}),
        ("bonus", {"action": "incr", "value": 2**53 - 1}),
        ("bonus", {"action": "set", "value": "many"}),
        ("rating", {"action": "incr", "value": 1.5}),
        ("interests", {"action": "add"}),
        ("interests", {"action": "add", "value": [1]}),
        ("interests", {"action": "add", "value": {"a": 1}}),
        ("phones", {"action": "add", "value": ["12"]}),
        ("delivery", {"action": "upsert", "value": 1}),
        ("delivery", {"action": "upsert", "submatch": "a"}),
        ("delivery", {"action": "upsert", "submatch": "", "value": 1}),
        ("delivery", {"action": "upsert", "submatch": "a..b", "value": 1}),
        ("delivery", {"action": "upsert", "submatch": 5, "value": 1}),
        ("delivery", {"action": "upsert", "submatch": "city.name", "value": 1}),
        ("delivery", {"action": "upsert", "submatch": ".".join("a" * 1000), "value": 1}),
        ("orders", {"action": "upsert", "value": 1}),
        ("bonus", {"action": "double", "value": 1}),
        ("bonus", {"value": 1}),
        ("_city", {"action": ["set"], "value": "x"}),
        ("email", {"action": "set", "value": "x"}),
    ],
)
def test_function_that_cannot_be_is_refused(altcraft: Altcraft, name: str, function: dict[str, Any]) -> None:
    anna(altcraft)
    code, text = altcraft.refused(
        "profiles/update", db_id=5, email=ANNA, data={"_fname": "A", name: function}
    )
    assert (code, name in text) == (400, True)


WRONG = [
    ("_city", {"action": "incr", "value": 1}),
    ("_city", {"action": "upsert", "submatch": "a", "value": 1}),
    ("bonus", {"action": "add", "value": ["tea"]}),
    ("interests", {"action": "incr", "value": 1}),
    ("interests", {"action": "upsert", "submatch": "a", "value": 1}),
    ("delivery", {"action": "add", "value": ["tea"]}),
    ("email", {"action": "add", "value": ["b@example.com"]}),
]


@pytest.mark.parametrize(("name", "function"), WRONG)
def test_function_of_another_type(make_altcraft: MakeAltcraft, name: str, function: dict[str, Any]) -> None:
    altcraft = make_altcraft()
    anna(altcraft)
    assert altcraft.refused("profiles/update", db_id=5, email=ANNA, data={name: function})[0] == 400
    altcraft = make_altcraft(function_wrong_type="ignore")
    anna(altcraft)
    before = altcraft.profile(email=ANNA)
    altcraft.done("profiles/update", db_id=5, email=ANNA, data={name: function})
    assert altcraft.profile(email=ANNA) == before


def test_unset_of_the_address(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft()
    anna(altcraft)
    data = {"email": {"action": "unset"}}
    code, text = altcraft.refused("profiles/update", db_id=5, email=ANNA, data=data)
    assert (code, "email cannot be unset" in text) == (400, True)
    altcraft = make_altcraft(unset_email="ignore")
    anna(altcraft)
    altcraft.done("profiles/update", db_id=5, email=ANNA, data=data)
    assert altcraft.profile(email=ANNA)["email"] == ANNA


def test_incr_of_an_empty_field_may_be_refused(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(incr_missing="refuse")
    data = {"bonus": {"action": "incr", "value": 1}}
    assert altcraft.refused("profiles/import", db_id=5, email=ANNA, data=data)[0] == 400


def test_field_that_was_unset_is_not_found_by(altcraft: Altcraft) -> None:
    anna(altcraft)
    apply(altcraft, "bonus", "unset")
    search = {"matching": "custom", "field_name": "bonus", "field_value": "100"}
    assert altcraft.refused("profiles/get", db_id=5, **search)[0] == 404


def test_value_cannot_become_too_deep_to_be_read(altcraft: Altcraft) -> None:
    """Each step is allowed, their sum is not."""
    anna(altcraft)
    deep: Any = 1
    for _ in range(100):
        deep = {"a": deep}
    path = ".".join("a" * 32)
    apply(altcraft, "delivery", "upsert", submatch="a", value=deep)
    data = {"delivery": {"action": "upsert", "submatch": path, "value": deep}}
    code, text = altcraft.refused("profiles/update", db_id=5, email=ANNA, data=data)
    assert (code, "nested too deeply" in text) == (400, True)
