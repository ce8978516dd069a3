"""Acme with operations that have something of all that can be judged; twelve wrong and twelve right calls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

from flask import Flask, Response

from simulator.kernel.routes import Routes
from simulator.kernel.vendor import Parts, Vendor
from tests.acme import Server, acme, answer, serve
from tests.acme_contract import DOCUMENT, ERROR, ID, json_body

FORM, MULTIPART, XML = "application/x-www-form-urlencoded", "multipart/form-data", "application/xml"
NOTE: dict[str, Any] = {
    "type": "object",
    "required": ["text"],
    "properties": {
        "text": {"type": "string", "maxLength": 20},
        "mood": {"enum": ["glad", "sad", None], "x-evidence": "observed"},
        "at": {"type": "string", "format": "date-time"},
        "stars": {"type": "integer", "minimum": 1},
        "tags": {"type": "array", "items": {"type": "string", "enum": ["red", "green", "blue"]}},
        "answers": {"type": "array", "items": {"$ref": "#/components/schemas/Note"}},
        "pinned": {"anyOf": [{"const": 1}, {"const": 2}, {"type": "boolean"}]},
        "colour": {"type": "string", "deprecated": True},
    },
}
PATHS: dict[str, Any] = {
    "/v1/things/{thingId}/notes": {
        "parameters": [ID],
        "post": {
            "operationId": "addNote",
            "x-evidence": "documented",
            "parameters": [
                {"name": "size", "in": "query", "schema": {"enum": ["long", "short"]}},
                {"name": "since", "in": "query", "schema": {"type": "string", "format": "date"}},
                {"name": "verbose", "in": "query", "deprecated": True, "schema": {"type": "boolean"}},
                {"name": "X-Acme-Page", "in": "header", "schema": {"type": "integer"}},
            ],
            "requestBody": {
                "required": True,
                "content": {
                    media: {"schema": {"$ref": "#/components/schemas/Note"}}
                    for media in ("application/json", FORM, MULTIPART, XML)
                },
            },
            "responses": {
                "201": {"description": "made", **json_body({"type": "object"})},
                **dict.fromkeys(("400", "429"), ERROR),
                "401": {**json_body({"type": "object"}), "description": "no", "x-evidence": "assumed"},
            },
        },
    },
    "/v1/labels/{label}": {
        "get": {
            "operationId": "getLabel",
            "x-evidence": "observed",
            "deprecated": True,
            "parameters": [
                {"name": "label", "in": "path", "required": True, "schema": {"enum": ["new", "old", "æ"]}}
            ],
            "responses": {"200": {"description": "it", **json_body({"type": "object"})}},
        }
    },
}

routes = Routes()


@routes.post("/v1/things/<thing_id>/notes", "addNote")
def add_note(thing_id: str) -> Response:
    return answer({"thing": thing_id}, 201)


@routes.get("/v1/labels/<label>", "getLabel")
def get_label(label: str) -> Response:
    return answer({"label": label})


def elements(raw: bytes) -> dict[str, Any]:
    """`<note><text>x</text></note>` as {text: x}."""
    try:
        return {child.tag: child.text or "" for child in ET.fromstring(raw)}
    except ET.ParseError as error:
        raise ValueError(str(error)) from error


def noting() -> Vendor:
    """Acme with these operations, and XML."""
    plain = acme()

    def parts() -> Parts:
        found = plain.load_parts()

        def register(app: Flask) -> None:
            found.routes(app)
            routes.register(app)

        return replace(found, routes=register, decoders={XML: elements})

    return replace(plain, load_parts=parts)


def judging(**options: Any) -> Server:
    schemas = {**DOCUMENT["components"]["schemas"], "Note": NOTE}
    document = {
        "paths": {**DOCUMENT["paths"], **PATHS},
        "components": {**DOCUMENT["components"], "schemas": schemas},
    }
    return serve(vendors={"acme": noting()}, document=document, **options)


NOTES = "/v1/things/1/notes"
Call = dict[str, Any]


def note(body: Any = None, query: str = "", **options: Any) -> Call:
    if body is not None:
        options["json"] = body
    return {"method": "POST", "path": NOTES + query, **options}


WRONG: dict[str, tuple[Call, tuple[str, str, str, str]]] = {
    "unknown field": (note({"text": "a", "txet": 1}), ("body", "/txet", "additionalProperties", "error")),
    "wrong type": (note({"text": "a", "stars": "many"}), ("body", "/stars", "type", "error")),
    "missing required": (note({"mood": "sad"}), ("body", "/text", "required", "error")),
    "bad enum": (note({"text": "a", "tags": ["red", "pink"]}), ("body", "/tags/1", "enum", "error")),
    "bad format": (note({"text": "a", "at": "noon"}), ("body", "/at", "format", "error")),
    "undocumented parameter": (
        note({"text": "a"}, "?sise=long"),
        ("query", "/sise", "undocumented", "error"),
    ),
    "undocumented operation": (
        {"method": "PUT", "path": "/v1/thing/1"},
        ("operation", "", "undocumented", "error"),
    ),
    "wrong content type": (
        note(data=b"text=a", content_type="text/plain"),
        ("header", "/Content-Type", "contentType", "error"),
    ),
    "bad encoding": (
        note(data=b'{"text": ', content_type="application/json"),
        ("body", "", "encoding", "error"),
    ),
    "bad query": (note({"text": "a"}, "?since=yesterday"), ("query", "/since", "format", "error")),
    "bad header": (
        note({"text": "a"}, headers={"X-Acme-Page": "first"}),
        ("header", "/X-Acme-Page", "type", "error"),
    ),
    "bad path": ({"method": "GET", "path": "/v1/things/0"}, ("path", "/thingId", "minimum", "error")),
}
"""Twelve faults, each with what is to be said of it: (in, pointer, keyword, severity)."""

RIGHT: list[Call] = [
    note({"text": "a"}),
    note({"text": "a", "mood": "glad", "tags": ["red", "green"]}),
    note({"text": "a", "mood": None, "stars": 1, "answers": [{"text": "b", "mood": "sad"}]}),
    note({"text": "a", "at": "2024-01-01T08:00:00Z"}, "?size=long&since=2024-01-01"),
    note({"text": "a"}, headers={"X-Acme-Page": "1", "X-Of-Its-Own": "æ"}),
    note(data={"text": "a", "stars": "2"}, content_type=FORM),
    note(data={"text": "æ", "mood": "sad"}, content_type=MULTIPART),
    note(data=b"<note><text>a</text><stars>3</stars></note>", content_type=XML),
    {"method": "POST", "path": "/v1/things", "json": {"name": "bolt", "color": "red"}},
    {"method": "GET", "path": "/v1/things/1"},
    {"method": "GET", "path": "/v1/things/999"},
    {"method": "DELETE", "path": "/v1/things/2"},
]


def send(server: Server, call: Call, **more: Any) -> Any:
    """The journal's entry of a call."""
    options = {**call, **more}
    server.call(options.pop("method"), options.pop("path"), **options)
    return server.get(f"/requests/{server.world.journal.last_index}")
