"""What a workspace sets: itself, its events, its products, its customers' properties."""

from __future__ import annotations

from typing import Any

import jsonschema_rs
import pytest

from simulator import data
from simulator.vendors.contacthub.configuration import catalogue, service
from simulator.vendors.contacthub.retention.periods import FIRST_MONTHS
from tests.vendors.contacthub.configuring import BASE, OPERATOR, get, put, refused

# --- the workspace ------------------------------------------------------------------------


def test_a_configuration_changes_where_it_is_named(hub: Any) -> None:
    changed = put(hub, "", {"name": "Other shop", "currency": "USD", "timezone": None, "tier": 7})
    assert (
        changed
        == get(hub)
        == {
            "name": "Other shop",
            "industry": "Luxury",
            "logo": None,
            "timezone": None,
            "currency": "USD",
            "customerUniquenessPolicy": "MERGE",
            "tier": None,
        }
    )
    named = hub.get(f"/hub/v1/workspaces/{hub.workspace_id}", token=OPERATOR)
    assert named.json["name"] == "Other shop"


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("currency", "GBP"),
        ("currency", None),
        ("industry", "luxury"),
        ("timezone", "Europe/Berlin"),
        ("customerUniquenessPolicy", "BLOCK"),
        ("name", 7),
        ("name", None),
        ("logo", "no address"),
    ],
)
def test_a_configuration_the_vendor_does_not_know_is_refused(hub: Any, member: str, value: Any) -> None:
    assert refused(hub, "", {member: value})["errors"][0]["path"] == f"/{member}"


def test_only_administrators_configure(hub: Any) -> None:
    for path in ("", "/throttling", "/events-payload-size", "/retention-policy"):
        assert hub.get(BASE + path).status_code == 403
    assert hub.put(BASE, {}, token=hub.token).status_code == 403
    assert hub.get(BASE + "/properties/extended").status_code == 200


def test_calls_above_the_limit_are_429_until_the_next_minute(hub: Any) -> None:
    assert put(hub, "/throttling", {"maxRequestsPerMinute": 3}) == {"maxRequestsPerMinute": 3}
    answers = [hub.get(BASE + "/throttling", token=hub.admin_token) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert answers[-1].json.keys() == {"message", "logref", "data", "errors"}
    assert hub.get("/hub/v1/me").status_code == 200
    hub.move_to("2024-03-01T08:01:00Z")
    assert put(hub, "/throttling", {"maxRequestsPerMinute": 0}) == {"maxRequestsPerMinute": 0}
    assert {hub.get(BASE + "/throttling", token=hub.admin_token).status_code for _ in range(9)} == {200}


@pytest.mark.parametrize("most", [-1, 1.5, "3", None, True, 2**31])
def test_a_limit_is_a_number_of_calls(hub: Any, most: Any) -> None:
    refused(hub, "/throttling", {"maxRequestsPerMinute": most})


# --- events -------------------------------------------------------------------------------


def test_all_event_types_are_listed_on_one_page(hub: Any) -> None:
    found = get(hub, "/events")
    assert [event["id"] for event in found["elements"]] == list(catalogue.EVENT_TYPES)
    assert len(found["elements"]) == found["page"]["totalElements"] == 48
    assert all(event["id"] == event["type"] and event["enabled"] for event in found["elements"])
    modes = {event["id"]: event["mode"] for event in found["elements"]}
    assert (modes["campaignSent"], modes["repliedTicket"], modes["viewedPage"]) == (
        "PASSIVE",
        "PASSIVE",
        "ACTIVE",
    )
    assert found["elements"][18] == get(hub, "/events/completedOrder")


def test_an_event_type_is_switched_in_two_ways(hub: Any) -> None:
    assert put(hub, "/events/viewedPage/enabled", {"value": False}) == {"value": False}
    assert get(hub, "/events/viewedPage")["enabled"] is False
    with hub.world.entered():
        assert not service.event_enabled(hub.world, hub.workspace_id, "viewedPage")
        assert service.event_enabled(hub.world, hub.workspace_id, "searched")
    assert put(hub, "/events/viewedPage", {"id": "viewedPage", "label": 7})["enabled"] is True
    assert put(hub, "/events/viewedPage", {"enabled": False})["enabled"] is False
    assert put(hub, "/events/viewedPage/enabled", {"value": True}) == {"value": True}
    assert [e["id"] for e in get(hub, "/events")["elements"] if not e["enabled"]] == []


def test_an_event_types_own_name_stays(hub: Any) -> None:
    found = refused(hub, "/events/viewedPage", {"id": "searched", "type": "loggedIn", "enabled": False})
    assert sorted(error["path"] for error in found["errors"]) == ["/id", "/type"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/events/nothing", {}),
        ("/events/nothing/enabled", {"value": True}),
        ("/events/nothing/properties/extended", {}),
        ("/properties/base/nothing", {}),
        ("/properties/base/nothing/enabled", {"value": True}),
    ],
)
def test_a_word_that_does_not_exist_is_404(hub: Any, path: str, body: Any) -> None:
    assert refused(hub, path, body, 404)["message"].endswith(" not found nothing")


