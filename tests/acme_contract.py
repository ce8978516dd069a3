"""Acme's contract, as a vendor's openapi.json would be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

THING = {"$ref": "#/components/schemas/Thing"}
ERROR = {"$ref": "#/components/responses/Error"}
ID = {"name": "thingId", "in": "path", "required": True, "schema": {"type": "integer", "minimum": 1}}


def json_body(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"content": {"application/json": {"schema": schema}}}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Acme", "version": "7"},
    "x-source": "the Acme manual",
    "paths": {
        "/v1/things": {
            "post": {
                "operationId": "createThing",
                "summary": "Make a thing",
                "x-evidence": "documented",
                "parameters": [
                    {
                        "name": "dry",
                        "in": "query",
                        "schema": {"type": "boolean"},
                        "x-evidence": "observed",
                        "x-source": "seen once",
                    }
                ],
                "requestBody": {"required": True, **json_body({"$ref": "#/components/schemas/NewThing"})},
                "responses": {
                    "201": {"description": "made", **json_body(THING)},
                    **dict.fromkeys(("400", "401", "409", "413", "422"), ERROR),
                },
            }
        },
        "/v1/things/{thingId}": {
            "parameters": [ID],
            "get": {
                "operationId": "getThing",
                "x-evidence": "observed",
                "x-source": "seen twice",
                "responses": {"200": {"description": "it", **json_body(THING)}, "401": ERROR, "404": ERROR},
            },
            "delete": {
                "operationId": "deleteThing",
                "responses": {"204": {"description": "gone"}, "401": ERROR, "404": ERROR},
            },
        },
        "/v1/things/{thingId}/reminders": {
            "parameters": [ID],
            "post": {
                "operationId": "remindLater",
                "x-evidence": "documented",
                "requestBody": {"required": True, **json_body({"$ref": "#/components/schemas/Reminder"})},
                "responses": {
                    "202": {"description": "planned", **json_body({"type": "object"})},
                    **dict.fromkeys(("400", "401", "422"), ERROR),
                },
            },
        },
    },
    "components": {
        "schemas": {
            "NewThing": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 20},
                    "color": {"type": ["string", "null"], "x-evidence": "assumed"},
                },
            },
            "Thing": {
                "type": "object",
                "required": ["id", "name"],
                "properties": {"id": {"type": "integer"}, "name": {"type": ["string", "null"]}},
            },
            "Reminder": {
                "type": "object",
                "required": ["minutes", "to"],
                "properties": {
                    "minutes": {"type": "number"},
                    "to": {"type": "string"},
                    "again": {"type": "integer"},
                },
            },
        },
        "responses": {
            "Error": {
                "description": "no",
                **json_body(
                    {"type": "object", "required": ["acme"], "properties": {"acme": {"type": "string"}}}
                ),
            }
        },
    },
}
