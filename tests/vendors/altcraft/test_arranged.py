"""Stored documents put by hand: taken where Altcraft's code could have written them, and only there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.arranging import put, rounds, stored, taken
from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft
from tests.walking import Kept, Walk

ANNA = "5f0000000000000000000001"
NOBODY = "5fffffffffffffffffffffff"
EMAIL = {"resource_id": 1, "channel": "email", "contact": {"email": "neu@example.com"}}


def walk(altcraft: Altcraft) -> Walk:
    known = ("token", "db_id", "resource_id")
    return Walk(altcraft, {name: getattr(altcraft, name) for name in known})


@pytest.fixture
def arranged(make_altcraft: MakeAltcraft) -> Altcraft:
    """The world of the vendor's guide, with a document of every collection."""
    altcraft = make_altcraft("docs")
    walk(altcraft).to_begin_with()
    return altcraft


def read(altcraft: Altcraft, place: str) -> Any:
    return altcraft.control.get(f"/_simulator/state/altcraft/{place}?secrets=shown").json


def test_what_is_stored_can_be_put_back(arranged: Altcraft) -> None:
    found = stored(arranged)
    assert {name.partition("/")[2] for name, _ in found} >= {
        "accounts", "campaigns", "databases", "events", "messages", "profiles", "resources", "segments",
        "sequences", "tokens",
    }  # fmt: skip
    for collection, document in found:
        answer = put(arranged, collection, document)
        assert (answer.status_code, answer.json) == (200, document), collection


def test_a_crippled_document_reaches_no_view(make_altcraft: MakeAltcraft) -> None:
    """Most are refused; what is taken nevertheless does no harm. A fault in a view would be raised here.

    Seen to fail with the shape of profiles, of resources or of messages left out.
    """
    altcraft = make_altcraft("docs", judged=False)
    calls = walk(altcraft)
    calls.to_begin_with()
    kept = Kept(altcraft)
    for _ in rounds(altcraft):
        assert calls.all()
        kept.restore()


def test_almost_nothing_crippled_is_taken(arranged: Altcraft) -> None:
    for collection, document in stored(arranged):
        if collection.partition("/")[2] in ("messages", "sequences"):
            assert not taken(arranged, collection, document), collection


@pytest.mark.parametrize(
    ("place", "change", "told"),
    [
        (f"profiles/{ANNA}", {"database": 99}, "body /database: altcraft/databases has no document 99"),
        (f"profiles/{ANNA}", {"fields": {"email": "nowhere"}}, "body /fields/email: "),
        (f"profiles/{ANNA}", {"fields": {"shoe": 42}}, "body /fields/shoe: the database has no such field"),
        (f"profiles/{ANNA}", {"fields": {"_bdate": "soon"}}, "body /fields/_bdate: "),
        (f"profiles/{ANNA}", {"segments": [99]}, "body /segments: altcraft/segments has no document 99"),
        (f"profiles/{ANNA}", {"derived": {"_md5": "0"}}, "body /derived: "),
        (
            f"profiles/{ANNA}",
            {"subscriptions": [{**EMAIL, "contact": None}]},
            "body /subscriptions/0/contact: ",
        ),
        (f"profiles/{ANNA}", {"subscriptions": [EMAIL | {"contact": {"phone": "+70"}}]}, "body /subscr"),
        (f"profiles/{ANNA}", {"subscriptions": [EMAIL | {"resource_id": 99}]}, "body /subscriptions/0/chan"),
        (f"profiles/{ANNA}", {"subscriptions": [EMAIL | {"status": "glad"}]}, "body /subscriptions/0/status"),
        ("campaigns/trigger~1", {"number": 2}, "body /id: it is the kind and the number"),
        ("databases/5", {"fields": [{"name": "a", "type": "text"}]}, "body /fields/0/type: "),
        ("databases/5", {"fields": [{"name": "a", "type": "int"}] * 2}, "body /fields: two have the same"),
        ("resources/1", {"dbs_ids": [99]}, "body /dbs_ids: altcraft/databases has no document 99"),
    ],
)
def test_the_place_is_named(arranged: Altcraft, place: str, change: Any, told: str) -> None:
    place = place.replace("~", "/")
    before = read(arranged, place)
    answer: Any = put(arranged, f"altcraft/{place.partition('/')[0]}", before | change)
    assert answer.status_code == 400, answer.text
    assert told in answer.json["detail"]
    assert read(arranged, place) == before


def test_what_may_be_left_out_is_completed(arranged: Altcraft) -> None:
    """As an import would have it: values in the form of their fields, ids that follow from the rest."""
    profile = {"id": NOBODY, "database": 5, "fields": {"email": "neu@example.com"}, "subscriptions": [EMAIL]}
    answer: Any = put(arranged, "altcraft/profiles", profile)
    assert answer.status_code == 201, answer.text
    assert [len(answer.json["subscriptions"][0][name]) for name in ("hash_id", "xxh")] == [8, 16]
    found = arranged.profile(matching="email_sub", email="neu@example.com")
    assert (found["_id"], found["_createtime"]) == (NOBODY, "2024-03-01T08:00:00.000Z")
    assert found["subscriptions"] == [
        {
            "resource_id": 1,
            "channel": "email",
            "email": "neu@example.com",
            "priority": 0,
            "status": "subscribed",
        }
    ]


def test_an_address_is_one_profiles(arranged: Altcraft) -> None:
    taken = read(arranged, f"profiles/{ANNA}")["fields"]["email"]
    profile = {"id": NOBODY, "database": 5, "fields": {"email": taken.upper()}}
    answer: Any = put(arranged, "altcraft/profiles", profile)
    assert answer.json["detail"] == "body /fields/email: another profile has it"


def test_fields_keep_the_types_that_profiles_were_written_by(arranged: Altcraft) -> None:
    """Else an update function would find what it cannot add to. Seen to fail without the check."""
    document = read(arranged, "databases/5")
    arranged.done(
        "profiles/add", db_id=5, data={"email": "neu@example.com", document["fields"][0]["name"]: "a"}
    )
    document["fields"][0]["type"] = "int"
    answer: Any = put(arranged, "altcraft/databases", document)
    assert answer.status_code == 400, answer.text
    assert answer.json["detail"].startswith("body /fields: profile ")
    assert read(arranged, "databases/5")["fields"][0]["type"] != "int"
