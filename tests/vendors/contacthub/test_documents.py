"""The public JSON schemas."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from simulator.vendors.contacthub.configuration.catalogue import EVENT_TYPES
from simulator.vendors.contacthub.documents.service import BASE, CONSENTS, EVENT_PARTS

CUSTOMER = "55555555-5555-4555-8555-555555555555"
CONTEXTS = (
    "web",
    "mobile",
    "ecommerce",
    "retail",
    "iot",
    "social",
    "digital-campaign",
    "contact-center",
    "other",
)


def document(hub: Any, path: Any) -> Any:
    response = hub.get(f"/hub/v1/docs/schema/{path}", token="")
    assert response.status_code == 200, response.json
    assert response.json["$schema"] == "http://api.contactlab.it/hub#"
    return response.json


def validator(schema: Any) -> Any:
    """The schema compiled; the vendor's dialect is draft 4."""
    return jsonschema_rs.Draft4Validator({key: value for key, value in schema.items() if key != "$schema"})


def test_every_type_has_a_document_of_its_own(hub: Any) -> None:
    for kind in EVENT_TYPES:
        schema = document(hub, f"event/{kind}.post.json")
        assert schema["properties"]["type"]["enum"] == [kind]
        validator(schema)


def test_the_document_of_a_type_holds_for_its_events(hub: Any) -> None:
    holds = validator(document(hub, "event/addedReward.post.json")).is_valid
    event = {
        "customerId": CUSTOMER,
        "type": "addedReward",
        "context": "WEB",
        "properties": {"rewardAmount": 1, "rewardTypeId": "points"},
    }
    assert holds(event)
    assert not holds(event | {"type": "viewedPage"})
    assert not holds(event | {"properties": {"rewardAmount": 1}})
    assert not holds(event | {"more": 1})
    assert not holds({name: event[name] for name in ("type", "context", "properties")})


def test_parts_have_documents(hub: Any) -> None:
    paths = [f"event/{name}" for name in EVENT_PARTS]
    paths += [f"event/context/{name}.json" for name in CONTEXTS]
    paths += [f"base-property/{name}" for name in BASE]
    paths += [f"consents/{name}" for name in CONSENTS]
    for path in paths:
        validator(document(hub, path))
    assert "utm_source" in document(hub, "event/tracking.json")["properties"]["ga"]["properties"]


def test_enumerations(hub: Any) -> None:
    definitions = document(hub, "enums.json")["definitions"]
    assert len(definitions["EventType"]["enum"]) == 48
    assert len(definitions["EventContext"]["enum"]) == 9
    assert "EUR" in definitions["Currency"]["enum"]
    assert "Europe/Rome" in definitions["Timezone"]["enum"]


def test_no_extended_properties(hub: Any) -> None:
    assert document(hub, "empty-extended-properties.json")["properties"] == {}


@pytest.mark.parametrize(
    "path",
    [
        "event/viewedPage.json",
        "event/nothing.post.json",
        "event/context/WEB.json",
        "base-property/x",
        "consents/x",
    ],
)
def test_other_names_are_404(hub: Any, path: Any) -> None:
    response = hub.get(f"/hub/v1/docs/schema/{path}", token="")
    assert response.status_code == 404
    assert "document not found" in response.json["message"]
