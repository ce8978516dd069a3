"""What has no type of its own is given one by a schema: texts, and empty elements of XML."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.kernel.texts import TextTypes

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "address": {"type": "object", "properties": {"street": {"type": "string"}}},
        "age": {"type": ["integer", "null"]},
    },
}
NOTHING = {"name": None, "tags": None, "address": {"street": None}, "age": None, "shoe": None}


@pytest.mark.parametrize(
    ("nulls", "typed"),
    [
        (False, {"name": "", "tags": [], "address": {"street": ""}, "age": None, "shoe": None}),
        (True, NOTHING),
    ],
)
def test_an_empty_element_is_what_the_schema_says_and_a_null_is_a_null(
    nulls: bool, typed: dict[str, Any]
) -> None:
    """Seen to fail when both were taken for an empty element."""
    assert TextTypes({}, SCHEMA).typed(NOTHING, nulls=nulls) == typed


def test_texts_are_read_beside_nulls() -> None:
    sent = {"age": "7", "name": None, "tags": "red"}
    assert TextTypes({}, SCHEMA).typed(sent, nulls=True) == {"age": 7, "name": None, "tags": ["red"]}
