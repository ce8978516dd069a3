"""The life of a vendor request: verdict, answers in the vendor's shape, journal, headers, rollback."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from simulator.kernel.journal import BODY_LIMIT as KEPT
from simulator.kernel.pipeline import BODY_LIMIT, ContractDeviation, Policy
from tests.acme import KEY, Server, serve
from tests.acme_contract import DOCUMENT

LENIENT = Policy()


def entry(server: Server, index: int = -1) -> Any:
    last = server.world.journal.last_index if index < 0 else index
    return server.get(f"/requests/{last}")


def found(server: Server) -> list[tuple[str, str, str, str]]:
    """(place, pointer, keyword, grade) of what the client did wrong in its last request."""
    violations = entry(server)["violations"]
    return [(v["in"], v["pointer"], v["keyword"], v["evidence"]) for v in violations]


def post(server: Server, body: Any = None, path: str = "/v1/things", **options: Any) -> TestResponse:
    return server.call("POST", path, body, **options)


# --- answers in the vendor's shape ---------------------------------------------------


def test_unknown_path_is_the_vendors_404() -> None:
    server = serve()
    response = server.call("GET", "/v1/thing/1")
    assert (response.status_code, response.json) == (404, {"acme": "UnknownOperation", "why": ""})
    assert response.headers["X-Simulator-Operation"] == "unknown"
    assert response.headers["X-Simulator-Contract"] == "violation"
    assert found(server) == [("operation", "", "undocumented", "documented")]
    assert entry(server)["nearest"][0] == "getThing"


@pytest.mark.parametrize("method", ["PUT", "HEAD", "OPTIONS", "TRACE"])
def test_wrong_method_is_the_vendors_405_with_allow(method: str) -> None:
    response = serve().call(method, "/v1/things/1")
    assert response.status_code == 405
    assert response.headers["Allow"] == "DELETE, GET"


def test_wrong_credentials_are_the_vendors_401() -> None:
    response = serve().call("GET", "/v1/things/1", key="wrong")
    assert (response.status_code, response.json["acme"]) == (401, "Unauthenticated")  # type: ignore[index]


def test_a_failure_of_ours_is_the_vendors_500(caplog: pytest.LogCaptureFixture) -> None:
    server = serve(policy=LENIENT)
    response = server.create("explode")
    assert (response.status_code, response.json) == (500, {"acme": "InternalFault", "why": ""})
    assert "ZeroDivisionError: as asked" in caplog.text
    assert entry(server)["status"] == 500


def test_a_failure_of_ours_is_raised_when_asked() -> None:
    with pytest.raises(ZeroDivisionError):
        serve().create("explode")


def test_body_that_is_too_large_is_refused_and_not_kept() -> None:
    server = serve()
    response = post(server, data=b"x", environ_overrides={"CONTENT_LENGTH": str(BODY_LIMIT + 1)})
    assert (response.status_code, response.json["acme"]) == (413, "TooLarge")  # type: ignore[index]
    assert entry(server)["status"] == 413


# --- all or nothing ------------------------------------------------------------------


class Full:
    """A log whose disk is full from a moment on."""

    full = False

    def born(self, birth: Any) -> None: ...
    def gone(self, world: str) -> None: ...
    def changed(self, world: str, changes: Any) -> None:
        if self.full:
            raise OSError("no space left on device")


def test_a_world_that_cannot_do_its_due_work_is_the_vendors_500(caplog: pytest.LogCaptureFixture) -> None:
    """Seen to fail, with the framework's own page, where only the stages were guarded."""
    log = Full()
    server = serve(policy=LENIENT, log=log)
    with server.world.entered(), server.world.store.transaction():
        server.world.agenda.add(server.world.clock.now(), "acme", "remind", {"thing": 1})
    log.full = True
    response = server.call("GET", "/v1/things/1")
    assert (response.status_code, response.json) == (500, {"acme": "InternalFault", "why": ""})
    assert "no space left" in caplog.text


@pytest.mark.parametrize(("name", "status"), [("explode", 500), ("forbidden", 422), ("anvil", 409)])
def test_an_error_undoes_all_that_was_done_before_it(name: str, status: int) -> None:
    """Seen to fail with carry_out's transaction taken away."""
    server, untouched = serve(policy=LENIENT), serve()
    untouched.get("/ready")
    assert server.create(name).status_code == status
    states = [
        {name: table.raw() for name, table in each.world.store.tables().items()}
        for each in (server, untouched)
    ]
    assert states[0] == states[1]
    assert server.ids() == [1, 2]
    assert server.create("bolt").data == untouched.create("bolt").data


