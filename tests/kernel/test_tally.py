"""What is counted of a world's clients: it outlives the journal, and does not grow with the requests."""

from __future__ import annotations

import sys
from typing import Any

from simulator.kernel.pipeline import Policy
from simulator.kernel.tally import LONGEST, MOST, OperationTally, Tally, VendorTally
from tests.acme import Server
from tests.judged import NOTES, judging, note, send


def of(server: Server, operation: str = "addNote") -> OperationTally:
    return server.world.tally.vendors["acme"].operations[operation]


def vendor(server: Server) -> VendorTally:
    return server.world.tally.vendors["acme"]


def test_calls_statuses_parameters_and_members_are_counted() -> None:
    server = judging()
    send(server, note({"text": "a", "mood": "glad", "tags": ["red", "blue"]}, "?size=long"))
    send(server, note({"text": "a", "answers": [{"text": "b", "mood": "sad"}]}, key="wrong"))
    found = of(server)
    assert found.calls == 2
    assert {status: (seen.count, seen.first) for status, seen in found.statuses.items()} == {
        201: (1, 1),
        401: (1, 2),
    }
    assert found.parameters == {("path", "thingId"), ("query", "size")}
    assert found.members == {
        ("query", "/size", "long"),
        ("body", "/mood", "glad"),
        ("body", "/tags/*", "red"),
        ("body", "/tags/*", "blue"),
        ("body", "/answers/*/mood", "sad"),
    }


def test_members_of_a_form_are_seen_as_their_types() -> None:
    server = judging()
    send(server, note(data={"text": "a", "mood": "sad"}, content_type="application/x-www-form-urlencoded"))
    assert of(server).members == {("body", "/mood", "sad")}


def test_true_is_not_one() -> None:
    """Seen to fail where a member was looked up by its value alone."""
    server = judging()
    send(server, note({"text": "a", "pinned": True}))
    assert of(server).members == set()
    send(server, note({"text": "a", "pinned": 1}))
    assert of(server).members == {("body", "/pinned", 1)}


def test_what_is_not_offered_is_not_chosen() -> None:
    server = judging()
    for mood in ("grim", {"glad": 1}, ["glad"], 7, None):
        send(server, note({"text": "a", "mood": mood}))
    assert of(server).members == set()


def test_keys_in_any_case_are_the_same_where_the_contract_says_so() -> None:
    server = judging()
    server.gateway.contract("acme").folds_case = True
    send(server, note({"TEXT": "a", "Mood": "glad"}, "?SIZE=long"))
    assert of(server).members == {("query", "/size", "long"), ("body", "/mood", "glad")}


def test_the_same_mistake_in_each_row_is_one() -> None:
    server = judging()
    send(server, note({"text": "a", "tags": ["red", "pink", "grey"]}))
    send(server, note({"text": "a", "tags": ["pink"]}))
    (seen,) = of(server).violations.kinds.values()
    assert (seen.what["pointer"], seen.count, seen.first) == ("/tags/1", 3, 1)


def test_strays_are_counted_apart_and_by_path() -> None:
    server = judging()
    for path in ("/v1/nowhere", "/v1/nowhere?x=1", "/v1/elsewhere"):
        send(server, {"method": "GET", "path": path})
    counts = {kind: seen.count for kind, seen in vendor(server).strays.kinds.items()}
    assert counts == {("GET", "/v1/nowhere"): 2, ("GET", "/v1/elsewhere"): 1}
    assert vendor(server).operations == {}


def test_guesses_are_counted() -> None:
    server = judging()
    for _ in range(2):
        send(server, {"method": "DELETE", "path": "/v1/things/9"})
    seen = of(server, "deleteThing").assumed["acme.delete-missing"]
    assert (seen.count, seen.first) == (2, 1)


def test_our_own_deviations_are_counted() -> None:
    server = judging(policy=Policy(check_responses=True))
    server.gateway.contract("acme").operations["getThing"].responses.pop("404")
    send(server, {"method": "GET", "path": "/v1/things/99"})
    ((kind, seen),) = of(server, "getThing").deviations.kinds.items()
    assert (kind, seen.what["message"]) == (("operation", "", "status"), "getThing has no response 404")


# --- bounds and resets ---------------------------------------------------------------------


def test_the_tally_outlives_the_journal() -> None:
    server = judging(journal_limit=2)
    send(server, note({"text": "a", "txet": 1}))
    for _ in range(5):
        send(server, note({"text": "a"}))
    assert server.get("/requests?contract=violation")["requests"] == []
    server.control("DELETE", "/requests")
    (seen,) = of(server).violations.kinds.values()
    assert (of(server).calls, seen.first) == (6, 1)


def weight(value: Any, seen: set[int]) -> int:
    """Bytes of a value and all that hangs on it."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    inner: list[Any] = []
    if isinstance(value, dict):
        inner = [*value.keys(), *value.values()]
    elif isinstance(value, list | tuple | set):
        inner = list(value)
    elif hasattr(type(value), "__slots__"):
        inner = [getattr(value, name) for name in type(value).__slots__]
    elif isinstance(value, Tally):
        inner = [value.vendors]
    return sys.getsizeof(value) + sum(weight(each, seen) for each in inner)


def test_memory_is_bounded_whatever_a_client_sends() -> None:
    """Seen to fail with the limit on kinds taken away, and with the pointers kept whole."""
    server = judging(journal_limit=1)
    for number in range(MOST):
        send(server, note({"text": "a", f"{'k' * 2000}{number}": 1, f"n{number}": 1}, f"?q{number}=1"))
        send(server, {"method": "GET", "path": f"/v1/nowhere/{number}/{'x' * 2000}"})
    before = weight(server.world.tally, set())
    for number in range(MOST, MOST + 100):
        send(server, note({"text": "a", f"n{number}": 1}))
        send(server, {"method": "GET", "path": f"/v1/nowhere/{number}"})
    assert weight(server.world.tally, set()) < before * 1.05
    assert len(of(server).violations.kinds) == MOST
    assert of(server).violations.unlisted >= 100
    kept = [text for seen in of(server).violations.kinds.values() for text in seen.what.values()]
    kept += [text for kind in of(server).violations.kinds for text in kind]
    assert max(map(len, kept)) <= LONGEST + 1


def test_a_reset_of_the_journal_forgets_the_tally() -> None:
    """Seen to fail with the tally left out of World.begin_again."""
    server = judging()
    send(server, note({"text": "a"}))
    server.control("POST", "/reset", {"parts": ["state", "ids"]})
    assert of(server).calls == 1
    server.control("POST", "/reset", {"parts": ["journal"]})
    assert server.world.tally.vendors == {}
    send(server, note({"text": "a"}))
    server.control("POST", "/reset")
    assert server.world.tally.vendors == {}


def test_worlds_are_counted_apart() -> None:
    server = judging()
    server.control("POST", "/worlds", {"name": "w"})
    server.call("POST", f"/_worlds/w/acme{NOTES}", {"text": "a"})
    assert server.world.tally.vendors == {}
    assert server.get("/verdict", world="w")["calls"] == 1


def test_the_whole_run_outlives_its_worlds() -> None:
    whole = Tally()
    server = judging(policy=Policy(whole_run=whole))
    server.control("POST", "/worlds", {"name": "w"})
    server.call("DELETE", "/_worlds/w/acme/v1/things/9")
    server.control("DELETE", "/worlds/w")
    assert list(whole.vendors["acme"].operations["deleteThing"].assumed) == ["acme.delete-missing"]
