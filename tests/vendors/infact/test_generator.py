"""Made-up members: repeatable anywhere, streamed, and taken by the import as they come."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import phonenumbers
import pytest

from simulator.vendors.infact import generator

DIGEST = """
import hashlib, json
from simulator.vendors.infact.generator import rows
text = json.dumps(list(rows(300, 7)), ensure_ascii=False)
print(hashlib.sha256(text.encode()).hexdigest())
"""


def test_rows_are_what_they_say() -> None:
    made = list(generator.rows(2_000, 1))
    assert [row["id"] for row in made] == list(range(100_001, 102_001))
    assert len({row["phone"] for row in made}) == len({row["email"] for row in made}) == 2_000
    for row in made:
        assert tuple(row) == generator.columns
        assert row["zip"] in generator.PLACES[row["city"]][1]
        assert date(1940, 1, 1) <= date.fromisoformat(row["dateOfBirth"]) < date(2007, 1, 1)
        assert row["email"].rpartition("@")[2] in ("example.com", "example.net", "example.org")
        assert row["email"].isascii()
        assert " " not in row["email"]


@pytest.mark.parametrize(
    "number", [0, 999_999, 1_000_000, 2_500_000, generator.MOST + generator.RESERVED - 1]
)
def test_phones_are_norwegian_mobiles(number: int) -> None:
    phone = phonenumbers.parse(generator.mobile(number))
    assert phonenumbers.number_type(phone) == phonenumbers.PhoneNumberType.MOBILE


def test_the_same_seed_gives_the_same_rows_in_another_process() -> None:
    text = json.dumps(list(generator.rows(300, 7)), ensure_ascii=False)
    here = hashlib.sha256(text.encode()).hexdigest()
    surroundings = {"TZ": "Asia/Tokyo", "LC_ALL": "C"}
    for environ in ({"PYTHONHASHSEED": "1", **surroundings}, *({"PYTHONHASHSEED": s} for s in "0234")):
        there = subprocess.run(
            [sys.executable, "-c", DIGEST], capture_output=True, check=True, env={**os.environ, **environ}
        )
        assert there.stdout.decode().strip() == here


def test_fewer_rows_are_the_beginning_of_more() -> None:
    assert list(generator.rows(10, 3)) == list(itertools.islice(generator.rows(1_000, 3), 10))


def test_another_seed_gives_other_rows() -> None:
    assert list(generator.rows(10, 3)) != list(generator.rows(10, 4))


def test_nothing_else_drawn_changes_the_rows() -> None:
    """Two streams drawn in turns are the two drawn one after the other."""
    turns = list(zip(generator.rows(50, 1), generator.rows(50, 2), strict=True))
    assert [one for one, _ in turns] == list(generator.rows(50, 1))


def test_rows_are_streamed() -> None:
    found = generator.rows(generator.MOST, 1)
    assert isinstance(found, Iterator)
    assert next(found)["id"] == 100_001


@pytest.mark.parametrize("count", [-1, generator.MOST + 1])
def test_no_more_rows_than_phone_numbers(count: int) -> None:
    with pytest.raises(ValueError, match=f"from 0 to {generator.MOST}"):
        generator.rows(count, 1)


def test_no_rows_at_all() -> None:
    assert list(generator.rows(0, 1)) == []


def test_rows_come_quickly() -> None:
    """2,000 a second at the very least; CPU time, so that a busy machine does not fail it."""
    before = time.process_time()
    for _ in generator.rows(4_000, 1):
        pass
    assert time.process_time() - before < 2


def document(count: int) -> bytes:
    before, after = generator.envelope
    return before + b",".join(json.dumps(row).encode() for row in generator.rows(count, 1)) + after


@pytest.mark.parametrize("fixture", ["docs", "demo"])
def test_the_document_is_imported_whole(fixture: str, make_infact: Any) -> None:
    infact = make_infact(fixture)
    path = "/datasources/265/objects/members"
    answer = infact.call(
        "POST", f"{path}/data/import/json", data=document(500), content_type="application/json"
    )
    assert answer.status_code == 200, answer.text
    assert answer.headers["X-Simulator-Contract"] == "ok"
    counters = {key: answer.json[key] for key in ("TotalCount", "ImportedCount", "ErrorsCount")}
    assert counters == {"TotalCount": 500, "ImportedCount": 500, "ErrorsCount": 0}
    first = next(generator.rows(1, 1))
    stored = infact.get(f"{path}/data/100001").json
    assert {name: stored[name] for name in generator.columns} == first | {
        "dateOfBirth": f"{first['dateOfBirth']}T00:00:00"
    }
    assert stored["createdDate"] == "2022-06-17T00:00:00"


def test_the_document_imports_again_as_updates(make_infact: Any) -> None:
    infact = make_infact("demo")
    for imported in (50, 0):
        answer = infact.call(
            "POST",
            "/datasources/265/objects/members/data/import/json",
            data=document(50),
            content_type="application/json",
        )
        assert (answer.json["ImportedCount"], answer.json["ErrorsCount"]) == (imported, 0)


def test_an_empty_document_is_json() -> None:
    assert json.loads(document(0)) == {"Items": [], "MergeKey": "id", "Tags": ["generated"]}


def test_columns_make_a_csv() -> None:
    file = io.StringIO()
    writer = csv.DictWriter(file, generator.columns)
    writer.writeheader()
    writer.writerows(generator.rows(3, 1))
    assert (
        file.getvalue().splitlines()[0]
        == "id,firstname,lastname,dateOfBirth,gender,phone,email,address,zip,city"
    )
