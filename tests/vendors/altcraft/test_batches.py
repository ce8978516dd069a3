"""import_batch, update_batch, add_batch: each profile by itself, in order; a bad one harms no other."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.kernel.store import Table
from tests.vendors.altcraft.account import with_more
from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

ANNA, BORIS, VERA = "anna@example.com", "boris@example.com", "vera@example.com"


def results(altcraft: Altcraft, operation: str, *items: Any, **members: Any) -> list[dict[str, Any]]:
    answer = altcraft.done(f"profiles/{operation}_batch", db_id=5, data=list(items), **members)
    assert answer.keys() == {"error", "error_text", "result"}
    assert len(answer["result"]) == len(items)
    found: list[dict[str, Any]] = answer["result"]
    return found


def codes(found: list[dict[str, Any]]) -> list[int]:
    return [item["error"] for item in found]


@pytest.mark.parametrize("operation", ["import", "add"])
@pytest.mark.parametrize(
    "bad",
    [
        {"email": "x"},
        {"email": BORIS, "bonus": "many"},
        {"email": BORIS, "subscriptions": [{"resource_id": 77, "channel": "email", "email": BORIS}]},
        {"email": BORIS, "subscriptions": 5},
        5,
        None,
        [],
    ],
)
def test_one_bad_profile_harms_no_other(altcraft: Altcraft, operation: str, bad: Any) -> None:
    found = results(altcraft, operation, {"email": ANNA}, bad, {"email": VERA})
    assert codes(found) == [0, 400, 0]
    assert found[1].keys() == {"error", "error_text"}
    assert found[1]["error_text"].startswith("Incorrect request: ")
    assert [found[0]["profile_id"], found[2]["profile_id"]] == [p["id"] for p in altcraft.kept("profiles")]
    assert [p["fields"]["email"] for p in altcraft.kept("profiles")] == [ANNA, VERA]
    assert {event["profile"] for event in altcraft.kept("events")} == {
        p["id"] for p in altcraft.kept("profiles")
    }


def test_bad_profile_leaves_no_trace(make_altcraft: MakeAltcraft) -> None:
    """The state is as if it had not been there, to the last id."""
    bad = {"email": BORIS, "_city": "Tver", "subscriptions": [{"channel": "email"}]}
    states = []
    for items in ([{"email": ANNA}, bad, {"email": VERA}], [{"email": ANNA}, {"email": VERA}]):
        altcraft = make_altcraft()
        results(altcraft, "import", *items)
        states.append([(p["number"], p["fields"]) for p in altcraft.kept("profiles")])
        states.append([(e["id"], e["type"]) for e in altcraft.kept("events")])
    assert states[:2] == states[2:]


def test_import_creates_and_updates(altcraft: Altcraft) -> None:
    first = results(altcraft, "import", {"email": ANNA, "_city": "Tver"})[0]["profile_id"]
    found = results(altcraft, "import", {"email": BORIS}, {"email": ANNA.upper(), "_fname": "Anna"})
    assert found[1]["profile_id"] == first != found[0]["profile_id"]
    profile = altcraft.profile(profile_id=first)
    assert (profile["_city"], profile["_fname"]) == ("Tver", "Anna")


def test_the_same_profile_twice(altcraft: Altcraft) -> None:
    function = {"action": "incr", "value": 1}
    found = results(altcraft, "import", *[{"email": ANNA, "bonus": function}] * 3)
    assert len({item["profile_id"] for item in found}) == 1
    assert altcraft.profile(email=ANNA)["bonus"] == 3


@pytest.mark.parametrize(
    ("members", "item"),
    [
        ({"matching": "email"}, {"email": ANNA}),
        ({}, {"email": ANNA}),
        ({"matching": "phone"}, {"phones": ["+70000000001"]}),
        ({"matching": "custom", "field_name": "CRM_ID"}, {"CRM_ID": 7}),
        (
            {"matching": "email_sub"},
            {"subscriptions": [{"resource_id": 1, "channel": "email", "email": ANNA}]},
        ),
        ({"matching": "email_sub", "resource_id": 1}, {"email": ANNA}),
    ],
)
@pytest.mark.parametrize("operation", ["import", "update"])
def test_search_value_is_read_from_each_profile(
    altcraft: Altcraft, operation: str, members: dict[str, Any], item: dict[str, Any]
) -> None:
    sub = {"resource_id": 1, "channel": "email", "email": ANNA}
    anna = {"email": ANNA, "phones": ["+70000000001"], "CRM_ID": "7", "subscriptions": [sub]}
    ids = [row["profile_id"] for row in results(altcraft, "add", {"email": BORIS}, anna)]
    found = results(altcraft, operation, {**item, "_city": "Tver"}, **members)
    assert found == [{"error": 0, "error_text": "Successful operation", "profile_id": ids[1]}]


@pytest.mark.parametrize("members", [{}, {"matching": "profile_id"}])
@pytest.mark.parametrize("unknown", ["ignore", "refuse", "store"])
def test_profiles_by_id(make_altcraft: MakeAltcraft, members: dict[str, Any], unknown: str) -> None:
    altcraft = make_altcraft(unknown_custom_field=unknown)
    made = results(altcraft, "add", {})[0]["profile_id"]
    missing = {"profile_id": "5f0000000000000000000001", "_city": "Tver"}
    for operation in ("import", "update"):
        found = results(altcraft, operation, {"profile_id": made, "_city": "Tver"}, missing, **members)
        assert codes(found) == [0, 404]
    assert altcraft.profile(profile_id=made)["_city"] == "Tver"
    assert "profile_id" not in altcraft.profile(profile_id=made)
    assert len(altcraft.kept("profiles")) == 1


def test_profiles_are_searched_by_what_is_in_them_under_either_reading(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(search_value_in_data=False)
    for _ in range(2):
        assert codes(results(altcraft, "import", {"phones": ["+70000000001"]}, matching="phone")) == [0]
    assert len(altcraft.kept("profiles")) == 1


def test_values_beside_the_data_are_passed_over(altcraft: Altcraft) -> None:
    found = results(altcraft, "import", {"email": ANNA}, {"email": BORIS}, email=VERA)
    assert codes(found) == [0, 0]
    assert [p["fields"]["email"] for p in altcraft.kept("profiles")] == [ANNA, BORIS]


def test_update_never_creates(altcraft: Altcraft) -> None:
    results(altcraft, "add", {"email": ANNA})
    found = results(altcraft, "update", {"email": BORIS}, {"email": ANNA, "_city": "Tver"}, {"_city": "Tver"})
    assert codes(found) == [404, 0, 400]
    assert len(altcraft.kept("profiles")) == 1


def test_add_does_not_search(altcraft: Altcraft) -> None:
    found = results(altcraft, "add", {"email": ANNA}, {"email": ANNA}, {"CRM_ID": "1"}, {"CRM_ID": "1"}, {})
    assert codes(found) == [0, 409, 0, 0, 0]


def test_nested_contact_of_the_guides_example(altcraft: Altcraft) -> None:
    sub = {"resource_id": 1, "channel": "email", "email_data": {"email": ANNA}}
    results(altcraft, "add", {"email": ANNA, "subscriptions": [sub]})
    assert altcraft.profile(email=ANNA)["subscriptions"][0]["email"] == ANNA


def test_update_takes_zero_for_a_value_and_minus_one_for_none(altcraft: Altcraft) -> None:
    sub = {"resource_id": 1, "channel": "email", "email": ANNA}
    results(altcraft, "add", {"email": ANNA, "subscriptions": [sub | {"status": 5, "priority": 3}]})
    for change, after in (
        ({"status": -1, "priority": -1}, ("suspended", 3)),
        ({"status": 0, "priority": 0}, ("subscribed", 0)),
    ):
        results(altcraft, "update", {"email": ANNA, "subscriptions": [sub | change]})
        [kept] = altcraft.profile(email=ANNA)["subscriptions"]
        assert (kept["status"], kept["priority"]) == after


@pytest.mark.parametrize("operation", ["import", "add"])
def test_flags_hold_for_all(altcraft: Altcraft, operation: str) -> None:
    flags = {"skip_triggers": True, "skip_invalid_subscriptions": True}
    items = [{"email": email, "subscriptions": [{"channel": "email"}]} for email in (ANNA, BORIS)]
    assert codes(results(altcraft, operation, *items, **flags)) == [0, 0]
    assert altcraft.kept("events") == []


def test_place_is_detected_in_imports_only(altcraft: Altcraft) -> None:
    item = {"email": ANNA, "_ip": "192.0.2.1"}
    for operation, country in (("add", None), ("update", None), ("import", "RU")):
        results(altcraft, operation, item, detect_geo=True)
        assert altcraft.profile(email=ANNA).get("_country") == country


def test_flags_that_update_batch_has_not_are_passed_over(altcraft: Altcraft) -> None:
    results(altcraft, "add", {"email": ANNA}, skip_triggers=True)
    results(altcraft, "update", {"email": ANNA, "_city": "Tver"}, skip_triggers=True)
    assert [event["type"] for event in altcraft.kept("events")] == ["profile_updated"]


def test_quota_within_a_batch(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(with_more(accounts=[{"id": 1, "quota": 2}]))
    found = results(altcraft, "import", *[{"email": email} for email in (ANNA, BORIS, VERA, ANNA)])
    assert codes(found) == [0, 0, 402, 0]


@pytest.mark.parametrize("operation", ["import", "update", "add"])
def test_empty_batch(altcraft: Altcraft, operation: str) -> None:
    assert results(altcraft, operation) == []


@pytest.mark.parametrize("operation", ["import", "update", "add"])
@pytest.mark.parametrize(
    ("members", "code"),
    [
        ({"data": {"email": ANNA}}, 400),
        ({"data": None}, 400),
        ({}, 400),
        ({"db_id": 77, "data": [{"email": ANNA}]}, 404),
        ({"db_id": "x", "data": []}, 400),
        ({"data": [], "skip_invalid_subscriptions": "yes"}, 400),
    ],
)
def test_request_as_a_whole_is_refused(
    altcraft: Altcraft, operation: str, members: dict[str, Any], code: int
) -> None:
    assert altcraft.refused(f"profiles/{operation}_batch", **{"db_id": 5} | members)[0] == code


def test_one_bad_profile_may_fail_the_batch(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(batch_atomic=True)
    data = [{"email": ANNA}, {"email": "x"}]
    assert altcraft.refused("profiles/import_batch", db_id=5, data=data)[0] == 400


@pytest.mark.parametrize(("reading", "code"), [("advice", 0), ("refuse", 400)])
def test_more_than_the_advised_number(make_altcraft: MakeAltcraft, reading: str, code: int) -> None:
    altcraft = make_altcraft(batch_hard_limit=reading)
    answer = altcraft.call("profiles/update_batch", db_id=5, data=[{}] * 10_001)
    assert answer["error"] == code


MODES = {
    "email": {"email": ANNA},
    "email_profile": {"email": ANNA},
    "email_sub": {"email": ANNA},
    "phone": {"phones": ["+70000000001"]},
    "phone_sub": {"phones": ["+70000000001"]},
    "email_phone": {"email": ANNA},
    "email_phone_sub": {"email": ANNA},
    "custom": {"CRM_ID": "7"},
    "push_sub": {"subscriptions": [{"channel": "push", "provider": "p", "subscription_id": "s"}]},
    "custom_sub": {"subscriptions": [{"channel": "viber", "cc_data": {"phone": "+70000000001"}}]},
}


@pytest.mark.parametrize("mode", MODES)
def test_no_profile_is_looked_at_that_is_not_meant(
    make_altcraft: MakeAltcraft, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """What keeps the cost of one profile apart from how many there are.

    Seen to fail with a search that scans, and with a quota that counts by reading.
    """
    altcraft = make_altcraft(with_more(accounts=[{"id": 1, "quota": 1000}]))
    results(altcraft, "add", *[{"email": f"p{number}@example.com", "vip": True} for number in range(200)])
    looked: list[str] = []
    read, scan = Table.__getitem__, Table.scan

    def noted(table: Table, key: Any) -> Any:
        looked.append(table.name)
        return read(table, key)

    def scanned(table: Table) -> Any:
        looked.extend([table.name] * len(table))
        return scan(table)

    monkeypatch.setattr(Table, "__getitem__", noted)
    monkeypatch.setattr(Table, "scan", scanned)
    named = {"field_name": "CRM_ID"} if mode == "custom" else {}
    results(altcraft, "import", MODES[mode], matching=mode, skip_invalid_subscriptions=True, **named)
    assert looked.count("altcraft/profiles") <= 2
    assert looked.count("altcraft/events") == 0


@pytest.mark.slow
def test_many_profiles(altcraft: Altcraft) -> None:
    """The advised number in one request: all are there, in order, and each is found again."""
    items = [{"email": f"p{number}@example.com", "CRM_ID": str(number)} for number in range(10_000)]
    found = results(altcraft, "import", *items)
    assert len({item["profile_id"] for item in found}) == 10_000
    profile = altcraft.profile(matching="custom", field_name="CRM_ID", field_value="9999")
    assert (profile["_id"], profile["email"]) == (found[9999]["profile_id"], "p9999@example.com")
