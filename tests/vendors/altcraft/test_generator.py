"""Made-up profiles: repeatable anywhere, and taken by the API as they come."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator import generating
from simulator.vendors.altcraft import generator

ROOT = Path(__file__).parents[3]
DIGEST = """
import hashlib, json
from simulator.vendors.altcraft.generator import streams
made = list(streams({"profiles": 200}, 7)["profiles"])
print(hashlib.sha256(json.dumps(made).encode()).hexdigest())
"""


def made(count: int, seed: int) -> list[dict[str, Any]]:
    return list(generator.streams({"profiles": count}, seed)["profiles"])


def test_the_same_seed_gives_the_same_in_another_process() -> None:
    here = hashlib.sha256(json.dumps(made(200, 7)).encode()).hexdigest()
    for hash_seed in "01":
        environ = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
        there = subprocess.run([sys.executable, "-c", DIGEST], capture_output=True, check=True, env=environ)
        assert there.stdout.decode().strip() == here


def test_fewer_are_the_beginning_of_more_and_seeds_differ() -> None:
    assert made(50, 1)[:20] == made(20, 1)
    assert made(20, 1) != made(20, 2)


def test_people_are_nobody_and_have_their_own_address() -> None:
    people = made(500, 1)
    assert len({one["email"] for one in people}) == len({one["phones"][0] for one in people}) == 500
    for one in people:
        assert one["email"].isascii()
        assert one["email"].rpartition("@")[2] in generator.DOMAINS
        assert one["phones"][0].startswith("+7000")


@pytest.mark.parametrize("fixture", ["docs", "demo"])
def test_the_document_can_be_imported(fixture: str, make_altcraft: Any, tmp_path: Path) -> None:
    altcraft = make_altcraft(fixture)
    before = len(altcraft.kept("profiles"))
    generating.generate("altcraft", {"profiles": 40}, 1, tmp_path / "people.json", None)
    body = (tmp_path / "people.json").read_bytes()
    answer = altcraft.client.post(
        "/altcraft/api/v1.1/profiles/import_batch",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {altcraft.token}"},
    )
    assert answer.headers["X-Simulator-Contract"] == "ok"
    assert [item["error"] for item in answer.json["result"]] == [0] * 40, answer.json
    assert len(altcraft.kept("profiles")) == before + 40
    first = json.loads(body)["data"][0]
    shown = altcraft.profile(matching="custom", field_name="CRM_ID", field_value="GEN-000001")
    assert (shown["email"], shown["_lname"], shown["bonus"]) == (
        first["email"],
        first["_lname"],
        first["bonus"],
    )
    assert len(shown["subscriptions"]) == len(first["subscriptions"])


def test_the_rows_of_csv_are_the_same_people(tmp_path: Path) -> None:
    for form in ("json", "csv"):
        generating.generate("altcraft", {"profiles": 15}, 3, tmp_path / f"people.{form}", None)
    with (tmp_path / "people.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    people = json.loads((tmp_path / "people.json").read_bytes())["data"]
    assert [row["email"] for row in rows] == [one["email"] for one in people]
    assert [json.loads(row["phones"]) for row in rows] == [one["phones"] for one in people]
    assert [json.loads(row["subscriptions"]) for row in rows] == [one["subscriptions"] for one in people]
    assert all(one.keys() == rows[0].keys() for one in people)


@pytest.mark.parametrize(
    ("counts", "says"),
    [({}, "--profiles"), ({"rows": 3}, "--profiles"), ({"profiles": 10**7}, "from 0 to 1000000")],
)
def test_what_cannot_be_generated(counts: dict[str, int], says: str, tmp_path: Path) -> None:
    with pytest.raises(generating.CannotGenerate, match=says):
        generating.generate("altcraft", counts, 1, tmp_path / "x.json", None)
    assert list(tmp_path.iterdir()) == []
