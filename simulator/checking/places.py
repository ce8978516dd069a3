"""Where in the contract's files something is said, and how sure it is, so that a person can read it there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from simulator import data
from simulator.kernel.contract import Contract, Operation
from simulator.kernel.violation import escape

OF_ANSWERS = frozenset(
    {
        "status_code_conformance",
        "content_type_conformance",
        "response_headers_conformance",
        "response_schema_conformance",
        "not_a_server_error",
    }
)
"""Checks of what an answer is, which `responses` describes; the others are of what was sent."""
Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C where there is one
Entry = tuple[yaml.Node, yaml.Node]
"""A name and what stands under it."""


@cache
def contract_of(vendor: str) -> Contract:
    return Contract(data.contract(vendor), data.contract_hash(vendor))


def grade_of(vendor: str, operation: str, status: int | None, check: str) -> str:
    """How well it is known what an answer of this status holds, or that there is the operation.

    Where it is only assumed and a real vendor answers otherwise, the contract is wrong.
    """
    contract = contract_of(vendor)
    described = contract.operations[operation]
    pointers = _schemas(contract, described, status) if check in OF_ANSWERS else []
    grades = [contract.evidence_at(pointer) for pointer in pointers]
    return next((grade for grade in grades if grade), described.evidence)


def _schemas(contract: Contract, operation: Operation, status: int | None) -> list[str]:
    if str(status) not in operation.document["responses"]:
        return []
    pointer, answer = contract.resolved(f"{operation.pointer}/responses/{status}")
    media = [escape(name) for name, content in answer.get("content", {}).items() if "schema" in content]
    return [contract.resolved(f"{pointer}/content/{name}/schema")[0] for name in media] or [pointer]


def line_of(vendor: str, operation: str, status: int | None, check: str) -> str:
    """`contracts/…/openapi.yaml:12`: the operation, or its answer of this status, or its answers.

    Empty when the contract has no such operation.
    """
    start = data.root() / "contracts" / vendor / "openapi.yaml"
    for _, item in _members(_named(_composed(start), "paths")):
        file, part = _followed(start, item)
        for method, described in _members(part):
            name = _entry(described, "operationId")
            if name is not None and name[1].value == operation:
                entry = _answer(described, status) if check in OF_ANSWERS else None
                line = (entry[0] if entry else method).start_mark.line + 1
                return f"{file.relative_to(data.root())}:{line}"
    return ""


def _answer(operation: yaml.Node, status: int | None) -> Entry | None:
    answers = _entry(operation, "responses")
    if answers is None:
        return None
    names = (str(status), f"{str(status)[:1]}XX", "default")
    return next((found for name in names if (found := _entry(answers[1], name))), answers)


def _followed(file: Path, item: yaml.Node) -> tuple[Path, yaml.Node]:
    """A path item, which may stand in a file of its own: `paths/x.yaml#/name`."""
    reference = _entry(item, "$ref")
    if reference is None:
        return file, item
    name, _, member = reference[1].value.partition("#/")
    return file.parent / name, _named(_composed(file.parent / name), member)


@cache
def _composed(file: Path) -> yaml.Node:
    with file.open(encoding="utf-8") as stream:
        return yaml.compose(stream, Loader) or yaml.MappingNode("", [])


def _members(node: yaml.Node) -> Iterator[Entry]:
    """Its own, then those that it takes over from elsewhere (`<<`)."""
    own = node.value if isinstance(node, yaml.MappingNode) else []
    yield from (entry for entry in own if entry[0].value != "<<")
    for _, merged in (entry for entry in own if entry[0].value == "<<"):
        for other in merged.value if isinstance(merged, yaml.SequenceNode) else [merged]:
            yield from _members(other)


def _entry(node: yaml.Node, name: str) -> Entry | None:
    return next((entry for entry in _members(node) if entry[0].value == name), None)


def _named(node: yaml.Node, name: str) -> yaml.Node:
    """Raises LookupError."""
    entry = _entry(node, name)
    if entry is None:
        raise LookupError(f"no {name} there")
    return entry[1]
