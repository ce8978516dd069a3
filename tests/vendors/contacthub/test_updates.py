"""The update stream: every change once, in order, and read on from where one was."""

from __future__ import annotations

from typing import Any

import pytest

ENTRY = "22222222-2222-4222-8222-222222222222"
AGGREGATE = "33333333-3333-4333-8333-333333333333"
GIULIA = "55555555-5555-4555-8555-555555555555"
PLATFORM = "example-token-of-updates"


def stream(hub: Any, token: str = PLATFORM, **parameters: Any) -> Any:
    answer = hub.get("/updates", token=token, query_string=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json


def told(answer: Any) -> list[str]:
    return [f"{u['operation']} {u['entity']['type']}" for u in answer["updates"]]


def last(hub: Any, **parameters: Any) -> int:
    answer = hub.get("/updates/last-offset", token=PLATFORM, query_string=parameters)
    assert answer.status_code == 200, answer.text
    return int(answer.json["lastOffset"])


def patch(hub: Any, extra: str = "x") -> None:
    assert hub.patch(f"/customers/{GIULIA}", {"extra": extra}).status_code == 200


def visit(hub: Any) -> str:
    body = {"customerId": GIULIA, "type": "viewedPage", "context": "WEB", "properties": {"title": "Shop"}}
    answer = hub.post("/events", body)
    assert answer.status_code == 202, answer.text
    return str(answer.json["id"])


def test_from_the_beginning(hub: Any) -> None:
    everything = stream(hub)
    assert told(everything)[:2] == ["CREATE CUSTOMER", "CREATE EVENT"]
    assert everything["nextOffset"] == last(hub) == len(everything["updates"])


def test_each_change_has_the_next_offset(hub: Any) -> None:
    start = last(hub)
    patch(hub)
    event = visit(hub)
    changes = stream(hub, offset=start, nodeId=ENTRY)
    assert told(changes) == ["UPDATE CUSTOMER", "CREATE EVENT"]
    customer, created = (update["entity"]["data"] for update in changes["updates"])
    assert (customer["id"], customer["extra"]) == (GIULIA, "x")
    assert (created["id"], created["customerId"]) == (event, GIULIA)
    assert changes["nextOffset"] == last(hub) > start


def test_what_was_told_does_not_change(hub: Any) -> None:
    start = last(hub)
    for extra in ("first", "second"):
        patch(hub, extra)
    updates = stream(hub, offset=start, nodeId=ENTRY)["updates"]
    assert [update["entity"]["data"]["extra"] for update in updates] == ["first", "second"]


def test_read_on_piece_by_piece(hub: Any) -> None:
    for extra in "abcdef":
        patch(hub, extra)
    whole = stream(hub, size=4000)["updates"]
    pieces, offset = [], 0
    while (answer := stream(hub, size=3, offset=offset))["updates"]:
        pieces += answer["updates"]
        offset = answer["nextOffset"]
    assert pieces == whole
    assert offset == last(hub) == len(whole)


def test_nothing_new_echoes_the_offset(hub: Any) -> None:
    for offset in (last(hub), 4711, 2**63 - 1):
        assert stream(hub, offset=offset) == {"nextOffset": offset, "updates": []}
    assert stream(hub, offset=1, size=0) == {"nextOffset": 1, "updates": []}


def test_filters(hub: Any) -> None:
    start = last(hub)
    patch(hub)
    visit(hub)
    assert told(stream(hub, offset=start, entity="EVENT", nodeId=ENTRY)) == ["CREATE EVENT"]
    assert told(stream(hub, offset=start, entity="CUSTOMER", nodeId=ENTRY)) == ["UPDATE CUSTOMER"]
    of_aggregate = stream(hub, offset=start, nodeId=AGGREGATE)["updates"]
    assert {update["entity"]["data"]["nodeId"] for update in of_aggregate} <= {AGGREGATE}
    customers, events = last(hub, entity="CUSTOMER"), last(hub, entity="EVENT")
    assert start < customers < events == last(hub, entity="EVENT", nodeId=ENTRY) == last(hub)
    assert last(hub, entity="EVENT", nodeId=AGGREGATE) == 0


def test_a_filtered_poll_moves_past_what_it_left_out(hub: Any) -> None:
    start = last(hub)
    patch(hub)
    answer = stream(hub, offset=start, entity="EVENT")
    assert answer == {"nextOffset": last(hub), "updates": []}


@pytest.mark.parametrize(
    ("timestamp", "first"),
    [
        (0, "2024-01-15T09:30:00.000+0000"),
        (1705311000000, "2024-01-15T09:30:00.000+0000"),
        (1705311000001, "2024-02-20T10:00:01.000+0000"),
        (1708423201000, "2024-02-20T10:00:01.000+0000"),
    ],
)
def test_from_an_instant(hub: Any, timestamp: int, first: str) -> None:
    kept = {row["time"]: row["data"] for row in reversed(hub.kept("updates"))}
    answer = stream(hub, timestamp=timestamp)
    assert answer["updates"][0]["entity"]["data"] == kept[first]


def test_an_instant_to_come(hub: Any) -> None:
    answer = stream(hub, timestamp=2**63 - 1)
    assert answer == {"nextOffset": last(hub), "updates": []}


def test_offset_wins_over_timestamp(hub: Any) -> None:
    assert stream(hub, offset=0, timestamp=2**62)["updates"] == stream(hub)["updates"]


def test_time_in_the_stream_never_goes_back(hub: Any) -> None:
    patch(hub)
    hub.move_to("2023-01-01T00:00:00Z")
    patch(hub, "y")
    times = [row["time"] for row in hub.kept("updates")]
    assert times == sorted(times)


def test_deletions_are_told(hub: Any) -> None:
    start = last(hub)
    assert hub.delete(f"/customers/{GIULIA}").status_code == 200
    gone = stream(hub, offset=start, nodeId=ENTRY, entity="CUSTOMER")
    assert told(gone) == ["DELETE CUSTOMER"]
    assert gone["updates"][0]["entity"]["data"]["id"] == GIULIA


def test_refused_changes_leave_no_trace(hub: Any) -> None:
    start = last(hub)
    assert hub.patch(f"/customers/{GIULIA}", {"base": {"contacts": {"email": 5}}}).status_code == 400
    assert last(hub) == start


def test_polling_reads_only_what_is_new(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        patch(hub, str(number))
    start = last(hub)
    patch(hub)
    with hub.world.entered():
        table = hub.world.store.tables()["contacthub/updates"]
    read: list[Any] = []
    plain = type(table).get

    def counting(self: Any, key: Any) -> Any:
        if self is table:
            read.append(key)
        return plain(self, key)

    monkeypatch.setattr(type(table), "get", counting)
    monkeypatch.setattr(type(table), "scan", None)
    answer = stream(hub, offset=start)
    assert len(read) == len(answer["updates"]) == last(hub) - start


@pytest.mark.parametrize(
    "parameters",
    [{"size": 4001}, {"size": -1}, {"offset": -1}, {"offset": "x"}, {"timestamp": 2**63}, {"entity": "NODE"}],
)
def test_parameters_that_are_wrong(hub: Any, parameters: dict[str, Any]) -> None:
    answer = hub.get("/updates", token=PLATFORM, query_string=parameters)
    assert answer.status_code == 400
    assert answer.json["errors"][0]["path"] == f"/{next(iter(parameters))}"


def test_rights(hub: Any) -> None:
    assert hub.get("/updates").status_code == 403
    assert hub.get("/updates/last-offset", token=hub.dpo_token).status_code == 403
    unknown = {"nodeId": "99999999-9999-4999-8999-999999999999"}
    assert hub.get("/updates", token=PLATFORM, query_string=unknown).status_code == 404
    assert stream(hub, token=hub.admin_token) == stream(hub)
