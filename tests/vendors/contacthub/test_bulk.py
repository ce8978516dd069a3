"""Bulk jobs: what becomes of the rows of a file, by operation and entity. Who may, and lists of jobs."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from simulator.kernel.errors import Conflict
from simulator.vendors.contacthub.customers import service as customers
from tests.vendors.contacthub.uploading import (
    AGGREGATE,
    DONE,
    GIULIA,
    PEOPLE,
    UUID,
    VIEW,
    customer,
    docs,
    done,
    jobs,
    loaded,
    upload,
)


def test_rows_become_customers(hub: Any) -> None:
    first, second = done(hub, PEOPLE)
    assert (first["line"], first["outcome"], first["message"]) == ("2", "CREATED", "")
    made = customer(hub, second["id"])
    assert made["externalId"] == "101"
    assert made["base"]["contacts"]["email"] == "ada@example.com"
    assert made["nodeId"] == hub.node_id


def test_upsert_changes_whom_it_matches(hub: Any) -> None:
    [row] = done(hub, "base.contacts.email,base.lastName\nGIULIA.esempio@example.com,Nuova\n")
    assert (row["outcome"], row["id"]) == ("UPDATED", GIULIA)
    base = customer(hub, GIULIA)["base"]
    assert (base["firstName"], base["lastName"]) == ("Giulia", "Nuova")


def test_upsert_by_id_changes_that_customer(hub: Any) -> None:
    rows = done(hub, f"id,base.lastName\n{GIULIA},Nuova\n{UUID},Nessuno\n")
    assert [row["outcome"] for row in rows] == ["UPDATED", "FAILED"]
    assert rows[1]["message"] == f"customer not found {UUID}"
    assert customer(hub, GIULIA)["base"]["lastName"] == "Nuova"


def test_upsert_without_a_check_makes_customers(make_hub: Callable[..., Any]) -> None:
    """Seen to fail with whom it matches told as updated."""
    hub = make_hub(docs(configuration={"customerUniquenessPolicy": "NO_CHECK"}))
    [row] = done(hub, "base.contacts.email\ngiulia.esempio@example.com\n")
    assert row["outcome"] == "CREATED"
    assert row["id"] != GIULIA


def test_insert_fails_whom_it_matches(hub: Any) -> None:
    rows = done(hub, "base.contacts.email\ngiulia.esempio@example.com\nnew@example.com\n", "INSERT")
    assert [row["outcome"] for row in rows] == ["FAILED", "CREATED"]
    assert GIULIA in rows[0]["message"]


def test_a_row_that_fails_halfway_leaves_nothing(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen to fail with rows that are not undone."""
    remove = customers.remove

    def fails_late(*arguments: Any) -> None:
        remove(*arguments)
        raise Conflict("too late")

    before = hub.kept("customers"), hub.kept("events")
    monkeypatch.setattr(customers, "remove", fails_late)
    [row] = done(hub, "externalId\nCRM-0001\n", "DELETE")
    assert (row["outcome"], row["message"]) == ("FAILED", "too late")
    assert (hub.kept("customers"), hub.kept("events")) == before


@pytest.mark.parametrize(
    "line", [f"id\n{GIULIA}", "base.contacts.email\ngiulia.esempio@example.com", "externalId\nCRM-0001"]
)
def test_delete_finds_by_id_unique_property_or_external_id(hub: Any, line: str) -> None:
    [row] = done(hub, f"{line}\n", "DELETE")
    assert (row["outcome"], row["id"]) == ("DELETED", GIULIA)
    assert GIULIA not in [found["id"] for found in hub.kept("customers")]


@pytest.mark.parametrize(
    "fields",
    [
        {"operation": "MERGE"},
        {"entity": "NODE"},
        {"entity": "EVENT"},
        {"entity": "EVENT", "eventType": "dancedTango"},
    ],
)
def test_fields_are_held_to_the_contract(hub: Any, fields: dict[str, str]) -> None:
    before = hub.state()
    data = {"operation": "UPSERT", "file": (io.BytesIO(b"externalId\n"), "x.csv")} | fields
    assert hub.post(jobs(hub), data=data).status_code == 400
    assert hub.state() == before


