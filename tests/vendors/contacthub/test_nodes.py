"""Nodes: listed, made, changed, emptied, and how they recognise customers."""

from __future__ import annotations

from typing import Any

import pytest

NODE = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
UNKNOWN = "99999999-9999-4999-8999-999999999999"
NODES = "/configuration/nodes"
ENTRIES = f"{NODES}/entries"
AGGREGATES = f"{NODES}/aggregates"
POLICY = "unique-customer-matching-policy"


@pytest.fixture
def admin(hub: Any) -> Any:
    """The hub, with an administrator's token unless another is given."""
    hub.token = hub.admin_token
    return hub


def test_nodes_of_both_kinds_are_listed(admin: Any) -> None:
    answer = admin.get(NODES)
    assert answer.status_code == 200
    assert [(one["id"], one["nodeType"]) for one in answer.json["elements"]] == [
        (NODE, "ENTRY"),
        (AGGREGATE, "AGGREGATE"),
    ]
    assert answer.json["elements"][0]["properties"] == {
        "uniqueCustomer": {"properties": ["base.contacts.email"], "caseSensitive": False},
        "mandatoryProperties": [],
    }
    assert answer.json["elements"][1]["properties"]["state"] == "ACTIVE"
    assert answer.json["page"]["totalElements"] == 2


@pytest.mark.parametrize(("kind", "found"), [("ENTRY", [NODE]), ("AGGREGATE", [AGGREGATE])])
def test_nodes_are_listed_by_kind(admin: Any, kind: str, found: list[str]) -> None:
    answer = admin.get(f"{NODES}?nodeType={kind}")
    assert [one["id"] for one in answer.json["elements"]] == found


@pytest.mark.parametrize("text", ["nodeType=VIEW", "page=51", "page=-1", "size=51", "size=x"])
def test_nodes_are_not_listed_by_what_is_no_value(admin: Any, text: str) -> None:
    assert admin.get(f"{NODES}?{text}").status_code == 400


def test_pages_end(admin: Any) -> None:
    answer = admin.get(f"{NODES}?size=1&page=1")
    assert [one["id"] for one in answer.json["elements"]] == [AGGREGATE]
    assert answer.json["page"]["totalPages"] == 2
    assert admin.get(f"{NODES}?size=1&page=2").json["elements"] == []
    assert admin.get(f"{ENTRIES}?size=0").json["elements"] == []


def test_entry_node_is_made_and_read(admin: Any) -> None:
    body = {
        "name": "Negozi fisici",
        "description": "Customers with a loyalty card.",
        "imageUrl": "https://www.example.com/negozi.png",
        "uniqueCustomer": {"properties": ["externalId"], "caseSensitive": True},
        "sourcePriority": ["44444444-4444-4444-8444-444444444444"],
        "mandatoryProperties": ["base.lastName"],
    }
    made = admin.post(ENTRIES, body)
    assert made.status_code == 201
    assert {**body, "id": made.json["id"]} == made.json
    assert admin.get(f"{ENTRIES}/{made.json['id']}").json == made.json
    assert [one["id"] for one in admin.get(ENTRIES).json["elements"]] == [NODE, made.json["id"]]


def test_entry_node_takes_the_default_policy(admin: Any) -> None:
    default = admin.get(f"/configuration/{POLICY}")
    assert default.status_code == 200
    assert admin.post(ENTRIES, {"name": "n"}).json["uniqueCustomer"] == default.json


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"name": None},
        {"name": "n", "uniqueCustomer": {"properties": []}},
        {"name": "n", "uniqueCustomer": {"properties": ["email"]}},
        {"name": "n", "uniqueCustomer": None},
        {"name": "n", "mandatoryProperties": "externalId"},
        {"name": "n", "sourcePriority": ["x"]},
        {"name": "n", "imageUrl": "no address"},
        [],
    ],
)
def test_entry_node_is_refused(admin: Any, body: Any) -> None:
    before = admin.state()
    assert admin.post(ENTRIES, body).status_code == 400
    assert admin.state() == before


def test_entry_node_is_replaced(admin: Any) -> None:
    policy = {"properties": ["externalId"]}
    changed = admin.put(f"{ENTRIES}/{NODE}", {"id": NODE, "name": "Shop", "uniqueCustomer": policy})
    assert changed.status_code == 200
    assert changed.json["uniqueCustomer"] == {"properties": ["externalId"], "caseSensitive": False}
    assert (changed.json["description"], changed.json["sourcePriority"]) == (None, [])
    assert admin.get(f"{ENTRIES}/{NODE}").json == changed.json
    assert admin.get(f"{ENTRIES}/{NODE}/{POLICY}").json == changed.json["uniqueCustomer"]


