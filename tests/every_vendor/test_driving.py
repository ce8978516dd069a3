"""What each vendor says of how its contract is driven fits its contract and its credentials."""

from __future__ import annotations

import re

import pytest

from simulator import data
from simulator.checking.places import contract_of, grade_of, line_of
from simulator.checking.schemas import changes_nothing, driving_of
from simulator.kernel.driving import Lacking
from simulator.kernel.vendor import discover
from tests.contract.driving import Driven

VENDORS = list(discover())


@pytest.fixture(params=VENDORS)
def server(request: pytest.FixtureRequest) -> Driven:
    return Driven(request.param)


def test_a_simulators_credentials_suffice(server: Driven) -> None:
    """For every operation, as the world that is driven hands them out."""
    driving = driving_of(server.vendor.name)
    assert all(server.credentials[name] is not None for name in driving.needs)
    for operation in contract_of(server.vendor.name).operations.values():
        driving.credential(operation.document, server.credentials, server.ask)


def test_without_any_nobody_may_call(server: Driven) -> None:
    """Of the operations that ask who calls, none is driven as somebody who is not there."""
    driving = driving_of(server.vendor.name)
    contract = contract_of(server.vendor.name)
    default = contract.document.get("security", [])
    asking = [op for op in contract.operations.values() if op.document.get("security", default)]
    assert asking
    for operation in asking:
        with pytest.raises((Lacking, KeyError)):
            driving.credential(operation.document, {}, server.ask)


def test_what_is_named_is_in_the_contract(server: Driven) -> None:
    driving = driving_of(server.vendor.name)
    contract = contract_of(server.vendor.name)
    variables = {name for op in contract.operations.values() for name in re.findall(r"{([^}]+)}", op.path)}
    assert driving.begin(server.credentials).keys() <= variables
    assert set(driving.apart) <= contract.operations.keys()
    assert set(driving.assume) <= {rule.id for rule in server.vendor.parts.assumptions}
    if driving.media_types is not None:
        media = {name for op in contract.operations.values() for name in op.bodies}
        assert driving.media_types <= media


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_reads_is_known(vendor: str) -> None:
    """So that there is something to drive where nothing may be written."""
    operations = contract_of(vendor).operations.values()
    marks = [op.document["x-read-only"] for op in operations if "x-read-only" in op.document]
    assert all(isinstance(mark, bool) for mark in marks)
    reading = [op for op in operations if changes_nothing(op.document, op.method)]
    assert 0 < len(reading) < len(operations)
    assert not [op.id for op in reading if op.method in ("PUT", "PATCH", "DELETE")]


@pytest.mark.parametrize("vendor", VENDORS)
def test_places_in_the_contract(vendor: str) -> None:
    """Each operation's line has its method, and each answer's its status."""

    def said(place: str) -> str:
        file, _, line = place.partition(":")
        return (data.root() / file).read_text(encoding="utf-8").splitlines()[int(line) - 1].strip()

    for id, operation in contract_of(vendor).operations.items():
        line = said(line_of(vendor, id, None, "negative_data_rejection"))
        assert line.partition(" &")[0] == f"{operation.method.lower()}:"
        for status in operation.document["responses"]:
            line = said(line_of(vendor, id, int(status), "response_schema_conformance"))
            assert line.partition(":")[0].strip("\"'") == status
            assert grade_of(vendor, id, int(status), "response_schema_conformance") in (
                "documented",
                "observed",
                "assumed",
            )