@pytest.mark.parametrize(
    "path", ["/events/x", "/events/x/properties", "/events/x/properties/extended", "/plan/models/x"]
)
def test_what_does_not_exist_cannot_be_read(hub: Any, path: str) -> None:
    assert hub.get(BASE + path, token=hub.admin_token).status_code == 404


@pytest.mark.parametrize("inline", ["true", "false"])
def test_the_schema_of_an_event_holds_real_properties(hub: Any, inline: str) -> None:
    for event in get(hub, f"/events?resolveReferences={inline}")["elements"]:
        schema = event["propertiesSchema"]
        path = f"/events/{event['id']}/properties?resolveReferences={inline}"
        assert schema == get(hub, path)
        assert ("definitions" in schema) <= (inline == "false")
        assert "$ref" not in str(schema) or inline == "false"
        assert "x-" not in str(schema).replace("max-", "")
        del schema["$schema"]
        jsonschema_rs.Draft202012Validator(schema)
    schema = get(hub, f"/events/completedOrder/properties?resolveReferences={inline}")
    del schema["$schema"]
    judge = jsonschema_rs.Draft202012Validator(schema)
    assert judge.is_valid({"orderId": "1", "amount": {"total": 9.5}, "extended": {"giftWrap": True}})
    assert not judge.is_valid({"orderId": 1})
    assert not judge.is_valid({"amount": {"total": "nine"}})
    assert not judge.is_valid({"extended": {"giftWrap": "yes"}})


@pytest.mark.parametrize(
    "path", ["/events", "/events/searched", "/events/searched/properties", "/properties"]
)
def test_references_are_resolved_or_not(hub: Any, path: str) -> None:
    answer = hub.get(f"{BASE}{path}?resolveReferences=maybe", token=hub.admin_token)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["path"] == "/resolveReferences"


def test_sizes_and_consents_of_events(hub: Any) -> None:
    assert get(hub, "/events-payload-size") == {key: {"maxBytes": 65535} for key in catalogue.EVENT_TYPES}
    changed = put(hub, "/events-payload-size", {"viewedPage": {"maxBytes": 100}})
    assert changed == get(hub, "/events-payload-size")
    assert changed == {key: {"maxBytes": 65535} for key in catalogue.EVENT_TYPES} | {
        "viewedPage": {"maxBytes": 100}
    }
    policy = {"profiling.online": ["viewedPage", "searched", "viewedPage"]}
    assert put(hub, "/events-consent-policy", policy) == {"profiling.online": ["viewedPage", "searched"]}
    with hub.world.entered():
        assert service.payload_limit(hub.world, hub.workspace_id, "viewedPage") == 100
        assert service.payload_limit(hub.world, hub.workspace_id, "searched") == 65535
        assert service.consent_policy(hub.world, hub.workspace_id)["profiling.online"] == [
            "viewedPage",
            "searched",
        ]
    assert put(hub, "/events-consent-policy", {}) == {}


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/events-payload-size", {"viewedPage": {"maxBytes": 65536}}),
        ("/events-payload-size", {"viewedPage": {"maxBytes": 0}}),
        ("/events-payload-size", {"viewedPage": 7}),
        ("/events-payload-size", {"nothing": {"maxBytes": 7}}),
        ("/events-payload-size", [7]),
        ("/events-consent-policy", {"profiling.online": ["nothing"]}),
        ("/events-consent-policy", {"profiling.online": "viewedPage"}),
        ("/events-consent-policy", {"": []}),
        ("/products/update-policy", {"eventTypes": ["viewedPage"]}),
        ("/products/update-policy", {}),
        ("/events/viewedPage/enabled", {"value": "no"}),
        ("/events/viewedPage/enabled", {}),
        ("/properties/base/dob/enabled", {"value": None}),
        ("/properties/base/dob", {"enabled": "no"}),
    ],
)
def test_settings_that_are_none_are_refused(hub: Any, path: str, body: Any) -> None:
    refused(hub, path, body)


