"""Aggregate customers after any history of their entry customers: as if they were merged only now."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.vendors.contacthub.state import CUSTOMERS

NODES = "/configuration/nodes"
EMAILS = (None, "anna@example.com", "ANNA@example.com", "bea@example.com", "test@example.com")
STEPS = st.lists(
    st.tuples(st.sampled_from(("write", "delete")), st.integers(0, 4), st.sampled_from(EMAILS)),
    min_size=1,
    max_size=12,
)


def aggregate(hub: Any, entry: str) -> str:
    body = {
        "name": "All",
        "entryNodes": [entry],
        "matchingProperties": {"properties": ["base.contacts.email"]},
        "exclusionFilters": [{"property": "base.contacts.email", "value": "test", "pattern": "START_WITH"}],
    }
    return str(hub.post(f"{NODES}/aggregates", body).json["id"])


def activate(hub: Any, node: str) -> None:
    assert hub.put(f"{NODES}/aggregates/{node}/state", {"state": "ACTIVE"}).status_code == 200


def held(hub: Any, node: str) -> dict[frozenset[str], dict[str, Any]]:
    """The customers of an aggregate node by what they are made of."""
    with hub.world.entered():
        found = hub.world.store.table(CUSTOMERS).find("node", node)
    return {frozenset(stored["entries"]): stored for stored in found}


def expected(emails: dict[str, str | None]) -> set[frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for entry, email in emails.items():
        if email != "test@example.com":
            groups.setdefault((email or entry).casefold(), set()).add(entry)
    return {frozenset(group) for group in groups.values()}


def step(hub: Any, entry: str, kind: str, number: int, email: str | None) -> None:
    found = hub.get(f"/customers?nodeId={entry}&externalId={number}").json["elements"]
    if kind == "write":
        body = {"nodeId": entry, "externalId": str(number), "base": {"contacts": {"email": email}}}
        answer = hub.patch(f"/customers/{found[0]['id']}", body) if found else hub.post("/customers", body)
        assert answer.status_code in {200, 201}, answer.text
    elif found:
        assert hub.delete(f"/customers/{found[0]['id']}").status_code == 200


@given(steps=STEPS)
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # each example makes a hub of its own
)
def test_history_does_not_matter(make_hub: Any, steps: list[tuple[str, int, str | None]]) -> None:
    hub = make_hub()
    hub.token = hub.admin_token
    policy = {"properties": ["externalId"]}
    entry = hub.post(f"{NODES}/entries", {"name": "Shops", "uniqueCustomer": policy}).json["id"]
    early, late = aggregate(hub, entry), aggregate(hub, entry)
    activate(hub, early)
    for one in steps:
        step(hub, entry, *one)
    activate(hub, late)
    with hub.world.entered():
        stored = hub.world.store.table(CUSTOMERS).find("node", entry)
    wanted = expected({one["id"]: one["seen"]["base"]["contacts"]["email"] for one in stored})
    kept, built = held(hub, early), held(hub, late)
    assert kept.keys() == built.keys() == wanted
    for group in wanted:
        for name in ("externalId", "base", "consents", "extended", "extra", "tags", "enabled"):
            assert kept[group]["seen"][name] == built[group]["seen"][name]
        assert kept[group]["match"] == built[group]["match"]
