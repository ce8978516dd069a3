"""Fields of a profile: system and custom ones, their types, null, names that nobody knows."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import with_more
from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

ANNA = "anna@example.com"
BIG = 2**53 - 1


def write(altcraft: Altcraft, **data: Any) -> dict[str, Any]:
    """The profile after an import of these fields."""
    altcraft.done("profiles/import", db_id=5, email=ANNA, data=data)
    return altcraft.profile(email=ANNA)


@pytest.mark.parametrize(
    ("name", "sent", "kept"),
    [
        ("phones", ["+70000000001", "8 (000) 000-00-02"], ["+70000000001", "8 (000) 000-00-02"]),
        ("phones", [], []),
        ("_fname", "Anna", "Anna"),
        ("_fname", "", ""),
        ("_sex", "male", "male"),
        ("_sex", "female", "female"),
        ("_sex", 0, 0),
        ("_sex", 2, 2),
        ("_bdate", "1990-01-15", "1990-01-15T00:00:00.000Z"),
        ("_bdate", "1990-01-15T12:00:00Z", "1990-01-15T12:00:00.000Z"),
        ("_bdate", "2001-12-31T00:00+03:00", "2001-12-30T21:00:00.000Z"),
        ("_bdate", "1990-07-06T11:15:25.526123Z", "1990-07-06T11:15:25.526Z"),
        ("_bdate", 632404800, "1990-01-15T12:00:00.000Z"),
        ("_bdate", 632404800123, "1990-01-15T12:00:00.123Z"),
        ("_bdate", -86400, "1969-12-31T00:00:00.000Z"),
        ("_bdate", 632404800.0, "1990-01-15T12:00:00.000Z"),
        ("_regdate", "2020-02-29", "2020-02-29T00:00:00.000Z"),
        ("_country", "RU", "RU"),
        ("_postal_code", "012345", "012345"),
        ("_postal_code", 390000, 390000),
        ("_postal_code", 390000.0, 390000),
        ("_tz", "Europe/Moscow", "Europe/Moscow"),
        ("_ip", "192.0.2.1", "192.0.2.1"),
        ("_ip", "2001:db8::1", "2001:db8::1"),
        ("_status", 1, 1),
        ("_status", "suspended", 5),
        ("CRM_ID", "12345", "12345"),
        ("CRM_ID", 12345, "12345"),
        ("bonus", 5, 5),
        ("bonus", "-5", -5),
        ("bonus", 5.0, 5),
        ("bonus", BIG, BIG),
        ("rating", 4.5, 4.5),
        ("rating", "4.5", 4.5),
        ("rating", 4, 4),
        ("interests", ["tea", "books", "tea"], ["tea", "books"]),
        ("interests", "tea", ["tea"]),
        ("vip", True, True),
        ("vip", "false", False),
        ("last_order", "2024-02-01T10:00:00+03:00", "2024-02-01T07:00:00.000Z"),
        ("delivery", {"city": {"name": "Tver"}}, {"city": {"name": "Tver"}}),
        ("delivery", {"action": "deliver"}, {"action": "deliver"}),
        ("orders", [{"id": 1}, {"id": 2}], [{"id": 1}, {"id": 2}]),
        ("orders", {"id": 1}, [{"id": 1}]),
    ],
)
def test_value_is_kept(altcraft: Altcraft, name: str, sent: Any, kept: Any) -> None:
    found = write(altcraft, **{name: sent})[name]
    assert (found, type(found)) == (kept, type(kept))


def each(name: str, *values: Any) -> list[tuple[str, Any]]:
    return [(name, value) for value in values]


WRONG = [
    *each("email", "x", "a@b", "a b@example.com", "a@@example.com", "", 5, ["a@example.com"]),
    *each("email", "a" * 250 + "@example.com"),
    *each("phones", ["123456"], ["1" * 16], ["+7000000000x"], [70000000001], 5, {"a": 1}),
    *each("_fname", True, ["Anna"], {"name": "Anna"}),
    *each("_sex", "woman", 3, -1, True, 0.5, []),
    *each("_bdate", "15.01.1990", "1990-02-30", "1990-13-01", "soon", True, 1.5, 10**18, ""),
    *each("_bdate", "0001-01-01T00:00+03:00", "1990-01-15T12:00:00+99:00"),
    *each("_country", "RUS", "R", 7, ""),
    *each("_postal_code", -1, 1.5, True, 2**31),
    *each("_ip", "300.0.0.1", "home", 5),
    *each("_status", 7, -1, "asleep", True, 1.5),
    *each("CRM_ID", True, ["1"], {"id": 1}),
    *each("bonus", "many", 1.5, True, [1], BIG + 1, -BIG - 1, "9" * 400, "1e400", {"a": 1}),
    *each("rating", "good", True, "1e400", "1e301", []),
    *each("interests", [1], [["a"]], 5, {"a": "b"}, [None]),
    *each("vip", 1, "yes", "True", []),
    *each("last_order", "yesterday", {"day": 1}),
    *each("delivery", "Tver", ["Tver"], 1),
    *each("orders", "x", [1], [[]], 1),
]


@pytest.mark.parametrize(("name", "sent"), WRONG)
@pytest.mark.parametrize("exists", [True, False])
def test_value_of_a_wrong_type_is_refused(altcraft: Altcraft, name: str, sent: Any, exists: bool) -> None:
    if exists:
        write(altcraft, _city="Moscow")
    data = {"_city": "Tver", name: sent}
    code, text = altcraft.refused("profiles/import", db_id=5, email=ANNA, data=data)
    assert (code, name in text) == (400, True)


def test_number_that_json_cannot_have_is_refused(altcraft: Altcraft) -> None:
    for number in ("1e999", "1" * 400):
        body = f'{{"token":"{altcraft.token}","db_id":5,"email":"{ANNA}","data":{{"rating":{number}}}}}'
        answer = altcraft.client.post(
            "/altcraft/api/v1.1/profiles/import", data=body, content_type="application/json"
        )
        assert (answer.json or {})["error"] == 400


def test_epoch_dates_may_be_refused(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(epoch_dates=False)
    assert altcraft.refused("profiles/import", db_id=5, email=ANNA, data={"_bdate": 632404800})[0] == 400


@pytest.mark.parametrize(("keeps", "city"), [(True, "Tver"), (False, None)])
@pytest.mark.parametrize("null", [None, {"action": "set", "value": None}])
def test_null(make_altcraft: MakeAltcraft, keeps: bool, city: str | None, null: Any) -> None:
    altcraft = make_altcraft(null_keeps=keeps)
    write(altcraft, _city="Tver", bonus=5)
    profile = write(altcraft, _city=null, subscriptions=None)
    assert (profile.get("_city"), profile["bonus"]) == (city, 5)


@pytest.mark.parametrize(
    ("reading", "phones"), [("replace", ["+70000000002"]), ("add", ["+70000000001", "+70000000002"])]
)
def test_phones_on_update(make_altcraft: MakeAltcraft, reading: str, phones: list[str]) -> None:
    altcraft = make_altcraft(phones_replaced=reading)
    write(altcraft, phones=["+70000000001"])
    assert write(altcraft, phones=["+70000000002"])["phones"] == phones


@pytest.mark.parametrize("name", ["SHOE", "_shoe"])
def test_field_that_the_database_has_not(make_altcraft: MakeAltcraft, name: str) -> None:
    altcraft = make_altcraft()
    assert name not in write(altcraft, **{name: 42})
    altcraft = make_altcraft(unknown_custom_field="store")
    assert write(altcraft, **{name: {"size": 42}})[name] == {"size": 42}
    altcraft = make_altcraft(unknown_custom_field="refuse")
    code, text = altcraft.refused("profiles/import", db_id=5, email=ANNA, data={name: 42})
    assert (code, name in text) == (400, True)


@pytest.mark.parametrize("reading", ["ignore", "refuse", "store"])
def test_what_only_the_platform_sets_is_passed_over(make_altcraft: MakeAltcraft, reading: str) -> None:
    """So a profile that was read can be sent back."""
    altcraft = make_altcraft(unknown_custom_field=reading)
    before = write(altcraft, _city="Tver")
    sent_back = before | {
        "_md5": "x",
        "_id": "5f0000000000000000000001",
        "_createtime": "2000-01-01",
        "_lat": 1,
    }
    assert write(altcraft, **sent_back) == before


@pytest.mark.parametrize(("reading", "code"), [("refuse", 400), ("ignore", 0)])
def test_mandatory_fields_of_a_new_profile(make_altcraft: MakeAltcraft, reading: str, code: int) -> None:
    card = {"name": "card", "title": "Card", "type": "unicode", "required": True}
    altcraft = make_altcraft(
        with_more(databases=[{"id": 5, "name": "Customers", "fields": [card]}]), mandatory_field=reading
    )
    assert altcraft.call("profiles/import", db_id=5, email=ANNA, data={})["error"] == code
    assert altcraft.call("profiles/add", db_id=5, data={"card": None})["error"] == code
    altcraft.done("profiles/import", db_id=5, email=ANNA, data={"card": "1"})
    altcraft.done("profiles/update", db_id=5, email=ANNA, data={"_city": "Tver"})


def test_each_database_has_its_own_fields(make_altcraft: MakeAltcraft) -> None:
    shoe = {"name": "bonus", "title": "Bonus", "type": "unicode", "required": False}
    altcraft = make_altcraft(with_more(databases=[{"id": 7, "name": "Other", "fields": [shoe]}]))
    for database, kept in ((5, 7), (7, "7")):
        altcraft.done("profiles/import", db_id=database, email=ANNA, data={"bonus": "7"})
        assert altcraft.profile(db_id=database, email=ANNA)["bonus"] == kept


# ---- what the platform derives --------------------------------------------------------------


def test_derived_fields(altcraft: Altcraft) -> None:
    profile = write(altcraft, email="Anna@Example.com")
    assert profile["_emaildomain"] == "example.com"
    assert profile["_md5"] == "6b56db1f84a3997b902509d3fbf0a306"  # md5 of anna@example.com
    assert profile["_createtime"] == "2024-03-01T08:00:00.000Z"
    assert (profile["_status"], profile["_domaingroup"]) == (0, "other")
    assert (profile["_deliv_exist"], profile["_open_exist"], profile["_is_test"]) == (False, False, False)
    assert "_deliv_date" not in profile
    assert list(profile) == sorted(profile)
    other = altcraft.done("profiles/add", db_id=5, data=None)["profile_id"]
    without = altcraft.profile(profile_id=other)
    assert not {"_md5", "_emaildomain", "email"} & without.keys()
    assert len({profile["_acid"], without["_acid"]}) == 2
    assert int(other[:8], 16) == 1709280000  # the second of its making


def test_derived_fields_follow_the_address(altcraft: Altcraft) -> None:
    write(altcraft, email=ANNA)
    altcraft.done("profiles/update", db_id=5, email=ANNA, data={"email": "anna@example.org"})
    assert altcraft.profile(email="anna@example.org")["_emaildomain"] == "example.org"
