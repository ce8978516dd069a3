"""The ledger is whole: all that a vendor's contract says and all that its code guesses stands in it."""

from __future__ import annotations

import ast
import importlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from scripts import coverage
from simulator import data
from simulator.kernel.assumptions import Assumption
from simulator.kernel.contract import METHODS, Contract
from simulator.kernel.ledger import Row, graded
from simulator.kernel.vendor import Vendor, discover

VENDORS = discover()
GRADES = ("documented", "observed", "assumed")


@pytest.fixture(params=list(VENDORS.values()), ids=list(VENDORS))
def vendor(request: pytest.FixtureRequest) -> Vendor:
    found: Vendor = request.param
    return found


@pytest.fixture
def contract(vendor: Vendor) -> Contract:
    return Contract(data.contract(vendor.name))


@pytest.fixture
def ledger(contract: Contract) -> tuple[Row, ...]:
    return graded(contract)


# --- the contract ---------------------------------------------------------------------


def pointer(*steps: object) -> str:
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def parts(document: Mapping[str, Any]) -> Iterator[str]:
    """What must be in the ledger: parameters, bodies, responses and headers, and the members of schemas."""
    for path, item in document["paths"].items():
        yield from (pointer("paths", path, "parameters", n) for n in range(len(item.get("parameters", ()))))
        for method in METHODS:
            operation, here = item.get(method, {}), ("paths", path, method)
            yield from (pointer(*here, "parameters", n) for n in range(len(operation.get("parameters", ()))))
            yield from (pointer(*here, "requestBody") for _ in range("requestBody" in operation))
            for status, response in operation.get("responses", {}).items():
                yield pointer(*here, "responses", status)
                yield from (
                    pointer(*here, "responses", status, "headers", h) for h in response.get("headers", ())
                )
                for media, content in response.get("content", {}).items():
                    yield from members(
                        content.get("schema"), *here, "responses", status, "content", media, "schema"
                    )
            for media, content in operation.get("requestBody", {}).get("content", {}).items():
                yield from members(content.get("schema"), *here, "requestBody", "content", media, "schema")
    for name, schema in document["components"]["schemas"].items():
        yield from members(schema, "components", "schemas", name)


def members(schema: Any, *here: object) -> Iterator[str]:
    """The properties of a schema and of those within it."""
    for name, inner in (schema or {}).get("properties", {}).items():
        if inner is False:
            continue  # a member that may not be there
        yield pointer(*here, "properties", name)
        yield from members(inner, *here, "properties", name)
    for keyword in ("items", "additionalProperties"):
        if isinstance((schema or {}).get(keyword), Mapping):
            yield from members(schema[keyword], *here, keyword)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for number, inner in enumerate((schema or {}).get(keyword, ())):
            yield from members(inner, *here, keyword, number)


def test_every_part_of_the_contract_is_in_the_ledger(contract: Contract, ledger: tuple[Row, ...]) -> None:
    """Seen to fail when only parts that state a grade were listed."""
    listed = {row["id"] for row in ledger}
    assert set(contract.operations) <= listed
    wanted = set(parts(contract.document))
    assert len(wanted) > 100
    assert wanted - listed == set()


def test_every_row_has_a_grade_and_a_source(ledger: tuple[Row, ...]) -> None:
    """Seen to fail with x-source taken from an operation."""
    assert [row["id"] for row in ledger if row["evidence"] not in GRADES or not row["source"]] == []


def test_grades_of_duties_and_members_are_of_what_is_there(contract: Contract) -> None:
    """Seen to fail with a member misspelt."""
    found = list(stray(contract.document, "#"))
    assert found == []


