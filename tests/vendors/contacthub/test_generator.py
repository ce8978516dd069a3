"""Made-up customers and orders: repeatable anywhere, and taken by the API as they come."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from simulator import generating
from simulator.vendors.contacthub import generator

ROOT = Path(__file__).parents[3]
COUNTS = {"customers": 30, "events": 40}
DIGEST = """
import hashlib, json
from simulator.vendors.contacthub.generator import streams
made = {kind: list(rows) for kind, rows in streams({"customers": 200, "events": 200}, 7).items()}
print(hashlib.sha256(json.dumps(made).encode()).hexdigest())
"""


def test_the_same_seed_gives_the_same_in_another_process() -> None:
    made = {k: list(rows) for k, rows in generator.streams({"customers": 200, "events": 200}, 7).items()}
    here = hashlib.sha256(json.dumps(made).encode()).hexdigest()
    for hash_seed in "01":
        environ = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
        there = subprocess.run([sys.executable, "-c", DIGEST], capture_output=True, check=True, env=environ)
        assert there.stdout.decode().strip() == here


def test_the_bodies_can_be_posted(hub: Any, tmp_path: Path) -> None:
    path = tmp_path / "shop.json"
    generating.generate("contacthub", COUNTS, 1, path, None)
    made = json.loads(path.read_bytes())
    assert {kind: len(rows) for kind, rows in made.items()} == COUNTS
    for kind, rows in made.items():
        for body in rows:
            answer = hub.post(f"/{kind}", body)
            assert answer.status_code in (201, 202), answer.text
            assert answer.headers["X-Simulator-Contract"] == "ok"
    assert len(hub.kept("events")) == 1 + COUNTS["events"]


def test_bulk_jobs_take_the_files(hub: Any, tmp_path: Path) -> None:
    generating.generate("contacthub", COUNTS, 1, tmp_path / "shop.csv", None)
    jobs = f"/nodes/{hub.node_id}/bulk-jobs"
    for kind, more in (
        ("customers", {"operation": "UPSERT", "entity": "CUSTOMER"}),
        ("events", {"operation": "INSERT", "entity": "EVENT", "eventType": "completedOrder"}),
    ):
        content = (tmp_path / f"shop-{kind}.csv").read_bytes()
        answer = hub.post(jobs, data={"file": (io.BytesIO(content), f"{kind}.csv"), **more})
        assert answer.status_code < 300, answer.text
        hub.move_to("2024-03-01T09:00:00Z" if kind == "customers" else "2024-03-01T10:00:00Z")
        job = hub.get(f"{jobs}/{answer.json['id']}").json
        results = hub.get(f"{jobs}/{answer.json['id']}/results").text
        assert (job["status"], job["failedEntities"]) == ("PROCESSED", 0), results[:500]
        assert job["processedEntities"] == COUNTS[kind]


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ({}, "--customers and --events"),
        ({"rows": 3}, "--customers and --events"),
        ({"events": 3}, "events need customers"),
        ({"customers": 10**7}, "from 0 to 1000000"),
    ],
)
def test_what_cannot_be_generated(counts: dict[str, int], says: str, tmp_path: Path) -> None:
    with pytest.raises(generating.CannotGenerate, match=says):
        generating.generate("contacthub", counts, 1, tmp_path / "x.json", None)
    assert list(tmp_path.iterdir()) == []
