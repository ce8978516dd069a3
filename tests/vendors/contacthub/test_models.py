"""The platform's vocabularies."""

from __future__ import annotations

import json
from typing import Any

import jsonschema_rs


def elements(hub: Any, path: Any) -> Any:
    response = hub.get(f"/models/{path}", token=hub.admin_token)
    assert response.status_code == 200, response.json
    return {element["id"]: element for element in response.json["elements"]}


def test_merge_policies_tell_what_they_suit(hub: Any) -> None:
    found = elements(hub, "merge-policies")
    assert len(found) == 9
    assert found["MATH_SUM"]["supportedTypes"] == ["number", "integer"]
    assert found["ARRAY_UNION"]["supportedTypes"] == ["array"]


def test_providers_are_those_that_sources_can_have(hub: Any) -> None:
    found = elements(hub, "providers")
    assert set(found) == {"API", "CONTACTSEND", "CONTACTPLAN"}
    assert "allowedIPs" in found["API"]["propertiesSchema"]["properties"]
    assert {provider["role"] for provider in found.values()} == {"TRUSTED_APPLICATION"}


def test_schemas_of_contexts_are_text_and_hold_for_what_events_say(hub: Any) -> None:
    found = elements(hub, "contexts?resolveReferences=true")
    assert len(found) == 9
    schema = json.loads(found["ECOMMERCE"]["propertiesSchema"])
    assert "$ref" not in found["ECOMMERCE"]["propertiesSchema"]
    validator = jsonschema_rs.Draft4Validator({k: v for k, v in schema.items() if k != "$schema"})
    assert validator.is_valid({"store": {"id": "1", "type": "ECOMMERCE"}})
    assert not validator.is_valid({"store": {"type": "TENT"}})
    assert not validator.is_valid({"device": {}})


def test_references_stay_unless_asked_for(hub: Any) -> None:
    schema = json.loads(elements(hub, "contexts")["RETAIL"]["propertiesSchema"])
    reference = schema["properties"]["store"]["$ref"]
    assert reference.removeprefix("#/definitions/") in schema["definitions"]


def test_what_is_no_boolean_is_refused(hub: Any) -> None:
    response = hub.get("/models/contexts?resolveReferences=perhaps", token=hub.admin_token)
    assert response.status_code == 400
    assert response.json["errors"][0]["path"] == "/resolveReferences"


def test_sources_may_not_read_them(hub: Any) -> None:
    for path in ("merge-policies", "providers", "contexts"):
        assert hub.get(f"/models/{path}").status_code == 403
