"""Bulk jobs: a file arrives, its rows are done step by step, and the results tell of each row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.kernel.errors import Conflict
from simulator.vendors.contacthub.customers import service as customers
from simulator.vendors.contacthub.state import WORKSPACES

UUID = "99999999-9999-4999-8999-999999999999"
GIULIA = "55555555-5555-4555-8555-555555555555"
VIEW = "66666666-6666-4666-8666-666666666666"
DONE = "77777777-7777-4777-8777-777777777777"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
LATER = "2024-03-01T12:00:00Z"
PEOPLE = "externalId,base.firstName,base.contacts.email\n100,John,doe@example.com\n101,Ada,ada@example.com\n"


def jobs(hub: Any) -> str:
    return f"/nodes/{hub.node_id}/bulk-jobs"


def upload(
    hub: Any, text: str | bytes, operation: str = "UPSERT", name: str = "people.csv", **fields: str
) -> Any:
    content = text.encode() if isinstance(text, str) else text
    data = {"operation": operation, "file": (io.BytesIO(content), name)} | fields
    return hub.post(jobs(hub), data=data)


def loaded(hub: Any, text: str, operation: str = "UPSERT", **fields: str) -> str:
    answer = upload(hub, text, operation, **fields)
    assert answer.status_code == 201, answer.text
    assert answer.json["status"] == "LOADED", answer.json
    return str(answer.json["id"])


def done(hub: Any, text: str, operation: str = "UPSERT", **fields: str) -> list[dict[str, str]]:
    """The results of a file whose job has run."""
    job = loaded(hub, text, operation, **fields)
    hub.move_to(LATER)
    assert hub.get(f"{jobs(hub)}/{job}").json["status"] == "PROCESSED"
    return results(hub, job)


def results(hub: Any, job: str) -> list[dict[str, str]]:
    answer = hub.get(f"{jobs(hub)}/{job}/results")
    assert answer.status_code == 200
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.text)))


def customer(hub: Any, customer_id: str) -> dict[str, Any]:
    [found] = [c["seen"] for c in hub.kept("customers") if c["id"] == customer_id]
    return dict(found)


def test_new_job_is_loaded(hub: Any) -> None:
    answer = upload(hub, PEOPLE)
    assert answer.status_code == 201
    assert answer.json | {"id": ""} == {
        "id": "",
        "filename": "people.csv",
        "operation": "UPSERT",
        "workspaceId": hub.workspace_id,
        "nodeId": hub.node_id,
        "entity": "CUSTOMER",
        "eventType": None,
        "bulkJobName": "people",
        "status": "LOADED",
        "errorMessage": None,
        "createdAt": "2024-03-01T08:00:00.000+0000",
        "updatedAt": "2024-03-01T08:00:00.000+0000",
        "processedEntities": 0,
        "failedEntities": 0,
        "totalEntities": 0,
    }


def test_job_goes_through_its_states(hub: Any) -> None:
    path = f"{jobs(hub)}/{loaded(hub, PEOPLE)}"
    seen: list[tuple[str, int, int]] = []
    for second in range(16):
        hub.move_to(f"2024-03-01T08:00:{second:02}Z")
        job = hub.get(path).json
        row = (job["status"], job["totalEntities"], job["processedEntities"])
        if not seen or seen[-1] != row:
            seen.append(row)
    assert seen == [("LOADED", 0, 0), ("SCHEDULED", 0, 0), ("PROCESSING", 2, 0), ("PROCESSED", 2, 2)]


def test_counters_move_while_a_large_file_is_processed(hub: Any) -> None:
    rows = "".join(f"X{number}\n" for number in range(2500))
    path = f"{jobs(hub)}/{loaded(hub, 'externalId' + chr(10) + rows, 'DELETE')}"
    counts = []
    for second in range(10, 18, 2):
        hub.move_to(f"2024-03-01T08:00:{second}Z")
        job = hub.get(path).json
        counts.append((job["status"], job["failedEntities"]))
    assert counts == [("PROCESSING", 0), ("PROCESSING", 1000), ("PROCESSING", 2000), ("PROCESSED", 2500)]


def test_rows_become_customers(hub: Any) -> None:
    first, second = done(hub, PEOPLE)
    assert (first["row"], first["outcome"], first["message"]) == ("1", "CREATED", "")
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


def test_a_row_that_fails_does_not_stop_the_others(hub: Any) -> None:
    text = (
        "externalId,base.contacts.email,base.dob\n"
        "1,no address,1990-01-01\n"
        "2,two@example.com,1990-02-30\n"
        "3,three@example.com,1990-03-01\n"
        "4,four@example.com\n"
    )
    job = loaded(hub, text)
    hub.move_to(LATER)
    rows = results(hub, job)
    assert [row["outcome"] for row in rows] == ["FAILED", "FAILED", "CREATED", "FAILED"]
    assert "/base/contacts/email" in rows[0]["message"]
    assert "/base/dob" in rows[1]["message"]
    assert rows[3]["message"] == "2 cells for 3 columns"
    counts = hub.get(f"{jobs(hub)}/{job}").json
    assert (counts["processedEntities"], counts["failedEntities"], counts["totalEntities"]) == (1, 3, 4)


def test_cells_are_read_as_the_contract_types_them(hub: Any) -> None:
    text = (
        "\ufeffbase.contacts.email,base.address.geo.lat,enabled,tags.manual,base.likes,extended.points,"
        "consents.profiling.online.status\r\n"
        'a@example.com,45.5,TRUE,vip|gold,"[{""id"": ""1"", ""name"": ""tennis""}]",7,false\r\n'
    )
    [row] = done(hub, text)
    made = customer(hub, row["id"])
    assert made["base"]["address"]["geo"]["lat"] == 45.5
    assert made["enabled"] is True
    assert made["tags"]["manual"] == ["vip", "gold"]
    assert made["base"]["likes"][0]["name"] == "tennis"
    assert made["extended"]["points"] == 7
    assert made["consents"]["profiling"]["online"]["status"] is False


def test_cells_of_another_type_fail_their_row(hub: Any) -> None:
    rows = done(hub, "base.contacts.email,enabled,base.likes\na@example.com,perhaps,\nb@example.com,,{\n")
    assert [row["outcome"] for row in rows] == ["FAILED", "FAILED"]
    assert "/enabled" in rows[0]["message"]
    assert "/base/likes" in rows[1]["message"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe", "the file is not UTF-8"),
        (b"externalId\n\0", "the file is no text"),
        (b'externalId\n"a"b\n', "line 2"),
        (b"externalId,base.fristName\n", "'base.fristName' is no property of a customer"),
        (b"externalId,externalId\n", "'externalId' stands twice"),
        (b"base,base.firstName\n", "'base.firstName' is a part of 'base'"),
        (b"nodeId\n", "'nodeId' is no property"),
        (b"extended.unknown\n", "'extended.unknown' is no property"),
    ],
)
def test_a_bad_file_makes_a_failed_job(hub: Any, content: bytes, message: str) -> None:
    answer = upload(hub, content)
    assert answer.status_code == 201
    assert answer.json["status"] == "FAILED"
    assert message in answer.json["errorMessage"]
    assert results(hub, answer.json["id"]) == []


def test_results_have_to_wait(hub: Any) -> None:
    job = loaded(hub, PEOPLE)
    answer = hub.get(f"{jobs(hub)}/{job}/results")
    assert answer.status_code == 409
    assert "LOADED" in answer.json["message"]


def test_results_of_the_documents(hub: Any) -> None:
    assert hub.get(f"{jobs(hub)}/{DONE}/results").text == (
        f"row,outcome,id,message\n1,UPDATED,{GIULIA},\n2,FAILED,,unique customer property is required\n"
    )


def test_a_node_has_ten_loaded_jobs(hub: Any) -> None:
    for _ in range(10):
        loaded(hub, PEOPLE)
    before = hub.state()
    assert upload(hub, PEOPLE).status_code == 400
    assert hub.state() == before
    hub.move_to("2024-03-01T08:00:05Z")
    loaded(hub, PEOPLE)


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


def test_a_form_is_needed(hub: Any) -> None:
    assert hub.post(jobs(hub), {"operation": "UPSERT"}).status_code == 415
    broken = hub.post(jobs(hub), data=b"--x", headers={"Content-Type": "multipart/form-data"})
    assert broken.status_code == 400


def test_who_may(hub: Any, make_hub: Callable[..., Any]) -> None:
    assert hub.get(jobs(hub), token=hub.untrusted_token).status_code == 403
    reader = "example-token-of-olga"
    assert hub.get(jobs(hub), token=reader).status_code == 403
    assert hub.get(f"/nodes/{AGGREGATE}/bulk-jobs").status_code == 404
    assert hub.get(f"/nodes/{UUID}/bulk-jobs").status_code == 404
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


def test_job_of_a_suspended_workspace_is_stopped(hub: Any) -> None:
    loaded(hub, PEOPLE)
    with hub.world.entered(), hub.world.store.transaction():
        table = hub.world.store.table(WORKSPACES)
        table.put(table[hub.workspace_id] | {"status": "SUSPENDED"})
    hub.move_to(LATER)
    assert [job["seen"]["status"] for job in hub.kept("jobs")] == ["PROCESSED", "STOPPED"]


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


def test_columns_of_another_event_type_are_refused(hub: Any) -> None:
    answer = upload(hub, "customerId,properties.orderId\n", entity="EVENT", eventType="viewedPage")
    assert answer.json["errorMessage"] == "line 1: 'properties.orderId' is no property of an event viewedPage"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.lists(
        st.lists(st.text(max_size=12) | st.sampled_from(["{", "[[1]]", "1e400", "-0"]), max_size=5)
    ),
    operation=st.sampled_from(["UPSERT", "INSERT", "DELETE"]),
)
def test_any_rows_are_taken_or_refused(
    make_hub: Callable[..., Any], cells: list[list[str]], operation: str
) -> None:
    hub = make_hub()
    text = io.StringIO()
    csv.writer(text).writerows([["externalId", "base.likes", "base.address.geo.lat", "extra"], *cells])
    answer = upload(hub, text.getvalue().encode("utf-8", "replace"), operation)
    assert answer.status_code == 201
    hub.move_to(LATER)
    job = hub.get(f"{jobs(hub)}/{answer.json['id']}").json
    assert job["status"] in ("PROCESSED", "FAILED")
    assert job["processedEntities"] + job["failedEntities"] == job["totalEntities"]
