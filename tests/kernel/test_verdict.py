"""What is said of each kind of client's fault, wherever it is: exactly that, and nothing of what is right."""

from __future__ import annotations

from typing import Any

import pytest

from tests.judged import FORM, MULTIPART, RIGHT, WRONG, XML, Call, judging, note, send

Found = tuple[str, str, str, str]


def found(call: Call) -> list[Found]:
    violations = send(judging(), call)["violations"]
    return [(v["in"], v["pointer"], v["keyword"], v["severity"]) for v in violations]


@pytest.mark.parametrize("fault", WRONG)
def test_a_fault_is_named_once_with_its_place(fault: str) -> None:
    """Seen to fail with the keyword, and with the severity, of one fault changed where it is judged."""
    call, expected = WRONG[fault]
    assert found(call) == [expected]


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_nothing_is_said_of_what_is_right(number: int) -> None:
    assert found(RIGHT[number]) == []


@pytest.mark.parametrize(
    ("raw", "pointer", "keyword"),
    [
        ("size=medium", "/size", "enum"),
        ("since=%FF", "/since", "encoding"),
        ("size=%C3", "/size", "encoding"),
        ("size=long&since=2024-01-01%C3", "/since", "encoding"),
    ],
)
def test_faults_in_a_query(raw: str, pointer: str, keyword: str) -> None:
    """Seen to fail, with `format` and `enum`, when bytes that are no UTF-8 were read as they come."""
    call = note({"text": "a"}, environ_overrides={"QUERY_STRING": raw})
    assert found(call) == [("query", pointer, keyword, "error")]


def test_a_replacement_character_is_a_character() -> None:
    assert found(note({"text": "a"}, "?size=%EF%BF%BD")) == [("query", "/size", "enum", "error")]
    assert found(note(data={"text": "\ufffd"}, content_type=MULTIPART)) == []
    assert found(note(data={"text": "\ufffd"}, content_type=FORM)) == []


@pytest.mark.parametrize(
    ("label", "keyword"), [("\xc3\xa6", None), ("\xc3", "encoding"), ("x", "enum"), ("new", None)]
)
def test_faults_in_a_path(label: str, keyword: str | None) -> None:
    """`label` as WSGI has it: a character for each byte."""
    override = {"PATH_INFO": f"/acme/v1/labels/{label}"}
    rows = found({"method": "GET", "path": "/v1/labels/new", "environ_overrides": override})
    errors = [row for row in rows if row[3] == "error"]
    assert errors == ([("path", "/label", keyword, "error")] if keyword else [])


# --- forms, parts and XML ----------------------------------------------------------------

PARTS = b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\n%s\r\n--x--\r\n'
FAULTS: dict[str, tuple[str, str]] = {
    "unknown": ("/txet", "additionalProperties"),
    "type": ("/stars", "type"),
    "required": ("/text", "required"),
    "enum": ("/mood", "enum"),
    "format": ("/at", "format"),
}
FIELDS: dict[str, dict[str, str]] = {
    "unknown": {"text": "a", "txet": "b"},
    "type": {"text": "a", "stars": "many"},
    "required": {"mood": "sad"},
    "enum": {"text": "a", "mood": "grim"},
    "format": {"text": "a", "at": "noon"},
}


def as_xml(fields: dict[str, str]) -> bytes:
    inside = "".join(f"<{name}>{text}</{name}>" for name, text in fields.items())
    return f"<note>{inside}</note>".encode()


@pytest.mark.parametrize("media", [FORM, MULTIPART, XML])
@pytest.mark.parametrize("fault", FAULTS)
def test_faults_in_bodies_of_texts(fault: str, media: str) -> None:
    data: Any = as_xml(FIELDS[fault]) if media == XML else FIELDS[fault]
    assert found(note(data=data, content_type=media)) == [("body", *FAULTS[fault], "error")]


@pytest.mark.parametrize(
    ("data", "media", "pointer"),
    [
        (b"text=%FF", FORM, ""),
        (b"text=\xff", FORM, ""),
        (PARTS % b"\xff", f"{MULTIPART}; boundary=x", "/text"),
        (PARTS % b"a", f"{MULTIPART}; boundary=y", ""),
        (PARTS % b"a", MULTIPART, ""),
        (b"<note><text>a</note>", XML, ""),
        (b"\xff", XML, ""),
        (b'{"text": "\xff"}', "application/json", ""),
    ],
)
def test_bodies_that_cannot_be_read(data: bytes, media: str, pointer: str) -> None:
    assert found(note(data=data, content_type=media)) == [("body", pointer, "encoding", "error")]


# --- what is deprecated --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "place", "pointer", "evidence"),
    [
        (note({"text": "a"}, "?verbose=true"), "query", "/verbose", "documented"),
        (note({"text": "a", "colour": "red"}), "body", "/colour", "documented"),
        (
            note({"text": "a", "answers": [{"text": "b"}, {"text": "c", "colour": "red"}]}),
            "body",
            "/answers/1/colour",
            "documented",
        ),
        ({"method": "GET", "path": "/v1/labels/new"}, "operation", "", "observed"),
    ],
)
def test_use_of_what_is_deprecated_is_a_warning(call: Call, place: str, pointer: str, evidence: str) -> None:
    entry = send(judging(), call)
    (warning,) = entry["violations"]
    assert (warning["in"], warning["pointer"], warning["evidence"]) == (place, pointer, evidence)
    assert (warning["keyword"], warning["severity"]) == ("deprecated", "warning")
    assert entry["contract"] == "ok"


def test_a_warning_beside_an_error_does_not_excuse_it() -> None:
    entry = send(judging(), note({"text": "a", "colour": 7}))
    assert {(v["pointer"], v["severity"]) for v in entry["violations"]} == {
        ("/colour", "error"),
        ("/colour", "warning"),
    }
    assert entry["contract"] == "violation"


# --- what is said ------------------------------------------------------------------------


def messages(call: Call) -> list[str]:
    return [row["message"] for row in send(judging(), call)["violations"]]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"text": "a", "stars": "x" * 200}, f'"{"x" * 79}… is not of type "integer"'),
        ({"text": "a", "stars": {"x": "y" * 200}}, 'the object is not of type "integer"'),
        ({"text": "a", "stars": list(range(100))}, 'the list is not of type "integer"'),
        ({"text": "a", "stars": [1, 2]}, '[1,2] is not of type "integer"'),
        ({"text": "a", "pinned": 3}, '1 was expected or 2 was expected or 3 is not of type "boolean"'),
    ],
)
def test_of_a_long_value_only_the_beginning_is_quoted(body: dict[str, Any], message: str) -> None:
    """And where no form fits, what is wrong with each. Seen to fail with the validator's own messages."""
    assert messages(note(body)) == [message]
