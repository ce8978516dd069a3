"""POST /v1/Campaign: automatic campaigns, recipient lists, transactional campaigns."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.infact.bodies import campaign, obsolete, part, recipient
from tests.vendors.infact.refusals import refused


def create(infact: Any, body: dict[str, Any]) -> Any:
    answer = infact.post("/Campaign", body, auth="basic")
    assert answer.status_code == 200, answer.text
    return answer


def document(infact: Any, number: int = 70001) -> dict[str, Any]:
    with infact.world.entered():
        found: dict[str, Any] = infact.world.store.tables()["infact/campaigns"][number]
        return found


def stored(infact: Any, number: int = 70001) -> dict[str, Any]:
    """The document as it is before the world is touched again."""
    found: dict[str, Any] = infact.world.store.tables()["infact/campaigns"][number]
    return found


# --- type 1 -----------------------------------------------------------------------------


def test_the_vendors_example_gives_one_email_and_no_sms(infact: Any) -> None:
    body = obsolete(Name="Automatic 21-06-2022", Recipients=[recipient(SMSEnabled=0)])
    answer = create(infact, body)
    assert answer.json == {"Id": 70001, "CampaignId": "17"}
    assert [(m["channel"], m["to"]) for m in infact.outbox] == [("email", "kari@example.com")]
    assert document(infact)["name"] == "Automatic 21-06-2022"
    assert (document(infact)["listed"], document(infact)["statistics"]) == (True, True)


def test_an_automatic_campaign_goes_through_the_queue(infact: Any) -> None:
    create(infact, obsolete())
    assert stored(infact)["state"] == "Queued"
    assert not list(infact.world.outbox.messages())
    assert len(infact.sent) == 1
    assert document(infact)["state"] == "Sent"


def test_the_name_is_the_campaign_id_unless_given(infact: Any) -> None:
    create(infact, obsolete(1, "a", Name=None))
    create(infact, obsolete(1, "b", Name=""))
    assert [document(infact, n)["name"] for n in (70001, 70002)] == ["a", "b"]


@pytest.mark.parametrize("kind", [1, 3])
def test_scheduled_campaigns_wait(infact: Any, kind: int) -> None:
    create(infact, obsolete(kind, ScheduleDate="2022-06-20 14:30:18"))
    assert (document(infact)["state"], document(infact)["scheduled"]) == ("Scheduled", "2022-06-20T12:30:18Z")
    infact.move_to("2022-06-20T12:30:17.9Z")
    assert not infact.outbox
    infact.move_to("2022-06-21T00:00:00Z")
    assert [m["time"] for m in infact.sent] == ["2022-06-20T12:30:18Z"]
    assert document(infact)["state"] == "Sent"


# --- type 3 -----------------------------------------------------------------------------


@pytest.mark.parametrize("schedule", [None, "2022-06-17 10:00:00", "2020-01-01T00:00:00Z"])
def test_a_transactional_campaign_is_sent_within_the_request(infact: Any, schedule: str | None) -> None:
    """Seen to fail with type 3 put into the queue."""
    create(infact, obsolete(3, ScheduleDate=schedule))
    assert [m["to"] for m in infact.world.outbox.messages()] == ["+4740000001"]
    found = stored(infact)
    assert found["state"] == "Sent"
    assert (found["listed"], found["statistics"]) == (False, False)
    assert not infact.world.agenda.pending()


def test_a_transactional_campaign_rests_on_guesses_that_the_answer_names(infact: Any) -> None:
    answer = create(infact, obsolete(3))
    assert {"infact.one-message", "infact.template-variables"} <= set(
        answer.headers["X-Simulator-Assumed"].split(", ")
    )


@pytest.mark.parametrize(
    ("recipients", "message"),
    [
        (None, "The Recipients field is required."),
        ([], "The Recipients field is required."),
        ([recipient(), recipient()], "A transactional campaign has exactly one recipient, not 2."),
    ],
)
def test_a_transactional_campaign_has_exactly_one_recipient(
    infact: Any, recipients: Any, message: str
) -> None:
    errors = refused(infact, "POST", "/Campaign", obsolete(3, Recipients=recipients), auth=infact.basic)
    assert errors == {"Recipients": [message]}


# --- identity ---------------------------------------------------------------------------


def test_a_campaign_id_is_taken_unless_said_otherwise(infact: Any) -> None:
    create(infact, obsolete())
    for kind in (1, 2, 3):
        errors = refused(infact, "POST", "/Campaign", obsolete(kind), auth=infact.basic)
        assert errors == {"CampaignId": ["There is a campaign with this CampaignId already."]}
    answer = create(infact, obsolete(AllowDuplicateCampaignId=True))
    assert answer.json == {"Id": 70002, "CampaignId": "17"}
    assert "infact.campaign-id-taken" in answer.headers["X-Simulator-Assumed"]


def test_an_external_id_does_not_take_a_campaign_id(infact: Any) -> None:
    infact.post("/Campaigns", campaign(ExternalId="17"))
    create(infact, obsolete())


def two_customers() -> dict[str, Any]:
    template = [{"id": 6582, "channel": "sms", "name": "T", "text": "a"}]
    one = {
        "id": 1,
        "name": "A",
        "api_id": "A",
        "login": "a",
        "password": "x",
        "country": "NO",
        "templates": template,
    }
    two = {"id": 2, "name": "B", "api_id": "B", "login": "b", "password": "x", "country": "SE"}
    return {"customers": [one, two]}


def test_client_id_and_templates_are_the_logins_own(make_infact: Any) -> None:
    infact = make_infact(fixture=two_customers())
    mine = obsolete(ClientId="A", Priority2=None)
    create(infact, mine)
    errors = refused(
        infact, "POST", "/Campaign", mine | {"ClientId": "B", "CampaignId": "18"}, auth=infact.basic
    )
    assert list(errors) == ["ClientId"]
    infact.login = "b"
    errors = refused(infact, "POST", "/Campaign", mine, auth=infact.basic)
    assert list(errors) == ["ClientId"]
    errors = refused(infact, "POST", "/Campaign", mine | {"ClientId": "B"}, auth=infact.basic)
    assert errors == {"SMSTemplateId": ["There is no sms template 6582."]}
    create(infact, obsolete(2, ClientId="B"))


def test_short_numbers_are_of_the_customers_country(make_infact: Any) -> None:
    fixture = two_customers()
    fixture["customers"][0]["country"] = "SE"
    infact = make_infact(fixture=fixture)
    create(infact, obsolete(ClientId="A", Priority2=0, Recipients=[recipient(CellularPhone="070-174 06 05")]))
    assert [m["to"] for m in infact.sent] == ["+46701740605"]


# --- refusals ---------------------------------------------------------------------------

DAY = "The JSON value could not be converted to a day, yyyy-MM-dd."
FLAG = "The JSON value could not be converted to Boolean."
NEEDED = "The {} field is required."
NO_CHANNEL = "Priority1 or Priority2 must be 1 (e-mail) or 2 (SMS)."
NO_TEMPLATES = {
    "SMSTemplateId": "There is no sms template 1.",
    "EmailTemplateId": "There is no email template 1.",
}
FIELDS: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"ClientId": None}, {"ClientId": NEEDED}),
    ({"ClientId": ""}, {"ClientId": NEEDED}),
    ({"ClientId": "x"}, {"ClientId": "The ClientId 'x' is not that of this login."}),
    ({"CampaignId": None}, {"CampaignId": NEEDED}),
    ({"CampaignId": 17}, {"CampaignId": "The JSON value could not be converted to String."}),
    ({"CampaignType": None}, {"CampaignType": NEEDED}),
    ({"CampaignType": 0}, {"CampaignType": "The field CampaignType must be between 1 and 3."}),
    ({"CampaignType": 4}, {"CampaignType": "The field CampaignType must be between 1 and 3."}),
    ({"CampaignType": "1"}, {"CampaignType": "The JSON value could not be converted to Int64."}),
    ({"StartDate": None}, {"StartDate": NEEDED}),
    ({"ClosingDate": None}, {"ClosingDate": NEEDED}),
    ({"StartDate": "20-05-2022"}, {"StartDate": DAY}),
    ({"StartDate": "2022-02-29"}, {"StartDate": DAY}),
    ({"StartDate": "2022-05-20T00:00:00"}, {"StartDate": DAY}),
    ({"ClosingDate": ""}, {"ClosingDate": DAY}),
    ({"ClosingDate": 20220530}, {"ClosingDate": DAY}),
    ({"Priority1": 3}, {"Priority1": "The field Priority1 must be between 0 and 2."}),
    ({"Priority2": "SMS"}, {"Priority2": "The JSON value could not be converted to Int64."}),
    ({"Priority1": 0, "Priority2": None}, {"Priority1": NO_CHANNEL}),
    ({"SMSTemplateId": None}, {"SMSTemplateId": NEEDED}),
    ({"SMSTemplateId": 0}, {"SMSTemplateId": NEEDED}),
    ({"SMSTemplateId": -1}, {"SMSTemplateId": "The field SMSTemplateId must be between 0 and 2147483647."}),
    ({"EmailTemplateId": 0, "EmailSubject": ""}, {"EmailTemplateId": NEEDED, "EmailSubject": NEEDED}),
    ({"EmailTemplateId": 6582}, {"EmailTemplateId": "There is no email template 6582."}),
    ({"SMSTemplateId": 1, "EmailTemplateId": 1}, NO_TEMPLATES),
    ({"PartCount": -1}, {"PartCount": "The field PartCount must be between 0 and 2147483647."}),
    ({"PartCount": None}, {"PartCount": "The JSON value could not be converted to Int64."}),
    ({"BlackList": -1}, {"BlackList": "The field BlackList must be between 0 and 2147483647."}),
    ({"DiscountType": 1e300}, {"DiscountType": f"The field {{}} must be between -{2**31} and {2**31 - 1}."}),
    ({"CouponCode": 5}, {"CouponCode": "The JSON value could not be converted to String."}),
    ({"AllowDuplicateCampaignId": None}, {"AllowDuplicateCampaignId": FLAG}),
    ({"AlreadyGeneratedCouponCode": "yes"}, {"AlreadyGeneratedCouponCode": FLAG}),
    ({"ScheduleDate": "2022-06-20"}, {"ScheduleDate": "The JSON value could not be converted to DateTime."}),
    ({"Recipients": None}, {"Recipients": NEEDED}),
    ({"Recipients": []}, {"Recipients": NEEDED}),
    ({"Recipients": {}}, {"Recipients": "The JSON value could not be converted to an array."}),
    ({"Recipients": [None]}, {"Recipients[0]": "The JSON value could not be converted to an object."}),
    ({"Recipients": [[]]}, {"Recipients[0]": "The JSON value could not be converted to an object."}),
]  # fmt: skip


@pytest.mark.parametrize(("more", "errors"), FIELDS)
def test_refused(infact: Any, more: dict[str, Any], errors: dict[str, str]) -> None:
    found = refused(infact, "POST", "/Campaign", obsolete(**more), auth=infact.basic)
    assert found == {name: [text.format(name)] for name, text in errors.items()}


RECIPIENTS: list[tuple[dict[str, Any], dict[str, str]]] = [
    ({"UserId": None}, {"UserId": NEEDED}),
    ({"UserId": ""}, {"UserId": NEEDED}),
    ({"UserId": 11111}, {"UserId": "The JSON value could not be converted to String."}),
    ({"EmailEnabled": None}, {"EmailEnabled": NEEDED}),
    ({"EmailEnabled": 2}, {"EmailEnabled": "The field EmailEnabled must be between 0 and 1."}),
    ({"SMSEnabled": True}, {"SMSEnabled": "The JSON value could not be converted to Int64."}),
    ({"SMSEnabled": "1"}, {"SMSEnabled": "The JSON value could not be converted to Int64."}),
    ({"SMSEnabled": 10**30}, {"SMSEnabled": "The field SMSEnabled must be between 0 and 1."}),
    ({"CellularPhone": 40000001}, {"CellularPhone": "The JSON value could not be converted to String."}),
    ({"Email": ["a@example.com"]}, {"Email": "The JSON value could not be converted to String."}),
    ({"Level": None}, {"Level": "The JSON value could not be converted to Decimal."}),
    ({"Level": "3"}, {"Level": "The JSON value could not be converted to Decimal."}),
    ({"PointBalance": False}, {"PointBalance": "The JSON value could not be converted to Decimal."}),
    ({"Custom": []}, {"Custom": "The JSON value could not be converted to an object."}),
    ({"Custom": "x"}, {"Custom": "The JSON value could not be converted to an object."}),
    (
        {"UserId": None, "Email": 5},
        {"UserId": NEEDED, "Email": "The JSON value could not be converted to String."},
    ),
]


@pytest.mark.parametrize(("more", "errors"), RECIPIENTS)
def test_refused_recipients(infact: Any, more: dict[str, Any], errors: dict[str, str]) -> None:
    body = obsolete(Recipients=[recipient(), recipient(**more)])
    found = refused(infact, "POST", "/Campaign", body, auth=infact.basic)
    assert found == {f"Recipients[1].{name}": [text.format(name)] for name, text in errors.items()}


@pytest.mark.parametrize("left_out", ["UserId", "EmailEnabled", "SMSEnabled"])
def test_required_fields_of_recipients(infact: Any, left_out: str) -> None:
    person = recipient()
    del person[left_out]
    found = refused(infact, "POST", "/Campaign", obsolete(Recipients=[person]), auth=infact.basic)
    assert found == {f"Recipients[0].{left_out}": [NEEDED.format(left_out)]}


def test_what_recipients_may_hold(infact: Any) -> None:
    """Integral numbers written with a point, nulls, keys in any case, keys that nobody knows."""
    odd = {
        "userid": "1",
        "EMAILENABLED": 0.0,
        "SmsEnabled": 1.0,
        "cellularphone": "40000001",
        "FirstName": None,
        "Level": 1.5,
        "pointBalance": 10,
        "Custom": None,
        "Shoe": {"size": 43},
    }
    answer = create(infact, obsolete(Recipients=[odd, recipient(UserId=" ", Custom={"a": [1], "b": None})]))
    assert "infact.key-spelling" in answer.headers["X-Simulator-Assumed"]
    kept = infact.world.store.tables()["infact/recipients"]["70001/1"]["recipients"]
    assert kept[0] == {
        "UserId": "1",
        "EmailEnabled": 0,
        "SMSEnabled": 1,
        "CellularPhone": "40000001",
        "FirstName": None,
        "Level": 1.5,
        "PointBalance": 10,
        "Custom": None,
    }
    assert [m["to"] for m in infact.sent] == ["+4740000001"]


def test_many_faulty_recipients_are_cut_short(infact: Any) -> None:
    errors = refused(infact, "POST", "/Campaign", obsolete(Recipients=[{}] * 5000), auth=infact.basic)
    assert len(errors) == 3 * 200 + 1
    assert errors["Recipients"] == ["The maximum number of allowed model errors has been reached."]


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_the_login_is_needed(infact: Any, method: str) -> None:
    body = obsolete() if method == "POST" else part()
    for auth in ("", infact.bearer, "Basic x"):
        answer = infact.call(method, "/Campaign", body, auth=auth)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Basic realm="api.infact.no"'


def test_too_large_a_body_is_413(make_infact: Any) -> None:
    infact = make_infact(body_limit=1000)
    assert infact.post("/Campaign", obsolete(Recipients=[recipient()] * 10), auth="basic").status_code == 413
    assert infact.put("/Campaign", part(Recipients=[recipient()] * 10), auth="basic").status_code == 413


def test_type_2_and_3_need_not_what_they_do_not_use(infact: Any) -> None:
    create(infact, obsolete(2, "a", Priority1=None, SMSTemplateId=0, EmailSubject=None, Recipients=None))
    create(infact, obsolete(2, "b", SMSTemplateId=1, EmailTemplateId=1, Priority1=2, Recipients=[]))
    create(
        infact, obsolete(3, "c", Priority1=2, Priority2=0, EmailTemplateId=0, EmailSubject=None, PartCount=5)
    )
