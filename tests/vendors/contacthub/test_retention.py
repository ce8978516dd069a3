"""Retention: how long events are kept, and their removal as time passes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from simulator import data
from simulator.kernel.clock import parse_instant
from simulator.vendors.contacthub.configuration.catalogue import EVENT_TYPES
from simulator.vendors.contacthub.retention.periods import FIRST_MONTHS, earlier
from simulator.vendors.contacthub.retention.service import SWEEP
from simulator.vendors.contacthub.state import EVENTS

BASE = "/configuration"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
CUSTOMER = "55555555-5555-4555-8555-555555555555"
NOBODY = "99999999-9999-4999-8999-999999999999"
FIRST = {kind: {"months": months} for kind, months in FIRST_MONTHS.items()}


def get(hub: Any, path: str) -> Any:
    answer = hub.get(BASE + path, token=hub.admin_token)
    assert answer.status_code == 200, answer.text
    return answer.json


def put(hub: Any, path: str, body: Any) -> Any:
    answer = hub.put(BASE + path, body, token=hub.admin_token)
    assert answer.status_code == 200, answer.text
    return answer.json


def seen(hub: Any, date: str, kind: str = "viewedPage") -> str:
    """An event of the docs customer; its id."""
    answer = hub.post(
        "/events",
        {"customerId": CUSTOMER, "type": kind, "context": "WEB", "properties": {}, "date": date},
    )
    assert answer.status_code == 202, answer.text
    found: str = answer.json["id"]
    return found


def left(hub: Any) -> list[str]:
    with hub.world.entered():
        return [event["id"] for event in hub.world.store.table(EVENTS).scan()]


def keep(hub: Any, **months: int) -> None:
    """Retention of the entry node is on, its events kept for so many months by type."""
    events = {kind: {"months": count} for kind, count in months.items()}
    put(hub, f"/nodes/{hub.node_id}/retention-policy", {"enabled": True, "events": events})


# --- the settings -------------------------------------------------------------------------


def test_a_node_has_its_own_months_or_the_workspaces_or_the_first_ones(hub: Any) -> None:
    entry = f"/nodes/entries/{hub.node_id}/retention-policy"
    assert get(hub, "/retention-policy") == get(hub, entry) == FIRST
    changed = FIRST | {"searched": {"months": 7}, "viewedPage": {"months": 5}}
    assert put(hub, "/retention-policy", {"searched": {"months": 7}, "viewedPage": {"months": 5}}) == changed
    assert get(hub, entry) == changed
    changed |= {"viewedPage": {"months": 0}}
    assert put(hub, entry, {"viewedPage": {"months": 0}}) == get(hub, entry) == changed
    put(hub, "/retention-policy", {"viewedPage": {"months": 9}, "searched": {"months": 8}})
    assert get(hub, entry) == changed | {"searched": {"months": 8}}
    assert get(hub, f"/nodes/{AGGREGATE}/retention-policy")["events"]["viewedPage"] == {"months": 9}


def test_state_and_months_are_the_same_on_every_path(hub: Any) -> None:
    node, entry = (f"/nodes/{part}{hub.node_id}/retention-policy" for part in ("", "entries/"))
    assert get(hub, node) == {"enabled": False, "events": FIRST}
    assert put(hub, f"{entry}/state", {"enabled": True}) == get(hub, f"{entry}/state") == {"enabled": True}
    assert put(hub, entry, {"searched": {"months": 2}})["searched"] == {"months": 2}
    assert get(hub, node) == {"enabled": True, "events": FIRST | {"searched": {"months": 2}}}
    assert put(hub, node, {"enabled": False})["events"] == FIRST | {"searched": {"months": 2}}
    assert put(hub, node, {"events": {"searched": {"months": 3}}})["enabled"] is False
    assert put(hub, node, {}) == get(hub, node)
    assert get(hub, f"{entry}/state") == {"enabled": False}
    listed = get(hub, "/nodes")["elements"]
    assert [element["retentionState"] for element in listed] == [False, False]
    put(hub, f"/nodes/{AGGREGATE}/retention-policy", {"enabled": True})
    assert [element["retentionState"] for element in get(hub, "/nodes")["elements"]] == [False, True]


@pytest.mark.parametrize("tail", ["", "/state"])
@pytest.mark.parametrize("node", [AGGREGATE, NOBODY, "x"])
def test_an_entry_nodes_policy_is_of_an_entry_node(hub: Any, node: str, tail: str) -> None:
    path = f"{BASE}/nodes/entries/{node}/retention-policy{tail}"
    body = {"enabled": True} if tail else {}
    for answer in (hub.get(path, token=hub.admin_token), hub.put(path, body, token=hub.admin_token)):
        assert (answer.status_code, answer.json["message"]) == (404, f"node not found {node}")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/retention-policy", {"viewedPage": {"months": -1}}),
        ("/retention-policy", {"viewedPage": {"months": 1201}}),
        ("/retention-policy", {"viewedPage": {"months": 1e30}}),
        ("/retention-policy", {"viewedPage": {}}),
        ("/retention-policy", {"viewedPage": 7}),
        ("/retention-policy", {"nothing": {"months": 7}}),
        ("/retention-policy", []),
        ("/nodes/{node}/retention-policy", {"enabled": None}),
        ("/nodes/{node}/retention-policy", {"events": None}),
        ("/nodes/{node}/retention-policy", {"events": {"viewedPage": {"months": "7"}}}),
        ("/nodes/entries/{node}/retention-policy", {"viewedPage": {"months": True}}),
        ("/nodes/entries/{node}/retention-policy/state", {"enabled": "yes"}),
        ("/nodes/entries/{node}/retention-policy/state", {}),
    ],
)
def test_policies_that_are_none_are_refused(hub: Any, path: str, body: Any) -> None:
    before = hub.state()
    answer = hub.put(BASE + path.replace("{node}", hub.node_id), body, token=hub.admin_token)
    assert answer.status_code == 400, answer.text
    assert hub.state() == before


# --- the status ---------------------------------------------------------------------------


def test_the_status_counts_what_there_is_and_what_has_expired(hub: Any) -> None:
    seen(hub, "2023-12-01T07:59:59Z")
    seen(hub, "2023-12-01T08:00:00Z")
    found = get(hub, f"{'/retention-policy'}/status")
    assert found.keys() == {hub.node_id, AGGREGATE}
    assert found[hub.node_id].keys() == EVENT_TYPES.keys()
    assert found[hub.node_id]["viewedPage"] == {
        "months": 3,
        "total": 3,
        "valid": 2,
        "expired": 1,
        "oldestDate": "2023-12-01T07:59:59.000+0000",
    }
    nothing = {"total": 0, "valid": 0, "expired": 0, "oldestDate": None}
    assert found[hub.node_id]["campaignSent"] == {"months": 13, **nothing}
    # the aggregate node shows copies of them
    assert found[AGGREGATE] == found[hub.node_id]


# --- removal ------------------------------------------------------------------------------


def test_expired_events_are_removed_at_night_where_retention_is_on(hub: Any) -> None:
    old, edge = seen(hub, "2023-11-30T00:00:00Z"), seen(hub, "2023-12-01T23:59:59Z")
    order = seen(hub, "2023-11-30T00:00:00Z", "completedOrder")
    hub.move_to("2024-03-01T20:00:00Z")
    assert old in left(hub)
    keep(hub)
    hub.move_to("2024-03-01T23:59:59Z")
    assert old in left(hub)
    hub.move_to("2024-03-02T00:00:00Z")
    assert old not in left(hub)
    assert edge not in left(hub)
    assert order in left(hub)
    assert hub.get(f"/events/{old}").status_code == 404
    deleted = hub.kept("updates")[-2:]
    assert {(update["operation"], update["type"]) for update in deleted} == {("DELETE", "EVENT")}
    assert get(hub, "/retention-policy/status")[hub.node_id]["viewedPage"]["expired"] == 0


def test_each_night_removes_what_has_expired_since(hub: Any) -> None:
    days = ["2023-12-29", "2023-12-30", "2023-12-31", "2024-01-01", "2024-01-31", "2024-02-01"]
    events = {day: seen(hub, f"{day}T12:00:00Z") for day in days}
    keep(hub, viewedPage=2)
    gone = []
    for night in ("2024-03-02", "2024-03-03", "2024-03-31", "2024-04-01", "2024-04-02", "2024-04-03"):
        hub.move_to(f"{night}T01:00:00Z")
        gone.append(sorted(day for day, event in events.items() if event not in left(hub)))
    assert gone == [days[:4], days[:4], days[:4], days[:5], days[:6], days[:6]]
    assert len(left(hub)) == 1


def test_an_event_that_comes_late_is_removed_the_next_night(hub: Any) -> None:
    keep(hub)
    hub.move_to("2024-03-05T12:00:00Z")
    late = seen(hub, "2023-01-01T00:00:00Z")
    assert late in left(hub)
    hub.move_to("2024-03-06T00:00:00Z")
    assert late not in left(hub)


def test_shorter_months_reach_back(hub: Any) -> None:
    keep(hub)
    event = seen(hub, "2024-01-15T00:00:00Z")
    hub.move_to("2024-03-05T12:00:00Z")
    put(hub, "/retention-policy", {"viewedPage": {"months": 1}})
    assert event in left(hub)
    hub.move_to("2024-03-06T00:00:00Z")
    assert event not in left(hub)


def test_no_months_keep_nothing_over_night(hub: Any) -> None:
    keep(hub, viewedPage=0)
    hub.move_to("2024-03-02T00:00:00Z")
    assert left(hub) == []


def test_switched_off_nothing_is_removed(hub: Any) -> None:
    state = f"/nodes/entries/{hub.node_id}/retention-policy/state"
    event = seen(hub, "2023-01-01T00:00:00Z")
    for on in (True, False, True, True, False):
        put(hub, state, {"enabled": on})
    hub.move_to("2024-03-09T00:00:00Z")
    assert event in left(hub)
    assert [item for item in hub.world.agenda.pending() if item["work"] == SWEEP] == []
    put(hub, state, {"enabled": True})
    hub.move_to("2024-03-10T00:00:00Z")
    assert event not in left(hub)


def test_one_removal_is_planned_for_each_node(hub: Any) -> None:
    for months in range(1, 5):
        keep(hub, viewedPage=months)
        put(hub, "/retention-policy", {"searched": {"months": months}})
    hub.move_to("2024-03-03T12:00:00Z")
    planned = [item for item in hub.world.agenda.pending() if item["work"] == SWEEP]
    assert [(item["due"], item["data"]["node"]) for item in planned] == [
        ("2024-03-04T00:00:00.000000+00:00", hub.node_id)
    ]


def test_a_years_jump_removes_it_all(hub: Any) -> None:
    order = seen(hub, "2024-02-28T00:00:00Z", "completedOrder")
    later = seen(hub, "2024-03-02T00:00:00Z", "completedOrder")
    keep(hub)
    hub.move_to("2025-03-01T12:00:00Z")
    assert left(hub) == [later]
    assert order not in left(hub)


def test_a_fixtures_retention_begins_with_the_first_call(make_hub: Any) -> None:
    fixture = json.loads(json.dumps(data.FixtureFiles().read("contacthub", "docs")))
    fixture["workspaces"][0]["nodes"][0]["retention"] = {"enabled": True, "events": {}}
    hub = make_hub(fixture, clock="2024-06-01T00:00:00Z")
    assert len(left(hub)) == 1
    get(hub, "/retention-policy")
    hub.move_to("2024-06-01T00:00:01Z")
    assert left(hub) == []


def copies(hub: Any) -> list[str]:
    answer = hub.get(f"/events?nodeId={AGGREGATE}&type=viewedPage")
    assert answer.status_code == 200, answer.text
    return [event["id"] for event in answer.json["elements"]]


def test_an_aggregate_node_keeps_copies_for_months_of_its_own(hub: Any) -> None:
    old, new = seen(hub, "2024-01-15T00:00:00Z"), seen(hub, "2024-02-25T00:00:00Z")
    assert set(copies(hub)) > {old, new}
    policy = f"/nodes/{AGGREGATE}/retention-policy"
    put(hub, policy, {"enabled": True, "events": {"viewedPage": {"months": 1}}})
    hub.move_to("2024-03-01T23:59:59Z")
    assert old in copies(hub)
    before = hub.kept("updates")
    hub.move_to("2024-03-02T00:00:00Z")
    assert old not in copies(hub)
    assert new in copies(hub)
    assert {old, new} < set(left(hub))
    assert hub.kept("updates") == before
    (whole,) = hub.get(f"/customers?nodeId={AGGREGATE}").json["elements"]
    for asked in (f"customerId={whole['id']}", f"customerId={CUSTOMER}&nodeId={AGGREGATE}"):
        found = [event["id"] for event in hub.get(f"/events?{asked}").json["elements"]]
        assert old not in found
        assert new in found
    assert old in [event["id"] for event in hub.get(f"/events?customerId={CUSTOMER}").json["elements"]]
    only = {"nodes": [{"id": AGGREGATE, "permission": "R"}]}
    assert hub.put(f"{BASE}/users/3", only, token=hub.admin_token).status_code == 200
    statuses = [hub.get(f"/events/{event}", token="example-token-of-ugo").status_code for event in (old, new)]
    assert statuses == [403, 200]
    status = get(hub, "/retention-policy/status")
    assert status[hub.node_id]["viewedPage"]["total"] == status[AGGREGATE]["viewedPage"]["total"] + 1
    assert status[AGGREGATE]["viewedPage"]["expired"] == 0
    put(hub, policy, {"events": {"viewedPage": {"months": 12}}})
    hub.move_to("2024-03-05T00:00:00Z")
    assert old not in copies(hub)


def test_an_aggregate_node_removes_events_of_its_own(hub: Any) -> None:
    (whole,) = hub.get(f"/customers?nodeId={AGGREGATE}").json["elements"]
    body = {"customerId": whole["id"], "type": "viewedPage", "context": "WEB", "properties": {}}
    event = hub.post("/events", body | {"date": "2023-11-01T00:00:00Z"}).json["id"]
    put(hub, f"/nodes/{AGGREGATE}/retention-policy", {"enabled": True})
    hub.move_to("2024-03-02T00:00:00Z")
    assert event not in left(hub)
    assert hub.kept("updates")[-1]["data"]["id"] == event


@pytest.mark.parametrize(
    ("instant", "months", "before"),
    [
        ("2024-03-31T01:02:03Z", 1, "2024-02-29T01:02:03Z"),
        ("2024-03-31T00:00:00Z", 12, "2023-03-31T00:00:00Z"),
        ("2024-02-29T00:00:00Z", 12, "2023-02-28T00:00:00Z"),
        ("2024-01-01T00:00:00Z", 1, "2023-12-01T00:00:00Z"),
        ("2024-01-01T00:00:00Z", 0, "2024-01-01T00:00:00Z"),
        ("2124-01-01T00:00:00Z", 1200, "2024-01-01T00:00:00Z"),
    ],
)
def test_months_are_counted_by_the_calendar(instant: str, months: int, before: str) -> None:
    assert earlier(parse_instant(instant), months) == parse_instant(before)
