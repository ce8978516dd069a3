"""Contract and code describe the same operations, and every one of them is graded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from simulator import data
from simulator.kernel.contract import Contract
from simulator.kernel.pipeline import Policy, VendorApp
from simulator.kernel.vendor import Vendor, discover

VENDORS = discover()
GRADES = ("documented", "observed", "assumed")


@pytest.fixture(params=list(VENDORS.values()), ids=list(VENDORS))
def vendor(request: pytest.FixtureRequest) -> Vendor:
    found: Vendor = request.param
    return found


@pytest.fixture
def contract(vendor: Vendor) -> Contract:
    return Contract(data.contract(vendor.name), data.contract_hash(vendor.name))


def shape(vendor: Vendor, path: str) -> str:
    """A path as the vendor's router sees it, its variables unnamed."""
    return vendor.canonical_path(re.sub(r"<[^>]+>|\{[^}]+\}", "*", path))


def test_routes_are_the_operations_of_the_contract(vendor: Vendor, contract: Contract) -> None:
    """But for those that a vendor names, with the reason, in its `not_simulated`.

    What the contract lists as other readings of an operation is served too, and nothing else is.
    Seen to fail with an operationId renamed, a route or an alias left out, a method changed.
    """
    left_out = vendor.parts.not_simulated
    assert left_out.keys() <= contract.operations.keys()
    assert all(left_out.values())
    app = VendorApp(vendor, contract, Policy())
    served = {
        (rule.endpoint, method, shape(vendor, rule.rule))
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    promised = {
        (op.id, method, shape(vendor, path))
        for op in contract.operations.values()
        for method in (op.method, *op.document.get("x-method-aliases", ()))
        for path in (op.path, *op.document.get("x-path-aliases", ()))
        if op.id not in left_out
    }
    assert served == promised


def test_path_variables_have_the_contracts_names(vendor: Vendor, contract: Contract) -> None:
    """A view's `item_id` is the contract's `itemId`; the verdict on path parameters rests on it."""
    app = VendorApp(vendor, contract, Policy())
    for rule in app.url_map.iter_rules():
        operation = contract.operations[rule.endpoint]
        named = {p.name.lower() for p in operation.parameters if p.place == "path"}
        assert {name.replace("_", "") for name in rule.arguments} == named, operation.id


def test_assumptions_are_named_once_and_for_the_vendor(vendor: Vendor, contract: Contract) -> None:
    """`vendor.rule-name`, and `vendor.rule-name.operationId` where it is about one operation."""
    ids = [rule.id for rule in vendor.parts.assumptions]
    assert len(ids) == len(set(ids))
    for rule in vendor.parts.assumptions:
        named = re.fullmatch(rf"{vendor.name}\.[a-z0-9]+(-[a-z0-9]+)*(\.(?P<operation>\w+))?", rule.id)
        assert named, rule.id
        assert named["operation"] in {None, *contract.operations}, rule.id
        assert rule.rule, rule.id
        assert rule.source, rule.id
        assert rule.alternative, rule.id
        rule.checked(rule.value)


def graded(node: Any, path: str, grade: str | None, source: str | None, root: Any) -> Iterator[str]:
    """Places below `node` that have no grade or no source, their own or inherited."""
    if isinstance(node, list):
        for number, inner in enumerate(node):
            yield from graded(inner, f"{path}/{number}", grade, source, root)
    if not isinstance(node, Mapping):
        return
    grade, source = node.get("x-evidence", grade), node.get("x-source", source)
    if grade not in (None, *GRADES):
        yield f"{path}: {grade!r} is no grade"
    for place, member in parts(node):
        own = resolved(member, root)
        if not (own.get("x-evidence", grade) and own.get("x-source", source)):
            yield f"{path}/{place}"
    for name, inner in node.items():
        if name not in ("example", "examples"):
            yield from graded(inner, f"{path}/{name}", grade, source, root)


def parts(node: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What must be graded one by one: a node's parameters, properties and responses."""
    for part in ("parameters", "properties", "responses"):
        inner = node.get(part) or {}
        for name, member in inner.items() if isinstance(inner, Mapping) else enumerate(inner):
            yield f"{part}/{name}", member


def resolved(node: Any, root: Any) -> Mapping[str, Any]:
    while isinstance(node, Mapping) and "$ref" in node:
        target = root
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node if isinstance(node, Mapping) else {}


def test_everything_in_the_contract_has_a_grade_and_a_source(contract: Contract) -> None:
    root = contract.document
    for operation in contract.operations.values():
        assert not list(graded(operation.document, operation.id, None, None, root))
    for name, schema in root["components"]["schemas"].items():
        # what stands in no operation has the grade and source of whoever refers to it
        assert not list(graded(schema, name, "documented", "whoever refers to it", root))