# --- the verdict ---------------------------------------------------------------------


def test_a_good_request_is_ok() -> None:
    server = serve()
    response = server.create("bolt", color="red")
    assert response.headers["X-Simulator-Contract"] == "ok"
    assert (entry(server)["contract"], found(server)) == ("ok", [])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"name": "bolt", "size": 1}, [("body", "/size", "additionalProperties", "documented")]),
        (
            {"name": "bolt", "size": 1, "shape": 2},
            [
                ("body", "/shape", "additionalProperties", "documented"),
                ("body", "/size", "additionalProperties", "documented"),
            ],
        ),
        ({"name": 7}, [("body", "/name", "type", "documented")]),
        ({"name": "bolt", "color": 7}, [("body", "/color", "type", "assumed")]),
        ({"name": "x" * 21}, [("body", "/name", "maxLength", "documented")]),
        ({}, [("body", "/name", "required", "documented")]),
        ([], [("body", "", "type", "documented")]),
    ],
)
def test_what_a_body_does_wrong(body: Any, expected: list[Any]) -> None:
    server = serve(policy=LENIENT)
    post(server, body)
    assert sorted(found(server)) == expected
    assert entry(server)["contract"] == "violation"


def test_a_clients_fault_does_not_change_the_answer() -> None:
    server = serve()
    response = server.create("bolt", size=1)
    assert response.status_code == 201
    assert response.headers["X-Simulator-Contract"] == "violation"


def test_missing_body() -> None:
    server = serve()
    assert post(server).status_code == 400
    assert found(server) == [("body", "", "required", "documented")]


def test_body_where_none_is_taken() -> None:
    server = serve()
    server.call("DELETE", "/v1/things/1", {"why": "because"})
    assert found(server) == [("body", "", "undocumented", "assumed")]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_wrong_content_type(kind: str) -> None:
    server = serve()
    assert post(server, data=b'{"name": "bolt"}', content_type=kind).status_code == 201
    assert found(server) == [("header", "/Content-Type", "contentType", "documented")]


def test_content_type_may_have_parameters() -> None:
    server = serve()
    post(server, data=b'{"name": "bolt"}', content_type="application/json; charset=utf-8")
    assert found(server) == []


@pytest.mark.parametrize("raw", [b"{", b'{"name": "bolt",}', b"\xff\xfe", b"'bolt'", b"[" * 100_000])
def test_broken_json(raw: bytes) -> None:
    server = serve()
    assert post(server, data=raw, content_type="application/json").status_code == 400
    assert found(server) == [("body", "", "encoding", "documented")]


@pytest.mark.parametrize("depth", [100, 200, 300, 1000, 5000])
@pytest.mark.parametrize("kind", ["list", "object"])
def test_deep_nesting_is_no_failure(depth: int, kind: str) -> None:
    opened, closed = (b"[", b"]") if kind == "list" else (b'{"a":', b"}")
    raw = b'{"name": "bolt", "color": ' + opened * depth + b"1" + closed * depth + b"}"
    server = serve()
    assert post(server, data=raw, content_type="application/json").status_code in (201, 400)
    assert entry(server)["contract"] == "violation"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/v1/things/1?size=2", [("query", "/size", "undocumented", "observed")]),
        ("/v1/things/0", [("path", "/thingId", "minimum", "observed")]),
        ("/v1/things/1", []),
    ],
)
def test_what_parameters_do_wrong(path: str, expected: list[Any]) -> None:
    server = serve()
    server.call("GET", path)
    assert found(server) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("true", []), ("yes", ["type"]), ("", ["type"]), ("1", ["type"])]
)
def test_query_parameters_are_read_as_their_type(value: str, expected: list[str]) -> None:
    server = serve()
    post(server, {"name": "bolt"}, f"/v1/things?dry={value}")
    assert [keyword for _, _, keyword, _ in found(server)] == expected
    assert [grade for *_, grade in found(server)] == ["observed"] * len(expected)