def test_policy_is_the_nodes_own(admin: Any) -> None:
    policy = {"properties": ["externalId", "base.lastName"], "caseSensitive": True}
    changed = admin.put(f"{ENTRIES}/{NODE}/{POLICY}", policy)
    assert (changed.status_code, changed.json) == (200, policy)
    assert admin.get(f"{ENTRIES}/{NODE}").json["uniqueCustomer"] == policy
    assert admin.get(f"{NODES}?nodeType=ENTRY").json["elements"][0]["properties"]["uniqueCustomer"] == policy


def test_customers_are_recognised_by_the_new_policy(admin: Any) -> None:
    assert admin.kept("customers")[0]["match"] == ['["giulia.esempio@example.com"]']
    admin.put(f"{ENTRIES}/{NODE}/{POLICY}", {"properties": ["externalId"]})
    assert admin.kept("customers")[0]["match"] == ['["crm-0001"]']
    admin.put(f"{ENTRIES}/{NODE}/{POLICY}", {"properties": ["externalId"], "caseSensitive": True})
    assert admin.kept("customers")[0]["match"] == ['["CRM-0001"]']
    admin.put(f"{ENTRIES}/{NODE}/{POLICY}", {"properties": ["base.middleName"]})
    assert admin.kept("customers")[0]["match"] == []


@pytest.mark.parametrize(
    "path", [f"{ENTRIES}/{UNKNOWN}", f"{ENTRIES}/{AGGREGATE}", f"{AGGREGATES}/{NODE}", f"{AGGREGATES}/x"]
)
def test_unknown_node(admin: Any, path: str) -> None:
    answer = admin.get(path)
    assert (answer.status_code, answer.json["message"]) == (404, f"node not found {path.rpartition('/')[2]}")


@pytest.mark.parametrize("token", ["token", "dpo_token", "untrusted_token"])
def test_nodes_are_for_the_platforms_users(make_hub: Any, token: str) -> None:
    hub = make_hub()
    assert hub.get(NODES, token=getattr(hub, token)).status_code == 403
    assert hub.post(ENTRIES, {"name": "n"}, token=getattr(hub, token)).status_code == 403


def test_events_only_are_removed(admin: Any) -> None:
    answer = admin.post(f"{ENTRIES}/{NODE}/empty?eventsOnly=true")
    assert (answer.status_code, answer.data) == (204, b"")
    assert not admin.world.store.tables().get("contacthub/events")
    assert admin.kept("customers")


def test_a_node_is_emptied(admin: Any) -> None:
    assert admin.post(f"{ENTRIES}/{NODE}/empty").status_code == 204
    left = admin.world.store.tables()
    assert not [name for name in ("customers", "events", "sessions") if f"contacthub/{name}" in left]
    assert admin.get(f"{ENTRIES}/{NODE}").status_code == 200


def test_aggregate_nodes_are_not_emptied(admin: Any) -> None:
    assert admin.post(f"{ENTRIES}/{AGGREGATE}/empty").status_code == 404
    assert admin.post(f"{ENTRIES}/{NODE}/empty?eventsOnly=maybe").status_code == 400


def test_aggregate_node_is_made_new(admin: Any) -> None:
    condition = {"property": "base.contacts.email", "value": "test", "pattern": "START_WITH"}
    body = {
        "name": "All",
        "entryNodes": [NODE, NODE],
        "matchingProperties": {"properties": ["base.contacts.email"]},
        "exclusionFilters": [condition],
    }
    made = admin.post(AGGREGATES, body)
    assert made.status_code == 201
    assert (made.json["state"], made.json["entryNodes"]) == ("NEW", [NODE])
    assert made.json["matchingProperties"]["caseSensitive"] is False
    assert admin.get(f"{AGGREGATES}/{made.json['id']}").json == made.json
    listed = admin.get(AGGREGATES).json
    assert [one["id"] for one in listed["elements"]] == [AGGREGATE, made.json["id"]]
    assert listed["page"]["totalElements"] == 2


