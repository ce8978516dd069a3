"""What may have been meant by a field or a parameter that there is not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.judged import judging, note, send


def found(call: Any) -> list[tuple[str, list[str] | None]]:
    entry = send(judging(), call)
    return [(row["pointer"], row.get("nearest")) for row in entry["violations"]]


@pytest.mark.parametrize(
    ("call", "pointer", "nearest"),
    [
        (note({"text": "a", "moot": "sad"}), "/moot", ["mood"]),
        (note({"text": "a", "PINED": 1}), "/PINED", ["pinned"]),
        (note({"text": "a", "answers": [{"text": "b", "tgas": []}]}), "/answers/0/tgas", ["tags"]),
        (note({"text": "a", "quite_another": 1}), "/quite_another", None),
        (note({"text": "a"}, "?sise=long"), "/sise", ["size"]),
        (note({"text": "a"}, "?page=1"), "/page", None),
    ],
)
def test_the_likest_name_is_told(call: Any, pointer: str, nearest: list[str] | None) -> None:
    assert (pointer, nearest) in found(call)


def test_what_was_sent_itself_was_not_meant() -> None:
    """Seen to fail with all names of the schema taken for meant."""
    assert found(note({"text": "a", "texts": "b"})) == [("/texts", None)]
    assert found(note({"text": "a"}, "?size=long&sizes=short")) == [("/sizes", None)]


def test_every_form_of_the_verdict_tells_it() -> None:
    server = judging()
    send(server, note({"text": "a", "moot": "sad"}))
    (row,) = server.get("/verdict")["violations"]
    assert row["nearest"] == ["mood"]
    for form in ("junit", "markdown", "sarif"):
        text = server.control("GET", f"/verdict?format={form}").text
        assert "id you mean mood?" in text
    assert json.loads(text)["runs"][0]["results"][0]["message"]["text"].endswith(" Did you mean mood?")
