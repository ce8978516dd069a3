"""subscriptions/list_all: the subscriptions to a resource, in parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from simulator.kernel.store import Table
from tests.vendors.altcraft.account import EMAIL, SMS, TELEGRAM, add_profile, with_more


def parts(altcraft: Any, from_id: str = "", **wanted: Any) -> Iterator[list[dict[str, Any]]]:
    """What each request of a walk through the list is given."""
    while True:
        answer = altcraft.done("subscriptions/list_all", resource_id=1, from_id=from_id, **wanted)
        yield answer["data"]
        from_id = answer["next_from_id"]
        if not from_id:
            return


def populated(altcraft: Any, people: int) -> list[str]:
    """Profiles with one e-mail subscription each, each second one with a suspended one to sms as well."""
    return [
        add_profile(
            altcraft,
            f"reader{number}@example.com",
            {**EMAIL, "email": f"reader{number}@example.com"},
            *([{**SMS, "phone": f"+7000000{number:04}", "status": 5}] if number % 2 else []),
        )
        for number in range(people)
    ]


def test_list_subscriptions_shows_whose_they_are(altcraft: Any) -> None:
    profile = add_profile(altcraft, "anna.primerova@example.com", {**EMAIL, "cats": ["category_1"]})
    add_profile(altcraft, "boris.obraztsov@example.com", {**EMAIL, "resource_id": 2})
    answer = altcraft.done("subscriptions/list_all", resource_id=1)
    assert list(answer) == ["data", "error", "error_text", "next_from_id"]
    (found,) = answer["data"]
    assert {name: found.pop(name) for name in ("_xxh", "hash_id")}.keys() == {"_xxh", "hash_id"}
    assert found == {
        "db_id": 5,
        "profile_id": profile,
        **EMAIL,
        "priority": 0,
        "status": "subscribed",
        "cats": ["category_1"],
    }
    assert answer["next_from_id"] == ""


@pytest.mark.parametrize("limit", [1, 2, 3, 14, 15, 100])
def test_paging_gives_each_subscription_once(altcraft: Any, limit: int) -> None:
    populated(altcraft, 10)
    found = list(parts(altcraft, limit=limit))
    assert all(len(part) == limit for part in found[:-1])
    assert found[-1]
    seen = [(item["profile_id"], item["_xxh"]) for part in found for item in part]
    assert len(seen) == len(set(seen)) == 15
    assert seen == sorted(seen)


def test_paging_goes_on_when_the_next_one_is_gone(altcraft: Any) -> None:
    profiles = populated(altcraft, 6)
    everything = [item["_xxh"] for part in parts(altcraft) for item in part]
    answer = altcraft.done("subscriptions/list_all", resource_id=1, limit=4)
    next_profile = answer["next_from_id"].partition(".")[0]
    assert next_profile in profiles
    altcraft.done("profiles/delete", db_id=5, matching="profile_id", profile_id=next_profile)
    rest = altcraft.done("subscriptions/list_all", resource_id=1, from_id=answer["next_from_id"])["data"]
    assert {item["profile_id"] for item in rest}.isdisjoint({next_profile})
    left = [item["_xxh"] for item in answer["data"] + rest if item["profile_id"] != next_profile]
    assert left == [one for one in everything if one in left]
    assert len({item["profile_id"] for item in answer["data"] + rest} - {next_profile}) == 5


def test_paging_goes_on_when_only_the_next_subscription_is_gone(altcraft: Any) -> None:
    for number in range(3):
        add_profile(altcraft, f"reader{number}@example.com", {**SMS, "phone": f"+7000000000{number}"})
    foremost = altcraft.done("subscriptions/list_all", resource_id=1)["data"][0]["profile_id"]
    altcraft.done("subscriptions/set", db_id=5, profile_id=foremost, **TELEGRAM)
    first = altcraft.done("subscriptions/list_all", resource_id=1, limit=1)
    second = altcraft.done("subscriptions/list_all", resource_id=1, from_id=first["next_from_id"], limit=1)
    (gone,) = second["data"]
    assert gone["profile_id"] == foremost
    named = SMS if gone["channel"] == "sms" else TELEGRAM
    contact = {name: gone[name] for name in named}
    altcraft.done("subscriptions/delete", db_id=5, profile_id=foremost, **contact)
    rest = list(parts(altcraft, first["next_from_id"], limit=1))
    assert [len(part) for part in rest] == [1, 1]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, 9),
        ({"channel": "email"}, 6),
        ({"channel": "sms"}, 3),
        ({"status": "suspended"}, 3),
        ({"status": 5}, 3),
        ({"status": 0}, 6),
        ({"channel": "email", "status": 5}, 0),
        ({"channel": "carrier-pigeon"}, 0),
        ({"db_id": 5}, 9),
        ({"db_id": 5, "channel": "sms", "status": "suspended"}, 3),
    ],
)
def test_filters(altcraft: Any, filters: dict[str, Any], expected: int) -> None:
    populated(altcraft, 6)
    assert sum(len(part) for part in parts(altcraft, limit=2, **filters)) == expected


def test_subscriptions_of_databases_that_are_not_seen_are_left_out(make_altcraft: Any) -> None:
    shop = {"id": 1, "name": "Shop", "channels": ["email"], "dbs_ids": [5, 6]}
    staff_token = {"id": 3, "token": "example-token-of-staff", "name": "Staff", "groups": [0, 1]}
    altcraft = make_altcraft(with_more(resources=[shop], tokens=[staff_token]))
    data = {"email": "staff@example.com", "subscriptions": [{**EMAIL, "email": "staff@example.com"}]}
    altcraft.done("profiles/add", token="example-token-of-staff", db_id=6, data=data)
    add_profile(altcraft, "anna.primerova@example.com", EMAIL)
    asked = {"resource_id": 1}
    seen = altcraft.done("subscriptions/list_all", **asked)["data"]
    assert [item["db_id"] for item in seen] == [5]
    by_staff = altcraft.done("subscriptions/list_all", token="example-token-of-staff", **asked)
    assert sorted(item["db_id"] for item in by_staff["data"]) == [5, 6]
    assert altcraft.call("subscriptions/list_all", db_id=6, **asked)["error"] == 404


def test_limit_when_it_is_left_out(make_altcraft: Any) -> None:
    altcraft = make_altcraft(list_all_limit=2)
    populated(altcraft, 3)
    answer = altcraft.done("subscriptions/list_all", resource_id=1)
    assert len(answer["data"]) == 2
    assert answer["next_from_id"]


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        (404, {"resource_id": 9}),
        (404, {"db_id": 9}),
        (400, {"from_id": "5"}),
        (400, {"from_id": "0014a2feb331ace2.20200124134127"}),
        (400, {"from_id": 5}),
        (400, {"limit": 0}),
        (400, {"status": -1}),
        (400, {"status": "gone"}),
        (400, {"channel": ""}),
        (400, {"resource_id": None}),
    ],
)
def test_list_subscriptions_refuses(altcraft: Any, code: int, sent: dict[str, Any]) -> None:
    assert altcraft.call("subscriptions/list_all", **{"resource_id": 1} | sent)["error"] == code


def test_a_part_costs_what_it_gives(altcraft: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen to fail with a scan of the profiles in the place of the index."""
    populated(altcraft, 30)
    add_profile(altcraft, "telegram@example.com", TELEGRAM)
    read: list[Any] = []
    plain, whole = Table.__getitem__, Table.scan

    def counted(table: Table, key: Any) -> dict[str, Any]:
        if table.name == "altcraft/profiles":
            read.append(key)
        return plain(table, key)

    def counted_scan(table: Table) -> Iterator[dict[str, Any]]:
        for document in whole(table):
            if table.name == "altcraft/profiles":
                read.append(document["id"])
            yield document

    monkeypatch.setattr(Table, "__getitem__", counted)
    monkeypatch.setattr(Table, "scan", counted_scan)
    altcraft.done("subscriptions/list_all", resource_id=1, limit=3)
    assert 1 <= len(read) <= 5
    read.clear()
    altcraft.done("subscriptions/list_all", resource_id=1, channel="telegram_bot")
    assert len(read) == 1
    read.clear()
    assert altcraft.done("subscriptions/suspend_all", db_id=5, channel="telegram_bot")["updated"] == 1
    assert len(read) == 1