MATCHING = {"properties": ["externalId"]}
FILTER = {"property": "externalId", "value": "x", "pattern": "CONTAINS"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"name": "n", "entryNodes": [UNKNOWN], "matchingProperties": MATCHING}, 404),
        ({"name": "n", "entryNodes": [AGGREGATE], "matchingProperties": MATCHING}, 404),
        ({"name": "n", "entryNodes": [], "matchingProperties": MATCHING}, 400),
        ({"name": "n", "entryNodes": [NODE]}, 400),
        ({"name": "n", "entryNodes": [NODE], "matchingProperties": {"properties": []}}, 400),
        (
            {
                "name": "n",
                "entryNodes": [NODE],
                "matchingProperties": MATCHING,
                "exclusionFilters": [FILTER] * 11,
            },
            400,
        ),
    ],
)
def test_aggregate_node_is_refused(admin: Any, body: Any, status: int) -> None:
    before = admin.state()
    assert admin.post(AGGREGATES, body).status_code == status
    assert admin.state() == before


def test_aggregate_node_keeps_what_cannot_change(admin: Any) -> None:
    before = admin.get(f"{AGGREGATES}/{AGGREGATE}").json
    body = {"name": "Other", "matchingProperties": MATCHING, "state": "REMOVED", "imageUrl": "image"}
    changed = admin.put(f"{AGGREGATES}/{AGGREGATE}", body)
    assert changed.status_code == 200
    assert changed.json == {**before, "name": "Other", "imageUrl": "image"}


@pytest.mark.parametrize("state", ["ACTIVE", "NEW", "LOCKED", "REMOVED"])
def test_an_active_node_stays_active(admin: Any, state: str) -> None:
    answer = admin.put(f"{AGGREGATES}/{AGGREGATE}/state", {"state": state})
    assert (answer.status_code, answer.json["errors"][0]["path"]) == (400, "/state")
    assert admin.get(f"{AGGREGATES}/{AGGREGATE}").json["state"] == "ACTIVE"


@pytest.mark.parametrize("state", ["NEW", "LOCKED", "REMOVED"])
def test_a_new_node_becomes_active_only(admin: Any, state: str) -> None:
    made = admin.post(AGGREGATES, {"name": "n", "entryNodes": [NODE], "matchingProperties": MATCHING})
    path = f"{AGGREGATES}/{made.json['id']}/state"
    assert admin.put(path, {"state": state}).status_code == 400
    active = admin.put(path, {"state": "ACTIVE"})
    assert (active.status_code, active.json) == (200, {"state": "ACTIVE"})


def test_lists_hold_what_the_caller_may_use(hub: Any) -> None:
    """Olga may read the entry node, Ugo both; an administrator without limits sees new ones too."""
    new = hub.post(f"{NODES}/entries", {"name": "New"}, token=hub.admin_token).json["id"]
    both = [hub.node_id, "33333333-3333-4333-8333-333333333333"]
    for user, expected in (("olga", both[:1]), ("ugo", both), ("marco", [*both, new])):
        token = f"example-token-of-{user}"
        for kind, wanted in (
            ("", expected),
            ("/entries", [node for node in expected if node != both[1]]),
            ("/aggregates", [node for node in expected if node == both[1]]),
        ):
            listed = hub.get(f"{NODES}{kind}", token=token)
            assert [node["id"] for node in listed.json["elements"]] == wanted
            assert listed.json["page"]["totalElements"] == len(wanted)
            named = "contacthub.node-access" in listed.headers.get("X-Simulator-Assumed", "")
            assert named == (user != "marco")


@pytest.mark.parametrize(
    "own", [f"{NODES}/entries/22222222-2222-4222-8222-222222222222", "/configuration/sources/{}"]
)
def test_an_id_cannot_be_changed(hub: Any, own: str) -> None:
    path = own.format("44444444-4444-4444-8444-444444444444")
    shown = hub.get(path, token=hub.admin_token).json
    before = hub.state()
    other = shown | {"id": "99999999-9999-4999-8999-999999999999"}
    answer = hub.put(path, other, token=hub.admin_token)
    assert (answer.status_code, answer.json["errors"][0]["path"]) == (400, "/id")
    assert "contacthub.own-id" in answer.headers["X-Simulator-Assumed"]
    assert hub.state() == before
    assert hub.put(path, shown | {"id": shown["id"].upper()}, token=hub.admin_token).json == shown
