"""What POST, PATCH and PUT do to a customer that is there, and who else hears of it."""

from __future__ import annotations

from typing import Any

import pytest

NODE = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
WEB = "44444444-4444-4444-8444-444444444444"
BROWSER = "47474747-4747-4747-8747-474747474747"
GIULIA_ID = "55555555-5555-4555-8555-555555555555"
GIULIA = f"/customers/{GIULIA_ID}"
WEEKLY = "newsletter-weekly"


def same(**members: Any) -> dict[str, Any]:
    """A body for POST and PUT that is Giulia's."""
    base = {"contacts": {"email": "giulia.esempio@example.com"}} | members.pop("base", {})
    return {"nodeId": NODE, "base": base} | members


def other(name: str) -> dict[str, Any]:
    return {"name": name, "type": "OTHER", "value": "1"}


# --- lists ---


def test_post_appends_to_lists_and_frees_them_of_duplicates(hub: Any) -> None:
    first = {
        "likes": [{"id": "a", "name": "Art"}, {"id": "b"}],
        "contacts": {"email": "giulia.esempio@example.com", "otherContacts": [other("x")]},
    }
    second = {
        "likes": [{"id": "c"}, {"id": "a", "category": "Culture"}, {"id": "c", "name": "Cats"}],
        "contacts": {"email": "giulia.esempio@example.com", "otherContacts": [other("y"), other("x")]},
    }
    hub.post("/customers", same(base=first, tags={"manual": ["one"]}))
    merged = hub.post(
        "/customers", same(base=second, tags={"manual": ["two", "vip"], "auto": ["z", "z"]})
    ).json
    assert [(like["id"], like["name"]) for like in merged["base"]["likes"]] == [
        ("a", None),
        ("b", None),
        ("c", "Cats"),
    ]
    assert merged["base"]["contacts"]["otherContacts"] == [other("x"), other("y")]
    assert merged["tags"] == {"auto": ["z"], "manual": ["vip", "one", "two"]}


@pytest.mark.parametrize("method", ["patch", "put"])
def test_patch_and_put_replace_lists(hub: Any, method: str) -> None:
    hub.patch(GIULIA, {"base": {"jobs": [{"id": "a"}, {"id": "b"}]}})
    body = same(
        base={"jobs": [{"id": "c"}, {"id": "b", "jobTitle": "x"}, {"id": "c"}]}, tags={"manual": ["m", "m"]}
    )
    changed = getattr(hub, method)(GIULIA, body).json
    assert [(job["id"], job["jobTitle"]) for job in changed["base"]["jobs"]] == [("c", None), ("b", "x")]
    assert changed["tags"] == {"auto": [], "manual": ["m"]}


@pytest.mark.parametrize("method", ["post", "patch", "put"])
def test_subscriptions_are_merged_by_id(hub: Any, method: str) -> None:
    body = same(
        base={"subscriptions": [{"id": "new", "subscribed": True}, {"id": WEEKLY, "subscribed": False}]}
    )
    path = "/customers" if method == "post" else GIULIA
    weekly, new = getattr(hub, method)(path, body).json["base"]["subscriptions"]
    assert (weekly["id"], weekly["subscribed"], weekly["name"]) == (WEEKLY, False, "Weekly newsletter")
    assert (weekly["registeredAt"], weekly["updatedAt"]) == (
        "2024-01-15T09:30:00.000+0000",
        "2024-03-01T08:00:00.000+0000",
    )
    assert (new["id"], new["registeredAt"]) == ("new", "2024-03-01T08:00:00.000+0000")


@pytest.mark.parametrize("method", ["patch", "put"])
def test_strict_takes_subscriptions_as_they_are(hub: Any, method: str) -> None:
    body = same(
        base={"subscriptions": [{"id": "new", "subscribed": True}, {"id": WEEKLY, "subscribed": False}]}
    )
    changed = getattr(hub, method)(f"{GIULIA}?mode=STRICT", body).json["base"]["subscriptions"]
    assert [(s["id"], s["name"]) for s in changed] == [("new", None), (WEEKLY, None)]
    assert changed[1]["registeredAt"] == "2024-01-15T09:30:00.000+0000"
    body = same(base={"subscriptions": []})
    assert len(getattr(hub, method)(GIULIA, body).json["base"]["subscriptions"]) == 2
    assert getattr(hub, method)(f"{GIULIA}?mode=STRICT", body).json["base"]["subscriptions"] == []
    assert hub.patch(f"{GIULIA}?mode=LENIENT", {}).status_code == 400


def test_a_subscription_that_is_sent_unchanged_keeps_its_dates(hub: Any) -> None:
    held = hub.get(GIULIA).json["base"]["subscriptions"]
    sparse = [{"id": WEEKLY, "subscribed": True}]
    assert hub.patch(GIULIA, {"base": {"subscriptions": sparse}}).json["base"]["subscriptions"] == held
    assert hub.patch(GIULIA, {"base": {"subscriptions": held}}).json["base"]["subscriptions"] == held


# --- members ---


