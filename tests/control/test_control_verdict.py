"""GET verdict: each fault of a client once, in stable order, in every format."""

from __future__ import annotations

import json
import random
from io import StringIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from jsonschema import Draft7Validator

from simulator.kernel.pipeline import Policy
from tests.acme import Server
from tests.judged import RIGHT, WRONG, judging, note, send

SCHEMAS = Path(__file__).parents[1] / "schemas"
SARIF = Draft7Validator(
    json.loads((SCHEMAS / "sarif-2.1.0.json").read_bytes()), format_checker=Draft7Validator.FORMAT_CHECKER
)
"""As published by OASIS."""
JUNIT = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
"""There is no standard; this is the schema of Jenkins' xUnit plugin."""


def after(calls: list[Any], **options: Any) -> Server:
    server = judging(**options)
    for call in calls:
        send(server, call)
    return server


def mixed(seed: int = 0) -> Server:
    """Twelve wrong and twelve right calls in some order."""
    calls = [call for call, _ in WRONG.values()] + RIGHT
    random.Random(seed).shuffle(calls)
    return after(calls)


def text(server: Server, form: str, **options: Any) -> str:
    response = server.control("GET", f"/verdict?format={form}", **options)
    assert response.status_code == 200, response.text
    return response.text


def located(row: Any) -> tuple[str, str, str, str]:
    return row["in"], row["pointer"], row["keyword"], row["severity"]


# --- as data -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3))
def test_exactly_the_twelve_faults_are_reported(seed: int) -> None:
    verdict = mixed(seed).get("/verdict")
    expected = sorted(found for _, found in WRONG.values())
    assert sorted(map(located, verdict["violations"])) == expected
    assert (verdict["ok"], verdict["calls"], verdict["errors"], verdict["warnings"]) == (False, 24, 12, 0)


def test_the_order_does_not_depend_on_when_what_happened() -> None:
    """Seen to fail with the findings in the order in which they came."""
    reports = [mixed(seed).get("/verdict") for seed in range(3)]
    for report in reports:
        for row in report["violations"] + report["relied_on"]:
            del row["first_request"]
    assert reports[0] == reports[1] == reports[2]


def test_a_violation_has_all_that_is_needed_to_find_it() -> None:
    server = after(
        [note({"text": "a"}), note({"text": "a", "mood": "grim"}), note({"text": "a", "mood": "?"})]
    )
    (row,) = server.get("/verdict")["violations"]
    assert row["contract"] == {"version": "7", "hash": "acme00acme00"}
    assert (row["vendor"], row["operation"], row["evidence"]) == ("acme", "addNote", "observed")
    assert (row["count"], row["first_request"]) == (2, 2)
    assert server.get("/requests/2")["violations"][0]["pointer"] == row["pointer"]


def test_a_right_client_is_ok() -> None:
    verdict = after(RIGHT).get("/verdict")
    assert (verdict["ok"], verdict["violations"]) == (True, [])


def test_nobody_called() -> None:
    verdict = judging().get("/verdict")
    assert (verdict["ok"], verdict["calls"], verdict["vendors"], verdict["untouched"]) == (
        True,
        0,
        [],
        ["acme"],
    )


def test_a_warning_is_no_error() -> None:
    verdict = after([note({"text": "a", "colour": "red"})]).get("/verdict")
    assert (verdict["ok"], verdict["errors"], verdict["warnings"]) == (True, 0, 1)


def test_stray_requests_say_what_may_have_been_meant() -> None:
    (row,) = after([{"method": "PUT", "path": "/v1/things/1"}]).get("/verdict")["violations"]
    assert (row["operation"], row["method"], row["path"]) == (None, "PUT", "/v1/things/1")
    assert "getThing" in row["nearest"]


def test_what_answers_relied_on() -> None:
    calls = [
        {"method": "DELETE", "path": "/v1/things/9"},
        {"method": "GET", "path": "/v1/things/1"},
        note({"text": "a"}),
        note({"text": "a"}, key="wrong"),
    ]
    rows = after(calls).get("/verdict")["relied_on"]
    assert [(row["kind"], row["id"], row["operations"], row["count"]) for row in rows] == [
        ("assumption", "acme.delete-missing", ["deleteThing"], 1),
        ("operation", "deleteThing", ["deleteThing"], 1),
        ("response", "addNote 401", ["addNote"], 1),
    ]
    assert rows[0]["alternative"] == "204"


def test_coverage_is_counted_by_hand() -> None:
    vendor = after([note({"text": "a", "mood": "sad"}, "?size=long")]).get("/verdict")["vendors"][0]
    coverage = vendor["coverage"]
    assert coverage["operations"] == {"met": 1, "of": 6}
    # createThing 6, getThing 3, deleteThing 3, remindLater 4, addNote 4, getLabel 1
    assert coverage["responses"] == {"met": 1, "of": 21}
    # dry; thingId of four operations; size, since, verbose, X-Acme-Page; label
    assert coverage["parameters"] == {"met": 2, "of": 10}
    # size 2, mood 2, tags 3, pinned 2, and the latter three again in answers; label 3
    assert coverage["enum_members"] == {"met": 2, "of": 19}


def test_what_the_client_never_met() -> None:
    vendor = after([note({"text": "a", "mood": "sad"}, "?size=long")]).get("/verdict")["vendors"][0]
    (operation,) = vendor["operations"]
    never = operation["never_met"]
    assert never["responses"] == ["400", "401", "429"]
    assert {"in": "query", "name": "since"} in never["parameters"]
    assert {"in": "query", "name": "size"} not in never["parameters"]
    assert {"in": "query", "pointer": "/size", "members": ["short"]} in never["enum_members"]
    assert {"in": "body", "pointer": "/mood", "members": ["glad"]} in never["enum_members"]
    assert vendor["never_called"] == ["createThing", "deleteThing", "getLabel", "getThing", "remindLater"]


