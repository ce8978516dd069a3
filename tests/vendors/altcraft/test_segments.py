"""segments/add, profiles/segstatic/add and remove, and the segments of an import."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import add_profile, with_more

CLUB, ACTIVE = 1, 2


def segments(altcraft: Any) -> list[int]:
    """The segments of the only profile."""
    (profile,) = altcraft.kept("profiles")
    found: list[int] = profile["segments"]
    return found


def member(profile_id: str, **more: Any) -> dict[str, Any]:
    return {"segment_id": CLUB, "db_id": 5, "profile_id": profile_id} | more


def test_add_segment(altcraft: Any) -> None:
    answer = altcraft.done("segments/add", name="Guests", list_id=5, is_static=True, segment={"any": []})
    assert answer == {"error": 0, "error_text": "Successful operation", "segment_id": 3}
    assert altcraft.done("segments/add", name="Guests", list_id=5)["segment_id"] == 4
    profile = add_profile(altcraft)
    altcraft.done("profiles/segstatic/add", **member(profile, segment_id=3))
    assert segments(altcraft) == [3]
    assert altcraft.call("profiles/segstatic/add", **member(profile, segment_id=4))["error"] == 400


def test_segments_get_ids_that_the_fixture_has_not(make_altcraft: Any) -> None:
    altcraft = make_altcraft(with_more(segments=[{"id": 3, "name": "Third", "list_id": 5}]))
    assert altcraft.done("segments/add", name="Guests", list_id=5)["segment_id"] == 4


@pytest.mark.parametrize("refreshed", [False, True], ids=["static", "updatable"])
def test_members_of_a_segment(make_altcraft: Any, refreshed: bool) -> None:
    club = {"id": CLUB, "name": "Club", "list_id": 5, "is_refresh_daily": refreshed}
    altcraft = make_altcraft(with_more(segments=[club]))
    profile = add_profile(altcraft)
    before = len(altcraft.kept("events"))
    for _ in range(2):
        assert altcraft.done("profiles/segstatic/add", **member(profile)).keys() == {"error", "error_text"}
        assert segments(altcraft) == [CLUB]
    for _ in range(2):
        altcraft.done("profiles/segstatic/remove", **member(profile))
        assert segments(altcraft) == []
    told = [(event["type"], event["data"]) for event in altcraft.kept("events")[before:]]
    assert told == [("segment_added", {"segment_id": CLUB}), ("segment_removed", {"segment_id": CLUB})]


def test_segments_without_triggers(altcraft: Any) -> None:
    profile = add_profile(altcraft)
    before = altcraft.kept("events")
    altcraft.done("profiles/segstatic/add", **member(profile, skip_triggers=True))
    altcraft.done("profiles/segstatic/remove", **member(profile, skip_triggers=True))
    assert altcraft.kept("events") == before


def test_segments_of_an_import(altcraft: Any) -> None:
    guests = altcraft.done("segments/add", name="Guests", list_id=5, is_static=True)["segment_id"]
    person = {
        "db_id": 5,
        "email": "anna.primerova@example.com",
        "data": {"email": "anna.primerova@example.com"},
    }
    altcraft.done("profiles/import", **person, add_to_segments=[guests, CLUB, guests])
    assert segments(altcraft) == [guests, CLUB]
    altcraft.done("profiles/import", **person, remove_from_segments=[guests])
    assert segments(altcraft) == [CLUB]
    altcraft.done("profiles/import", **person)
    assert segments(altcraft) == [CLUB]


@pytest.mark.parametrize("member_of", ["add_to_segments", "remove_from_segments"])
def test_unknown_segments_of_an_import(make_altcraft: Any, member_of: str) -> None:
    person = {
        "db_id": 5,
        "email": "anna.primerova@example.com",
        "data": {"email": "anna.primerova@example.com"},
    }
    strict = make_altcraft()
    before = strict.state()
    assert strict.call("profiles/import", **person, **{member_of: [CLUB, 77]})["error"] == 404
    assert strict.call("profiles/import", **person, **{member_of: [CLUB, ACTIVE]})["error"] == 400
    assert strict.state() == before
    lenient = make_altcraft(segments_unknown="ignore")
    lenient.done("profiles/import", **person, **{member_of: [CLUB, 77]})
    assert segments(lenient) == ([CLUB] if member_of == "add_to_segments" else [])


REFUSED: list[tuple[int, dict[str, Any]]] = [
    (400, {"segment_id": ACTIVE}),
    (400, {"segment_id": "one"}),
    (400, {"profile_id": ""}),
    (400, {"db_id": None}),
    (404, {"segment_id": 77}),
    (404, {"segment_id": 3}),
    (404, {"segment_id": 4}),
    (404, {"db_id": 6}),
    (404, {"db_id": 7, "segment_id": 3}),
    (404, {"profile_id": "5f00000000000000000000ff"}),
]


@pytest.mark.parametrize("operation", ["add", "remove"])
@pytest.mark.parametrize(("code", "sent"), REFUSED)
def test_members_refused_without_a_trace(
    make_altcraft: Any, operation: str, code: int, sent: dict[str, Any]
) -> None:
    others = [{"id": 3, "name": "Partners", "list_id": 7}, {"id": 4, "name": "Staff", "list_id": 6}]
    altcraft = make_altcraft(with_more(databases=[{"id": 7, "name": "Partners"}], segments=others))
    profile = add_profile(altcraft)
    before = altcraft.state()
    assert altcraft.call(f"profiles/segstatic/{operation}", **member(profile) | sent)["error"] == code
    assert altcraft.state() == before


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        (400, {"name": ""}),
        (400, {"name": None}),
        (400, {"list_id": None}),
        (400, {"is_static": "yes"}),
        (400, {"segment": "all"}),
        (404, {"list_id": 6}),
        (404, {"list_id": 77}),
    ],
)
def test_add_segment_refuses_without_a_trace(altcraft: Any, code: int, sent: dict[str, Any]) -> None:
    before = altcraft.state()
    assert altcraft.call("segments/add", **{"name": "Guests", "list_id": 5} | sent)["error"] == code
    assert altcraft.state() == before