def test_patch_merges_deep_and_null_clears(hub: Any) -> None:
    body = {
        "base": {"contacts": {"phone": "+390000000009"}, "lastName": None, "address": {"zip": None}},
        "consents": {"marketing": {"automatic": {"email": {"objection": True}, "sms": {"status": False}}}},
        "extended": {"favouriteShop": "Milano"},
        "tags": None,
        "externalId": None,
    }
    changed = hub.patch(GIULIA, body).json
    base, automatic = changed["base"], changed["consents"]["marketing"]["automatic"]
    assert (base["firstName"], base["lastName"]) == ("Giulia", None)
    assert base["contacts"]["email"] == "giulia.esempio@example.com"
    assert base["contacts"]["phone"] == "+390000000009"
    assert (base["address"]["zip"], base["address"]["city"]) == (None, "Milano")
    assert automatic["email"] == {"status": True, "limitation": False, "objection": True}
    assert automatic["sms"] == {"status": False, "limitation": None, "objection": None}
    assert changed["extended"] == {"points": 120, "favouriteShop": "Milano"}
    assert (changed["tags"], changed["externalId"]) == (None, None)
    emptied = hub.patch(GIULIA, {"extended": None, "consents": None, "base": {"subscriptions": None}}).json
    assert (emptied["extended"], emptied["consents"], emptied["base"]["subscriptions"]) == ({}, None, [])


def test_post_merges_consents_and_extended_too(hub: Any) -> None:
    consents = {"marketing": {"automatic": {"email": {"status": False}}}}
    merged = hub.post("/customers", same(consents=consents, extended={"points": None})).json
    email = merged["consents"]["marketing"]["automatic"]["email"]
    assert email == {"status": False, "limitation": False, "objection": False}
    assert merged["consents"]["disclaimer"]["version"] == "v1"
    assert merged["extended"] == {}


def test_put_empties_what_is_not_sent(hub: Any) -> None:
    changed = hub.put(GIULIA, same(base={"lastName": "Sola"}, enabled=False)).json
    assert (changed["base"]["firstName"], changed["base"]["lastName"]) == (None, "Sola")
    assert (changed["base"]["address"], changed["consents"], changed["tags"]) == (None, None, None)
    assert (changed["externalId"], changed["extended"], changed["enabled"]) == (None, {}, False)
    assert hub.put(GIULIA, same()).json["enabled"] is True


def test_put_may_be_read_as_a_merge(make_hub: Any) -> None:
    hub = make_hub(put_resets=False)
    changed = hub.put(GIULIA, same(base={"lastName": "Insieme"})).json
    assert (changed["base"]["firstName"], changed["base"]["lastName"]) == ("Giulia", "Insieme")


def test_what_get_gives_put_takes(hub: Any) -> None:
    held = hub.get(GIULIA).json
    system = {"version": 2, "updatedAt": "2024-03-01T08:00:00.000+0000"}
    assert hub.put(GIULIA, held).json == held | system


@pytest.mark.parametrize("method", ["patch", "put"])
def test_what_the_system_keeps_cannot_be_changed(hub: Any, method: str) -> None:
    change = getattr(hub, method)
    ours = {"version": 99, "intId": 99, "registeredAt": "2020-01-01T00:00:00Z", "deleted": 1, "unknown": [1]}
    changed = change(GIULIA, same(id=GIULIA_ID.upper(), sourceInfo={"registeredBy": "x"}, **ours))
    assert changed.status_code == 200
    assert (changed.json["version"], changed.json["deleted"]) == (2, 0)
    assert changed.json["registeredAt"] == "2024-01-15T09:30:00.000+0000"
    for member in ("id", "nodeId"):
        refused = change(GIULIA, same() | {member: AGGREGATE})
        assert (refused.status_code, refused.json["errors"][0]["path"]) == (400, f"/{member}")


def test_extended_lists_are_united_by_post_and_replaced_by_patch(make_hub: Any) -> None:
    own = {"label": None, "enabled": True, "indexed": False, "flowEnabled": False}
    hub = make_hub()
    definitions = {
        "sizes": {"type": "array", "items": {"type": "string"}, "contactlabProperties": own},
        "shoe": {"type": "object", "properties": {"left": {"type": "number"}, "right": {"type": "number"}}}
        | {"contactlabProperties": own},
    }
    from simulator.vendors.contacthub.state import WORKSPACES  # noqa: PLC0415

    with hub.world.entered(), hub.world.store.transaction():
        table = hub.world.store.table(WORKSPACES)
        table.put(table[hub.workspace_id] | {"customerExtended": definitions})
    hub.patch(GIULIA, {"extended": {"sizes": ["s", "m", "s"], "shoe": {"left": 1}}})
    merged = hub.post("/customers", same(extended={"sizes": ["l", "m"], "shoe": {"right": 2}})).json
    assert merged["extended"]["sizes"] == ["s", "m", "l"]
    assert merged["extended"]["shoe"] == {"left": 1, "right": 2}
    assert hub.patch(GIULIA, {"extended": {"sizes": ["x"]}}).json["extended"]["sizes"] == ["x"]
    assert hub.patch(GIULIA, {"extended": {"shoe": {"left": "big"}}}).status_code == 400


