"""The evidence ledger over the control API."""

from __future__ import annotations

from typing import Any

import pytest

from tests.acme import serve
from tests.acme_contract import DOCUMENT


def rows(query: str = "", **options: Any) -> list[Any]:
    found: list[Any] = serve(**options).get(f"/fidelity{query}")["ledger"]
    return found


def test_every_operation_is_graded_with_its_source() -> None:
    found = {row["id"]: (row["evidence"], row["source"]) for row in rows("?kind=operation")}
    assert found == {
        "createThing": ("documented", "the Acme manual"),
        "getThing": ("observed", "seen twice"),
        "deleteThing": ("assumed", "the Acme manual"),
        "remindLater": ("documented", "the Acme manual"),
    }


def test_parts_that_state_a_grade_are_listed_where_they_stand() -> None:
    (parameter,) = rows("?kind=parameter")
    assert parameter == {
        "vendor": "acme",
        "kind": "parameter",
        "id": "/paths/~1v1~1things/post/parameters/0",
        "name": "dry",
        "operation": "createThing",
        "evidence": "observed",
        "source": "seen once",
    }
    (prop,) = rows("?kind=property")
    assert prop["id"] == "/components/schemas/NewThing/properties/color"
    assert (prop["name"], prop["evidence"], prop["source"]) == ("color", "assumed", "the Acme manual")


def test_facts_about_schemas_are_listed() -> None:
    """And a property whose name is a keyword is a property like any other."""
    schema = {
        "x-evidence": "documented",
        "x-required-evidence": {"default": "assumed"},
        "x-enum-evidence": {"Red": "observed"},
        "properties": {"default": {"x-evidence": "observed"}, "x-source": {"x-evidence": "observed"}},
        "default": {"x-evidence": "documented"},
        "examples": [{"x-evidence": "documented"}],
        "allOf": [{"x-evidence": "assumed"}],
    }
    response = {"description": "slow", "x-evidence": "assumed"}
    components = DOCUMENT["components"] | {
        "schemas": DOCUMENT["components"]["schemas"] | {"Odd": schema},
        "responses": DOCUMENT["components"]["responses"] | {"Slow": response},
    }
    found = rows(document={"components": components})
    odd = {(row["kind"], row["name"], row["evidence"]) for row in found if "/Odd" in row["id"]}
    assert odd == {
        ("schema", "Odd", "documented"),
        ("schema", "Odd", "assumed"),
        ("required", "default", "assumed"),
        ("value", "Red", "observed"),
        ("property", "default", "observed"),
        ("property", "x-source", "observed"),
    }
    assert [row["name"] for row in found if row["kind"] == "response"] == ["Slow"]


def test_guesses_are_listed_with_their_value_in_this_world() -> None:
    server = serve()
    server.control("POST", "/worlds", {"name": "w", "assume": {"acme.delete-missing": 204}})
    (here,) = server.get("/fidelity?kind=assumption")["ledger"]
    (there,) = server.get("/fidelity?kind=assumption", world="w")["ledger"]
    assert (here["value"], here["current"], there["value"], there["current"]) == (404, 404, 404, 204)
    assert here["rule"] == "Deleting what is gone is an error."
    assert here["choices"] == [404, 204]


def test_counts_are_of_what_is_listed() -> None:
    found = serve().get("/fidelity")
    assert found["counts"]["operation"] == {"documented": 2, "observed": 1, "assumed": 1}
    assert sum(sum(grades.values()) for grades in found["counts"].values()) == len(found["ledger"])
    assert serve().get("/fidelity?evidence=observed&kind=operation")["counts"] == {
        "operation": {"documented": 0, "observed": 1, "assumed": 0}
    }


@pytest.mark.parametrize("query", ["vendor=akme", "evidence=sure", "kind=thing", "grade=assumed"])
def test_filter_that_can_match_nothing_is_refused(query: str) -> None:
    assert serve().control("GET", f"/fidelity?{query}").status_code == 400


def test_filters_join() -> None:
    found = rows("?vendor=acme&evidence=assumed&kind=operation")
    assert [row["id"] for row in found] == ["deleteThing"]
