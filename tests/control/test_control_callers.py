"""Clients that say which of their lines asked: in the journal, in the verdict and in its files."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest

from simulator.kernel.tally import MOST_CALLERS
from tests.acme import Server
from tests.control.test_control_verdict import JUNIT, SARIF, text
from tests.judged import judging, note, send

FAULTY = note({"text": "a", "txet": 1})
STRAY = {"method": "PUT", "path": "/v1/thing/1"}


def called(server: Server, call: dict[str, Any], caller: str) -> Any:
    """The journal's entry of a call by a line of a client."""
    return send(server, call, headers={"X-Simulator-Caller": caller})


def results(server: Server) -> list[Any]:
    log = json.loads(text(server, "sarif"))
    SARIF.validate(log)
    found: list[Any] = log["runs"][0]["results"]
    return found


def lines(server: Server) -> list[tuple[str, int] | None]:
    """Where each result of the SARIF file is."""
    return [
        (place["artifactLocation"]["uri"], place["region"]["startLine"]) if place else None
        for result in results(server)
        for place in [result["locations"][0].get("physicalLocation")]
    ]


def test_the_journal_has_the_line_and_not_the_header() -> None:
    """Seen to fail with the header left among the others."""
    server = judging()
    entry = called(server, note({"text": "a"}), "src/my%20client.py:41")
    assert entry["caller"] == {"file": "src/my client.py", "line": 41}
    assert entry["contract"] == "ok"
    assert "caller" not in str(entry["request"]["headers"]).lower()
    assert "caller" not in text_of_har(server)
    assert send(server, note({"text": "a"}))["caller"] is None


def text_of_har(server: Server) -> str:
    return server.control("GET", "/requests.har").text.lower()


@pytest.mark.parametrize(
    "caller",
    [
        "", ":", "client.py", "client.py:", ":4", "client.py:0", "client.py:-1", "client.py:four",
        "client.py:4:5", "client.py:12345678", "a b.py:4", "%ff.py:4", "%0a.py:4", "%00.py:4", "client.py:٤",
        "a.py:4,b.py:5", "<b>.py:4", "x" * 1001 + ":4",
    ],
)  # fmt: skip
def test_what_is_no_line_is_as_good_as_nothing(caller: str) -> None:
    """Seen to fail with control characters let through, and with a line of 0."""
    server = judging()
    headers = {"X-Simulator-Caller": caller.encode().decode("latin-1")}
    answer = server.call("POST", "/v1/things/1/notes", {"text": "a", "txet": 1}, headers=headers)
    assert answer.status_code == 201
    entry = server.get("/requests/1")
    assert (entry["caller"], len(entry["violations"])) == (None, 1)
    assert server.get("/verdict")["violations"][0]["callers"] == []
    assert lines(server) == [None]


def test_a_finding_has_its_lines() -> None:
    server = judging()
    for caller in ("b.py:7", "a.py:10", "a.py:9", "b.py:7"):
        called(server, FAULTY, caller)
    send(server, FAULTY)
    called(server, note({"text": "a"}), "right.py:1")
    (row,) = server.get("/verdict")["violations"]
    assert row["count"] == 5
    assert row["callers"] == [
        {"file": "a.py", "line": 9, "count": 1},
        {"file": "a.py", "line": 10, "count": 1},
        {"file": "b.py", "line": 7, "count": 2},
    ]


def test_stray_requests_have_theirs() -> None:
    server = judging()
    called(server, STRAY, "a.py:9")
    (row,) = server.get("/verdict")["violations"]
    assert (row["operation"], row["callers"]) == (None, [{"file": "a.py", "line": 9, "count": 1}])
    assert lines(server) == [("a.py", 9)]


def test_lines_are_bounded() -> None:
    """Seen to fail with MOST_CALLERS ignored."""
    server = judging()
    for number in range(1, MOST_CALLERS + 6):
        called(server, FAULTY, f"a.py:{number}")
    called(server, FAULTY, "a.py:1")
    (row,) = server.get("/verdict")["violations"]
    assert (row["count"], len(row["callers"])) == (MOST_CALLERS + 6, MOST_CALLERS)
    assert row["callers"][0]["count"] == 2
    assert lines(server)[-1] is None
    assert sum(result["occurrenceCount"] for result in results(server)) == row["count"]


# --- SARIF ---------------------------------------------------------------------------------


def test_sarif_has_a_result_for_each_line_and_one_for_the_rest() -> None:
    server = judging()
    for caller in ("src/my%20client.py:9", "src/b.py:7", "src/b.py:7"):
        called(server, FAULTY, caller)
    before = results(judged_once())
    send(server, FAULTY)
    found = results(server)
    assert lines(server) == [("src/b.py", 7), ("src/my%20client.py", 9), None]
    assert [result["occurrenceCount"] for result in found] == [2, 1, 1]
    place = found[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uriBaseId"] == "%SRCROOT%"
    # as it was before clients said where they are
    assert found[2]["partialFingerprints"] == before[0]["partialFingerprints"]
    assert found[2]["locations"] == before[0]["locations"]


def judged_once() -> Server:
    server = judging()
    send(server, FAULTY)
    return server


@pytest.mark.parametrize(
    ("caller", "uri"),
    [
        ("/home/me/x%20y.py:3", "file:///home/me/x%20y.py"),
        ("C%3A/me/x.py:3", "file:///C:/me/x.py"),
        ("a%3Ab.py:3", "a%3Ab.py"),
    ],
)
def test_a_file_elsewhere_is_a_url(caller: str, uri: str) -> None:
    server = judging()
    called(server, FAULTY, caller)
    assert lines(server) == [(uri, 3)]
    place = results(server)[0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert ("uriBaseId" in place) == (not uri.startswith("file:"))


def test_fingerprints_differ_by_caller_and_do_not_move_with_the_lines() -> None:
    """Seen to fail with the line's number in the fingerprint, and with the file alone."""

    def prints(*callers: str) -> list[str]:
        server = judging()
        for caller in callers:
            called(server, FAULTY, caller)
        return [result["partialFingerprints"]["simulatorFinding/v1"] for result in results(server)]

    found = prints("a.py:3", "a.py:8", "b.py:3")
    assert len(set(found)) == 3
    assert prints("b.py:30", "a.py:80", "a.py:5") == found


# --- for people ------------------------------------------------------------------------------


def test_junit_and_markdown_name_the_lines() -> None:
    server = judging()
    for caller in ("src/a.py:9", "src/a.py:9", "src/b.py:7"):
        called(server, FAULTY, caller)
    report = text(server, "junit")
    JUNIT.validate(StringIO(report))
    assert "; at src/a.py:9 (2 times), src/b.py:7]" in report
    (row,) = [line for line in text(server, "markdown").splitlines() if line.startswith("| error")]
    assert "3 times, first in request 1, at src/a.py:9 \\(2 times\\), src/b.py:7 |" in row


def test_not_more_lines_than_somebody_reads() -> None:
    server = judging()
    for number in range(1, 8):
        called(server, FAULTY, f"a.py:{number}")
    report = text(server, "markdown")
    assert "a.py:5 and elsewhere" in report
    assert "a.py:6" not in report
