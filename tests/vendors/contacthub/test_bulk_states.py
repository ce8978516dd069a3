"""The states of a bulk job: on the world's clock, stopped, planted by a fixture, and of a large file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from simulator.kernel.worlds import BadBirth
from tests.vendors.contacthub.uploading import (
    DONE,
    GIULIA,
    LATER,
    PEOPLE,
    UUID,
    customer,
    docs,
    done,
    jobs,
    loaded,
    results,
    upload,
)

SOURCE = "44444444-4444-4444-8444-444444444444"
OPERATOR = "example-token-of-operator"
PLANTED = {
    "id": UUID,
    "nodeId": "22222222-2222-4222-8222-222222222222",
    "filename": "people.csv",
    "bulkJobName": "people",
    "operation": "UPSERT",
    "status": "LOADED",
    "createdAt": "2024-03-01T07:59:50.000+0000",
    "updatedAt": "2024-03-01T07:59:58.000+0000",
    "file": PEOPLE,
}


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


def test_results_have_to_wait(hub: Any) -> None:
    job = loaded(hub, PEOPLE)
    answer = hub.get(f"{jobs(hub)}/{job}/results")
    assert answer.status_code == 409
    assert "LOADED" in answer.json["message"]


def test_results_of_the_documents(hub: Any) -> None:
    assert hub.get(f"{jobs(hub)}/{DONE}/results").text == (
        f"line,outcome,id,message\n2,UPDATED,{GIULIA},\n3,FAILED,,unique customer property is required\n"
    )


def test_a_node_has_ten_loaded_jobs(hub: Any) -> None:
    for _ in range(10):
        loaded(hub, PEOPLE)
    before = hub.state()
    assert upload(hub, PEOPLE).status_code == 400
    assert hub.state() == before
    hub.move_to("2024-03-01T08:00:05Z")
    loaded(hub, PEOPLE)


def test_job_of_a_suspended_workspace_is_stopped(hub: Any) -> None:
    path = f"{jobs(hub)}/{loaded(hub, PEOPLE)}"
    set_status(hub, "SUSPENDED")
    hub.move_to("2024-03-01T08:00:07Z")
    set_status(hub, "ENABLED")
    hub.move_to(LATER)
    answer = hub.get(path)
    assert (answer.json["status"], answer.json["processedEntities"]) == ("STOPPED", 0)
    assert answer.json["updatedAt"] == "2024-03-01T08:00:05.000+0000"
    assert "contacthub.bulk-stopped" in answer.headers["X-Simulator-Assumed"]
    assert [job["id"] for job in hub.get(f"{jobs(hub)}?status=STOPPED").json["elements"]] == [
        answer.json["id"]
    ]
    refused = hub.get(f"{path}/results")
    assert (refused.status_code, refused.json["errors"]) == (409, [])
    assert "STOPPED" in refused.json["message"]


def set_status(hub: Any, status: str) -> None:
    answer = hub.put(f"/hub/v1/workspaces/{hub.workspace_id}/status", {"status": status}, token=OPERATOR)
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize("at", ["08:00:03", "08:00:07", "08:00:11", "08:00:13"])
def test_a_job_is_stopped_by_hand(hub: Any, at: str) -> None:
    """Seen to fail with a step that goes on whatever the status."""
    rows = "".join(f"X{number}\n" for number in range(2500))
    path = f"{jobs(hub)}/{loaded(hub, 'externalId' + chr(10) + rows, 'DELETE')}"
    hub.move_to(f"2024-03-01T{at}Z")
    before = hub.get(path).json
    by_hand(hub, before["id"], "STOPPED")
    hub.move_to(LATER)
    assert hub.get(path).json == before | {"status": "STOPPED"}
    with hub.world.entered():
        assert hub.world.agenda.pending() == []


def by_hand(hub: Any, job: str, status: str) -> None:
    """Put a status into a job over the control API, as somebody would who shows their client one."""
    place = f"/_simulator/state/contacthub/bulk_jobs/{job}"
    document: Any = hub.control.get(place).json
    document["status"] = status
    assert hub.control.put(place, json=document).status_code == 200


def test_a_job_that_is_failed_by_hand_has_the_results_of_the_rows_done(hub: Any) -> None:
    """Seen to fail with rows that are not done among the results."""
    text = "".join(f"X{number}\n" for number in range(2500))
    job = loaded(hub, f"externalId\n{text}", "DELETE")
    hub.move_to("2024-03-01T08:00:13Z")
    by_hand(hub, job, "FAILED")
    hub.move_to(LATER)
    assert [row["line"] for row in results(hub, job)] == [str(line) for line in range(2, 1002)]


def test_a_job_outlives_its_source(hub: Any) -> None:
    path = f"/configuration/sources/{SOURCE}"
    job = loaded(hub, PEOPLE)
    source = hub.get(path, token=hub.admin_token).json
    assert hub.put(path, source | {"enabled": False}, token=hub.admin_token).status_code == 200
    hub.move_to(LATER)
    assert hub.get(f"{jobs(hub)}/{job}").status_code == 401
    found = hub.get(f"{jobs(hub)}/{job}", token=hub.admin_token).json
    assert (found["status"], found["processedEntities"]) == ("PROCESSED", 2)


def planted(make_hub: Callable[..., Any], **changes: Any) -> Any:
    job = {name: value for name, value in (PLANTED | changes).items() if value is not None}
    [workspace] = docs()["workspaces"]
    return make_hub(docs(jobs=[*workspace["jobs"], job]))


@pytest.mark.parametrize(
    ("status", "instants"),
    [
        ("LOADED", {"SCHEDULED": "08:00:03", "PROCESSING": "08:00:08", "PROCESSED": "08:00:10"}),
        ("SCHEDULED", {"PROCESSING": "08:00:03", "PROCESSED": "08:00:05"}),
        ("PROCESSING", {"PROCESSED": "08:00:00"}),
    ],
)
def test_a_planted_job_goes_on(make_hub: Callable[..., Any], status: str, instants: dict[str, str]) -> None:
    hub = planted(make_hub, status=status)
    path = f"{jobs(hub)}/{UUID}"
    seen: dict[str, str] = {}
    for second in range(12):
        hub.move_to(f"2024-03-01T08:00:{second:02}Z")
        found = hub.get(path).json
        if found["status"] != status:
            seen.setdefault(found["status"], found["updatedAt"][11:19])
    assert seen == instants
    assert [row["outcome"] for row in results(hub, UUID)] == ["CREATED", "CREATED"]
    assert found["processedEntities"] == found["totalEntities"] == 2


def test_a_planted_job_has_gone_on_before_the_first_call(make_hub: Callable[..., Any]) -> None:
    hub = planted(make_hub)
    hub.move_to(LATER)
    found = hub.get(f"{jobs(hub)}/{UUID}").json
    assert (found["status"], found["updatedAt"]) == ("PROCESSED", "2024-03-01T08:00:10.000+0000")
    made = customer(hub, results(hub, UUID)[0]["id"])
    assert made["registeredAt"] == "2024-03-01T08:00:10.000+0000"


def test_a_planted_job_may_be_half_done(make_hub: Callable[..., Any]) -> None:
    hub = planted(
        make_hub, status="PROCESSING", results=[[2, "FAILED", None, "no"]], updatedAt="2024-03-01T08:00:00Z"
    )
    path = f"{jobs(hub)}/{UUID}"
    found = hub.get(path).json
    assert [found[f"{kind}Entities"] for kind in ("processed", "failed", "total")] == [0, 1, 2]
    hub.move_to(LATER)
    found = hub.get(path).json
    assert [found[f"{kind}Entities"] for kind in ("processed", "failed", "total")] == [1, 1, 2]
    assert [(row["line"], row["outcome"]) for row in results(hub, UUID)] == [
        ("2", "FAILED"),
        ("3", "CREATED"),
    ]


def test_a_planted_job_that_is_stopped_stays_so(make_hub: Callable[..., Any]) -> None:
    hub = planted(make_hub, status="STOPPED", file=None)
    hub.move_to(LATER)
    assert hub.get(f"{jobs(hub)}/{UUID}").json["status"] == "STOPPED"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"file": None}, "workspaces\\[0\\].jobs\\[1\\]: .*file"),
        ({"file": "shoeSize\n44\n"}, f"file of job {UUID}: line 1: 'shoeSize' is no property"),
        ({"status": "LOST"}, "workspaces\\[0\\].jobs\\[1\\].status"),
    ],
)
def test_a_planted_job_needs_its_file(
    make_hub: Callable[..., Any], changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(BadBirth, match=message):
        planted(make_hub, **changes)


@pytest.mark.slow
def test_a_file_of_a_hundred_thousand_lines(make_hub: Callable[..., Any]) -> None:
    hub = make_hub("empty")
    bad = {2, 50_000, 100_000}
    lines = (f"N{line},{'nowhere' if line in bad else f'n{line}@example.com'}" for line in range(2, 100_001))
    text = "\n".join(["externalId,base.contacts.email", *lines, ""])
    rows = done(hub, text)
    assert {int(row["line"]) for row in rows if row["outcome"] == "FAILED"} == bad
    assert [int(row["line"]) for row in rows] == list(range(2, 100_001))
