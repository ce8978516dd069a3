"""Aggregate nodes: customers of entry nodes that are the same, as one customer of the aggregate node."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.vendors.contacthub.state import CUSTOMERS

NODE = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
GIULIA = "55555555-5555-4555-8555-555555555555"
NODES = "/configuration/nodes"
EMAIL = {"properties": ["base.contacts.email"], "caseSensitive": False}


@pytest.fixture
def shops(hub: Any) -> Any:
    """The hub as its administrator, with a second entry node that recognises customers by externalId."""
    hub.token = hub.admin_token
    made = hub.post(f"{NODES}/entries", {"name": "Shops", "uniqueCustomer": {"properties": ["externalId"]}})
    hub.shops = made.json["id"]
    return hub


def aggregate(hub: Any, *entries: str, active: bool = True, **members: Any) -> str:
    """A new aggregate node's id."""
    body = {"name": "All", "entryNodes": list(entries), "matchingProperties": EMAIL, **members}
    made = hub.post(f"{NODES}/aggregates", body).json["id"]
    if active:
        assert hub.put(f"{NODES}/aggregates/{made}/state", {"state": "ACTIVE"}).status_code == 200
    return str(made)


def customer(hub: Any, node: str, external_id: str, email: str | None, **members: Any) -> dict[str, Any]:
    """A new customer, as answered."""
    base = {"contacts": {"email": email}, **members.pop("base", {})}
    answer = hub.post("/customers", {"nodeId": node, "externalId": external_id, "base": base, **members})
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def profiles(hub: Any, node: str) -> list[dict[str, Any]]:
    """The stored customers of an aggregate node."""
    with hub.world.entered():
        return list(hub.world.store.table(CUSTOMERS).find("node", node))


def groups(hub: Any, node: str) -> list[set[str]]:
    return [set(stored["entries"]) for stored in profiles(hub, node)]


def test_fixtures_customers_are_merged(hub: Any) -> None:
    (profile,) = profiles(hub, AGGREGATE)
    assert profile["entries"] == [GIULIA]
    assert (profile["seen"]["nodeId"], profile["seen"]["base"]["firstName"]) == (AGGREGATE, "Giulia")
    assert profile["id"] != GIULIA


def test_customers_of_two_nodes_become_one(shops: Any) -> None:
    node = aggregate(shops, NODE, shops.shops)
    first = customer(shops, NODE, "a", "anna@example.com", base={"firstName": "Anna"})
    second = customer(shops, shops.shops, "s-1", "ANNA@example.com", base={"lastName": "Prova"})
    profile = next(stored for stored in profiles(shops, node) if first["id"] in stored["entries"])
    assert profile["entries"] == [first["id"], second["id"]]
    shown = shops.get(f"/customers/{profile['id']}")
    assert (shown.status_code, shown.json["id"], shown.json["nodeId"]) == (200, profile["id"], node)
    assert (shown.json["base"]["firstName"], shown.json["base"]["lastName"]) == ("Anna", "Prova")
    assert shown.json["version"] == 2


def test_activation_merges_who_is_there(shops: Any) -> None:
    node = aggregate(shops, NODE, shops.shops, active=False)
    twins = [customer(shops, shops.shops, f"s-{n}", "anna@example.com")["id"] for n in range(3)]
    loners = [customer(shops, shops.shops, f"l-{n}", None)["id"] for n in range(2)]
    assert groups(shops, node) == []
    shops.put(f"{NODES}/aggregates/{node}/state", {"state": "ACTIVE"})
    assert groups(shops, node) == [{GIULIA}, set(twins), *({one} for one in loners)]