def test_case_counts_unless_the_contract_says_otherwise() -> None:
    strict, folding = serve(), serve(document={"x-case-insensitive-keys": True})
    for server in (strict, folding):
        server.call("POST", "/v1/things?DRY=true", {"NAME": "bolt", "Color": "red"})
    assert found(folding) == []
    assert {pointer for _, pointer, _, _ in found(strict)} == {"/DRY", "/NAME", "/Color", "/name"}


def test_case_folding_keeps_the_rules() -> None:
    server = serve(document={"x-case-insensitive-keys": True}, policy=LENIENT)
    post(server, {"NAME": 7, "size": 1})
    assert {(pointer, keyword) for _, pointer, keyword, _ in found(server)} == {
        ("/name", "type"),
        ("/size", "additionalProperties"),
    }


# --- our own answers -----------------------------------------------------------------


def broken() -> dict[str, Any]:
    """A contract whose Thing must have a weight, which Acme's code never gives."""
    components = DOCUMENT["components"]
    thing = {**components["schemas"]["Thing"], "required": ["id", "name", "weight"]}
    return {"components": {**components, "schemas": {**components["schemas"], "Thing": thing}}}


def test_our_own_deviation_is_noted_and_answered_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    server = serve(document=broken(), policy=Policy(check_responses=True))
    response = server.call("GET", "/v1/things/1")
    assert response.status_code == 200
    assert response.headers["X-Simulator-Contract"] == "ok"
    assert [d["pointer"] for d in entry(server)["deviations"]] == ["/weight"]
    assert "getThing answered against the contract" in caplog.text


def test_our_own_deviation_is_raised_when_asked() -> None:
    with pytest.raises(ContractDeviation, match="getThing answered 200"):
        serve(document=broken()).call("GET", "/v1/things/1")


def test_our_own_answers_are_not_judged_unless_asked() -> None:
    server = serve(document=broken(), policy=LENIENT)
    server.call("GET", "/v1/things/1")
    assert entry(server)["deviations"] == []


# --- headers and journal -------------------------------------------------------------


def test_answers_say_what_was_made_of_the_request() -> None:
    server = serve()
    headers = server.call("DELETE", "/v1/things/9").headers
    assert headers["X-Simulator-Request"] == "1"
    assert headers["X-Simulator-Operation"] == "deleteThing"
    assert headers["X-Simulator-Contract"] == "ok"
    assert headers["X-Simulator-Assumed"] == "acme.delete-missing"
    assert entry(server)["assumed"] == ["acme.delete-missing"]
    assert "X-Simulator-Assumed" not in server.call("DELETE", "/v1/things/1").headers


def test_headers_can_be_left_out() -> None:
    server = serve(policy=Policy(headers=False))
    answers = [
        server.create("bolt"),
        server.call("GET", "/v1/nothing"),
        server.call("DELETE", "/v1/things/9"),
    ]
    for answer in answers:
        assert not [name for name, _ in answer.headers if name.startswith("X-Simulator")]
    assert entry(server)["assumed"] == ["acme.delete-missing"]


def test_journal_is_bounded_and_goes_on_counting() -> None:
    server = serve(journal_limit=3)
    for _ in range(10):
        server.call("GET", "/v1/things/1")
    assert len(server.world.journal) == 3
    assert [row.index for row in server.world.journal] == [8, 9, 10]


def test_journal_keeps_no_more_of_a_body_than_promised() -> None:
    server = serve(policy=LENIENT)
    post(server, {"name": "x" * (2 * KEPT)})
    kept = next(iter(server.world.journal))
    assert (len(kept.request_body.kept), kept.request_body.size) == (KEPT, 2 * KEPT + 12)
    assert len(kept.response_body.kept) == KEPT


def test_journal_has_the_path_as_it_was_sent() -> None:
    server = serve()
    server.call("GET", "/v1/things/1%20?x=%C3%A6&y")
    shown = entry(server)
    assert (shown["path"], shown["query"]) == ("/v1/things/1 ", "x=%C3%A6&y")


def test_every_request_is_journalled_before_it_can_fail() -> None:
    server = serve()
    with pytest.raises(ZeroDivisionError):
        server.create("explode")
    assert entry(server)["operation"] == "createThing"
    assert f"Bearer {KEY}" not in str(entry(server))
