"""Subscriptions, educations, likes and jobs, one by one."""

from __future__ import annotations

from typing import Any

import pytest

GIULIA = "/customers/55555555-5555-4555-8555-555555555555"
NOBODY = "/customers/99999999-9999-4999-8999-999999999999"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
EDUCATION = {
    "id": "a",
    "schoolType": "COLLEGE",
    "schoolName": "Example College",
    "schoolConcentration": None,
    "startYear": 2004,
    "endYear": None,
    "isCurrent": False,
}
LIKE = {"id": "a", "category": "Music", "name": None, "createdTime": "2024-02-01T10:00:00.000+0000"}
JOB = {
    "id": "a",
    "companyIndustry": None,
    "companyName": "Example",
    "jobTitle": None,
    "startDate": "2020-01-01",
    "endDate": None,
    "isCurrent": True,
}
SUBSCRIPTION = {
    "id": "a",
    "name": "Offers",
    "type": None,
    "kind": "SERVICE",
    "subscribed": True,
    "startDate": "2024-03-01T08:00:00.000+0000",
    "endDate": None,
    "subscriberId": None,
    "registeredAt": "2024-03-01T08:00:00.000+0000",
    "updatedAt": "2024-03-01T08:00:00.000+0000",
    "subscribeContext": {"ip": "192.0.2.10", "userAgent": None},
    "unsubscribeContext": None,
    "preferences": [{"key": "k", "value": "v"}],
}
FAMILIES = [
    ("educations", EDUCATION, 200),
    ("likes", LIKE, 200),
    ("jobs", JOB, 200),
    ("subscriptions", SUBSCRIPTION, 201),
]
family = pytest.mark.parametrize(("member", "element", "status"), FAMILIES, ids=[f[0] for f in FAMILIES])
names = pytest.mark.parametrize("member", [f[0] for f in FAMILIES])


def sparse(element: dict[str, Any]) -> dict[str, Any]:
    """What a client sends: no nulls, none of the dates that the system sets."""
    system = {"registeredAt", "updatedAt"}
    return {name: value for name, value in element.items() if value is not None and name not in system}


@family
def test_an_element_lives(hub: Any, member: str, element: dict[str, Any], status: int) -> None:
    path = f"{GIULIA}/{member}"
    answered = hub.post(path, sparse(element))
    assert (answered.status_code, answered.json) == (status, element)
    assert hub.get(f"{path}/a").json == element
    seen = hub.get(GIULIA).json
    assert seen["base"][member][-1] == element
    assert seen["version"] == 2
    required = {"id": "ignored"} | ({"subscribed": False} if member == "subscriptions" else {})
    changed = hub.put(f"{path}/a", required)
    assert changed.status_code == 200
    assert sparse(changed.json) == required | {"id": "a"} | (
        {"preferences": []} if member == "subscriptions" else {}
    )
    assert hub.get(f"{path}/a").json == changed.json
    removed = hub.delete(f"{path}/a")
    assert (removed.status_code, removed.data) == (200, b"")
    assert hub.get(f"{path}/a").status_code == 404
    assert hub.get(GIULIA).json["version"] == 4


@family
def test_an_id_is_taken_once(hub: Any, member: str, element: dict[str, Any], status: int) -> None:
    hub.post(f"{GIULIA}/{member}", sparse(element))
    before = hub.state()
    answered = hub.post(f"{GIULIA}/{member}", sparse(element))
    assert (answered.status_code, answered.json["data"]) == (409, None)
    assert hub.state() == before


@family
def test_what_does_not_exist(hub: Any, member: str, element: dict[str, Any], status: int) -> None:
    before = hub.state()
    for customer in (GIULIA, NOBODY):
        path = f"{customer}/{member}/unknown"
        assert hub.get(path).status_code == 404
        assert hub.put(path, sparse(element)).status_code == 404
        assert hub.delete(path).status_code == 404
    assert hub.post(f"{NOBODY}/{member}", sparse(element)).status_code == 404
    assert hub.state() == before


@family
def test_what_is_wrong(hub: Any, member: str, element: dict[str, Any], status: int) -> None:
    before = hub.state()
    refused: list[Any] = [{}, {"id": ""}, {"id": "x" * 256}, {"id": 1}, sparse(element) | {"unknown": 1}, []]
    for wrong in refused:
        assert hub.post(f"{GIULIA}/{member}", wrong).status_code == 400
    assert hub.state() == before


@family
def test_aggregate_customers_have_copies(hub: Any, member: str, element: dict[str, Any], status: int) -> None:
    whole = next(c["id"] for c in hub.kept("customers") if c["node"] == AGGREGATE)
    hub.post(f"{GIULIA}/{member}", sparse(element))
    path = f"/customers/{whole}/{member}"
    assert hub.get(f"{path}/a").json == element
    admin = {"token": hub.admin_token}
    assert hub.post(path, sparse(element) | {"id": "b"}, **admin).status_code == 400
    assert hub.put(f"{path}/a", sparse(element), **admin).status_code == 400
    assert hub.delete(f"{path}/a", **admin).status_code == 403


@names
def test_browsers_write_but_do_not_read(hub: Any, member: str) -> None:
    body = {"id": "a"} | ({"subscribed": True} if member == "subscriptions" else {})
    browser = {"token": hub.untrusted_token}
    assert hub.post(f"{GIULIA}/{member}", body, **browser).status_code in {200, 201}
    assert hub.put(f"{GIULIA}/{member}/a", body, **browser).status_code == 200
    assert hub.get(f"{GIULIA}/{member}/a", **browser).status_code == 403
    assert hub.delete(f"{GIULIA}/{member}/a", **browser).status_code == 403


def test_a_subscription_knows_when_it_was_changed(hub: Any) -> None:
    path = f"{GIULIA}/subscriptions/newsletter-weekly"
    changed = hub.put(path, {"id": "newsletter-weekly", "subscribed": False}).json
    assert changed["registeredAt"] == "2024-01-15T09:30:00.000+0000"
    assert changed["updatedAt"] == "2024-03-01T08:00:00.000+0000"
    given = {"registeredAt": "2024-02-01T00:00:00Z", "updatedAt": "2024-02-02T00:00:00Z"}
    changed = hub.put(path, {"id": "newsletter-weekly", "subscribed": True} | given).json
    assert changed["registeredAt"] == "2024-02-01T00:00:00.000+0000"
    assert changed["updatedAt"] == "2024-02-02T00:00:00.000+0000"


def test_ids_may_have_odd_characters(hub: Any) -> None:
    hub.post(f"{GIULIA}/likes", {"id": "café 100%"})
    assert hub.get(f"{GIULIA}/likes/caf%C3%A9%20100%25").json["id"] == "café 100%"