def test_file_and_operation_are_needed(hub: Any) -> None:
    answer = hub.post(jobs(hub), data={"operation": "UPSERT"}, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert [error["path"] for error in answer.json["errors"]] == ["/file"]
    answer = hub.post(jobs(hub), data={"file": (io.BytesIO(b"externalId\n"), "x.csv")})
    assert [error["path"] for error in answer.json["errors"]] == ["/operation"]


def test_a_file_may_lack_a_name(hub: Any) -> None:
    answer = hub.post(
        jobs(hub), data={"operation": "UPSERT", "file": PEOPLE}, content_type="multipart/form-data"
    )
    assert (answer.status_code, answer.json["status"]) == (201, "LOADED")
    assert (answer.json["filename"], answer.json["bulkJobName"]) == ("file.csv", "file")
    assert "contacthub.bulk-name" in answer.headers["X-Simulator-Assumed"]
    assert answer.headers["X-Simulator-Contract"] == "violation"


def test_customers_have_no_event_type(hub: Any) -> None:
    answer = upload(hub, PEOPLE, entity="CUSTOMER", eventType="viewedPage")
    assert (answer.json["entity"], answer.json["eventType"]) == ("CUSTOMER", None)
    without = upload(hub, PEOPLE)
    assert "contacthub.bulk-entity" in without.headers["X-Simulator-Assumed"]


def test_a_form_is_needed(hub: Any) -> None:
    assert hub.post(jobs(hub), {"operation": "UPSERT"}).status_code == 415
    for kind in ("text/csv", "application/x-www-form-urlencoded"):
        assert hub.post(jobs(hub), data=PEOPLE.encode(), content_type=kind).status_code == 415
    broken = hub.post(jobs(hub), data=b"--x", headers={"Content-Type": "multipart/form-data"})
    assert broken.status_code == 400


@pytest.mark.parametrize(("right", "read", "write"), [("R", 200, 403), ("W", 403, 201), ("RW", 200, 201)])
def test_rights_in_the_node_count(make_hub: Callable[..., Any], right: str, read: int, write: int) -> None:
    user = {"id": 9, "token": "example-token-of-nino", "name": "Nino", "roles": ["USER"]}
    hub = make_hub(docs(users=[user | {"nodes": {"22222222-2222-4222-8222-222222222222": right}}]))
    before = hub.state()
    answers = [
        hub.get(f"{jobs(hub)}{tail}", token=user["token"]) for tail in ("", f"/{DONE}", f"/{DONE}/results")
    ]
    assert [answer.status_code for answer in answers] == [read] * 3
    assert hub.state() == before
    assert upload(hub, PEOPLE, token=str(user["token"])).status_code == write
    assert (hub.state() == before) is (write == 403)


def test_who_may(hub: Any) -> None:
    assert hub.get(jobs(hub), token=hub.untrusted_token).status_code == 403
    reader = "example-token-of-olga"
    form = {"operation": "UPSERT", "file": PEOPLE}
    assert hub.get(jobs(hub), token=reader).status_code == 403
    assert hub.get(f"/nodes/{AGGREGATE}/bulk-jobs").status_code == 404
    assert hub.get(f"/nodes/{UUID}/bulk-jobs").status_code == 404
    assert (
        hub.post(f"/nodes/{AGGREGATE}/bulk-jobs", data=form, content_type="multipart/form-data").status_code
        == 404
    )
    assert hub.get(f"{jobs(hub)}/{UUID}").status_code == 404
    assert hub.get(f"{jobs(hub)}/{UUID}/results").status_code == 404


def test_jobs_are_listed_filtered_and_sorted(hub: Any) -> None:
    first = loaded(hub, PEOPLE)
    failed = upload(hub, "", name="bad.csv").json["id"]
    events = loaded(hub, "customerId,context\n", entity="EVENT", eventType="viewedPage")
    listed = hub.get(jobs(hub)).json
    assert [job["id"] for job in listed["elements"]] == [events, failed, first, DONE]
    assert listed["page"]["totalElements"] == 4

    def ids(query: str) -> list[str]:
        return [job["id"] for job in hub.get(f"{jobs(hub)}?{query}").json["elements"]]

    assert ids("status=FAILED") == [failed]
    assert ids("entity=EVENT") == [events]
    assert ids("status=LOADED&entity=CUSTOMER") == [first]
    assert ids("sort=filename,asc&size=1") == [failed]
    assert ids("size=2&page=1") == [first, DONE]
    assert hub.get(f"{jobs(hub)}?sort=shoeSize").status_code == 400
    assert hub.get(f"{jobs(hub)}?status=LOST").status_code == 400


# --- events ---


def test_rows_become_events(hub: Any) -> None:
    text = (
        "customerId,externalId,context,date,properties.orderId,properties.amount.total,properties.extended.giftWrap\n"
        f"{GIULIA},,ECOMMERCE,2024-02-21T10:00:00Z,O-1,61.5,true\n"
        ",CRM-0001,ECOMMERCE,2024-02-22T10:00:00Z,O-2,1,\n"
        f"{UUID},,ECOMMERCE,,O-3,,\n"
        f"{GIULIA},,MOON,,O-4,,\n"
        ",,WEB,,O-5,,\n"
    )
    rows = done(hub, text, "INSERT", entity="EVENT", eventType="completedOrder")
    assert [row["outcome"] for row in rows] == ["CREATED", "CREATED", "FAILED", "FAILED", "FAILED"]
    made = {event["id"]: event for event in hub.kept("events")}
    first, second = made[rows[0]["id"]], made[rows[1]["id"]]
    assert first["seen"]["properties"] == {
        "orderId": "O-1",
        "amount": {"total": 61.5},
        "extended": {"giftWrap": True},
    }
    assert first["seen"]["type"] == "completedOrder"
    assert (first["customer"], second["customer"]) == (GIULIA, GIULIA)


def test_rows_become_anonymous_events(hub: Any) -> None:
    header = "bringBackProperties.type,bringBackProperties.value,context,properties.title"
    text = f"{header}\nSESSION_ID,s-9,WEB,Home\n"
    [row] = done(hub, text, "INSERT", entity="EVENT", eventType="viewedPage")
    [made] = [event for event in hub.kept("events") if event["id"] == row["id"]]
    assert (made["customer"], made["session"]) == (None, "s-9")


def test_upsert_changes_events_by_id_and_makes_the_others(hub: Any) -> None:
    text = f"id,customerId,context,properties.title\n{VIEW},,,New\n,{GIULIA},WEB,Other\n{UUID},,,None\n"
    rows = done(hub, text, entity="EVENT", eventType="viewedPage")
    assert [row["outcome"] for row in rows] == ["UPDATED", "CREATED", "FAILED"]
    [changed] = [event["seen"] for event in hub.kept("events") if event["id"] == VIEW]
    assert (changed["properties"]["title"], changed["properties"]["path"]) == ("New", "/")


def test_events_are_deleted_by_id(hub: Any) -> None:
    rows = done(hub, f"id\n{VIEW}\n{UUID}\n", "DELETE", entity="EVENT", eventType="viewedPage")
    assert [row["outcome"] for row in rows] == ["DELETED", "FAILED"]
    assert VIEW not in [event["id"] for event in hub.kept("events")]
