"""Templates, and what takes the place of their variables."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.vendors.infact.templates import Template
from tests.vendors.infact.bodies import campaign, obsolete, recipient
from tests.vendors.infact.sending import document, send, send_columns


def test_variables_of_recipient_and_campaign_in_text_and_subject(infact: Any) -> None:
    send(infact, recipient())
    send(infact, recipient(SMSEnabled=0), CampaignId="18")
    sms, email = infact.sent
    assert sms["text"] == "Hei Kari! Tilbudet gjelder 2022-05-20 til 2022-05-30. 01212"
    assert sms["subject"] is None
    assert email["text"] == "<p>Hei Kari Testesen</p><p>Nummer: 01212</p>"
    assert email["subject"] == "Til Kari"


TEXTS: list[tuple[str, dict[str, Any], str]] = [
    ("%%FirstName%%", {"FirstName": "Kari"}, "Kari"),
    ("%%firstname%%%%FIRSTNAME%%", {"FirstName": "Kari"}, "KariKari"),
    ("%%name%%", {"Name": "A", "name": "b"}, "b"),
    ("[%%unknown%%][%%null%%]", {"null": None}, "[][]"),
    ("%%Custom.code%%", {"Custom": {"Code": "x"}}, "x"),
    ("%%custom.CODE%%", {"Custom": {"code": "x"}}, "x"),
    ("%%Custom.a.b%%", {"Custom": {"a": {"b": 1}}}, "1"),
    ("%%Custom.a.b%%", {"Custom.a.b": "flat", "Custom": {"a": {"b": 1}}}, "flat"),
    ("[%%Custom.code%%]", {"Custom": None}, "[]"),
    ("[%%Custom.code.more%%]", {"Custom": {"code": "x"}}, "[]"),
    ("%%Custom%%", {"Custom": {"a": [1, None]}}, '{"a":[1,null]}'),
    ("%%n%%", {"n": 120}, "120"),
    ("%%n%%", {"n": 120.0}, "120"),
    ("%%n%%", {"n": -0.0}, "0"),
    ("%%n%%", {"n": 12.5}, "12.5"),
    ("%%n%%", {"n": 1e300}, "1e+300"),
    ("%%n%%", {"n": True}, "True"),
    ("%%n%%", {"n": "%%m%%", "m": "x"}, "%%m%%"),
    ("%FirstName% 100%", {"FirstName": "Kari"}, "%FirstName% 100%"),
    ("100%% of 50%% %%n%%", {"n": "x"}, "100%% of 50%% x"),
    ("%%%%n%%%%", {"n": "x"}, "%%x%%"),
    ("%%første navn%%", {"Første Navn": "Åse"}, "Åse"),
    ("", {"n": 1}, ""),
]


@pytest.mark.parametrize(("text", "values", "rendered"), TEXTS)
def test_rendering(text: str, values: dict[str, Any], rendered: str) -> None:
    assert Template(text).render(values, {}) == rendered


def test_coupons_and_the_rest_are_variables(make_infact: Any) -> None:
    names = (
        "CouponCode",
        "CouponPercentage",
        "couponAmount",
        "CouponValidityDate",
        "Level",
        "Phone2",
        "UserId",
    )
    text = " ".join(f"%%{name}%%" for name in names)
    infact = make_infact(fixture=with_template(text))
    coupons = {
        "CouponCode": "X1",
        "CouponPercentage": "10",
        "CouponAmount": "5",
        "CouponValidityDate": "soon",
    }
    body = obsolete(SMSTemplateId=1, Priority2=0, Recipients=[recipient(Level=3.0, Phone2="1")], **coupons)
    body |= {"DiscountType": 1, "AlreadyGeneratedCouponCode": True, "CouponValidityPeriod": 30}
    answer = infact.post("/Campaign", body, auth="basic")
    assert "infact.coupons" in answer.headers["X-Simulator-Assumed"]
    assert [m["text"] for m in infact.sent] == ["X1 10 5 soon 3 1 11111"]
    stored = document(infact)["request"]
    assert {name: stored[name] for name in coupons} == coupons
    assert (stored["DiscountType"], stored["AlreadyGeneratedCouponCode"]) == (1, True)


def with_template(text: str) -> dict[str, Any]:
    customer = {
        "id": 43,
        "name": "C",
        "api_id": "DemoKundeAPiId",
        "login": "a",
        "password": "b",
        "country": "NO",
    }
    return {"customers": [customer | {"templates": [{"id": 1, "channel": "sms", "name": "T", "text": text}]}]}


def test_unknown_fields_of_an_obsolete_recipient_are_no_variables(make_infact: Any) -> None:
    infact = make_infact(fixture=with_template("[%%Shoe%%]"))
    send(infact, recipient(Shoe=43), SMSTemplateId=1, Priority2=0)
    assert infact.sent[0]["text"] == "[]"


# --- templates --------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 9835, 2**31 - 1])
def test_a_template_that_is_not_there_or_of_another_channel_is_refused(infact: Any, number: int) -> None:
    answer = infact.post("/Campaigns", campaign(SMSTemplateId=number))
    assert answer.json["errors"] == {"SMSTemplateId": [f"There is no sms template {number}."]}


def test_unchecked_templates_are_missed_when_sending(make_infact: Any) -> None:
    infact = make_infact(template_check=False)
    send_columns(infact, {"mobile": "40000001", "mail": "a@example.com"}, kind="EmailAndSMS", SMSTemplateId=5)
    send_columns(infact, {"mobile": "40000001"}, SMSTemplateId=5)
    assert [m["channel"] for m in infact.sent] == ["email"]
    assert [m["reason"] for m in infact.skipped] == ["sms: there is no sms template 5"]
    assert "infact.template-check" in document(infact, 70002)["assumed"]
