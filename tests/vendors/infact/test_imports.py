"""Imports by merge key: which rows change, which are added, what is counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.vendors.infact.imports.schemas import IMPORT_RESULT

DATA = "/datasources/265/objects/members/data"
IMPORT = f"{DATA}/import/json"
TODAY = "2022-06-17T00:00:00"
COUNTERS = ("TotalCount", "ImportedCount", "RowErrorsCount", "InvalidPropertiesCount", "ErrorsCount")


def send(infact: Any, items: list[Any], key: str = "id", tags: list[str] | None = None) -> Any:
    body = {"Items": items, "MergeKey": key} | ({} if tags is None else {"Tags": tags})
    answer = infact.post(IMPORT, body)
    assert answer.status_code == 200, answer.text
    return answer.json


def counters(result: Any) -> tuple[int, ...]:
    return tuple(result[name] for name in COUNTERS)


def rows(infact: Any) -> dict[Any, Any]:
    return {row["id"]: row for row in infact.world.store.tables()["infact/rows-3387_2"].scan()}


def assumed(answer: Any) -> set[str]:
    return set(answer.headers["X-Simulator-Assumed"].split(", "))


# --- the documents' examples ---------------------------------------------------------------


def test_the_documents_import(infact: Any) -> None:
    """Test vector 1: 16 is known by its phone and updated, 17 has none and is added."""
    items = [
        {
            "id": 16,
            "firstname": "Per",
            "lastname": "Ny",
            "dateOfBirth": "1983-01-01",
            "gender": "M",
            "phone": "+4740000016",
            "email": "per.ny@example.com",
            "address": "Address",
            "zip": 1358,
            "city": "Jar",
        },
        {"id": 17, "firstname": "User 17", "dateOfBirth": "1989-01-01", "zip": 1364, "city": "Jar"},
    ]
    result = send(infact, items, "phone", ["ImportTag7"])
    assert result == {
        "Id": 19866,
        "TotalCount": 2,
        "ImportedCount": 1,
        "RowErrorsCount": 0,
        "InvalidPropertiesCount": 0,
        "ErrorsCount": 0,
        "ImportDuration": "00:00:00.0020000",
    }
    updated, added = rows(infact)[16], rows(infact)[17]
    assert updated["values"] == {**items[0], "dateOfBirth": "1983-01-01T00:00:00", "createdDate": TODAY}
    assert added["values"]["firstname"] == "User 17"
    assert added["values"]["createdDate"] == TODAY
    assert added["values"]["phone"] is None
    assert updated["tags"] == added["tags"] == ["ImportTag7"]
    assert infact.get(f"{DATA}/17").json == added["values"]


def test_the_documents_cities(infact: Any) -> None:
    """Test vector 2: one item changes and tags everybody in its city."""
    infact.post(DATA, {"id": 20, "city": "Oslo", "zip": 1})
    items = [{"city": "Oslo", "zip": 12345}, {"city": "Bergen", "zip": 55321}]
    assert counters(send(infact, items, "city", ["HasCityTag"])) == (2, 0, 0, 0, 0)
    found = rows(infact)
    assert [found[key]["values"]["zip"] for key in (14, 20, 15, 12)] == [12345, 12345, 55321, 1358]
    assert found[14]["tags"] == ["tag5", "tag6", "HasCityTag"]
    assert found[20]["tags"] == found[15]["tags"] == ["HasCityTag"]
    assert found[12]["tags"] == ["tag5"]


def test_an_item_of_nothing_but_its_key_only_tags(infact: Any) -> None:
    before = rows(infact)
    assert counters(send(infact, [{"city": "Jar"}], "city", ["near"])) == (1, 0, 0, 0, 0)
    after = rows(infact)
    for key in before:
        near = ["near"] if before[key]["values"]["city"] == "Jar" else []
        assert after[key] == {**before[key], "tags": before[key]["tags"] + near}


# --- merging -------------------------------------------------------------------------------


def test_an_update_changes_what_is_given_and_null_clears(infact: Any) -> None:
    before = rows(infact)[12]
    answer = infact.post(IMPORT, {"Items": [{"id": 12, "zip": None, "city": "Oslo"}], "MergeKey": "id"})
    assert rows(infact)[12] == {**before, "values": {**before["values"], "zip": None, "city": "Oslo"}}
    assert "infact.import-null" in assumed(answer)


def test_keys_are_compared_as_they_are_stored(infact: Any) -> None:
    assert counters(send(infact, [{"phone": "400 00 016", "zip": 1}], "phone")) == (1, 0, 0, 0, 0)
    assert counters(send(infact, [{"id": "16", "zip": 2}])) == (1, 0, 0, 0, 0)
    assert rows(infact)[16]["values"]["zip"] == 2


@pytest.mark.parametrize("key", [{}, {"city": None}, {"city": ""}, {"city": "Bodø"}, {"city": "oslo"}])
def test_an_item_without_a_match_is_added(infact: Any, key: dict[str, Any]) -> None:
    assert counters(send(infact, [{"firstname": "Ny", **key}], "city", ["t"])) == (1, 1, 0, 0, 0)
    added = rows(infact)[17]
    assert (added["values"]["firstname"], added["values"]["city"]) == ("Ny", key.get("city"))
    assert (added["values"]["createdDate"], added["tags"]) == (TODAY, ["t"])


def test_an_empty_key_matches_no_row_even_one_that_has_it(infact: Any) -> None:
    assert counters(send(infact, [{"city": ""}, {"city": ""}], "city")) == (2, 2, 0, 0, 0)


def test_an_item_sees_what_those_before_it_did(infact: Any) -> None:
    items = [{"city": "Bodø"}, {"city": "Bodø", "zip": 8001}, {"id": 17, "city": "Ålesund"}]
    assert counters(send(infact, items, "city")) == (3, 1, 1, 0, 1)
    assert rows(infact)[17]["values"]["zip"] == 8001


def test_an_id_in_an_item_never_moves_the_row_it_matched(infact: Any) -> None:
    answer = infact.post(IMPORT, {"Items": [{"id": 99, "city": "Bergen", "zip": 5}], "MergeKey": "city"})
    assert rows(infact)[15]["values"] | {"id": 15, "zip": 5} == rows(infact)[15]["values"]
    assert 99 not in rows(infact)
    assert "infact.import-keeps-id" in assumed(answer)


def test_adding_an_id_that_exists_is_a_row_error_and_changes_nothing(infact: Any) -> None:
    before = rows(infact)
    assert counters(send(infact, [{"id": 12, "city": "Bodø"}], "city", ["t"])) == (1, 0, 1, 0, 1)
    assert rows(infact) == before


@pytest.mark.parametrize("item", [None, 1, "x", True, [], [{}]])
def test_an_item_that_is_no_object_is_a_row_error(infact: Any, item: Any) -> None:
    assert counters(send(infact, [item, {"id": 20}], "id")) == (2, 1, 1, 0, 1)
    assert 20 in rows(infact)


def test_dropped_values_are_counted_and_the_rest_goes_on(infact: Any) -> None:
    items = [
        {"id": 12, "dateOfBirth": "Birthday", "shoesize": 44, "zip": 9},
        {"id": "x", "City": "Oslo", "email": ["a"]},
        {"dateOfBirth": "Birthday", "createdDate": "never"},
    ]
    assert counters(send(infact, items)) == (3, 2, 0, 7, 7)
    found = rows(infact)
    assert (found[12]["values"]["zip"], found[12]["values"]["dateOfBirth"]) == (9, None)
    assert found[17]["values"]["city"] is None
    assert found[18]["values"]["createdDate"] == TODAY


def test_an_unfit_value_leaves_a_known_row_alone(infact: Any) -> None:
    send(infact, [{"id": 14, "dateOfBirth": "Birthday"}])
    assert rows(infact)[14]["values"]["dateOfBirth"] == "1979-03-04T00:00:00"


def test_an_unfit_merge_key_is_dropped_and_the_item_added(infact: Any) -> None:
    assert counters(send(infact, [{"phone": "x"}], "phone")) == (1, 1, 0, 1, 1)


def test_ids_are_assigned_after_the_highest(infact: Any) -> None:
    send(infact, [{}, {"id": 50}, {}], "id")
    assert set(rows(infact)) == {12, 14, 15, 16, 17, 50, 51}
    assert infact.post(DATA, {}).json["id"] == 52


# --- tags ----------------------------------------------------------------------------------


def test_tags_are_linked_once_and_never_taken_away(infact: Any) -> None:
    send(infact, [{"id": 14}, {"id": 14}], tags=["b", "tag5", "b", ""])
    send(infact, [{"id": 14}], tags=["a"])
    send(infact, [{"id": 14}], tags=[])
    send(infact, [{"id": 14}])
    assert rows(infact)[14]["tags"] == ["tag5", "tag6", "b", "", "a"]


# --- the answer ------------------------------------------------------------------------------


def test_imports_are_numbered(infact: Any, make_infact: Any) -> None:
    assert [send(infact, [])["Id"] for _ in range(2)] == [19866, 19867]
    fresh = make_infact("demo")
    assert fresh.state().get("infact/imports") is None


def test_an_import_of_nothing_counts_nothing(infact: Any) -> None:
    result = send(infact, [], tags=["t"])
    assert counters(result) == (0, 0, 0, 0, 0)
    assert result["ImportDuration"] == "00:00:00.0000000"


@pytest.mark.parametrize(
    ("rule", "value", "name", "count"),
    [
        ("imported_count", "inserted", "ImportedCount", 1),
        ("imported_count", "updated", "ImportedCount", 2),
        ("invalid_properties", "pairs", "InvalidPropertiesCount", 3),
        ("invalid_properties", "names", "InvalidPropertiesCount", 2),
        ("errors_count", "total", "ErrorsCount", 4),
        ("errors_count", "import", "ErrorsCount", 0),
        ("import_duration", 18_505_410, "ImportDuration", "00:00:07.4021640"),
    ],
)
def test_counters_under_other_readings(
    make_infact: Any, rule: str, value: Any, name: str, count: Any
) -> None:
    items = [{"id": 12, "x": 1, "zip": "a"}, {"id": 14, "x": 1}, {"id": 20}, None]
    assert send(make_infact(**{rule: value}), items)[name] == count


@pytest.mark.parametrize(
    ("ticks", "text"),
    [
        (0, "00:00:00.0000000"),
        (18_505_410, "00:00:01.8505410"),
        (36_000_000_000 + 600_000_000 + 1, "01:01:00.0000001"),
        (864_000_000_000 * 3 + 5, "3.00:00:00.0000005"),
    ],
)
def test_a_duration_is_written_as_the_framework_does(ticks: int, text: str) -> None:
    assert IMPORT_RESULT.dump({"ticks": ticks})["ImportDuration"] == text


def test_what_was_wrong_is_kept_for_the_developer(infact: Any) -> None:
    send(infact, [{"id": 12, "x": 1, "zip": "a"}, 7])
    (kept,) = infact.world.store.tables()["infact/imports"].scan()
    assert kept["problems"] == [
        {"item": 0, "property": "x", "reason": "not in the scheme"},
        {"item": 0, "property": "zip", "reason": "unfit value"},
        {"item": 1, "reason": "no object"},
    ]
    assert (kept["id"], kept["updated"], kept["row_errors"]) == (19866, 1, 1)


# --- bad input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"MergeKey": "id"}, "Items"),
        ({"Items": None, "MergeKey": "id"}, "Items"),
        ({"Items": {}, "MergeKey": "id"}, "Items"),
        ({"Items": "x", "MergeKey": "id"}, "Items"),
        ({"Items": []}, "MergeKey"),
        ({"Items": [], "MergeKey": None}, "MergeKey"),
        ({"Items": [], "MergeKey": ""}, "MergeKey"),
        ({"Items": [], "MergeKey": 1}, "MergeKey"),
        ({"Items": [], "MergeKey": ["id"]}, "MergeKey"),
        ({"Items": [], "MergeKey": "string"}, "MergeKey"),
        ({"Items": [], "MergeKey": "ID"}, "MergeKey"),
        ({"Items": [], "MergeKey": "zip"}, "MergeKey"),
        ({"Items": [], "MergeKey": "__tags"}, "MergeKey"),
        ({"Items": [], "MergeKey": "id", "Tags": "t"}, "Tags"),
        ({"Items": [], "MergeKey": "id", "Tags": {}}, "Tags"),
        ({"Items": [], "MergeKey": "id", "Tags": ["t", 1]}, "Tags[1]"),
        ({"Items": [], "MergeKey": "id", "Tags": [None]}, "Tags[0]"),
        ({"Items": [], "MergeKey": "id", "Tags": [["t"]]}, "Tags[0]"),
    ],
    ids=json.dumps,
)
def test_what_is_no_import_is_refused_and_leaves_no_trace(infact: Any, body: Any, place: str) -> None:
    auth = infact.bearer
    before = infact.state()
    answer = infact.post(IMPORT, body, auth=auth)
    assert answer.status_code == 400, answer.text
    assert answer.json["errors"].keys() == {place}
    assert infact.state() == before


def test_keys_of_the_model_match_in_any_case_and_others_are_ignored(infact: Any) -> None:
    body = {"ITEMS": [{"id": 12}], "mergekey": "id", "tags": None, "Other": 1}
    answer = infact.post(IMPORT, body)
    assert counters(answer.json) == (1, 0, 0, 0, 0)
    assert "infact.key-spelling" in assumed(answer)


def test_an_item_may_be_nested_and_is_judged_as_any_other(infact: Any) -> None:
    deep = b'{"MergeKey": "id", "Items": [' + b"[" * 120 + b"]" * 120 + b', {"id": {"a": {"b": 1}}}]}'
    answer = infact.post(IMPORT, data=deep, content_type="application/json")
    assert counters(answer.json) == (2, 1, 1, 1, 2)


# --- the whole ---------------------------------------------------------------------------------

ITEM = st.fixed_dictionaries(
    {},
    optional={
        "id": st.integers(10, 20) | st.sampled_from([None, "12", "x", 2**40]),
        "phone": st.sampled_from(["+4740000016", "400 00 016", "+4740000099", "x", "", None]),
        "city": st.sampled_from(["Oslo", "Bergen", "Jar", "Bodø", "", None, 5]),
        "zip": st.sampled_from([1, "2", "x", None]),
        "unknown": st.just(1),
    },
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(ITEM | st.none(), max_size=8),
    st.sampled_from(["id", "phone", "city"]),
    st.lists(st.sampled_from(["a", "b", "tag5"]), max_size=3),
)
def test_at_once_is_the_same_as_one_by_one(
    make_infact: Any, items: list[Any], key: str, tags: list[str]
) -> None:
    at_once, one_by_one = make_infact(), make_infact()
    whole = send(at_once, items, key, tags)
    parts = [send(one_by_one, [item], key, tags) for item in items]
    assert rows(at_once) == rows(one_by_one)
    assert counters(whole) == tuple(map(sum, zip(*map(counters, parts), strict=True))) or not parts
    with at_once.world.entered():
        for row in rows(at_once).values():
            assert row["id"] == row["values"]["id"]


def test_a_hundred_thousand_rows_in_one_request(infact: Any) -> None:
    items = [
        {"id": 1000 + i, "firstname": f"Kari {i}", "phone": f"+474{i:07}", "city": f"City {i % 300}"}
        for i in range(100_000)
    ]
    assert counters(send(infact, items, "phone", ["new"])) == (100_000, 99_996, 0, 0, 0)
    assert counters(send(infact, [{"city": "City 7", "zip": 7}], "city")) == (1, 0, 0, 0, 0)
    assert infact.get(f"{DATA}/1007").json["zip"] == 7
    assert infact.post(DATA, {}).json["id"] == 101_000
