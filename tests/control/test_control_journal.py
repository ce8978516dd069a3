"""The journal over the control API: what was asked, what was answered, what stays hidden."""

from __future__ import annotations

import base64
import re
from typing import Any

import pytest

from simulator.control.masking import Mask
from tests.acme import KEY, Server, serve

SUMMARY = {
    "index", "time", "vendor", "operation", "method", "path", "query", "status", "contract", "violations",
    "deviations", "assumed", "nearest", "caller",
}  # fmt: skip


def busy(**options: Any) -> Server:
    """1 created, 2 not found, 3 no operation, 4 a violation, 5 unauthenticated."""
    server = serve(**options)
    server.create("bolt")
    server.call("GET", "/v1/things/99")
    server.call("GET", "/v1/thing")
    server.create("nut", colour="red")
    server.call("DELETE", "/v1/things/1", key="wrong")
    return server


def found(server: Server, query: str = "") -> list[int]:
    return [entry["index"] for entry in server.get(f"/requests{query}")["requests"]]


def test_requests_are_listed_newest_last() -> None:
    listed = busy().get("/requests")
    assert [entry["index"] for entry in listed["requests"]] == [1, 2, 3, 4, 5]
    assert (listed["matched"], listed["last_index"]) == (5, 5)
    first, stray = listed["requests"][0], listed["requests"][2]
    assert set(first) == SUMMARY
    assert (first["method"], first["path"], first["status"]) == ("POST", "/v1/things", 201)
    assert (first["operation"], first["contract"], first["time"]) == (
        "createThing",
        "ok",
        "2024-01-01T08:00:00Z",
    )
    assert (stray["operation"], stray["contract"]) == (None, "violation")
    assert "getThing" in stray["nearest"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("vendor=acme", [1, 2, 3, 4, 5]),
        ("operation=createThing", [1, 4]),
        ("operation=unknown", [3]),
        ("status=404", [2, 3]),
        ("status=4xx", [2, 3, 5]),
        ("status=2xx", [1, 4]),
        ("status=500", []),
        ("since=3", [4, 5]),
        ("since=5", []),
        ("contract=violation", [3, 4]),
        ("contract=ok", [1, 2, 5]),
        ("limit=2", [4, 5]),
        ("limit=99", [1, 2, 3, 4, 5]),
        ("operation=createThing&contract=ok&limit=1", [1]),
    ],
)
def test_filters(query: str, expected: list[int]) -> None:
    assert found(busy(), f"?{query}") == expected


def test_limit_does_not_hide_how_many_matched() -> None:
    listed = busy().get("/requests?status=4xx&limit=1")
    assert (len(listed["requests"]), listed["matched"], listed["last_index"]) == (1, 3, 5)


@pytest.mark.parametrize(
    "query",
    [
        "vendor=akme", "operation=createThings", "status=40", "status=4XX", "status=bad",
        "since=-1", "since=x", "contract=fine", "limit=0", "secrets=yes", "state=1",
    ],
)  # fmt: skip
def test_filter_that_can_match_nothing_is_refused(query: str) -> None:
    response = busy().control("GET", f"/requests?{query}")
    assert response.status_code == 400
    assert "query /" in response.json["detail"]  # type: ignore[index]


def test_request_is_shown_whole() -> None:
    entry = busy().get("/requests/4")
    assert set(entry) == SUMMARY | {"request", "response"}
    assert entry["request"]["body"] == {"size": 33, "text": '{"name": "nut", "colour": "red"}'} or entry[
        "request"
    ]["body"]["text"].startswith('{"name"')
    assert [violation["pointer"] for violation in entry["violations"]] == ["/colour"]
    assert ["X-Simulator-Contract", "violation"] in entry["response"]["headers"]


def test_header_of_an_answer_leads_to_its_request() -> None:
    server = busy()
    index = server.create("cog").headers["X-Simulator-Request"]
    assert server.get(f"/requests/{index}")["status"] == 201


@pytest.mark.parametrize("index", ["0", "6", "99999999999999999999", "x", "-1"])
def test_request_that_is_not_kept_is_not_found(index: str) -> None:
    assert busy().control("GET", f"/requests/{index}").status_code == 404


def test_requests_fallen_off_the_end_are_not_found() -> None:
    server = busy(journal_limit=2)
    assert found(server) == [4, 5]
    assert server.control("GET", "/requests/3").status_code == 404
    assert server.get("/requests/4")["index"] == 4