def stray(node: Any, path: str) -> Iterator[str]:
    """Names that a node grades but does not have, and grades that are none."""
    if isinstance(node, list):
        for number, inner in enumerate(node):
            yield from stray(inner, f"{path}/{number}")
    if not isinstance(node, Mapping):
        return
    known = {
        "x-required-evidence": required(node),
        "x-enum-evidence": {text(value) for value in node.get("enum", ())},
    }
    for keyword, names in known.items():
        if not isinstance(grades := node.get(keyword, {}), Mapping) or path.endswith("/properties"):
            continue
        yield from (
            f"{path}: {name}" for name, grade in grades.items() if name not in names or grade not in GRADES
        )
    for name, inner in node.items():
        if name not in ("example", "examples", "default", *known):
            yield from stray(inner, f"{path}/{name}")


def required(node: Mapping[str, Any]) -> set[str]:
    branches = [branch for keyword in ("allOf", "anyOf", "oneOf") for branch in node.get(keyword, ())]
    branches += [node[keyword] for keyword in ("then", "else") if isinstance(node.get(keyword), Mapping)]
    own = node["required"] if isinstance(node.get("required"), list) else []
    return {*own, *(name for branch in branches for name in required(branch))}


def text(value: Any) -> str:
    """A member of an enumeration as a key of a mapping."""
    return value if isinstance(value, str) else json.dumps(value)


# --- the guesses ----------------------------------------------------------------------


def assumptions(vendor: Vendor) -> ModuleType:
    return importlib.import_module(f"simulator.vendors.{vendor.name}.assumptions")


def named(module: ModuleType) -> dict[str, list[Assumption[Any]]]:
    """The guesses by the name that code knows them by; a mapping of guesses has one name."""
    found: dict[str, list[Assumption[Any]]] = {}
    for name, value in vars(module).items():
        held = list(value.values()) if isinstance(value, Mapping) else [value]
        if held and all(isinstance(one, Assumption) for one in held):
            found[name] = held
    return found


def sources(module: ModuleType) -> Iterator[ast.AST]:
    """The modules of the vendor but those of its assumptions."""
    own = Path(str(module.__file__)).parent
    for path in sorted(own.parent.rglob("*.py")):
        if own not in path.parents:
            yield ast.parse(path.read_text(encoding="utf-8"), str(path))


def test_every_guess_has_a_name_and_is_asked_for(vendor: Vendor) -> None:
    """Asked of the world, or handed on to be: an answer that followed `rules.X.value` alone would not say so.

    Seen to fail with a guess that no code used.
    """
    module = assumptions(vendor)
    rules = named(module)
    assert {rule.id for held in rules.values() for rule in held} == {
        rule.id for rule in vendor.parts.assumptions
    }
    asked = set()
    for tree in sources(module):
        bare = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr == "value"
        }
        for node in ast.walk(tree):
            if id(node) not in bare and isinstance(node, ast.Attribute | ast.Name):
                asked.add(node.attr if isinstance(node, ast.Attribute) else node.id)
    assert sorted(rules.keys() - asked) == []


def test_guesses_are_made_in_one_place(vendor: Vendor) -> None:
    """So all that an answer can name in X-Simulator-Assumed is listed."""
    for tree in sources(assumptions(vendor)):
        made = [
            node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in MAKERS
        ]
        assert made == []


MAKERS = {
    f"{where}{name}"
    for where in ("", "ALL.", "rules.", "rules.ALL.", "ledger.")
    for name in ("Assumption", "Ledger", "guess", "reading")
}


def test_what_is_not_simulated_has_its_reason(vendor: Vendor) -> None:
    assert [name for name, reason in vendor.parts.not_simulated.items() if len(reason.split()) < 3] == []


# --- docs/coverage.md -----------------------------------------------------------------


def test_the_page_says_what_the_ledger_says(vendor: Vendor, contract: Contract) -> None:
    """Seen to fail with a page of an older contract: `make coverage` writes it."""
    page = coverage.page()
    assert coverage.PAGE.read_text(encoding="utf-8") == page
    lines = page.splitlines()
    for operation in contract.operations.values():
        told = f"| `{operation.id}` | {operation.method} | `{operation.path}` |"
        (row,) = (line for line in lines if line.startswith(told))
        assert f" {operation.evidence} " in row
    assert all(any(line.startswith(f"| `{rule.id}` ") for line in lines) for rule in vendor.parts.assumptions)
