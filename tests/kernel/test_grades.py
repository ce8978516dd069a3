"""How sure a violation is: the grade of exactly that statement which the client broke."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.kernel.contract import Contract
from simulator.kernel.violation import Violation

BODY = "application/json"
SIZE = {
    "type": "string",
    "enum": ["small", "large", "huge", ""],
    "x-enum-evidence": {"huge": "assumed", "": "assumed"},
    "x-evidence": "documented",
}
MODE = {
    "type": "string",
    "enum": ["a", "b", ""],
    "x-enum-evidence": {"": "assumed"},
    "x-evidence": "documented",
}
EITHER = [
    {"required": ["email"], "properties": {"email": {"type": "string", "minLength": 1}}},
    {"required": ["phone"], "properties": {"phone": {"type": "string", "minLength": 1}}},
]
ORDER = {
    "type": "object",
    "x-evidence": "observed",
    "required": ["id", "note"],
    "x-required-evidence": {"note": "assumed"},
    "properties": {
        "id": {"type": "integer"},
        "note": {"type": "string", "x-evidence": "documented"},
        "size": {"$ref": "#/components/schemas/Size"},
        "mode": {"$ref": "#/components/schemas/Mode"},
        "guessed": {"$ref": "#/components/schemas/Mode", "x-evidence": "assumed"},
        "person": {"$ref": "#/components/schemas/Person"},
        "parcel": {"$ref": "#/components/schemas/Parcel"},
    },
}
PERSON = {
    "type": "object",
    "x-evidence": "documented",
    "properties": {
        "email": {"type": "string", "minLength": 1},
        "phone": {"type": "string", "minLength": 1},
        "x-evidence": {"type": "string"},
    },
    "anyOf": EITHER,
}
PARCEL = {
    "type": "object",
    "x-evidence": "documented",
    "x-required-evidence": {"weight": "assumed"},
    "properties": {"kind": {"type": "string"}, "weight": {}},
    "oneOf": [
        {"required": ["weight"], "properties": {"kind": {"const": "a"}}},
        {"required": ["kind"], "properties": {"kind": {"const": "b"}}},
    ],
}
CONTRACT = Contract(
    {
        "openapi": "3.1.0",
        "info": {"version": "1"},
        "paths": {
            "/orders": {
                "post": {
                    "operationId": "order",
                    "x-evidence": "documented",
                    "parameters": [
                        {
                            "name": "key",
                            "in": "query",
                            "required": True,
                            "schema": {},
                            "x-evidence": "assumed",
                        },
                        {"name": "shop", "in": "query", "required": True, "schema": {}},
                    ],
                    "requestBody": {"content": {BODY: {"schema": {"$ref": "#/components/schemas/Order"}}}},
                    "responses": {},
                }
            }
        },
        "components": {
            "schemas": {"Order": ORDER, "Size": SIZE, "Mode": MODE, "Person": PERSON, "Parcel": PARCEL}
        },
    }
)


def found(body: Any) -> list[Violation]:
    return CONTRACT.operations["order"].bodies[BODY].violations(body, "body")


def told(body: Any) -> list[tuple[str, str, str]]:
    return [(violation.pointer, violation.keyword, violation.evidence) for violation in found(body)]


def test_a_duty_has_its_own_grade_else_that_of_its_object() -> None:
    """Seen to fail with the grade of the object for both."""
    assert told({}) == [("/id", "required", "observed"), ("/note", "required", "assumed")]


def test_a_list_with_guessed_members_is_no_surer_than_these() -> None:
    """But members that stand for nothing say nothing of the others. Seen to fail with those counted, too."""
    whole = {"id": 1, "note": "x"}
    assert told(whole | {"size": "medium"}) == [("/size", "enum", "assumed")]
    assert told(whole | {"mode": "c"}) == [("/mode", "enum", "documented")]
    assert told(whole | {"size": 5}) == [("/size", "enum", "assumed"), ("/size", "type", "documented")]


def test_a_part_has_its_own_grade_before_that_of_the_schema_it_refers_to() -> None:
    assert told({"id": 1, "note": "x", "guessed": 5}) == [
        ("/guessed", "enum", "assumed"),
        ("/guessed", "type", "assumed"),
    ]


def test_a_property_has_its_own_grade_before_that_of_its_object() -> None:
    assert told({"id": "1", "note": 1}) == [("/id", "type", "observed"), ("/note", "type", "documented")]


def test_an_unknown_field_has_the_grade_of_its_object() -> None:
    assert told({"id": 1, "note": "x", "colour": "red"}) == [("/colour", "additionalProperties", "observed")]


def test_parameters_have_their_own_grade_else_that_of_the_operation() -> None:
    graded = {parameter.name: parameter.evidence for parameter in CONTRACT.operations["order"].parameters}
    assert graded == {"key": "assumed", "shop": "documented"}


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"phone": 5}, [("/person/phone", "type")]),
        ({"phone": ""}, [("/person/phone", "minLength")]),
        ({"phone": 5, "email": 6}, [("/person/email", "type"), ("/person/phone", "type")]),
        ({"phone": 5, "email": "ada@example.com"}, [("/person/phone", "type")]),
        ({"phone": "1"}, []),
        ({}, [("/person", "anyOf")]),
    ],
)
def test_where_one_of_several_is_wanted_what_was_sent_is_meant(person: Any, expected: list[Any]) -> None:
    """Seen to fail when a phone of the wrong type was also an e-mail address that is missing."""
    told = [(v.pointer, v.keyword) for v in found({"id": 1, "note": "x", "person": person})]
    assert told == expected


def test_branches_that_differ_in_what_a_member_may_be_are_told_as_one() -> None:
    assert told({"id": 1, "note": "x", "parcel": {"kind": "c", "weight": 1}}) == [
        ("/parcel", "oneOf", "documented")
    ]


def test_a_duty_stated_in_a_branch_is_graded_by_the_object_around_it() -> None:
    assert told({"id": 1, "note": "x", "parcel": {"kind": "a"}}) == [
        ("/parcel/weight", "required", "assumed")
    ]


def test_what_two_schemas_say_of_a_value_is_told_once() -> None:
    twice = found({"id": 1, "note": "x", "person": {"phone": 5}})
    assert [violation.message for violation in twice] == ['5 is not of type "string"']