def test_cleared_journal_goes_on_counting() -> None:
    server = busy()
    assert server.control("DELETE", "/requests").status_code == 204
    assert server.get("/requests") == {"requests": [], "matched": 0, "last_index": 5}
    assert server.create("cog").headers["X-Simulator-Request"] == "6"


def test_control_requests_are_not_journalled() -> None:
    server = serve()
    server.get("/clock")
    assert server.get("/requests")["last_index"] == 0


def test_binary_and_large_bodies_are_kept_as_far_as_promised() -> None:
    server = serve()
    server.call("POST", "/v1/things", data=b"\xff\xfe", content_type="application/json")
    server.call("POST", "/v1/things", data=b'"' + b"x" * 100_000, content_type="application/json")
    assert server.get("/requests/1")["request"]["body"] == {
        "size": 2,
        "base64": base64.b64encode(b"\xff\xfe").decode(),
    }
    large = server.get("/requests/2")["request"]["body"]
    assert (large["size"], large["truncated"], len(large["text"])) == (100_001, True, 65_536)


# --- what stays hidden ---------------------------------------------------------------


def secretive() -> Server:
    """Credentials in a header, a query, a body, an answer, and in the verdict on each."""
    server = serve()
    server.call("POST", "/v1/things?key=s3cret-query", {"name": "bolt", "secret": {"a": "s3cret-deep"}})
    server.call("POST", "/v1/things", {"name": "nut", "Secret": "s3cret-body", "key": 7341955})
    server.call("POST", "/v1/things", ["secret", {"secret": "s3cret-list"}])
    server.call("POST", "/v1/things", data='{"secret": "s3cret-broken', content_type="application/json")
    return server


@pytest.mark.parametrize(
    "path", ["/requests", "/requests/1", "/requests/2", "/requests/3", "/requests/4", "/requests.har"]
)
def test_credentials_are_masked(path: str) -> None:
    """Seen to fail with _masked not looking at messages, and with text() not hiding members."""
    server = secretive()
    text = server.control("GET", path).text
    assert "s3cret" not in text
    assert "7341955" not in text
    assert KEY not in text
    for thing in server.get("/state/acme/things?secrets=shown")["documents"]:
        assert thing.get("secret", "none") not in text


def test_credentials_are_shown_to_who_asks() -> None:
    server = secretive()
    assert server.get("/requests?secrets=shown")["requests"][0]["query"] == "key=s3cret-query"
    assert server.get("/requests")["requests"][0]["query"] == "key=***"
    whole = server.control("GET", "/requests/2?secrets=shown").text
    assert "s3cret-body" in whole
    assert f"Bearer {KEY}" in whole
    assert "Bearer ***" in server.control("GET", "/requests/2").text
    assert f"Bearer {KEY}" in server.control("GET", "/requests.har?secrets=shown").text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"key": "a b", "x": 1}', '{"key": "***", "x": 1}'),
        ('{"KEY":"a\\"b","x":1}', '{"KEY":"***","x":1}'),
        ('{"key": 12.5}', '{"key": "***"}'),
        ('{"key": null}', '{"key": null}'),
        ('{"key": {"a": [1, {"b": "c"}]}, "x": 1}', '{"key": "***", "x": 1}'),
        ('{"key": ["a", "b"], "x": 1}', '{"key": "***", "x": 1}'),
        ('{"key": "cut of', '{"key": "***"'),
        ('{"key": ["cut", "of', '{"key": "***"'),
        ('{"monkey": "a"}', '{"monkey": "a"}'),
        ("key=a&x=1", "key=***&x=1"),
        ("x=1&Key=a%20b", "x=1&Key=***"),
        ("monkey=a", "monkey=a"),
        ("key=", "key="),
        ("nothing here", "nothing here"),
    ],
)
def test_masked_text_is_otherwise_as_it_was(text: str, expected: str) -> None:
    assert Mask({"key"}).text(text) == expected


def test_mask_of_nothing_hides_nothing() -> None:
    assert Mask(()).text('{"": "a", "b": "c"}&=d') == '{"": "a", "b": "c"}&=d'
    assert Mask(()).document({"a": {"b": 1}}) == {"a": {"b": 1}}


# --- HAR -----------------------------------------------------------------------------