def test_an_answer_that_the_contract_does_not_have() -> None:
    server = judging(policy=Policy())
    send(server, {"method": "POST", "path": "/v1/things/1/reminders", "json": {}})
    (operation,) = server.get("/verdict")["vendors"][0]["operations"]
    assert [(row["status"], row["documented"]) for row in operation["responses"]] == [(500, False)]


def test_only_one_vendor() -> None:
    server = mixed()
    assert server.get("/verdict?vendor=acme") == server.get("/verdict")
    assert server.control("GET", "/verdict?vendor=amce").status_code == 400


def test_messages_show_no_credentials() -> None:
    """Seen to fail with the rows given out as they were noted."""
    server = after(
        [{"method": "POST", "path": "/v1/things", "json": {"name": "a", "color": {"key": "hush"}}}]
    )
    for form in ("json", "junit", "sarif", "markdown"):
        assert "hush" not in text(server, form)
        assert "/color" in text(server, form) or "/color" in text(server, form).replace("\\", "")


# --- as files ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "calls", [[], RIGHT, [call for call, _ in WRONG.values()]], ids=["none", "right", "wrong"]
)
def test_sarif_is_valid(calls: list[Any]) -> None:
    """Seen to fail with a level of `fatal`, and without a result's message."""
    SARIF.validate(json.loads(text(after(calls), "sarif")))


def test_sarif_has_each_fault_once() -> None:
    (run,) = json.loads(text(mixed(), "sarif"))["runs"]
    results = run["results"]
    places = [
        (p["in"], p["pointer"], result["ruleId"], result["level"])
        for result in results
        for p in [result["properties"]]
    ]
    assert sorted(places) == sorted(found for _, found in WRONG.values())
    for result in results:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        properties = result["properties"]
        assert (properties["contractVersion"], properties["contractHash"]) == ("7", "acme00acme00")
        assert properties["evidence"] in ("documented", "observed", "assumed")
        assert properties["journalIndex"] > 0
    assert len({result["partialFingerprints"]["simulatorFinding/v1"] for result in results}) == 12


def test_a_fingerprint_is_the_same_in_each_run() -> None:
    def prints(*calls: Any) -> list[str]:
        (run,) = json.loads(text(after(list(calls)), "sarif"))["runs"]
        return [result["partialFingerprints"]["simulatorFinding/v1"] for result in run["results"]]

    first, second = note({"text": "a", "tags": ["pink"]}), note({"text": "a", "tags": ["red", "pink"]})
    assert prints(first, second) == prints(second, first) == prints(second)


@pytest.mark.parametrize(
    "calls", [[], RIGHT, [call for call, _ in WRONG.values()]], ids=["none", "right", "wrong"]
)
def test_junit_is_valid(calls: list[Any]) -> None:
    """Seen to fail with a suite that does not count its failures, and with a case that has no name."""
    JUNIT.validate(StringIO(text(after(calls), "junit")))


def test_junit_has_a_case_for_each_operation_called() -> None:
    (suite,) = ET.fromstring(text(mixed(), "junit"))
    cases = {case.get("name"): case for case in suite.findall("testcase")}
    assert list(cases) == [
        "addNote",
        "createThing",
        "deleteThing",
        "getThing",
        "requests that met no operation",
    ]
    failed = {name for name, case in cases.items() if case.find("failure") is not None}
    assert failed == {"addNote", "getThing", "requests that met no operation"}
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("Acme", "5", "3")
    lines = [line for case in cases.values() for line in (case.findtext("failure") or "").splitlines()]
    assert len(lines) == 12


def test_junit_takes_what_xml_cannot_hold() -> None:
    server = after([note({"text": "a", "\x00\x1b\ud7ff<&": 1})])
    report = text(server, "junit")
    JUNIT.validate(StringIO(report))
    assert "\x00" not in report


def test_a_warning_is_no_failed_case() -> None:
    (suite,) = ET.fromstring(text(after([note({"text": "a", "colour": "red"})]), "junit"))
    assert suite.get("failures") == "0"
    assert "/colour is deprecated" in (suite.findtext("testcase/system-out") or "")


def test_markdown_says_what_happened() -> None:
    report = text(mixed(), "markdown")
    assert report.startswith("# ❌ Simulator: 12 contract violations in 24 calls\n")
    assert report.count("\n| error |") == 12
    assert "* addNote: your client never saw 400, 401 or 429.\n" in report
    assert "* It never called getLabel or remindLater.\n" in report
    assert "| Acme | 4/6 |" in report


def test_markdown_shows_what_a_client_sent_as_text() -> None:
    """Seen to fail with the cells written as they are: a field name became a link, and a row of its own."""
    report = text(after([note({"text": "a", "[x](http://e.example)|<b>\n| y": 1})]), "markdown")
    (row,) = [line for line in report.splitlines() if line.startswith("| error")]
    assert "\\[x\\]\\(http:" in row
    assert "<b>" not in row.replace("\\<b\\>", "")


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("application/xml", "application/xml"),
        ("application/sarif+json", "application/sarif+json"),
        ("text/markdown, application/json;q=0.5", "text/markdown"),
    ],
)
def test_accept_decides_where_format_does_not(accept: str | None, media: str) -> None:
    server, headers = judging(), {"Accept": accept} if accept else {}
    assert server.control("GET", "/verdict", headers=headers).mimetype == media
    assert server.control("GET", "/verdict?format=junit", headers=headers).mimetype == "application/xml"


def test_a_format_there_is_not() -> None:
    assert judging().control("GET", "/verdict?format=pdf").status_code == 400
