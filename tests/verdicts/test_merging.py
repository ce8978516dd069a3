"""Verdicts on several worlds as one: no finding is lost or told twice, and what was met once was met."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Sequence
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from simulator.verdicts.formats import FORMATS
from simulator.verdicts.merging import merged
from tests.control.test_control_verdict import JUNIT, SARIF
from tests.judged import RIGHT, WRONG, judging, send

Verdict = dict[str, Any]
CALLS = [call for call, _ in WRONG.values()] + RIGHT


def of(calls: Sequence[Any], **more: Any) -> Verdict:
    """The verdict on a world of its own."""
    server = judging()
    for call in calls:
        send(server, call)
    found: Verdict = server.get("/verdict")
    return found | more


def shares(seed: int, worlds: int) -> list[list[Any]]:
    """All calls twice, but for what can be deleted once, dealt out to some worlds."""
    calls = CALLS + [call for call in CALLS if call["method"] != "DELETE"]
    dealer = random.Random(seed)
    hands: list[list[Any]] = [[] for _ in range(worlds)]
    for call in calls:
        dealer.choice(hands).append(call)
    return hands


def comparable(verdict: Verdict) -> Any:
    """Without what depends on whose request was first, and on the order of an enumeration's members."""
    found = copy.deepcopy(verdict)
    for name in ("worlds", "world", "requests_har"):
        found.pop(name, None)
    for row in [*found["violations"], *found["relied_on"], *found["deviations"]]:
        for name in ("first_request", "found_in", "message", "pointer"):
            row.pop(name, None)
    for vendor in found["vendors"]:
        for operation in vendor["operations"]:
            for rows in (operation["enum_members"], operation["never_met"]["enum_members"]):
                rows.sort(key=lambda row: (row["in"], row["pointer"]))
                for row in rows:
                    row["members"].sort(key=json.dumps)
    return found


@pytest.mark.parametrize("seed", range(4))
def test_several_worlds_are_as_one_in_which_all_was_done(seed: int) -> None:
    """Seen to fail with `never_called` taken from the first."""
    hands = shares(seed, worlds=3)
    whole = of([call for hand in hands for call in hand])
    assert comparable(merged([of(hand) for hand in hands], "requests.har")) == comparable(whole)


def test_each_finding_says_where_it_was_made() -> None:
    typo, enum = WRONG["unknown field"][0], WRONG["bad enum"][0]
    found = merged(
        [
            of([typo, typo], world="a", test="test_a.py::test_one"),
            of([RIGHT[0]], world="b", test="test_b.py::test_two"),
            of([RIGHT[0], enum, typo], world="c"),
        ],
        "requests.har",
    )
    assert [(row["keyword"], row["count"], row["found_in"]) for row in found["violations"]] == [
        ("enum", 1, [{"world": "c", "count": 1, "first_request": 2}]),
        (
            "additionalProperties",
            3,
            [
                {"world": "a", "test": "test_a.py::test_one", "count": 2, "first_request": 1},
                {"world": "c", "count": 1, "first_request": 3},
            ],
        ),
    ]
    assert found["worlds"] == [
        {"world": "a", "test": "test_a.py::test_one", "calls": 2},
        {"world": "b", "test": "test_b.py::test_two", "calls": 1},
        {"world": "c", "calls": 3},
    ]
    assert (found["ok"], found["calls"], found["errors"], found["requests_har"]) == (
        False,
        6,
        2,
        "requests.har",
    )


def test_lines_of_clients_are_added_up() -> None:
    typo = WRONG["unknown field"][0]
    verdicts = [of([typo]), of([typo]), of([typo])]
    here, there = ({"file": "client.py", "line": line} for line in (3, 12))
    for verdict, callers in zip(
        verdicts, ([{**there, "count": 2}], [{**here, "count": 1}, {**there, "count": 1}], []), strict=True
    ):
        verdict["violations"][0]["callers"] = callers
    (row,) = merged(verdicts, "requests.har")["violations"]
    assert row["callers"] == [{**here, "count": 1}, {**there, "count": 3}]


def test_its_parts_stay_as_they_are() -> None:
    verdicts = [of(hand) for hand in shares(1, 2)]
    before = copy.deepcopy(verdicts)
    assert merged(verdicts, "x") == merged(verdicts, "x")
    assert verdicts == before


def test_of_nothing_it_is_a_verdict_too() -> None:
    found = merged([], "requests.har")
    assert (found["ok"], found["calls"], found["vendors"], found["worlds"]) == (True, 0, [], [])
    for _, render in FORMATS.values():
        assert render(found)


@pytest.mark.parametrize("worlds", [1, 3])
def test_every_format_takes_it(worlds: int) -> None:
    hands = shares(0, worlds)
    found = merged([of(hand, test=f"test_{n}.py::test") for n, hand in enumerate(hands)], "requests.har")
    SARIF.validate(json.loads(FORMATS["sarif"][1](found)))
    junit = FORMATS["junit"][1](found)
    JUNIT.validate(ET.ElementTree(ET.fromstring(junit)))
    for text in (junit, FORMATS["markdown"][1](found)):
        assert "test_0.py::test" in text.replace("\\", "")


def test_sentences_name_the_first_test_and_count_the_others() -> None:
    typo = WRONG["unknown field"][0]
    one = of([typo], world="a", test="test_a.py::test_one")
    text = FORMATS["junit"][1](merged([one], "requests.har"))
    assert "once, in request 1 of test_a.py::test_one]" in text
    text = FORMATS["junit"][1](merged([one, of([typo]), of([typo])], "requests.har"))
    assert "3 times, first in request 1 of test_a.py::test_one (and 2 other worlds)]" in text
    assert 'name="Simulator verdict on 3 worlds"' in text
    plain = FORMATS["junit"][1](merged([of([typo])], "requests.har"))
    assert "once, in request 1]" in plain
    assert 'name="Simulator verdict on world default"' in plain
