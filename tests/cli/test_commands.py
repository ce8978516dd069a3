"""`simulator version`, `routes` and `generate`."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

import simulator
from simulator import data
from simulator.kernel.vendor import discover
from tests.process import run


def test_version_names_the_contracts(tmp_path: Path) -> None:
    done = run("version", folder=tmp_path)
    assert done.returncode == 0
    assert simulator.__version__ in done.stdout.splitlines()[0]
    assert data.contract_hash("infact") in done.stdout


def test_routes(tmp_path: Path) -> None:
    done = run("routes", "infact", "--json", folder=tmp_path)
    rows = json.loads(done.stdout)
    paths = data.contract("infact")["paths"].values()
    assert len(rows) == sum(method in ("get", "put", "post", "delete") for item in paths for method in item)
    assert set(rows[0]) == {"vendor", "method", "path", "operation", "evidence"}
    assert all(row["path"].startswith("/infact/v1/") for row in rows)
    table = [line.split() for line in run("routes", folder=tmp_path).stdout.splitlines()]
    for row in rows:
        assert [row["method"], row["path"], row["operation"], row["evidence"]] in table


def test_routes_of_nobody(tmp_path: Path) -> None:
    done = run("routes", "nobody", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"there is no vendor 'nobody'; there are {', '.join(discover())}" in done.stderr


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_the_same_seed_generates_the_same_bytes(tmp_path: Path, form: str) -> None:
    for name, hash_seed in (("a", "1"), ("b", "2")):
        flags = ("--rows", "50", "--seed", "3", "--out", f"{name}.{form}")
        done = run("generate", "infact", *flags, folder=tmp_path, environ={"PYTHONHASHSEED": hash_seed})
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_the_forms_hold_the_same_rows(tmp_path: Path) -> None:
    for name in ("rows.json", "rows.jsonl", "rows.csv"):
        assert run("generate", "infact", "--rows", "20", "--out", name, folder=tmp_path).returncode == 0
    whole = json.loads((tmp_path / "rows.json").read_text())
    lines = [json.loads(line) for line in (tmp_path / "rows.jsonl").read_text().splitlines()]
    with (tmp_path / "rows.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert whole["Items"] == lines
    assert [row["email"] for row in table] == [row["email"] for row in lines]
    assert len(lines) == 20


def test_standard_output(tmp_path: Path) -> None:
    done = run("generate", "infact", "--rows", "3", "--out", "-", folder=tmp_path)
    assert len([json.loads(line) for line in done.stdout.splitlines()]) == 3
    assert run("generate", "infact", "--rows", "0", "--out", "-", folder=tmp_path).stdout == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("infact", "--rows", "3", "--out", "rows.xml"), "ends in .json, .jsonl or .csv"),
        (("infact", "--rows", "3", "--out", "no/rows.json"), "cannot be written"),
        (("infact", "--rows", "-3", "--out", "rows.json"), "--rows"),
        (("infact", "--rows", "3"), "--out"),
        (("nobody", "--rows", "3", "--out", "rows.json"), "no vendor 'nobody'"),
    ],
)
def test_what_cannot_be_generated(tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    done = run("generate", *arguments, folder=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("old")
    done = run("generate", "infact", "--rows", "99999999999", "--out", "rows.jsonl", folder=tmp_path)
    assert done.returncode == 2
    assert (tmp_path / "rows.jsonl").read_text() == "old"