def test_a_changed_customer_moves(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    first = customer(shops, shops.shops, "1", "anna@example.com")["id"]
    second = customer(shops, shops.shops, "2", "anna@example.com")["id"]
    own = profiles(shops, node)[0]["id"]
    shops.patch(f"/customers/{second}", {"base": {"contacts": {"email": "bea@example.com"}}})
    assert groups(shops, node) == [{first}, {second}]
    assert profiles(shops, node)[0]["id"] == own
    shops.patch(f"/customers/{first}", {"base": {"contacts": {"email": "bea@example.com"}}})
    assert groups(shops, node) == [{first, second}]
    assert shops.get(f"/customers/{own}").status_code == 404


def test_a_profile_of_one_keeps_its_id(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    entry = customer(shops, shops.shops, "1", None)["id"]
    (before,) = profiles(shops, node)
    shops.patch(f"/customers/{entry}", {"base": {"contacts": {"email": "anna@example.com"}}})
    (after,) = profiles(shops, node)
    assert (after["id"], after["match"]) == (before["id"], ['["anna@example.com"]'])
    assert after["seen"]["base"]["contacts"]["email"] == "anna@example.com"


def test_deleted_customers_leave(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    entries = [customer(shops, shops.shops, text, "anna@example.com")["id"] for text in ("1", "2")]
    shops.delete(f"/customers/{entries[0]}")
    assert groups(shops, node) == [{entries[1]}]
    shops.delete(f"/customers/{entries[1]}")
    assert groups(shops, node) == []


@pytest.mark.parametrize(("pattern", "value"), [("START_WITH", "test"), ("CONTAINS", "@example.org")])
def test_filtered_customers_are_left_out(shops: Any, pattern: str, value: str) -> None:
    condition = {"property": "base.contacts.email", "value": value, "pattern": pattern}
    node = aggregate(shops, shops.shops, exclusionFilters=[condition])
    out = customer(shops, shops.shops, "1", "test@example.org")["id"]
    customer(shops, shops.shops, "2", None)
    kept = customer(shops, shops.shops, "3", "contest@example.com")["id"]
    assert out not in set().union(*groups(shops, node))
    shops.patch(f"/customers/{kept}", {"base": {"contacts": {"email": "test@example.org"}}})
    assert kept not in set().union(*groups(shops, node))


def test_filters_can_change(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    out = customer(shops, shops.shops, "1", "test@example.com")["id"]
    kept = customer(shops, shops.shops, "2", "anna@example.com")["id"]
    condition = {"property": "base.contacts.email", "value": "test", "pattern": "START_WITH"}
    path = f"{NODES}/aggregates/{node}"
    assert shops.put(path, {"exclusionFilters": [condition]}).json["exclusionFilters"] == [condition]
    assert groups(shops, node) == [{kept}]
    assert shops.put(path, {"name": "Still"}).json["exclusionFilters"] == [condition]
    assert shops.put(path, {"exclusionFilters": None}).status_code == 200
    assert groups(shops, node) == [{kept}, {out}]


def test_an_entry_node_feeds_several_aggregates(shops: Any) -> None:
    one, two = aggregate(shops, shops.shops), aggregate(shops, NODE, shops.shops)
    entry = customer(shops, shops.shops, "1", "giulia.esempio@example.com")["id"]
    assert groups(shops, one) == [{entry}]
    assert groups(shops, two) == [{GIULIA, entry}]
    assert groups(shops, AGGREGATE) == [{GIULIA}]


def test_the_later_write_counts(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    first = customer(shops, shops.shops, "1", "anna@example.com", base={"firstName": "A"})["id"]
    shops.move_to("2024-03-01T09:00:00Z")
    customer(shops, shops.shops, "2", "anna@example.com", base={"firstName": "B"})
    assert profiles(shops, node)[0]["seen"]["base"]["firstName"] == "B"
    shops.move_to("2024-03-01T10:00:00Z")
    shops.patch(f"/customers/{first}", {"base": {"firstName": "C"}})
    assert profiles(shops, node)[0]["seen"]["base"]["firstName"] == "C"


def test_priority_of_sources_counts_more(shops: Any) -> None:
    node = aggregate(shops, NODE, shops.shops)
    shops.move_to("2024-03-02T08:00:00Z")
    customer(shops, shops.shops, "1", "giulia.esempio@example.com", base={"firstName": "Giulietta"})
    assert profiles(shops, node)[0]["seen"]["base"]["firstName"] == "Giulia"
    own = shops.get(f"{NODES}/entries/{NODE}").json
    shops.put(f"{NODES}/entries/{NODE}", {**own, "sourcePriority": []})
    assert profiles(shops, node)[0]["seen"]["base"]["firstName"] == "Giulietta"


def test_extended_properties_follow_their_policy(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    customer(shops, shops.shops, "1", "anna@example.com", extended={"points": 10, "favouriteShop": "Roma"})
    shops.move_to("2024-03-01T09:00:00Z")
    customer(shops, shops.shops, "2", "anna@example.com", extended={"points": 5, "favouriteShop": "Bari"})
    extended = profiles(shops, node)[0]["seen"]["extended"]
    assert (extended["points"], extended["favouriteShop"]) == (15, "Bari")


def test_another_policy_counts_at_once(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    for number, points in enumerate((10, 5)):
        customer(shops, shops.shops, str(number), "anna@example.com", extended={"points": points})
    customer(shops, shops.shops, "alone", None, extended={"points": 1})
    before = {one["id"]: one["seen"] for one in profiles(shops, node)}
    path = "/configuration/properties/extended"
    definitions = shops.get(path).json
    definitions["points"]["contactlabProperties"]["mergePolicy"] = "MATH_MIN"
    answer = shops.put(path, definitions)
    assert answer.status_code == 200
    assert "contacthub.aggregate-anew" in answer.headers["X-Simulator-Assumed"]
    after = {one["id"]: one["seen"] for one in profiles(shops, node)}
    changed = [key for key in after if after[key] != before[key]]
    assert [(before[key]["extended"], after[key]["extended"]) for key in changed] == [
        ({"points": 15}, {"points": 5})
    ]
    told = shops.get(f"/updates?nodeId={node}").json["updates"][-1]
    assert (told["operation"], told["entity"]["data"]["extended"]) == ("UPDATE", {"points": 5})
    definitions["points"]["contactlabProperties"]["label"] = "Other"
    assert "aggregate-anew" not in shops.put(path, definitions).headers.get("X-Simulator-Assumed", "")


def test_consents_and_subscriptions_are_merged(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    for number, kind in enumerate(("sms", "email")):
        customer(
            shops,
            shops.shops,
            kind,
            "anna@example.com",
            base={"subscriptions": [{"id": kind, "subscribed": bool(number)}]},
            consents={"marketing": {"automatic": {kind: {"status": True}}}},
        )
    shown = shops.get(f"/customers/{profiles(shops, node)[0]['id']}").json
    assert {one["id"]: one["subscribed"] for one in shown["base"]["subscriptions"]} == {
        "sms": False,
        "email": True,
    }
    automatic = shown["consents"]["marketing"]["automatic"]
    assert automatic["sms"]["status"] is True
    assert automatic["email"]["status"] is True


def test_entry_customers_are_listed(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    entries = {customer(shops, shops.shops, text, "anna@example.com")["id"] for text in ("1", "2")}
    answer = shops.get(f"/customers/{profiles(shops, node)[0]['id']}/entry-customers?page=0&size=10")
    assert {one["id"] for one in answer.json["elements"]} == entries


def test_aggregate_customers_are_searched(shops: Any) -> None:
    node = aggregate(shops, NODE, shops.shops)
    found = shops.get(f"/customers?nodeId={node}").json["elements"]
    assert [one["externalId"] for one in found] == ["CRM-0001"]


def test_the_stream_tells_of_aggregate_customers(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    entry = customer(shops, shops.shops, "1", "anna@example.com")["id"]
    shops.patch(f"/customers/{entry}", {"base": {"firstName": "Anna"}})
    shops.delete(f"/customers/{entry}")
    told = shops.get(f"/updates?nodeId={node}").json["updates"]
    assert [update["operation"] for update in told] == ["CREATE", "UPDATE", "DELETE"]
    assert told[1]["entity"]["data"]["base"]["firstName"] == "Anna"


def test_emptying_an_entry_node_empties_its_aggregates(shops: Any) -> None:
    shops.post(f"{NODES}/entries/{NODE}/empty")
    assert groups(shops, AGGREGATE) == []


def test_cost_does_not_grow_with_the_node(shops: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.vendors.contacthub.nodes import aggregates, merging  # noqa: PLC0415

    aggregate(shops, shops.shops)
    merges: list[int] = []
    real = merging.merged

    def counted(ordered: Any, definitions: Any) -> Any:
        merges.append(len(ordered))
        return real(ordered, definitions)

    monkeypatch.setattr(aggregates, "merged", counted)
    for number in range(30):
        customer(shops, shops.shops, str(number), f"a{number}@example.com")
    assert merges == [1] * 30


def viewed(hub: Any, customer_id: str) -> str:
    """A new event's id."""
    body = {"customerId": customer_id, "type": "viewedPage", "context": "WEB", "properties": {"title": "x"}}
    answer = hub.post("/events", body)
    assert answer.status_code == 202, answer.text
    return str(answer.json["id"])


def test_events_follow_their_customer(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    first, second = (customer(shops, shops.shops, text, "anna@example.com")["id"] for text in ("1", "2"))
    own = profiles(shops, node)[0]["id"]
    events = {viewed(shops, first), viewed(shops, second), viewed(shops, own)}
    found = shops.get(f"/events?customerId={own}").json["elements"]
    assert {event["id"] for event in found} == events
    shops.patch(f"/customers/{second}", {"base": {"contacts": {"email": "test@example.com"}}})
    assert len(shops.get(f"/events?customerId={own}").json["elements"]) == 2


def test_a_profile_goes_with_its_own_events(shops: Any) -> None:
    node = aggregate(shops, shops.shops)
    entry = customer(shops, shops.shops, "1", "anna@example.com")["id"]
    event = viewed(shops, profiles(shops, node)[0]["id"])
    assert shops.get(f"/events/{event}").status_code == 200
    shops.delete(f"/customers/{entry}")
    assert shops.get(f"/events/{event}").status_code == 404
