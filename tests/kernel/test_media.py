"""Forms and other bodies of texts: how they are read, and how their types are held to a contract."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from simulator.kernel.contract import Contract
from simulator.kernel.media import MULTIPART, URLENCODED, received
from simulator.kernel.texts import TextTypes
from simulator.kernel.verdict import judge_request
from simulator.kernel.violation import Violation

MODEL: dict[str, Any] = {
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "age": {"type": "integer", "maximum": 150},
        "weight": {"type": ["number", "null"]},
        "adult": {"type": "boolean"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "children": {"type": "array", "items": {"$ref": "#/components/schemas/Model"}},
        "free": {"type": "object", "additionalProperties": {"type": "integer"}},
        "documents": {"type": "array", "maxItems": 2, "items": {"type": "string"}},
    },
}
CONTRACT = Contract(
    {
        "openapi": "3.1.0",
        "info": {"title": "Forms", "version": "1"},
        "x-evidence": "documented",
        "components": {"schemas": {"Model": MODEL}},
        "paths": {
            "/": {
                "post": {
                    "operationId": "send",
                    "requestBody": {
                        "content": {
                            media: {"schema": {"$ref": "#/components/schemas/Model"}}
                            for media in (URLENCODED, MULTIPART, "text/csv")
                        }
                    },
                    "responses": {},
                }
            }
        },
    }
)
TYPES = TextTypes(CONTRACT.document, {"$ref": "#/components/schemas/Model"})


def judged(body: bytes, media: str = URLENCODED) -> list[tuple[str, str]]:
    request = Request(EnvironBuilder(method="POST", data=body, content_type=media).get_environ())
    return _judged(request, {"text/csv": lambda raw: dict([raw.decode().split(",")])})


def _judged(request: Request, added: Any) -> list[tuple[str, str]]:
    payload = received(request, request.get_data(), added)
    found: list[Violation] = judge_request(CONTRACT, CONTRACT.operations["send"], request, {}, payload)
    return [(violation.pointer, violation.keyword) for violation in found]


@pytest.mark.parametrize("encode", [str, lambda text: quote(text, safe="=&")], ids=["raw", "encoded"])
def test_brackets_in_names_nest(encode: Any) -> None:
    form = "name=Ana&tags[]=a&tags[]=b&children[0][name]=Ion&children[0][age]=3&free[x]=1"
    request = Request(EnvironBuilder(method="POST", data=encode(form), content_type=URLENCODED).get_environ())
    value = received(request, request.get_data(), {}).value
    assert value == {
        "name": "Ana",
        "tags": ["a", "b"],
        "children": [{"name": "Ion", "age": "3"}],
        "free": {"x": "1"},
    }
    assert TYPES.typed(value) == value | {"children": [{"name": "Ion", "age": 3}], "free": {"x": 1}}


def test_a_form_is_judged_by_what_its_texts_mean() -> None:
    assert judged(b"name=Ana&age=30&weight=61.5&adult=true&tags=one&children[0][name]=Ion") == []
    assert judged(b"name=Ana&age=old&weight=a+lot&adult=perhaps") == [
        ("/adult", "type"),
        ("/age", "type"),
        ("/weight", "type"),
    ]
    assert judged(b"age=200&nme=Ana&free[x]=y&children[0][age]=x") == [
        ("/age", "maximum"),
        ("/children/0/age", "type"),
        ("/children/0/name", "required"),
        ("/free/x", "type"),
        ("/name", "required"),
        ("/nme", "additionalProperties"),
    ]


def test_a_form_that_is_no_text_is_a_violation() -> None:
    assert judged(b"name=\xff") == [("", "encoding")]


def test_parts_of_the_same_name_are_a_list() -> None:
    def parts(count: int) -> list[tuple[str, str]]:
        files = [(BytesIO(b"%PDF-"), f"{n}.pdf", "application/pdf") for n in range(count)]
        data: dict[str, Any] = {"name": "Ana", "documents": files}
        builder = EnvironBuilder(method="POST", data=data)
        with closing(builder), Request(builder.get_environ()) as request:
            return _judged(request, {})

    assert parts(1) == parts(2) == []
    assert parts(3) == [("/documents", "maxItems")]


def test_a_media_type_that_the_vendor_adds_is_read_by_its_decoder() -> None:
    assert judged(b"name,Ana", "text/csv") == []
    assert judged(b"age,x", "text/csv") == [("/age", "type"), ("/name", "required")]
    assert judged(b"x,y,z", "text/csv") == [("", "encoding")]


@pytest.mark.parametrize(
    ("text", "kinds", "meant"),
    [
        ("5", "integer", 5),
        ("5.5", "integer", "5.5"),
        ("5.5", "number", 5.5),
        ("1e999", "number", "1e999"),
        ("9" * 30, "integer", 1e30),
        ("true", ["string", "boolean"], True),
        ("yes", ["string", "boolean"], "yes"),
        ("5", "string", "5"),
        ("5", ["string", "integer"], 5),
        ("012345", ["string", "integer"], "012345"),
        ({"a": "1"}, "array", [{"a": "1"}]),
        ({"a": "1"}, ["array", "object"], {"a": "1"}),
        ("x", ["array", "string"], "x"),
        (1.0, ["integer", "string"], 1),
        (1.5, ["integer", "string"], 1.5),
        (1.0, ["integer", "number"], 1.0),
        (1e30, "integer", 1e30),
        (None, "array", []),
        (None, "string", ""),
        (None, ["string", "null"], None),
    ],
)
def test_a_text_becomes_what_its_schema_says(text: Any, kinds: Any, meant: Any) -> None:
    found = TextTypes({}, {"type": kinds}).typed(text)
    assert (found, type(found)) == (meant, type(meant))


def test_deep_nesting_is_refused() -> None:
    deep: Any = "x"
    for _ in range(200):
        deep = {"a": deep}
    request = Request(EnvironBuilder(method="POST", data="x", content_type="text/csv").get_environ())
    payload = received(request, b"x", {"text/csv": lambda _: deep})
    assert "nested deeper" in (payload.error or "")


PHONES = {"type": "array", "items": {"type": "string"}}
UPDATE = {"type": "object", "properties": {"unset": {"type": "boolean"}}}
COUNTS = {"type": "array", "items": {"type": "integer"}}


@pytest.mark.parametrize("place", ["anyOf", "oneOf"])
@pytest.mark.parametrize(
    ("branches", "value", "expected"),
    [
        ([PHONES, UPDATE], {"unset": "true"}, {"unset": True}),
        ([PHONES, UPDATE], "+1", ["+1"]),
        ([PHONES, UPDATE], ["+1"], ["+1"]),
        ([COUNTS, {"type": "integer"}], "5", 5),
        ([{"type": "integer"}, COUNTS], "5", 5),
        ([COUNTS, {"type": "string"}], "5", "5"),
        ([COUNTS, {"type": "null"}], "5", [5]),
        ([PHONES, {"type": "null"}], {"unset": "1"}, [{"unset": "1"}]),
    ],
)
def test_an_array_of_one_is_made_where_nothing_else_can_be_meant(
    place: str, branches: Any, value: Any, expected: Any
) -> None:
    """Seen to fail when an object was put into an array that another branch takes as it is."""
    assert TextTypes({}, {place: branches}).typed(value) == expected
