"""Properties that a workspace turns off: neither written nor shown, wherever a customer or an event is."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from simulator.data import FixtureFiles

NODE = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
GIULIA_ID = "55555555-5555-4555-8555-555555555555"
GIULIA = f"/customers/{GIULIA_ID}"
ELEMENTS: dict[str, dict[str, Any]] = {
    "educations": {"id": "a", "schoolName": "Liceo"},
    "likes": {"id": "a", "name": "Vela"},
    "jobs": {"id": "a", "companyName": "Esempio"},
    "subscriptions": {"id": "a", "subscribed": True},
}


def docs(**settings: Any) -> dict[str, Any]:
    """The fixture `docs` with other settings of its workspace."""
    document = copy.deepcopy(dict(FixtureFiles().read("contacthub", "docs")))
    document["workspaces"][0] |= settings
    return document


def switch(hub: Any, name: str, on: bool) -> None:
    path = f"/configuration/properties/base/{name}/enabled"
    assert hub.put(path, {"value": on}, token=hub.admin_token).status_code == 200


def switch_extended(hub: Any, path: str, name: str, on: bool) -> None:
    definitions = hub.get(path, token=hub.admin_token).json
    definitions[name]["contactlabProperties"]["enabled"] = on
    assert hub.put(path, definitions, token=hub.admin_token).status_code == 200


def test_properties_that_are_off_are_passed_over(make_hub: Any) -> None:
    extended = copy.deepcopy(docs()["workspaces"][0]["customerExtended"])
    extended["points"]["contactlabProperties"]["enabled"] = False
    hub = make_hub(docs(disabledBase=["contacts.fax", "title", "address"], customerExtended=extended))
    base = {
        "title": "Dr",
        "address": {"city": "Roma"},
        "contacts": {"email": "luca.prova@example.com", "fax": "+390000000003", "phone": "+390000000004"},
    }
    made = hub.post("/customers", {"nodeId": NODE, "base": base, "extended": {"points": 1}}).json
    assert (made["base"]["title"], made["base"]["address"]) == (None, None)
    assert (made["base"]["contacts"]["fax"], made["base"]["contacts"]["phone"]) == (None, "+390000000004")
    assert made["extended"] == {}
    kept = next(c["seen"] for c in hub.kept("customers") if c["id"] == made["id"])
    assert {name: kept[name] for name in ("base", "extended")} == {"base": made["base"], "extended": {}}
    held = hub.get(GIULIA).json
    assert (held["base"]["address"], held["extended"]) == (None, {})
    assert held["base"]["contacts"]["mobilePhone"] == "+390000000001"
    found = hub.get(f"/customers?nodeId={NODE}&externalId=CRM-0001").json["elements"]
    assert found == [held]


def exported(hub: Any) -> Any:
    return hub.get(f"{GIULIA}/export", token=hub.dpo_token).json["customer"]


def searched(hub: Any) -> Any:
    return hub.get(f"/customers?nodeId={NODE}").json["elements"][0]


def of_source(hub: Any) -> Any:
    (one,) = hub.get(f"{GIULIA}/sources").json["elements"]
    assert hub.get(f"{GIULIA}/sources/{one['id']}").json == one
    return one


def of_aggregate(hub: Any) -> Any:
    (whole,) = hub.get(f"/customers?nodeId={AGGREGATE}").json["elements"]
    return hub.get(f"/customers/{whole['id']}/entry-customers?page=0&size=1").json["elements"][0]


def streamed(hub: Any) -> Any:
    path = "/updates?entity=CUSTOMER&size=4000"
    written = hub.patch(GIULIA, {"extra": "x"})
    assert written.status_code == 200
    rows = hub.get(path, token="example-token-of-updates").json["updates"]
    return next(row["entity"]["data"] for row in reversed(rows) if row["entity"]["data"]["id"] == GIULIA_ID)


@pytest.mark.parametrize("read", [exported, searched, of_source, of_aggregate, streamed])
def test_nothing_shows_what_is_off(hub: Any, read: Callable[[Any], Any]) -> None:
    """Seen to fail with the export, the sources and the stream as they are stored."""
    before = read(hub)
    assert (before["base"]["address"]["city"], before["extended"]) == ("Milano", {"points": 120})
    switch(hub, "address", on=False)
    switch_extended(hub, "/configuration/properties/extended", "points", on=False)
    after = read(hub)
    assert (after["base"]["address"], after["extended"]) == (None, {})
    assert after["base"]["contacts"] == before["base"]["contacts"]
    switch(hub, "address", on=True)
    assert read(hub)["base"]["address"] == before["base"]["address"]


@pytest.mark.parametrize("member", ELEMENTS)
def test_elements_of_a_list_that_is_off(hub: Any, member: str) -> None:
    """Seen to fail with `Place` blind to what is off."""
    family, element = f"{GIULIA}/{member}", ELEMENTS[member]
    assert hub.post(family, element).status_code in {200, 201}
    switch(hub, member, on=False)
    assert hub.get(GIULIA).json["base"][member] == []
    before = hub.state()
    refused = [
        hub.post(family, element | {"id": "b"}),
        hub.get(f"{family}/a"),
        hub.put(f"{family}/a", element),
        hub.delete(f"{family}/a"),
    ]
    assert [answer.status_code for answer in refused] == [400, 404, 404, 404]
    assert "contacthub.entity-off" in refused[0].headers["X-Simulator-Assumed"]
    assert hub.state() == before
    switch(hub, member, on=True)
    assert hub.get(f"{family}/a").json["id"] == "a"


# --- events ---


def order(**properties: Any) -> dict[str, Any]:
    return {
        "customerId": GIULIA_ID,
        "type": "completedOrder",
        "context": "ECOMMERCE",
        "properties": {"orderId": "1", **properties},
    }


def test_order_lines_hold_the_extended_properties_of_products(hub: Any) -> None:
    """Seen to fail with the lines not looked at."""
    lines = [{"id": "P-1"}, {"id": "P-2", "extended": {"season": "SS24"}}]
    made = hub.post("/events", order(products=lines))
    assert made.status_code == 202
    assert "contacthub.event-products" in made.headers["X-Simulator-Assumed"]
    event = f"/events/{made.json['id']}"
    assert hub.get(event).json["properties"]["products"] == lines

    wrong = [{"id": "P-1"}, {"id": "P-2", "extended": {"season": 24, "colour": "red"}}]
    before = hub.state()
    cart = order(products=wrong) | {"type": "abandonedCart"}
    refusals = [
        hub.post("/events", order(products=wrong)),
        hub.post("/events", cart),
        hub.put(event, order(products=wrong)),
        hub.patch(event, {"properties": {"products": wrong}}),
    ]
    place = "/properties/products/1/extended"
    for refusal in refusals:
        assert refusal.status_code == 400
        assert {problem["path"] for problem in refusal.json["errors"]} == {
            f"{place}/colour",
            f"{place}/season",
        }
    assert hub.state() == before


def test_extended_values_of_events_that_are_off(hub: Any) -> None:
    """Seen to fail with events shown as they are stored."""
    lines = [{"id": "P-1", "extended": {"season": "SS24"}}]
    sent = order(products=lines, extended={"giftWrap": True})
    early = f"/events/{hub.post('/events', sent).json['id']}"
    switch_extended(hub, "/configuration/events/completedOrder/properties/extended", "giftWrap", on=False)
    switch_extended(hub, "/configuration/products/properties/extended", "season", on=False)
    late = f"/events/{hub.post('/events', sent).json['id']}"
    bare = {"orderId": "1", "extended": {}, "products": [{"id": "P-1", "extended": {}}]}
    found = hub.get(f"/events?customerId={GIULIA_ID}&type=completedOrder").json["elements"]
    handed_out = hub.get(f"{GIULIA}/export", token=hub.dpo_token).json["events"]
    shown = [hub.get(early).json, hub.get(late).json, *found, *handed_out[:2]]
    assert [event["properties"] for event in shown] == [bare] * 6
    switch_extended(hub, "/configuration/products/properties/extended", "season", on=True)
    assert hub.get(early).json["properties"]["products"] == lines
    assert hub.get(late).json["properties"]["products"] == bare["products"]


def test_products_of_other_types_are_free(hub: Any) -> None:
    survey = {"type": "surveyCompiled", "context": "WEB", "customerId": GIULIA_ID}
    for products in ("none", [1], [{"extended": {"colour": "red"}}]):
        assert hub.post("/events", survey | {"properties": {"products": products}}).status_code == 202