def test_extended_objects_are_merged_to_the_bottom(hub: Any) -> None:
    """Seen to fail with the first level merged only."""
    fit = {"waist": {"type": "number"}, "notes": {"type": "array", "items": {"type": "string"}}}
    body = {"type": "object", "properties": {"fit": {"type": "object", "properties": fit}}}
    path = "/configuration/properties/extended"
    assert hub.put(path, {"body": body}, token=hub.admin_token).status_code == 200
    hub.patch(GIULIA, {"extended": {"body": {"fit": {"waist": 70, "notes": ["slim"]}}}})
    patched = hub.patch(GIULIA, {"extended": {"body": {"fit": {"notes": ["wide", "wide"]}}}}).json
    assert patched["extended"]["body"] == {"fit": {"waist": 70, "notes": ["wide"]}}
    posted = hub.post("/customers", same(extended={"body": {"fit": {"waist": 72, "notes": ["long"]}}})).json
    assert posted["extended"]["body"] == {"fit": {"waist": 72, "notes": ["wide", "long"]}}


# --- who hears of it ---


def told(hub: Any) -> list[tuple[str, str, str]]:
    return [
        (u["operation"], u["data"]["nodeId"], u["data"]["id"])
        for u in hub.kept("updates")
        if u["type"] == "CUSTOMER"
    ]


def test_every_write_is_in_the_stream_of_updates(hub: Any) -> None:
    before = len(told(hub))
    made = hub.post("/customers", same(base={"contacts": {"email": "luca.prova@example.com"}})).json
    hub.patch(f"/customers/{made['id']}", {"extra": "a"})
    hub.delete(f"/customers/{made['id']}")
    own = [operation for operation, node, _ in told(hub)[before:] if node == NODE]
    assert own == ["CREATE", "UPDATE", "DELETE"]
    of_aggregate = [operation for operation, node, _ in told(hub)[before:] if node == AGGREGATE]
    assert of_aggregate == ["CREATE", "UPDATE", "DELETE"]


def test_changed_consents_are_logged(hub: Any) -> None:
    before = len(hub.kept("consent_logs"))
    hub.patch(GIULIA, {"consents": {"profiling": {"online": {"status": True}}}})
    hub.patch(GIULIA, {"consents": {"profiling": {"online": {"status": True}}}})
    rows = hub.kept("consent_logs")[before:]
    assert [(r["type"], r["property"], r["value"], r["sourceId"]) for r in rows] == [
        ("CONSENT_CHANGED", "profiling.online.status", "true", WEB)
    ]


def test_a_session_may_come_along(hub: Any) -> None:
    made = hub.post(
        "/customers?sessionId=anonymous", same(base={"contacts": {"email": "a@example.com"}})
    ).json
    assert [s["value"] for s in hub.kept("sessions") if s["customer"] == made["id"]] == ["anonymous"]
    again = hub.patch(f"/customers/{made['id']}?sessionId=anonymous", {"extra": "a"})
    assert again.status_code == 200
    before = hub.state()
    refused = hub.patch(f"{GIULIA}?sessionId=anonymous", {"extra": "a"})
    assert (refused.status_code, refused.json["errors"][0]["path"]) == (400, "/sessionId")
    assert hub.state() == before
    assert hub.put(f"{GIULIA}?sessionId=another", same()).status_code == 200
    assert hub.post(f"/customers?sessionId={'x' * 256}", same()).status_code == 400


# --- what each source said ---


def test_a_customer_of_one_source_is_what_it_said(hub: Any) -> None:
    (said,) = hub.get(f"{GIULIA}/sources").json["elements"]
    seen = hub.get(GIULIA).json
    assert said["id"] == WEB
    assert {name: said[name] for name in said if name != "id"} == {
        name: seen[name] for name in said if name != "id"
    }
    hub.patch(GIULIA, {"base": {"title": "Dr"}})
    assert hub.get(f"{GIULIA}/sources/{WEB}").json["base"]["title"] == "Dr"


def test_sources_are_told_apart(hub: Any) -> None:
    hub.patch(GIULIA, {"base": {"firstName": "Julia"}}, token=hub.untrusted_token)
    hub.patch(GIULIA, {"base": {"title": "Dr"}}, token=hub.admin_token)
    listed = hub.get(f"{GIULIA}/sources").json["elements"]
    names = [(said["id"], said["base"]["firstName"], said["base"]["title"]) for said in listed]
    assert names == [(WEB, "Giulia", None), (BROWSER, "Julia", None)]
    seen = hub.get(GIULIA).json
    assert (seen["base"]["firstName"], seen["base"]["title"]) == ("Julia", "Dr")
    assert seen["sourceInfo"] == {"registeredBy": WEB, "updatedBy": None}
    assert hub.get(f"{GIULIA}/sources/{BROWSER}").json == listed[1]
    assert hub.get(f"{GIULIA}/sources/{NODE}").status_code == 404
