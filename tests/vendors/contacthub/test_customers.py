"""Customers: made, read, removed, and who may do so; unique and mandatory properties."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from simulator.data import FixtureFiles

NODE = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
WEB = "44444444-4444-4444-8444-444444444444"
GIULIA_ID = "55555555-5555-4555-8555-555555555555"
GIULIA = f"/customers/{GIULIA_ID}"
GIULIAS = "giulia.esempio@example.com"
NOBODY = "99999999-9999-4999-8999-999999999999"


def person(email: str = "luca.prova@example.com", **members: Any) -> dict[str, Any]:
    base = {"contacts": {"email": email}} | members.pop("base", {})
    return {"nodeId": NODE, "base": base} | members


def docs(node: dict[str, Any] | None = None, **settings: Any) -> dict[str, Any]:
    """The fixture `docs` with other settings of its workspace and of its entry node."""
    document = copy.deepcopy(dict(FixtureFiles().read("contacthub", "docs")))
    workspace = document["workspaces"][0]
    workspace |= settings
    workspace["nodes"][0] |= node or {}
    return document


def with_policy(value: str) -> dict[str, Any]:
    return docs(configuration={"customerUniquenessPolicy": value})


def pointers(answered: Any) -> list[str]:
    return [problem["path"] for problem in answered.json["errors"]]


# --- made and read ---


def test_a_new_customer_is_shown_whole(hub: Any) -> None:
    answered = hub.post("/customers", person(base={"firstName": "Luca", "address": {"city": "Torino"}}))
    assert answered.status_code == 201
    made = answered.json
    base = made["base"]
    assert (base["firstName"], base["lastName"], base["credential"], base["jobs"]) == ("Luca", None, None, [])
    empty: dict[str, Any] = {
        "fax": None,
        "mobilePhone": None,
        "phone": None,
        "otherContacts": [],
        "mobileDevices": [],
    }
    assert base["contacts"] == {"email": "luca.prova@example.com"} | empty
    assert base["address"]["city"] == "Torino"
    assert base["address"]["street"] is None
    assert (made["consents"], made["tags"], made["extended"], made["enabled"]) == (None, None, {}, True)
    assert (made["version"], made["deleted"], made["intId"]) == (1, 0, 3)
    assert made["registeredAt"] == made["updatedAt"] == "2024-03-01T08:00:00.000+0000"
    assert made["sourceInfo"] == {"registeredBy": WEB, "updatedBy": WEB}
    assert hub.get(f"/customers/{made['id']}").json == made


def test_objects_are_whole_once_anything_of_them_is_set(hub: Any) -> None:
    made = hub.post("/customers", person(tags={"manual": ["a"]}, consents={"softSpam": {}})).json
    assert made["tags"] == {"auto": [], "manual": ["a"]}
    nothing = {"status": None, "limitation": None, "objection": None}
    assert made["consents"]["softSpam"] == {"email": None, "papery": None}
    assert made["consents"]["disclaimer"] is None
    changed = hub.patch(f"/customers/{made['id']}", {"consents": {"softSpam": {"email": {}}}}).json
    assert changed["consents"]["softSpam"]["email"] == nothing


def test_instants_and_whole_numbers_come_back_in_one_form(hub: Any) -> None:
    made = hub.post(
        "/customers",
        person(
            base={
                "likes": [{"id": "l", "createdTime": "2024-02-01T10:00:00+02:00"}],
                "educations": [{"id": "e", "startYear": 2004.0}],
            },
            consents={"disclaimer": {"date": "2024-02-01T10:00:00.123456Z", "version": "1"}},
        ),
    )
    assert made.json["base"]["likes"][0]["createdTime"] == "2024-02-01T08:00:00.000+0000"
    assert made.json["consents"]["disclaimer"]["date"] == "2024-02-01T10:00:00.123+0000"
    assert b'"startYear":2004,' in made.data


def test_a_customer_that_does_not_exist(hub: Any) -> None:
    for answered in (
        hub.get(f"/customers/{NOBODY}"),
        hub.get("/customers/123"),
        hub.patch(f"/customers/{NOBODY}", {}),
        hub.put(f"/customers/{NOBODY}", person()),
        hub.delete(f"/customers/{NOBODY}"),
        hub.get(f"/customers/{NOBODY}/sources"),
        hub.get(f"/customers/{NOBODY}/entry-customers?page=0&size=1"),
    ):
        assert answered.status_code == 404
        assert answered.json["message"].startswith("customer not found ")


@pytest.mark.parametrize("node", [NOBODY, AGGREGATE])
def test_customers_are_made_in_entry_nodes_only(hub: Any, node: str) -> None:
    answered = hub.post("/customers", person() | {"nodeId": node})
    assert (answered.status_code, answered.json["message"]) == (404, f"node not found {node}")


def test_the_clock_may_stand_but_updates_follow_each_other(hub: Any) -> None:
    made = hub.post("/customers", person()).json
    first = hub.patch(f"/customers/{made['id']}", {"extra": "a"}).json
    second = hub.patch(f"/customers/{made['id']}", {"extra": "a"}).json
    assert [c["version"] for c in (made, first, second)] == [1, 2, 3]
    assert made["updatedAt"] < first["updatedAt"] < second["updatedAt"]
    assert second["registeredAt"] == made["registeredAt"]


# --- unique, mandatory ---


def test_unique_properties_are_required(hub: Any) -> None:
    before = hub.state()
    answered = hub.post("/customers", {"nodeId": NODE, "base": {}})
    assert (answered.status_code, answered.json["message"]) == (400, "source customer is not valid")
    assert answered.json["errors"] == [
        {
            "message": "unique customer property is required",
            "path": "/base/contacts/email",
            "data": None,
            "code": None,
        }
    ]
    assert hub.state() == before


def test_mandatory_properties_are_required_and_stay(make_hub: Any) -> None:
    hub = make_hub(docs({"mandatoryProperties": ["base.firstName", "externalId"]}))
    assert pointers(hub.post("/customers", person())) == ["/base/firstName", "/externalId"]
    made = hub.post("/customers", person(base={"firstName": "Luca"}, externalId="x")).json
    path = f"/customers/{made['id']}"
    assert pointers(hub.put(path, person(externalId="x"))) == ["/base/firstName"]
    assert pointers(hub.patch(path, {"base": {"firstName": None}})) == ["/base/firstName"]
    assert hub.patch(path, {"base": {"lastName": "Prova"}}).status_code == 200


def test_properties_that_became_mandatory_may_go_on_missing(make_hub: Any) -> None:
    hub = make_hub(docs({"mandatoryProperties": ["base.title"]}))
    assert hub.patch(GIULIA, {"extra": "a"}).status_code == 200
    assert pointers(hub.post("/customers", person(GIULIAS))) == ["/base/title"]


def test_base_and_contacts_are_always_there(make_hub: Any) -> None:
    hub = make_hub(docs({"uniqueCustomer": {"properties": ["externalId"], "caseSensitive": True}}))
    for base in (None, {}, {"contacts": None}):
        changed = hub.put(GIULIA, {"nodeId": NODE, "externalId": "CRM-0001", "base": base})
        assert changed.json["base"]["contacts"]["otherContacts"] == []
        assert changed.json["base"]["contacts"]["email"] is None


def test_who_is_the_same_is_merged(hub: Any) -> None:
    answered = hub.post("/customers", person(GIULIAS.upper(), base={"lastName": "Nuova"}))
    assert (answered.status_code, answered.json["id"]) == (201, GIULIA_ID)
    assert (answered.json["base"]["firstName"], answered.json["version"]) == ("Giulia", 2)


def test_case_counts_where_the_node_says_so(make_hub: Any) -> None:
    policy = {"properties": ["base.contacts.email"], "caseSensitive": True}
    hub = make_hub(docs({"uniqueCustomer": policy}))
    assert hub.post("/customers", person(GIULIAS.upper())).json["id"] != GIULIA_ID
    assert hub.post("/customers", person(GIULIAS)).json["id"] == GIULIA_ID


def test_all_unique_properties_have_to_be_equal(make_hub: Any) -> None:
    policy = {"properties": ["externalId", "base.lastName"], "caseSensitive": False}
    hub = make_hub(docs({"uniqueCustomer": policy}))
    other = hub.post("/customers", {"nodeId": NODE, "externalId": "CRM-0001", "base": {"lastName": "Altra"}})
    same = hub.post("/customers", {"nodeId": NODE, "externalId": "crm-0001", "base": {"lastName": "ESEMPIO"}})
    assert other.json["id"] != GIULIA_ID
    assert same.json["id"] == GIULIA_ID


def test_blocked_customers_are_a_conflict(make_hub: Any) -> None:
    hub = make_hub(with_policy("BLOCK"))
    answered = hub.post("/customers", person(GIULIAS))
    assert answered.status_code == 409
    assert answered.json["message"] == f"Conflict with exiting customer {GIULIA_ID}"
    href = f"https://api.contactlab.it/hub/v1/workspaces/{hub.workspace_id}{GIULIA}"
    assert answered.json["data"] == {"customer": {"id": GIULIA_ID, "href": href}}
    assert answered.json["errors"] == []
    hidden = hub.post("/customers", person(GIULIAS), token=hub.untrusted_token)
    assert (hidden.status_code, hidden.json["data"]) == (409, None)


def test_without_a_check_there_are_duplicates(make_hub: Any) -> None:
    hub = make_hub(with_policy("NO_CHECK"))
    made = hub.post("/customers", person(GIULIAS)).json
    assert made["id"] != GIULIA_ID
    assert hub.patch(f"/customers/{made['id']}", {"extra": "a"}).status_code == 200


@pytest.mark.parametrize("method", ["patch", "put"])
def test_nobody_becomes_another(hub: Any, method: str) -> None:
    made = hub.post("/customers", person()).json
    before = hub.state()
    answered = getattr(hub, method)(f"/customers/{made['id']}", person(GIULIAS.title()))
    assert (answered.status_code, answered.json["data"]["customer"]["id"]) == (409, GIULIA_ID)
    assert hub.state() == before
    assert hub.patch(f"/customers/{made['id']}", person("nuovo@example.com")).status_code == 200
    assert hub.post("/customers", person()).json["id"] != made["id"]


# --- bodies ---


def test_bodies_that_are_no_customers(hub: Any) -> None:
    before = hub.state()
    for raw in (b"", b"{", b"[]", b"null", b'{"nodeId": 1}', b'{"nodeId": "x"}', b"[" * 200, b"\xff"):
        sent = {"data": raw, "headers": {"Content-Type": "application/json"}}
        assert hub.post("/customers", **sent).status_code in {400, 404}
        assert hub.put(GIULIA, **sent).status_code == 400
    assert hub.post("/customers", data=b"{}", headers={"Content-Type": "text/plain"}).status_code == 415
    assert hub.state() == before


# --- who may ---


def test_rights_of_roles(hub: Any) -> None:
    assert hub.get(GIULIA, token=hub.untrusted_token).status_code == 403
    assert hub.delete(GIULIA, token=hub.untrusted_token).status_code == 403
    assert hub.patch(GIULIA, {"extra": "a"}, token=hub.untrusted_token).status_code == 200
    assert hub.post("/customers", person(), token=hub.untrusted_token).status_code == 201
    assert hub.post("/customers", person(), token=hub.dpo_token).status_code == 403
    assert hub.get(GIULIA, token="").status_code == 401


def test_rights_in_nodes(make_hub: Any) -> None:
    document = docs()
    workspace = document["workspaces"][0]
    workspace["users"][2]["nodes"] = {NODE: "R"}
    workspace["users"][3]["nodes"] = {AGGREGATE: "R"}
    hub = make_hub(document)
    reader, other = "example-token-of-ugo", "example-token-of-olga"
    assert hub.get(GIULIA, token=reader).status_code == 200
    assert hub.get(GIULIA, token=other).status_code == 403
    for answered in (
        hub.patch(GIULIA, {}, token=reader),
        hub.put(GIULIA, person(GIULIAS), token=reader),
        hub.delete(GIULIA, token=reader),
        hub.post("/customers", person(), token=reader),
    ):
        assert (answered.status_code, answered.json["message"]) == (403, "Access is denied")


# --- removed ---


def test_a_removed_customer_takes_all_along(hub: Any) -> None:
    answered = hub.delete(f"{GIULIA}?nodeId={NODE}")
    assert (answered.status_code, answered.json) == (200, {})
    assert hub.get(GIULIA).status_code == 404
    left = {name.partition("/")[2] for name in hub.state()}
    assert not left & {"customers", "sessions", "events"}
    assert hub.post("/customers", person(GIULIAS)).json["id"] != GIULIA_ID


# --- aggregates ---


def test_entry_customers_of_an_aggregate(hub: Any) -> None:
    whole = next(c for c in hub.kept("customers") if c["node"] == AGGREGATE)
    path = f"/customers/{whole['id']}"
    listed = hub.get(f"{path}/entry-customers?page=0&size=10").json
    assert [c["id"] for c in listed["elements"]] == [GIULIA_ID]
    assert (listed["page"]["totalElements"], listed["page"]["size"]) == (1, 10)
    assert hub.get(f"{path}/entry-customers?page=1&size=10").json["elements"] == []
    assert hub.get(f"{GIULIA}/entry-customers?page=0&size=10").json["elements"] == []
    assert pointers(hub.get(f"{path}/entry-customers?page=0")) == ["/size"]
    assert pointers(hub.get(f"{path}/entry-customers?size=0")) == ["/page"]


def test_aggregate_customers_are_computed_only(hub: Any) -> None:
    whole = next(c for c in hub.kept("customers") if c["node"] == AGGREGATE)
    path = f"/customers/{whole['id']}"
    before = hub.state()
    assert hub.patch(path, {"extra": "a"}, token=hub.admin_token).status_code == 400
    assert hub.put(path, person() | {"nodeId": AGGREGATE}, token=hub.admin_token).status_code == 400
    assert hub.delete(path, token=hub.admin_token).status_code == 403
    assert hub.state() == before
    hub.patch(GIULIA, {"extra": "a"})
    assert hub.get(path).json["extra"] == "a"
    hub.delete(GIULIA)
    assert hub.get(path).status_code == 404
