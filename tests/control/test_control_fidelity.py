"""The evidence ledger over the control API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.acme import acme, serve
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
    stated, inheriting, *_ = rows("?kind=parameter")
    assert stated == {
        "vendor": "acme",
        "kind": "parameter",
        "id": "/paths/~1v1~1things/post/parameters/0",
        "name": "dry",
        "operation": "createThing",
        "evidence": "observed",
        "source": "seen once",
    }
    assert (inheriting["name"], inheriting["inherited"]) == ("thingId", True)
    (prop,) = (row for row in rows("?kind=property") if "inherited" not in row)
    assert prop["id"] == "/components/schemas/NewThing/properties/color"
    assert (prop["name"], prop["evidence"], prop["source"]) == ("color", "assumed", "the Acme manual")


def test_parts_that_state_none_have_the_grade_of_what_they_refer_to_or_are_in() -> None:
    """Of its own, referred to, around it, and, for what stands by itself, of the first that refers to it."""
    graded = {"x-evidence": "documented", "x-source": "page 7"}
    kind = {"type": "string", "x-evidence": "observed", "x-source": "a client"}
    model = {
        "properties": {
            "a": {"$ref": "#/components/schemas/Kind"},
            "b": {},
            "c": {"$ref": "#/components/schemas/Kind", "x-evidence": "assumed"},
            "parameters": {"properties": {"type": {}}},
        },
        "if": {"properties": {"b": {}}},
    }
    user = graded | {"properties": {"all": {"$ref": "#/components/schemas/Bare"}}}
    schemas = DOCUMENT["components"]["schemas"] | {
        "Kind": kind,
        "Model": graded | model,
        "Bare": {"properties": {"d": {}}},
        "User": user,
    }
    found = rows("?kind=property", document={"components": DOCUMENT["components"] | {"schemas": schemas}})
    told = {row["name"]: (row["evidence"], row["source"], "inherited" in row) for row in found}
    assert {name: told[name] for name in ("a", "b", "c", "parameters", "type", "d")} == {
        "a": ("observed", "a client", True),
        "b": ("documented", "page 7", True),
        "c": ("assumed", "a client", False),
        "parameters": ("documented", "page 7", True),
        "type": ("documented", "page 7", True),
        "d": ("documented", "page 7", True),
    }
    assert len([row for row in found if row["id"].startswith("/components/schemas/Model")]) == 5


def test_responses_and_errors_are_listed() -> None:
    found = {(row.get("operation"), row["name"]): row["evidence"] for row in rows("?kind=response")}
    assert found["getThing", "404"] == "observed"
    assert found["deleteThing", "204"] == "assumed"


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
    stated = [row for row in found if row["kind"] == "response" and "inherited" not in row]
    assert [row["name"] for row in stated] == ["Slow"]


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


def test_operations_that_are_not_simulated_say_why() -> None:
    vendor = acme()
    parts = replace(vendor.parts, not_simulated={"remindLater": "a clock of its own would be needed"})
    server = serve(vendors={"acme": replace(vendor, load_parts=lambda: parts)})
    found = server.get("/fidelity?kind=operation")["ledger"]
    told = {row["id"]: row["not_simulated"] for row in found if "not_simulated" in row}
    assert told == {"remindLater": "a clock of its own would be needed"}
