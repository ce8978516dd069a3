"""Extended properties: how they are defined, and what their definitions let in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.vendors.contacthub.configuration.extended import check_extended
from tests.vendors.contacthub.configuring import BASE, OPERATOR, get, put, refused

MAPS = ["/properties/extended", "/products/properties/extended", "/events/viewedPage/properties/extended"]


@pytest.mark.parametrize("path", MAPS)
def test_definitions_are_replaced_and_completed(hub: Any, path: str) -> None:
    size = {
        "type": "string",
        "enum": ["S", "L"],
        "contactlabProperties": {"label": "Size", "mergePolicy": "OBJ_PRIORITY"},
    }
    made = put(
        hub, path, {"size": size, "a/b~c": {"type": "array", "items": {"type": "string"}, "title": "dropped"}}
    )
    first = {"label": None, "enabled": True, "indexed": False, "flowEnabled": False}
    assert (
        made
        == get(hub, path)
        == {
            "size": {
                "type": "string",
                "enum": ["S", "L"],
                "contactlabProperties": {
                    **first,
                    "label": "Size",
                    "maxLength": 255,
                    "mergePolicy": "OBJ_PRIORITY",
                },
            },
            "a/b~c": {
                "type": "array",
                "items": {"type": "string"},
                "contactlabProperties": {**first, "maxLength": 1000},
            },
        }
    )
    assert put(hub, path, {}) == get(hub, path) == {}


def test_only_an_operator_changes_what_is_indexed(hub: Any) -> None:
    def indexed(token: str, value: bool | None, name: str = "points") -> bool:
        own = {} if value is None else {"indexed": value}
        body = {name: {"type": "integer", "contactlabProperties": own}}
        found: bool = put(hub, "/properties/extended", body, token)[name]["contactlabProperties"]["indexed"]
        return found

    assert indexed(hub.admin_token, False) is True
    assert indexed(hub.admin_token, None) is True
    assert indexed(OPERATOR, False) is False
    assert indexed(hub.admin_token, True) is False
    assert indexed(OPERATOR, True, "other") is True


@pytest.mark.parametrize("path", MAPS)
@pytest.mark.parametrize(
    "definition",
    [
        None,
        7,
        {},
        {"type": "text"},
        {"type": ["string"]},
        {"type": "string", "format": "colour"},
        {"type": "string", "contactlabProperties": {"maxLength": 0}},
        {"type": "string", "contactlabProperties": {"maxLength": 6001}},
        {"type": "string", "contactlabProperties": {"mergePolicy": "SUM"}},
        {"type": "string", "contactlabProperties": {"enabled": "yes"}},
        {"type": "string", "enum": []},
        {"type": "string", "enum": "S"},
        {"type": "array", "items": {"type": "text"}},
        {"type": "array", "items": {"type": "array", "items": {"type": "text"}}},
        {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"type": 1}}}}},
        {"type": "object", "properties": {"a": {"type": "object", "properties": [1]}}},
        {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": None}}}},
        {"type": "array", "items": {"type": "string", "enum": 7}},
        {"type": "array", "items": {"type": "array", "items": {"type": "string", "format": ["date"]}}},
    ],
)
def test_definitions_that_are_none_are_refused(hub: Any, path: str, definition: Any) -> None:
    found = refused(hub, path, {"ok": {"type": "string"}, "p": definition})
    assert found["errors"][0]["path"].startswith("/p")


@pytest.mark.parametrize("body", [{"a.b": {"type": "string"}}, {"": {"type": "string"}}, [], 0, "x"])
def test_names_have_no_dot(hub: Any, body: Any) -> None:
    refused(hub, "/properties/extended", body)


def test_definitions_may_be_nested_deeply(hub: Any) -> None:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(60):
        deep = {"type": "array", "items": deep}
    assert put(hub, "/properties/extended", {"deep": deep}) == get(hub, "/properties/extended")
    get(hub, "/properties")
    for _ in range(200):
        deep = {"type": "array", "items": deep}
    refused(hub, "/properties/extended", {"deep": deep})


POINTS = {"type": "integer", "contactlabProperties": {"enabled": True}}
OFF = {"type": "integer", "contactlabProperties": {"enabled": False}}
DAY = {"type": "string", "format": "date", "contactlabProperties": {"maxLength": 10}}
TAGS = {"type": "array", "items": {"type": "string"}, "contactlabProperties": {"maxLength": 7}}
HOME = {"type": "object", "properties": {"zip": {"type": "string"}}, "contactlabProperties": {}}
KNOWN = {"points": POINTS, "off": OFF, "day": DAY, "tags": TAGS, "home": HOME}


@pytest.mark.parametrize(
    ("value", "pointers"),
    [
        (None, []),
        ({}, []),
        ({"points": 7, "day": "2024-02-29", "tags": ["abc", "def"], "home": {"zip": "1"}}, []),
        ({"points": None, "off": "anything"}, []),
        ([], ["/extended"]),
        ({"points": "7"}, ["/extended/points"]),
        ({"points": True}, ["/extended/points"]),
        ({"nothing/": 7}, ["/extended/nothing~1"]),
        ({"day": "2023-02-29"}, ["/extended/day"]),
        ({"day": "2024-02-29T00"}, ["/extended/day", "/extended/day"]),
        ({"tags": ["abc", "defg"]}, ["/extended/tags"]),
        ({"tags": ["a", 7]}, ["/extended/tags/1"]),
        ({"home": {"zip": 1}}, ["/extended/home/zip"]),
    ],
)
def test_values_are_held_to_their_definitions(value: Any, pointers: list[str]) -> None:
    assert [pointer for pointer, _ in check_extended(KNOWN, value, "/extended")] == pointers


def test_texts_have_255_characters_unless_more_are_allowed() -> None:
    short = {"t": {"type": "string", "contactlabProperties": {}}}
    assert check_extended(short, {"t": "x" * 255}, "") == []
    assert check_extended(short, {"t": "x" * 256}, "") == [("/t", "the text is too long")]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)
PART = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "array", "object", "number"]) | JSON,
        "items": st.fixed_dictionaries({"type": st.sampled_from(["string", "object"])}) | JSON,
        "properties": st.dictionaries(st.text(max_size=2), JSON, max_size=2) | JSON,
        "enum": JSON,
        "contactlabProperties": JSON,
    },
)


def test_whatever_is_accepted_as_a_definition_can_be_judged_by(hub: Any) -> None:
    @settings(max_examples=60)
    @given(definition=PART, value=JSON)
    def check(definition: Any, value: Any) -> None:
        answer = hub.put(BASE + "/properties/extended", {"p": definition}, token=hub.admin_token)
        assert answer.status_code in (200, 400)
        if answer.status_code == 200:
            check_extended(answer.json, {"p": value}, "/extended")
            get(hub, "/properties")

    check()
