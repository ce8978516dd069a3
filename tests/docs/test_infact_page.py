"""Infact's page of what is simulated and what is not, held to the contract and to the guesses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from simulator import data
from tests.docs.page import INFACT


def operations() -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    """(operationId, method, path below /v1 as the page writes it, operation)"""
    short = {"{datasourceId}": "{id}", "{objectName}": "{name}"}
    for path, item in data.contract("infact")["paths"].items():
        written = path.removeprefix("/v1/")
        for long, brief in short.items():
            written = written.replace(long, brief)
        for method, operation in item.items():
            if method in ("get", "put", "post", "delete"):
                yield operation["operationId"], method.upper(), written, operation


def test_the_page_lists_each_operation_of_the_contract() -> None:
    listed = {
        (cells[0].strip("`"), *cells[1].replace("`", "").split(" "))
        for cells in INFACT.table("## What is simulated")
    }
    assert listed == {(name, method, path) for name, method, path, _ in operations()}


def test_the_page_grades_answers_as_the_contract_does() -> None:
    graded = {cells[0].strip("`"): cells[4] for cells in INFACT.table("## What is simulated")}
    for name, _, _, operation in operations():
        grade = operation["responses"]["200"].get("x-evidence", operation["x-evidence"])
        assert graded[name] == grade, name


def test_the_page_names_credentials_as_the_contract_does() -> None:
    named = {cells[0].strip("`"): cells[2] for cells in INFACT.table("## What is simulated")}
    for name, _, _, operation in operations():
        (wanted,) = operation["security"] or [{"none": []}]
        assert named[name].lower().startswith(*wanted), name


@pytest.mark.parametrize("name", ["demo", "docs"])
def test_logins_on_the_page_are_those_of_the_fixtures(name: str) -> None:
    (customer,) = data.FixtureFiles().read("infact", name)["customers"]
    for key in ("api_id", "login", "password"):
        assert f"`{customer[key]}`" in INFACT.text or customer[key] in INFACT.text
