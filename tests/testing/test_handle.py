"""What tests hold of a world: the same in this process and of a running simulator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from simulator.testing import ContractBroken, Simulator, SimulatorError
from simulator.testing.links import Link, Remote
from tests.testing.asking import START, ask

TYPO = {"ClientId": "DemoClient", "CampaginId": "1"}


@pytest.fixture(params=["in process", "remote"])
def link(request: pytest.FixtureRequest, server: str, in_process: Link) -> Link:
    return in_process if request.param == "in process" else Remote(server)


@pytest.fixture
def world(link: Link, request: pytest.FixtureRequest) -> Iterator[Simulator]:
    simulator = Simulator.create(link, clock=START)
    yield simulator
    simulator.delete()


# --- vendors -----------------------------------------------------------------------------


def test_a_vendor_has_its_credentials_by_the_names_of_the_documents(world: Simulator) -> None:
    api = world.contacthub
    assert api.workspace_id == "11111111-1111-4111-8111-111111111111"
    assert api.token == f"demo-token-of-sito-web-{world.world}"
    assert world.infact.username == f"demo-{world.world}"
    assert (api.name, api.title, api.hosts) == ("contacthub", "Contacthub", ("api.contactlab.it",))


def test_a_base_url_leads_to_the_world(world: Simulator, link: Link) -> None:
    assert world.infact.base_url == f"{link.url}/_worlds/{world.world}/infact/v1"
    status, answer = ask(world, "GET", "/Account/token")
    assert (status, answer["TokenType"]) == (200, "Bearer")
    assert [entry.operation for entry in world.requests] == ["getToken"]


def test_each_vendor_there_is_can_be_had_by_name(world: Simulator) -> None:
    assert list(world.vendors) == ["altcraft", "contacthub", "footprints", "infact"]
    assert world["altcraft"] is world.altcraft
    assert {"altcraft", "clock", "verdict"} <= set(dir(world))


def test_what_a_vendor_keeps_is_a_list_of_documents(world: Simulator) -> None:
    """Long ones, too, which the control API gives in pages."""
    assert len(world.contacthub.events) == 2200
    assert len({event["id"] for event in world.contacthub.events}) == 2200
    assert [user["login"] for user in world.infact.customers] == [f"demo-{world.world}"]
    assert world.infact.rows_3387_2[0]["id"] == world.state.all("infact", "rows-3387_2")[0]["id"]


def test_a_wrong_name_says_what_there_is(world: Simulator) -> None:
    with pytest.raises(
        AttributeError, match=r"infact has no 'tokken'; its credentials are username, .*tokens"
    ):
        _ = world.infact.tokken
    with pytest.raises(AttributeError, match="no 'clok'; the vendors are altcraft, contacthub"):
        _ = world.clok  # type: ignore[attr-defined]
    assert "tokens" in dir(world.infact)
    assert "username" in dir(world.infact)
    assert not hasattr(world.infact, "_private")


def test_an_error_within_is_told_as_it_is(world: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python takes a property that raises AttributeError for one that there is not."""

    def gone(_: Simulator) -> Any:
        raise AttributeError("the link has gone")

    api = world.infact
    monkeypatch.setattr(Simulator, "url", property(gone))
    monkeypatch.setattr(type(api), "base_url", property(gone))
    for broken, name in ((world, "url"), (api, "base_url")):
        with pytest.raises(AttributeError, match="the link has gone"):
            getattr(broken, name)


def test_a_bulk_job_is_done_when_its_time_has_come(world: Simulator) -> None:
    api = world.contacthub
    place = f"https://{api.hosts[0]}/hub/v1/workspaces/{api.workspace_id}/nodes/{api.node_id}/bulk-jobs"
    with world.intercept():
        answer = requests.post(
            place,
            data={"operation": "UPSERT", "entity": "CUSTOMER"},
            files={
                "file": ("people.csv", "externalId,base.contacts.email\nA1,anna@example.com\n", "text/csv")
            },
            headers={"Authorization": f"Bearer {api.token}"},
            timeout=60,
        )
    assert answer.status_code < 300, answer.text
    assert [job["status"] for job in api.bulk_jobs][-1] == "LOADED"
    world.clock.advance(minutes=5)
    assert [job["status"] for job in api.bulk_jobs][-1] == "PROCESSED"
    assert "A1" in [each["seen"].get("externalId") for each in api.customers]
    assert world.verdict.ok


# --- state -------------------------------------------------------------------------------


