"""The outbox over the control API."""

from __future__ import annotations

import pytest

from tests.acme import Server, serve


def written() -> Server:
    """1 and 2 sent, 3 skipped."""
    server = serve()
    for to in ("+4740000001", "+4740000002"):
        server.call("POST", "/v1/things/2/reminders", {"minutes": 1, "to": to})
    server.control("PATCH", "/clock", {"advance": 60})
    with server.world.entered(), server.world.store.transaction():
        server.world.outbox.skip("acme", "email", None, "no address", cause={"thing": 2})
    return server


def test_messages_are_listed_with_text_and_cause() -> None:
    listed = written().get("/outbox")
    assert (listed["matched"], listed["last_id"]) == (3, 3)
    assert listed["messages"][0] == {
        "id": 1,
        "time": "2024-01-01T08:01:00Z",
        "vendor": "acme",
        "status": "sent",
        "channel": "sms",
        "to": "+4740000001",
        "subject": None,
        "text": "Think of rocket",
        "cause": {"thing": 2},
    }
    assert listed["messages"][2]["reason"] == "no address"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("vendor=acme", [1, 2, 3]),
        ("channel=sms", [1, 2]),
        ("channel=push", []),
        ("to=%2B4740000002", [2]),
        ("status=skipped", [3]),
        ("status=sent&limit=1", [2]),
        ("since=1", [2, 3]),
        ("since=3", []),
    ],
)
def test_filters(query: str, expected: list[int]) -> None:
    assert [message["id"] for message in written().get(f"/outbox?{query}")["messages"]] == expected


@pytest.mark.parametrize("query", ["vendor=akme", "status=lost", "limit=0", "since=x", "from=me"])
def test_filter_that_can_match_nothing_is_refused(query: str) -> None:
    assert written().control("GET", f"/outbox?{query}").status_code == 400


def test_cleared_outbox_goes_on_counting() -> None:
    server = written()
    assert server.control("DELETE", "/outbox").status_code == 204
    assert server.get("/outbox")["messages"] == []
    assert server.get("/outbox?since=3")["last_id"] == 3
    server.call("POST", "/v1/things/2/reminders", {"minutes": 0, "to": "+4740000003"})
    assert [message["id"] for message in server.get("/outbox")["messages"]] == [4]


def test_work_due_by_now_is_done_before_the_answer() -> None:
    server = serve()
    server.call("POST", "/v1/things/2/reminders", {"minutes": 0, "to": "+4740000003"})
    assert server.get("/outbox")["matched"] == 1