ENTRY = {"startedDateTime", "time", "request", "response", "cache", "timings"}
REQUEST = {"method", "url", "httpVersion", "cookies", "headers", "queryString", "headersSize", "bodySize"}
RESPONSE = {
    "status", "statusText", "httpVersion", "cookies", "headers", "content", "redirectURL",
    "headersSize", "bodySize",
}  # fmt: skip


def check_pairs(pairs: Any) -> None:
    for pair in pairs:
        assert set(pair) == {"name", "value"}
        assert all(isinstance(text, str) for text in pair.values())


def check_har(archive: Any) -> list[Any]:
    """The rules of HAR 1.2, by hand: names, types, and that our own names begin with `_`."""
    assert set(archive) == {"log"}
    log = archive["log"]
    assert set(log) == {"version", "creator", "entries"}
    assert log["version"] == "1.2"
    assert set(log["creator"]) == {"name", "version"}
    for entry in log["entries"]:
        own = {name for name in entry if name.startswith("_")}
        assert set(entry) - own == ENTRY
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", entry["startedDateTime"])
        assert entry["time"] == sum(entry["timings"].values()) == 0
        assert set(entry["timings"]) == {"send", "wait", "receive"}
        assert entry["cache"] == {}
        check_message(entry["request"], REQUEST, {"postData"})
        check_message(entry["response"], RESPONSE, set())
        assert entry["request"]["url"].startswith("http://")
        check_pairs(entry["request"]["queryString"])
        check_texts(entry)
    return list(log["entries"])


def check_message(message: Any, wanted: set[str], optional: set[str]) -> None:
    assert set(message) - optional == wanted
    assert message["httpVersion"] == "HTTP/1.1"
    assert isinstance(message["bodySize"], int)
    assert message["headersSize"] == -1
    check_pairs(message["headers"])


def check_texts(entry: Any) -> None:
    post, content = entry["request"].get("postData"), entry["response"]["content"]
    if post is not None:
        assert {"mimeType", "params", "text"} <= set(post) <= {"mimeType", "params", "text", "comment"}
        assert isinstance(post["text"], str)
    assert {"size", "mimeType", "text"} <= set(content) <= {"size", "mimeType", "text", "encoding", "comment"}
    assert isinstance(content["mimeType"], str)


def test_har_is_valid_and_tells_all() -> None:
    server = busy()
    server.call("POST", "/v1/things?dry=1&dry=&x", data=b"\xff", content_type="text/plain")
    server.call("POST", "/v1/things", data=b'"' + b"x" * 100_000)
    server.call("DELETE", "/v1/things/1")
    entries = check_har(server.get("/requests.har"))
    assert [entry["_index"] for entry in entries] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert entries[0]["request"]["url"] == "http://localhost/acme/v1/things"
    assert entries[0]["response"]["statusText"] == "Created"
    assert entries[3]["_violations"][0]["pointer"] == "/colour"
    assert entries[5]["request"]["url"].endswith("/v1/things?dry=1&dry=&x")
    pairs = [("dry", "1"), ("dry", ""), ("x", "")]
    assert [(pair["name"], pair["value"]) for pair in entries[5]["request"]["queryString"]] == pairs
    assert entries[5]["request"]["postData"]["comment"] == "text left out: not UTF-8"
    assert entries[6]["request"]["postData"]["comment"] == "only the beginning was kept"
    assert entries[7]["response"]["content"].items() >= {"size": 0, "text": ""}.items()


def test_har_takes_the_filters_and_comes_as_a_file() -> None:
    server = busy()
    response = server.control("GET", "/requests.har?contract=violation&limit=1")
    assert [entry["_index"] for entry in check_har(response.json)] == [4]
    assert response.headers["Content-Disposition"] == 'attachment; filename="simulator.har"'
    assert check_har(serve().get("/requests.har")) == []
    assert server.control("GET", "/requests.har?vendor=none").status_code == 400


def test_har_has_the_address_the_client_used() -> None:
    server = serve()
    server.client.get("/v1/things/1", headers={"Host": "api.acme.example"})
    server.control("POST", "/worlds", {"name": "w"})
    server.call("GET", "/_worlds/w/acme/v1/things/1")
    (entry,) = check_har(server.get("/requests.har"))
    assert entry["request"]["url"] == "http://api.acme.example/v1/things/1"
    (entry,) = check_har(server.get("/requests.har", world="w"))
    assert entry["request"]["url"] == "http://localhost/_worlds/w/acme/v1/things/1"
