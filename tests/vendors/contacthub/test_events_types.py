"""What events may hold, by type and context, and what a workspace lets in."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.vendors.contacthub.configuration.catalogue import EVENT_TYPES
from simulator.vendors.contacthub.state import WORKSPACES

CUSTOMER = "55555555-5555-4555-8555-555555555555"
NEEDED = {
    "addedReward": {"rewardAmount": 1, "rewardTypeId": "points"},
    "removedReward": {"rewardAmount": 1, "rewardTypeId": "points"},
    "grantedCoupon": {"startValidityDate": "2024-03-01T00:00:00Z", "totalAmount": 5},
}


def body(kind: str = "viewedPage", properties: Any = None, **changes: Any) -> dict[str, Any]:
    properties = NEEDED.get(kind, {}) if properties is None else properties
    return {"customerId": CUSTOMER, "type": kind, "context": "WEB", "properties": properties} | changes


def refused(hub: Any, event: Any) -> list[str]:
    """Where an event is wrong; it leaves no trace."""
    before = hub.state()
    response = hub.post("/events", event)
    assert response.status_code == 400, response.json
    assert hub.state() == before
    return [error["path"] for error in response.json["errors"]]


def set_workspace(hub: Any, **changes: Any) -> None:
    with hub.world.entered(), hub.world.store.transaction():
        table = hub.world.store.table(WORKSPACES)
        table.put(table[hub.workspace_id] | changes)


def test_every_type_is_taken(hub: Any) -> None:
    for kind in EVENT_TYPES:
        event = body(kind, NEEDED.get(kind, {}) | {"extraProperties": {"any": [1, {"thing": None}]}})
        assert hub.post("/events", event).status_code == 202, kind


def test_types_are_closed_but_one(hub: Any) -> None:
    # surveyCompiled is younger than the schemas that are known
    for kind in EVENT_TYPES.keys() - {"surveyCompiled"}:
        assert refused(hub, body(kind, NEEDED.get(kind, {}) | {"more": 1})) == ["/properties/more"], kind


@pytest.mark.parametrize(
    ("kind", "properties", "paths"),
    [
        ("viewedPage", {"title": 1}, ["/properties/title"]),
        ("viewedPage", {"title": None}, ["/properties/title"]),
        ("viewedPage", {"pageTags": ["a", 2]}, ["/properties/pageTags/1"]),
        ("viewedProduct", {"price": "9", "vendor": None}, ["/properties/price"]),
        ("completedOrder", {"type": "gift"}, ["/properties/type"]),
        ("completedOrder", {"amount": {"local": {"currency": "XXX"}}}, ["/properties/amount/local/currency"]),
        ("completedOrder", {"products": [{}, {"quantity": "two"}]}, ["/properties/products/1/quantity"]),
        (
            "completedOrder",
            {"products": [{"classifications": [{"key": "a"}]}]},
            ["/properties/products/0/classifications/0/value"],
        ),
        ("addedReward", {}, ["/properties/rewardAmount", "/properties/rewardTypeId"]),
        ("addedReward", {"rewardAmount": -1, "rewardTypeId": "x"}, ["/properties/rewardAmount"]),
        ("searched", {"resultCount": 1.5}, ["/properties/resultCount"]),
    ],
)
def test_errors_name_the_place(hub: Any, kind: Any, properties: Any, paths: Any) -> None:
    assert refused(hub, body(kind, properties)) == paths


@pytest.mark.parametrize(
    ("context", "part", "taken"),
    [
        ("WEB", {"user": {"id": "1"}}, True),
        ("WEB", {"device": {}}, False),
        ("MOBILE", {"device": {"model": "One"}}, True),
        ("MOBILE", {"store": {}}, False),
        ("ECOMMERCE", {"store": {"type": "MALL"}}, True),
        ("ECOMMERCE", {"store": {"type": "TENT"}}, False),
        ("ECOMMERCE", {"salesAssistant": {"id": "1"}}, False),
        ("RETAIL", {"salesAssistant": {"id": "1"}}, True),
        ("RETAIL", {"salesAssistant": {}}, False),
        ("IOT", {"client": {"ip": "not an address"}}, False),
    ],
)
def test_contexts(hub: Any, context: Any, part: Any, taken: Any) -> None:
    event = body(context=context, contextInfo=part)
    if taken:
        assert hub.post("/events", event).status_code == 202
    else:
        (path,) = refused(hub, event)
        assert path.startswith(f"/contextInfo/{next(iter(part))}")


@pytest.mark.parametrize(
    ("event", "path"),
    [
        ([], ""),
        (body(kind="nothing"), "/type"),
        (body(context="web"), "/context"),
        (body(properties=[]), "/properties"),
        (body(date="yesterday"), "/date"),
        (body(date=None), "/date"),
        (body(customerId="x"), "/customerId"),
        (body(customerId=[CUSTOMER]), "/customerId"),
        (body(tracking={"ga": {"utm": "x"}}), "/tracking/ga/utm"),
        (body(contextInfo=None), "/contextInfo"),
        (body(more=1), "/more"),
        ({"customerId": CUSTOMER, "type": "loggedIn", "context": "WEB"}, "/properties"),
    ],
)
def test_the_body_is_held_to_its_shape(hub: Any, event: Any, path: Any) -> None:
    assert path in refused(hub, event)


def test_no_json_is_refused(hub: Any) -> None:
    for data, kind, status in ((b"{", "application/json", 400), (b"{}", "text/plain", 415)):
        assert hub.post("/events", data=data, content_type=kind).status_code == status


def test_extended_properties_are_those_configured(hub: Any) -> None:
    gift = hub.post("/events", body("completedOrder", {"extended": {"giftWrap": True}})).json["id"]
    assert hub.get(f"/events/{gift}").json["properties"]["extended"] == {"giftWrap": True}
    wrong = body("completedOrder", {"extended": {"giftWrap": "yes", "colour": "red"}})
    assert sorted(refused(hub, wrong)) == ["/properties/extended/colour", "/properties/extended/giftWrap"]
    assert refused(hub, body(properties={"extended": {"giftWrap": True}})) == [
        "/properties/extended/giftWrap"
    ]


def test_extended_properties_that_are_off_are_ignored(hub: Any) -> None:
    off = {"type": "boolean", "contactlabProperties": {"label": None, "enabled": False}}
    set_workspace(hub, eventExtended={"completedOrder": {"giftWrap": off}})
    event_id = hub.post("/events", body("completedOrder", {"extended": {"giftWrap": True}})).json["id"]
    assert hub.get(f"/events/{event_id}").json["properties"]["extended"] == {}


def test_disabled_types_are_refused(hub: Any) -> None:
    hub.put("/configuration/events/viewedPage/enabled", {"value": False}, token=hub.admin_token)
    assert refused(hub, body()) == ["/type"]
    assert hub.post("/events", body("loggedIn")).status_code == 202


def test_no_event_is_larger_than_64_kb(hub: Any) -> None:
    assert hub.post("/events", body(properties={"title": "x" * 65000})).status_code == 202
    assert refused(hub, body(properties={"title": "x" * 65600})) == []


def test_types_have_limits_of_their_own(hub: Any, make_hub: Any) -> None:
    set_workspace(hub, payloadSize={"viewedPage": {"maxBytes": 200}})
    assert refused(hub, body(properties={"title": "x" * 200})) == []
    event_id = hub.post("/events", body()).json["id"]
    assert hub.patch(f"/events/{event_id}", {"properties": {"title": "x" * 200}}).status_code == 400
    strict = make_hub(too_large=413)
    set_workspace(strict, payloadSize={"viewedPage": {"maxBytes": 200}})
    assert strict.post("/events", body(properties={"title": "x" * 200})).status_code == 413


def test_an_event_without_the_consent_it_needs_is_not_kept(hub: Any) -> None:
    set_workspace(
        hub, consentPolicy={"profiling.online": ["viewedPage"], "marketing.automatic.email": ["loggedIn"]}
    )
    lost = hub.post("/events", body())
    assert lost.status_code == 202
    assert hub.get(f"/events/{lost.json['id']}").status_code == 404
    kept = hub.post("/events", body("loggedIn")).json["id"]
    assert hub.get(f"/events/{kept}").status_code == 200
    given = {"consents": {"profiling": {"online": {"status": True}}}}
    assert hub.patch(f"/customers/{CUSTOMER}", given).status_code == 200
    kept = hub.post("/events", body()).json["id"]
    assert hub.get(f"/events/{kept}").status_code == 200


@pytest.mark.parametrize(
    "leaf", [{"status": False}, {"status": True, "objection": True}, {"status": True, "limitation": True}]
)
def test_consent_that_is_refused_or_taken_back_is_none(hub: Any, leaf: Any) -> None:
    set_workspace(hub, consentPolicy={"profiling.online": ["viewedPage"]})
    hub.patch(f"/customers/{CUSTOMER}", {"consents": {"profiling": {"online": leaf}}})
    lost = hub.post("/events", body()).json["id"]
    assert hub.get(f"/events/{lost}").status_code == 404


def test_an_event_of_nobody_needs_no_consent(hub: Any) -> None:
    set_workspace(hub, consentPolicy={"profiling.online": ["viewedPage"]})
    event = body(bringBackProperties={"type": "SESSION_ID", "value": "s", "nodeId": hub.node_id})
    del event["customerId"]
    kept = hub.post("/events", event).json["id"]
    assert hub.get(f"/events/{kept}").status_code == 200


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
MEMBERS = (
    "customerId",
    "bringBackProperties",
    "type",
    "context",
    "properties",
    "contextInfo",
    "date",
    "tracking",
)
SYSTEM = ("id", "version", "registeredAt")


@given(
    changes=st.dictionaries(st.sampled_from(MEMBERS + SYSTEM), JSON, min_size=1, max_size=3),
    method=st.sampled_from(["POST", "PUT", "PATCH"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_anywhere_is_taken_or_refused(hub: Any, changes: Any, method: Any) -> None:
    path = "/events" if method == "POST" else "/events/66666666-6666-4666-8666-666666666666"
    before = hub.state()
    response = hub.call(method, path, changes if method == "PATCH" else body() | changes)
    assert response.status_code in (202, 400, 404)
    if response.status_code != 202:
        assert hub.state() == before