def test_documents_can_be_put_got_and_deleted(world: Simulator) -> None:
    kept = {"id": "+4740000001", "customer": 43, "created": "2024-01-01T00:00:00Z"}
    before = world.infact.blacklist[0]
    assert world.state.get("infact", "blacklist", before["id"]) == before
    world.state.delete("infact", "blacklist", before["id"])
    assert before not in world.infact.blacklist
    assert world.state.put("infact", "blacklist", before) == before
    assert before in world.infact.blacklist
    with pytest.raises(SimulatorError, match="has no document 'nobody'"):
        world.state.get("infact", "blacklist", "nobody")
    with pytest.raises(SimulatorError, match="body"):
        world.state.put("infact", "blacklist", kept | {"id": before["id"], "surprise": 1})
    assert world.state.collections("infact")["blacklist"] == len(world.infact.blacklist)


def test_worlds_share_nothing(link: Link, world: Simulator) -> None:
    other = Simulator.create(link, clock=START)
    try:
        other.clock.advance(hours=1)
        ask(other, "GET", "/Account/token")
        assert world.clock.now == datetime(2024, 1, 1, 8, tzinfo=UTC)
        assert (len(world.requests), len(other.requests)) == (0, 1)
        assert world.infact.username != other.infact.username
    finally:
        other.delete()


def test_it_can_be_begun_again(world: Simulator) -> None:
    first = world.infact.customers
    ask(world, "GET", "/Account/token")
    world.clock.advance("P1D")
    world.reset(["journal"])
    assert len(world.requests) == 0
    assert world.clock.now == datetime(2024, 1, 2, 8, tzinfo=UTC)
    world.reset()
    assert (world.infact.customers, world.clock.now) == (first, datetime(2024, 1, 1, 8, tzinfo=UTC))
    world.load("docs")
    assert world.infact.username == f"Aladdin-{world.world}"
    world.load("demo", vendor="infact")
    assert world.infact.username == f"demo-{world.world}"
    with pytest.raises(SimulatorError, match="no fixture 'nope' for altcraft; there are demo, docs, empty"):
        world.load("nope")


# --- time --------------------------------------------------------------------------------


def test_the_clock_is_moved(world: Simulator) -> None:
    clock = world.clock
    assert (clock.now, clock.mode) == (datetime(2024, 1, 1, 8, tzinfo=UTC), "frozen")
    moves = [
        clock.advance(minutes=5),
        clock.advance(timedelta(seconds=1.5)),
        clock.advance("PT1H"),
        clock.advance(0.5),
    ]
    assert [move.now.isoformat() for move in moves] == [
        "2024-01-01T08:05:00+00:00",
        "2024-01-01T08:05:01.500000+00:00",
        "2024-01-01T09:05:01.500000+00:00",
        "2024-01-01T09:05:02+00:00",
    ]
    assert clock.set(datetime(2025, 1, 1, tzinfo=UTC)).now == clock.now == datetime(2025, 1, 1, tzinfo=UTC)
    assert clock.set("2024-06-01T12:00:00+02:00").now == datetime(2024, 6, 1, 10, tzinfo=UTC)
    clock.unfreeze()
    assert clock.mode == "real"
    clock.freeze()
    assert clock.mode == "frozen"
    assert repr(clock).endswith("frozen>")


@pytest.mark.parametrize("wrong", [{}, {"by": 1, "minutes": 2}])
def test_an_advance_is_a_duration_or_its_parts(world: Simulator, wrong: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="a duration or its parts"):
        world.clock.advance(**wrong)


def test_what_falls_due_is_told(world: Simulator) -> None:
    campaign = {
        "Name": "Spring",
        "Type": "SMS",
        "PhoneName": "phone",
        "CountryCode": "NO",
        "SMSTemplateId": 2,
        "ScheduleDate": "2024-01-02 09:00:00",
        "Query": {"ObjectName": "members", "Filter": []},
    }
    _, token = ask(world, "GET", "/Account/token")
    answer = requests.post(
        f"{world.infact.base_url}/datasources/265/campaign",
        json=campaign,
        headers={"Authorization": f"Bearer {token['Token']}"},
        timeout=60,
    )
    assert answer.status_code == 200, answer.text
    moved = world.clock.advance(hours=1)
    assert (moved.ran, moved.complete) == ([], True)
    assert moved.pending > 0
    moved = world.clock.run_until_idle()
    assert [(piece["vendor"], piece["due"]) for piece in moved.ran[:1]] == [
        ("infact", "2024-01-02T08:00:00Z")
    ]
    assert (moved.complete, moved.pending) == (True, 0)
    assert world.outbox[0].channel == "sms"
    assert world.outbox.where(status="sent", vendor="infact")[0].text
    skipped = world.outbox.where(status="skipped")
    assert all(message.reason and message.text is None for message in skipped)
    world.outbox.clear()
    assert list(world.outbox) == []


# --- what clients did ----------------------------------------------------------------------