@pytest.mark.parametrize("kinds", [["viewedProduct", "completedOrder"], [], None])
def test_the_products_update_policy_is_a_set_or_null(hub: Any, kinds: list[str] | None) -> None:
    assert get(hub, "/products/update-policy") == {"eventTypes": ["completedOrder"]}
    body = {"eventTypes": kinds and [*kinds, *kinds]}
    assert (
        put(hub, "/products/update-policy", body)
        == get(hub, "/products/update-policy")
        == {"eventTypes": kinds}
    )


# --- plan ---------------------------------------------------------------------------------


def test_a_plan_model_offers_extended_properties_that_are_on(hub: Any) -> None:
    hidden = {"type": "string", "contactlabProperties": {"enabled": False}}
    day = {"type": "string", "format": "date", "contactlabProperties": {"label": "Day"}}
    put(hub, "/events/abandonedCart/properties/extended", {"day": day, "hidden": hidden})
    found = get(hub, "/plan/models/ABANDONED_CART")["hub"]
    assert found["event"] == [
        {"name": "day", "type": "string", "format": "date", "contactlabProperties": {"label": "Day"}}
    ]
    assert [offered["name"] for offered in found["product"]] == ["season"]
    assert get(hub, "/plan/models/COUPON")["hub"] == {"event": [], "product": []}
    assert get(hub, "/plan/models/ORDER")["hub"]["event"][0]["name"] == "giftWrap"
    for model in catalogue.PLAN_MODELS:
        assert get(hub, f"/plan/models/{model}")["plan"][0] == {"name": "custom_string_1", "type": "STRING"}


# --- customers' properties ----------------------------------------------------------------


def test_base_properties_are_switched_in_two_ways(hub: Any) -> None:
    assert [p["name"] for p in get(hub, "/properties/base")["elements"]] == list(catalogue.BASE_PROPERTIES)
    body = {"name": "dob", "description": "mine", "enabled": False}
    fax = {"name": "contacts.fax", "description": "Fax number", "enabled": False}
    assert put(hub, "/properties/base/contacts.fax", body) == fax
    assert put(hub, "/properties/base/contacts.fax", {"description": "mine"}) == fax
    assert put(hub, "/properties/base/dob/enabled", {"value": False}) == {"value": False}
    off = [p["name"] for p in get(hub, "/properties/base")["elements"] if not p["enabled"]]
    assert off == ["contacts.fax", "dob"]
    with hub.world.entered():
        assert sorted(service.disabled_base(hub.world, hub.workspace_id)) == off
    assert put(hub, "/properties/base/contacts.fax/enabled", {"value": True}) == {"value": True}
    assert put(hub, "/properties/base/dob", {"enabled": True})["enabled"] is True
    assert all(p["enabled"] for p in get(hub, "/properties/base")["elements"])


@pytest.mark.parametrize("inline", ["true", "false"])
def test_the_schema_of_a_customer_follows_what_is_set(hub: Any, inline: str) -> None:
    def valid(customer: Any) -> bool:
        schema = get(hub, f"/properties?resolveReferences={inline}")
        del schema["$schema"]
        schema["properties"]["extended"]["additionalProperties"] = False
        found: bool = jsonschema_rs.Draft202012Validator(schema).is_valid({"nodeId": hub.node_id, **customer})
        return found

    fax, city = {"base": {"contacts": {"fax": "1"}}}, {"base": {"address": {"city": "Roma"}}}
    assert valid(fax)
    assert valid(city)
    assert valid({"extended": {"points": 7}})
    assert not valid({"extended": {"points": "7"}})
    put(hub, "/properties/base/contacts.fax", {"enabled": False})
    put(hub, "/properties/base/address", {"enabled": False})
    put(hub, "/properties/base/address.city", {"enabled": False})
    put(hub, "/properties/extended", {})
    assert not valid(fax)
    assert not valid(city)
    assert not valid({"extended": {"points": 7}})


def test_the_catalogue_is_the_contracts() -> None:
    schemas = data.contract("contacthub")["components"]["schemas"]
    assert list(catalogue.EVENT_TYPES) == schemas["EventType"]["enum"]
    assert list(catalogue.BASE_PROPERTIES) == schemas["BaseProperty"]["enum"]
    assert list(catalogue.PLAN_MODELS) == schemas["PlanModelName"]["enum"]
    assert catalogue.EVENT_TYPES.keys() > catalogue.PASSIVE
    assert sorted(set(FIRST_MONTHS.values())) == [3, 12, 13]
