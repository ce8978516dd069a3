"""The file of a bulk job: its lines, columns and cells, and files that cannot be loaded."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vendors.contacthub.uploading import LATER, customer, done, jobs, loaded, results, upload

EDITORS_LINES = re.compile(r"\r\n|\n|\r")


def test_rows_are_told_by_their_line_in_the_file(hub: Any) -> None:
    """Seen to fail with rows that are counted."""
    text = (
        "\r\n"
        'externalId,"base.contacts.email"\r\n'
        '"L3\nsecond line\r\nthird line",no address\r\n'
        "\r\n"
        "L7,seven@example.com\r\n"
        '"L8\rsecond line",no address\r\n'
        "L10,no address"
    )
    rows = done(hub, text)
    assert [(row["line"], row["outcome"]) for row in rows] == [
        ("3", "FAILED"),
        ("7", "CREATED"),
        ("8", "FAILED"),
        ("10", "FAILED"),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(
        st.tuples(st.text('a"\n\r ,\u2028\x0b', max_size=8), st.integers(0, 2)), min_size=1, max_size=8
    ),
    ending=st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_an_editor_shows_the_row_on_its_line(
    make_hub: Callable[..., Any], rows: list[tuple[str, int]], ending: str
) -> None:
    hub = make_hub()
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["externalId", "extra"])
    for number, (cell, blank) in enumerate(rows):
        text.write(ending * blank)
        writer.writerow([f"row {number}.", cell])
    shown = EDITORS_LINES.split(text.getvalue())
    found = done(hub, text.getvalue(), "DELETE")
    assert [shown[int(row["line"]) - 1].split(".")[0] for row in found] == [
        f'"row {number}' for number in range(len(rows))
    ]


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
    assert [row["line"] for row in rows] == ["2", "3", "4", "5"]
    assert "/base/contacts/email" in rows[0]["message"]
    assert "/base/dob" in rows[1]["message"]
    assert rows[3]["message"] == "2 cells for 3 columns"
    counts = hub.get(f"{jobs(hub)}/{job}").json
    assert (counts["processedEntities"], counts["failedEntities"], counts["totalEntities"]) == (1, 3, 4)


def test_cells_are_read_as_the_contract_types_them(hub: Any) -> None:
    text = (
        "\ufeffbase.contacts.email,base.address.geo.lat,base.address.geo.lon,enabled,tags.manual,base.likes,extended.points,"
        "consents.profiling.online.status\r\n"
        'a@example.com,45.5,9,TRUE,vip|gold,"[{""id"": ""1"", ""name"": ""tennis""}]",7,false\r\n'
    )
    [row] = done(hub, text)
    made = customer(hub, row["id"])
    assert made["base"]["address"]["geo"] == {"lat": 45.5, "lon": 9}
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
        (b"\n \xc3\xa8\n\xe8,x\n", "the file is not UTF-8: byte 0xe8 in line 3"),
        (b"\xef\xbb\xbf", "the file is empty"),
        (b"\r\n\n", "the file is empty"),
        (b"externalId\n\0", "the file is no text"),
        (b'externalId\n"a"b\n', "line 2: "),
        (b'externalId\n"a\nb"\n"never closed\nc\n', "line 4: "),
        (b"externalId\n1\n" + b"x" * 131_073, "line 3: field larger than field limit"),
        (b"externalId,base.fristName\n", "line 1: 'base.fristName' is no property of a customer"),
        (b"\n\nexternalId,base.fristName\n", "line 3: 'base.fristName' is no property of a customer"),
        (b"externalId;extra\n1;2\n", "is no property of a customer; commas part the columns"),
        (b"externalId,\n", "line 1: a column has no name"),
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
