"""Send Notifications: from a template, with or without a PDF, into the outbox."""

from __future__ import annotations

import base64
import copy
from typing import Any

import pytest

from simulator.data import FixtureFiles

SEND = "/api/notifications/send"
SENT = {"status": "success", "message": "Message sent!"}
# bytes whose base64 is full of plus signs
PDF = b"%PDF-1.4\n\xfb\xef\xbe\xfb\xef\xbe\xfb\xef\xbe\n%%EOF"
MAIL = {"templateKey": "irqm1350re7pw", "email": "ana.exemplu@example.com"}
FORM = "application/x-www-form-urlencoded"


def attached(content: bytes = PDF) -> dict[str, str]:
    return {"attachmentFileName": "test.pdf", "attachmentFileContent": base64.b64encode(content).decode()}


def docs(subject: str, text: str) -> dict[str, Any]:
    """The world of the vendor's page with other texts in its template."""
    document = copy.deepcopy(dict(FixtureFiles().read("footprints", "docs")))
    document["templates"][0] |= {"subject": subject, "text": text}
    return document


def test_an_email_goes_out_as_its_template_has_it(footprints: Any) -> None:
    answered = footprints.post(SEND, MAIL)
    assert (answered.status_code, answered.json) == (200, SENT)
    [message] = footprints.outbox
    assert (message["status"], message["channel"]) == ("sent", "email")
    assert message["to"] == "ana.exemplu@example.com"
    assert message["subject"] == "Welcome to Mega Mall"
    assert message["text"] == "Hello, thank you for your visit!"
    [kept] = footprints.kept("notifications")
    assert message["cause"] == {"notification": kept["id"], "template": "irqm1350re7pw", "attachment": None}
    assert kept["createdAt"] == "2024-03-01T08:00:00.000Z"


def test_a_template_names_what_was_sent(make_footprints: Any) -> None:
    footprints = make_footprints(
        docs("For {{ firstName }}", "{{firstName}} {{lastName}} <{{email}}> {{other}}")
    )
    footprints.post(SEND, MAIL | {"firstName": "{{email}}"})
    [message] = footprints.outbox
    assert message["subject"] == "For {{email}}"
    assert message["text"] == "{{email}}  <ana.exemplu@example.com> {{other}}"


def test_a_pdf_goes_along(footprints: Any) -> None:
    assert footprints.post(SEND, MAIL | attached()).json == SENT
    assert footprints.outbox[0]["cause"]["attachment"] == {"name": "test.pdf", "size": len(PDF)}
    assert footprints.kept("notifications")[0]["attachment"] == {"name": "test.pdf", "size": len(PDF)}


def test_a_form_may_leave_plus_signs_as_they_are(footprints: Any) -> None:
    """Sent so by the samples of the vendor's page: the plus signs arrive as blanks."""
    sent = "&".join(f"{name}={value}" for name, value in (MAIL | attached()).items())
    assert "+++" in sent
    answered = footprints.call("POST", SEND, data=sent, content_type=FORM)
    assert answered.json == SENT
    assert "footprints.plus-signs" in answered.headers["X-Simulator-Assumed"]
    assert footprints.outbox[0]["cause"]["attachment"]["size"] == len(PDF)


def test_json_is_read_too(footprints: Any) -> None:
    assert footprints.post(SEND, json=MAIL | attached()).json == SENT
    assert footprints.outbox[0]["cause"]["attachment"]["size"] == len(PDF)


def test_a_file_may_be_large(footprints: Any) -> None:
    content = b"%PDF-1.4\n" + b"\xfb\xef\xbe" * 300_000
    assert footprints.post(SEND, MAIL | attached(content)).json == SENT
    assert footprints.outbox[0]["cause"]["attachment"]["size"] == len(content)


def base64_of(content: bytes) -> dict[str, str]:
    return MAIL | attached(content)


@pytest.mark.parametrize(
    ("form", "status", "message"),
    [
        ({"email": MAIL["email"]}, 400, '"templateKey" is required'),
        ({"templateKey": MAIL["templateKey"]}, 400, '"email" is required'),
        (MAIL | {"templateKey": ""}, 400, '"templateKey" is required'),
        (MAIL | {"email": "ana"}, 400, '"email" must be a valid email'),
        (MAIL | {"templateKey": "unknown"}, 404, "Template not found"),
        (MAIL | {"attachmentFileName": "a.pdf"}, 400, '"attachmentFileContent" is required'),
        (MAIL | attached() | {"attachmentFileName": ""}, 400, '"attachmentFileName" is required'),
        (base64_of(b"GIF89a, no PDF at all"), 400, '"attachmentFileContent" must be a PDF file in base64'),
        (base64_of(b"%PDF"), 400, '"attachmentFileContent" must be a PDF file in base64'),
        (
            MAIL | {"attachmentFileName": "a.pdf", "attachmentFileContent": "JVBERi0xLjQ"},
            400,
            '"attachmentFileContent" must be a PDF file in base64',
        ),
        (
            MAIL | {"attachmentFileName": "a.pdf", "attachmentFileContent": "%PDF-1.4"},
            400,
            '"attachmentFileContent" must be a PDF file in base64',
        ),
    ],
)
def test_what_is_refused_is_not_sent(
    footprints: Any, form: dict[str, str], status: int, message: str
) -> None:
    before = footprints.state()
    answered = footprints.post(SEND, form, token=footprints.access_token)
    assert (answered.status_code, answered.json["message"]) == (status, message)
    assert footprints.state() == before


def test_nothing_without_a_token(footprints: Any) -> None:
    before = footprints.state()
    assert footprints.post(SEND, MAIL, token="").status_code == 401
    assert footprints.state() == before