def test_requests_are_told_with_what_was_sent_and_answered(world: Simulator) -> None:
    ask(world, "PUT", "/Campaign?sise=1", TYPO)
    ask(world, "GET", "/Account/token")
    first, second = world.requests
    assert (first.index, first.vendor, first.method, first.path, first.query) == (
        1,
        "infact",
        "PUT",
        "/v1/Campaign",
        "sise=1",
    )
    assert (first.contract, second.contract) == ("violation", "ok")
    assert "/CampaginId" in [row["pointer"] for row in first.violations]
    assert first.request.json == TYPO
    assert (first.request.header("content-type") or "").startswith("application/json")
    assert (first.request.header("authorization") or "").startswith("Basic ZGVtby")
    assert second.response.json["TokenType"] == "Bearer"
    assert second.response.header("nothing") is None
    assert world.requests.where(contract="violation") == [first]
    assert world.requests.where(status="2xx", vendor="infact", since=1) == [second]
    assert (len(world.requests), world.requests[-1], world.requests[:1]) == (2, second, [first])
    assert repr(first) == "<Exchange 1: PUT /v1/Campaign?sise=1 400 violation>"
    with pytest.raises(SimulatorError, match="no operation 'getNothing'"):
        world.requests.where(operation="getNothing")
    world.requests.clear()
    assert (len(world.requests), world.verdict.calls) == (0, 2)


def test_the_verdict(world: Simulator) -> None:
    assert world.verdict.ok
    assert world.verdict.calls == 0
    world.verdict.check()
    ask(world, "PUT", "/Campaign", TYPO)
    verdict = world.verdict
    assert not verdict.ok
    assert verdict.violations[0]["pointer"] == "/CampaginId"
    assert verdict.untouched == ["altcraft", "contacthub", "footprints"]
    assert "infact.error-bodies" in [row["id"] for row in verdict.relied_on]
    assert verdict.markdown().startswith("# ❌ Simulator: 3 contract violations")
    assert json.loads(verdict.sarif())["version"] == "2.1.0"
    assert "<testsuites" in verdict.junit()
    first = "body /CampaginId: 'CampaginId' is no field here"
    assert repr(verdict) == f"<Verdict: 3 contract violations, 1 warning in 1 call; {first}>"
    with pytest.raises(ContractBroken, match=r"^3 contract violations, 1 warning in 1 call\n"):
        verdict.check()
    verdict.check("never")


@pytest.mark.parametrize(("fail_on", "fails"), [("violation", False), ("assumed", True), ("never", False)])
def test_a_guess_is_no_violation(world: Simulator, fail_on: str, fails: bool) -> None:
    """How long a token lives is one."""
    ask(world, "GET", "/Account/token")
    why = world.verdict.failure(fail_on)
    assert (why is not None) == fails
    if why is not None:
        assert why.startswith("answers relied on 3 guesses\n  infact: assumption infact.token-lifetime: ")


# --- in the client's own process -------------------------------------------------------------


def test_the_vendors_own_hosts_lead_to_the_world(world: Simulator) -> None:
    with world.intercept():
        login = (world.infact.username, world.infact.password)
        answer = requests.get("https://api.infact.no/v1/Account/token", auth=login, timeout=60)
    assert answer.json()["TokenType"] == "Bearer"
    (entry,) = world.requests
    assert (entry.operation, entry.request.header("host")) == ("getToken", "api.infact.no")


def test_other_hosts_are_refused_unless_allowed(world: Simulator) -> None:
    with world.intercept(), pytest.raises(requests.ConnectionError, match=r"shop\.example\.net"):
        requests.get("https://shop.example.net/", timeout=60)


def test_everything_can_be_held_meanwhile(world: Simulator) -> None:
    with world.intercept():
        assert ask(world, "GET", "/Account/token")[0] == 200
        assert world.clock.advance(minutes=1).now == datetime(2024, 1, 1, 8, 1, tzinfo=UTC)
        assert [entry.operation for entry in world.requests] == ["getToken"]
        assert world.state.get("infact", "customers", 43)["id"] == 43


def test_two_worlds_one_within_the_other(link: Link, world: Simulator) -> None:
    """The inner one answers."""
    other = Simulator.create(link)
    try:
        with world.intercept(), other.intercept():
            requests.get("https://api.infact.no/v1/Account/token", timeout=60)
        assert (len(world.requests), len(other.requests)) == (0, 1)
    finally:
        other.delete()


def test_the_rest_of_the_control_api_can_be_asked(world: Simulator) -> None:
    assert "infact.error-bodies" in str(world.control.get("fidelity", vendor="infact", kind="assumption"))
    assert world.control.call("POST", "reset", {"parts": ["journal"]})["world"] == world.world
