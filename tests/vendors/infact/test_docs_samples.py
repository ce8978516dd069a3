"""Every sample of the vendor's two pages, sent as printed to the world of the fixture `docs`.

The files in samples/ are the pages' own JSON, indented, with other persons, phones, e-mail addresses and
street. The pages also print models filled with placeholders ("string", 0); those are no requests
that could succeed, and the tests say which 400 they get, and send them again with values filled in.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from simulator.data import FixtureFiles
from simulator.vendors.infact.state import CAMPAIGNS

SAMPLES = Path(__file__).parent / "samples"
MEMBERS = "/datasources/265/objects/members"
PRINTED_LOGIN = "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
TODAY = "2022-06-17T00:00:00"


def text(name: str) -> str:
    return (SAMPLES / f"{name}.json").read_text(encoding="utf-8")


def value(name: str) -> Any:
    return json.loads(text(name))


def send(infact: Any, method: str, path: str, body: str, *, auth: str | None = None) -> TestResponse:
    """The body as text, as it is printed."""
    answer: TestResponse = infact.call(method, path, data=body, content_type="application/json", auth=auth)
    return answer


def assert_welcome(answer: TestResponse) -> Any:
    """200, and nothing in the request that the contract does not know."""
    assert answer.status_code == 200, answer.text
    assert answer.headers["X-Simulator-Contract"] == "ok"
    return answer.json


def errors_of(answer: TestResponse) -> set[str]:
    """The places of a 400."""
    assert answer.status_code == 400, answer.text
    assert answer.content_type.startswith("application/problem+json")
    return set(answer.json["errors"])  # type: ignore[index]


def messages(infact: Any) -> list[tuple[str, str, str]]:
    return [(m["channel"], m["to"], m["text"]) for m in infact.sent]


@pytest.fixture
def before(make_infact: Any) -> Any:
    """The documents' world before the row with id 12, which their inserts add and their read shows."""
    document = json.loads(json.dumps(FixtureFiles().read("infact", "docs")))
    rows = document["customers"][0]["datasources"][0]["objects"][0]["rows"]
    rows[:] = [row for row in rows if row["values"]["id"] != 12]
    return make_infact(document)


# --- campaign page, authentication ------------------------------------------------------


def test_token_with_the_printed_header(infact: Any) -> None:
    assert_welcome(infact.get("/Account/token", auth=PRINTED_LOGIN))


# --- datasource page --------------------------------------------------------------------


def test_objects(infact: Any) -> None:
    answer = assert_welcome(infact.get("/datasources/265/objects/"))
    assert answer == [{"Key": "members", "Value": "3387_2"}]


def test_properties(infact: Any) -> None:
    assert assert_welcome(infact.get(f"{MEMBERS}/properties")) == value("answer-properties")


def test_item_from_the_printed_host(infact: Any) -> None:
    answer = infact.client.get(
        "/v1/datasources/265/objects/members/data/12",
        base_url="https://betaapi.infact.no",
        headers={"Authorization": infact.bearer},
    )
    assert assert_welcome(answer) == value("answer-item")
    assert list(answer.json) == list(value("answer-item"))


def test_insert(before: Any) -> None:
    answer = assert_welcome(send(before, "POST", f"{MEMBERS}/data", text("insert")))
    assert answer == value("insert") | {"dateOfBirth": None, "createdDate": TODAY}
    assert before.get(f"{MEMBERS}/data/12").json == answer


@pytest.mark.parametrize("path", ["data", "data/batch", "data/batch/"])
def test_batch_on_the_printed_path_and_the_documented_one(before: Any, path: str) -> None:
    assert_welcome(send(before, "POST", f"{MEMBERS}/{path}", text("batch")))
    for row in value("batch"):
        stored = before.get(f"{MEMBERS}/data/{row['id']}").json
        assert stored == row | {"dateOfBirth": None, "createdDate": TODAY}


def test_the_printed_item_is_the_first_of_the_batch(before: Any) -> None:
    """What the page shows for GET is what its batch stores (but for the name, which is invented)."""
    send(before, "POST", f"{MEMBERS}/data", text("batch"))
    stored = before.get(f"{MEMBERS}/data/12").json
    assert stored | {"lastname": None} == value("answer-item") | {"lastname": None}


def test_samples_that_add_the_row_again(infact: Any) -> None:
    """The page inserts id 12 twice and has it already: in this world an insert may overwrite."""
    for name in ("insert", "batch"):
        assert_welcome(send(infact, "POST", f"{MEMBERS}/data", text(name)))
    assert infact.get(f"{MEMBERS}/data/12").json["firstname"] == "Kari 12"


def test_import(infact: Any) -> None:
    answer = assert_welcome(send(infact, "POST", f"{MEMBERS}/data/import/json", text("import")))
    assert answer.keys() == value("answer-import").keys()
    duration = answer.pop("ImportDuration")
    assert len(duration) == len(value("answer-import")["ImportDuration"])
    assert answer == {k: v for k, v in value("answer-import").items() if k != "ImportDuration"}
    updated, added = (infact.get(f"{MEMBERS}/data/{number}").json for number in (16, 17))
    first, second = value("import")["Items"]
    assert updated == first | {"dateOfBirth": "1983-01-01T00:00:00", "createdDate": TODAY}
    assert added == second | {"dateOfBirth": "1989-01-01T00:00:00", "phone": None, "createdDate": TODAY}
    assert ids_with_tag(infact, "ImportTag7") == [16, 17]


def test_import_by_city(infact: Any) -> None:
    """Its MergeKey prints the placeholder; the text around it says `city`."""
    printed = text("import-cities")
    assert errors_of(send(infact, "POST", f"{MEMBERS}/data/import/json", printed)) == {"MergeKey"}
    body = printed.replace('"MergeKey": "string"', '"MergeKey": "city"')
    answer = assert_welcome(send(infact, "POST", f"{MEMBERS}/data/import/json", body))
    assert (answer["TotalCount"], answer["ImportedCount"], answer["ErrorsCount"]) == (2, 0, 0)
    zips = {number: infact.get(f"{MEMBERS}/data/{number}").json["zip"] for number in (12, 14, 15, 16)}
    assert zips == {12: 1358, 14: 12345, 15: 55321, 16: 1358}
    assert ids_with_tag(infact, "HasCityTag") == [14, 15]


def test_import_of_the_city_alone_only_tags(infact: Any) -> None:
    body = {"Items": [{"city": "Oslo"}], "MergeKey": "city", "Tags": ["HasCityTag"]}
    before = infact.get(f"{MEMBERS}/data/14").json
    assert assert_welcome(infact.post(f"{MEMBERS}/data/import/json", body))["ImportedCount"] == 0
    assert infact.get(f"{MEMBERS}/data/14").json == before
    assert ids_with_tag(infact, "HasCityTag") == [14]


def test_import_model(infact: Any) -> None:
    printed = text("import-model")
    assert errors_of(send(infact, "POST", f"{MEMBERS}/data/import/json", printed)) == {"MergeKey"}
    body = printed.replace('"MergeKey": "string"', '"MergeKey": "id"')
    assert assert_welcome(send(infact, "POST", f"{MEMBERS}/data/import/json", body))["TotalCount"] == 1


def ids_with_tag(infact: Any, tag: str) -> list[int]:
    """No operation shows tags: a look into the store."""
    with infact.world.entered():
        rows = list(infact.world.store.tables("infact")["infact/rows-3387_2"].scan())
    return [row["id"] for row in rows if tag in row["tags"]]


def test_campaign_by_query(infact: Any) -> None:
    """The schedule, 16:10:18 in Oslo, is two hours and ten minutes ahead of the world's clock."""
    answer = assert_welcome(send(infact, "POST", "/datasources/265/campaign", text("campaign-by-query")))
    assert answer["ExternalId"] == "externalCampaignID"
    infact.move_to("2022-06-17T14:10:17Z")
    assert infact.outbox == []
    infact.move_to("2022-06-17T14:10:18Z")
    assert messages(infact) == [
        ("sms", "+4740000001", "Hei Kari 12, velkommen til oss i Jar!"),
        ("sms", "+4740000014", "Hei Ola, velkommen til oss i Oslo!"),
    ]
    assert {message["time"] for message in infact.sent} == {"2022-06-17T14:10:18Z"}


def test_campaign_by_query_is_evaluated_when_sent(infact: Any) -> None:
    send(infact, "POST", "/datasources/265/campaign", text("campaign-by-query"))
    body = {"Items": [{"id": 15}], "MergeKey": "id", "Tags": ["tag5"]}
    assert_welcome(infact.post(f"{MEMBERS}/data/import/json", body))
    infact.move_to("2022-06-17T14:10:18Z")
    assert [to for _, to, _ in messages(infact)] == ["+4740000001", "+4740000014", "+4740000015"]


def test_campaign_by_query_model(infact: Any) -> None:
    """The printed model names no object, template or country; filled in, it is a campaign."""
    printed = value("campaign-by-query-model")
    found = errors_of(send(infact, "POST", "/datasources/265/campaign", text("campaign-by-query-model")))
    assert found >= {"SMSTemplateId", "CountryCode"}
    query = printed["Query"] | {"ObjectName": "members", "GroupBy": ["id"]}
    query["Filter"][0]["Path"] = "city"
    query["Filter"][0]["Operations"][0] |= {"Value": "Jar", "MaxValue": None}
    query["Order"][0]["Name"] = "id"
    query["SelfJoin"][0] |= {"Parent": "city", "Child": "city"}
    body = printed | {
        "Query": query,
        "SMSTemplateId": 2,
        "CountryCode": "NO",
        "PhoneName": "phone",
        "EmailName": "email",
        "EmailTemplateId": 9835,
    }
    body["ScheduleDate"] = None
    for name in ("SMSBlackList", "EmailBlackList"):
        body[name]["BlackListIds"] = body[name]["FormIds"] = []
    assert_welcome(infact.post("/datasources/265/campaign", body))
    assert [to for _, to, _ in messages(infact)] == ["+4740000001", "+4740000016"]


# --- campaign page ----------------------------------------------------------------------


def test_campaigns_model(infact: Any) -> None:
    """The printed model has ids of 0 and a country `string`; filled in, it waits for its schedule."""
    printed = value("campaigns-model")
    found = errors_of(send(infact, "POST", "/Campaigns", text("campaigns-model")))
    assert found >= {"SMSTemplateId", "CountryCode"}
    body = printed | {
        "Recipients": [{"additionalProp1": "Kari", "string": "400 00 001", "city": "Jar"}],
        "ScheduleDate": "2022-06-18T09:02:06.590Z",
        "SMSTemplateId": 2,
        "CountryCode": "NO",
        "EmailTemplateId": 9835,
    }
    for name in ("SMSBlackList", "EmailBlackList"):
        body[name]["BlackListIds"] = body[name]["FormIds"] = []
    assert assert_welcome(infact.post("/Campaigns", body))["ExternalId"] == "string"
    assert infact.outbox == []
    infact.move_to("2022-06-18T09:02:07Z")
    assert messages(infact) == [("sms", "+4740000001", "Hei , velkommen til oss i Jar!")]


def test_campaign_17(infact: Any) -> None:
    """SMS first, but the recipient takes none: one e-mail."""
    answer = assert_welcome(send(infact, "POST", "/Campaign/", text("campaign-17"), auth=PRINTED_LOGIN))
    assert answer["CampaignId"] == "17"
    assert messages(infact) == [
        ("email", "kari@example.com", "<p>Hei Kari string</p><p>Nummer: 01212</p>"),
    ]
    assert infact.sent[0]["subject"] == "TestAPI Automatic 21-06-2022Subject"
    assert infact.skipped == []


def test_campaign_17_as_transactional(infact: Any) -> None:
    """The page: the same with CampaignType 3 and one recipient. It is sent within the request."""
    body = text("campaign-17").replace('"CampaignType": 1', '"CampaignType": 3')
    assert_welcome(send(infact, "POST", "/Campaign/", body, auth="basic"))
    assert len(list(infact.world.outbox.messages())) == 1


def test_transactional_takes_exactly_one(infact: Any) -> None:
    body = value("campaign-17") | {"CampaignType": 3}
    body["Recipients"] *= 2
    assert errors_of(infact.post("/Campaign", body, auth="basic")) == {"Recipients"}
    assert infact.outbox == []


@pytest.mark.parametrize("path", ["/Campaign/", "/campaign"])
def test_campaign_18_and_its_recipients(infact: Any, path: str) -> None:
    """A list of recipients, complete with its only part; nothing is sent."""
    answer = assert_welcome(send(infact, "POST", path, text("campaign-18"), auth="basic"))
    assert answer["CampaignId"] == "18"
    assert stored(infact, answer["Id"])["state"] == "Collecting"
    part = assert_welcome(send(infact, "PUT", path, text("campaign-18-recipients"), auth="basic"))
    assert part == {"CampaignId": "18", "PartNumber": 1, "PartCount": 1, "RecipientsCount": 1}
    kept = stored(infact, answer["Id"])
    assert (kept["state"], kept["counts"]["recipients"]) == ("Ready", 1)
    assert kept["request"]["Name"] == "TestAPI Automatic 21-06-2022"
    assert infact.outbox == []


def stored(infact: Any, campaign: int) -> dict[str, Any]:
    """No operation shows campaigns: a look into the store."""
    with infact.world.entered():
        document: dict[str, Any] = infact.world.store.table(CAMPAIGNS)[campaign]
    return document


def test_campaign_model(infact: Any) -> None:
    """The printed model has a foreign ClientId and no type; filled in, it is a campaign with coupons."""
    printed = value("campaign-model")
    assert "CampaignType" in errors_of(
        send(infact, "POST", "/Campaign/", text("campaign-model"), auth="basic")
    )
    body = printed | {
        "ClientId": "DemoKundeAPiId",
        "CampaignType": 1,
        "Priority1": 2,
        "SMSTemplateId": 6582,
        "StartDate": "2022-06-20",
        "ClosingDate": "2022-06-30",
    }
    body["Recipients"][0] |= {"SMSEnabled": 1, "CellularPhone": "400 00 001", "CountryCode": "NO"}
    body["ScheduleDate"] = None
    assert_welcome(infact.post("/Campaign/", body, auth="basic"))
    assert messages(infact) == [
        ("sms", "+4740000001", "Hei string! Tilbudet gjelder 2022-06-20 til 2022-06-30. ")
    ]


def test_campaign_recipients_model(infact: Any) -> None:
    """The printed model has a foreign ClientId; with the customer's own and a list of 18, it is a part."""
    printed = text("campaign-recipients-model")
    assert errors_of(send(infact, "PUT", "/Campaign/", printed, auth="basic")) >= {"ClientId"}
    send(infact, "POST", "/Campaign/", text("campaign-18"), auth="basic")
    body = value("campaign-recipients-model") | {"ClientId": "DemoKundeAPiId", "CampaignId": "18"}
    assert assert_welcome(infact.put("/Campaign/", body, auth="basic"))["RecipientsCount"] == 1


# --- the files --------------------------------------------------------------------------


def test_every_sample_is_sent_or_compared() -> None:
    source = Path(__file__).read_text(encoding="utf-8")
    names = {path.stem for path in SAMPLES.glob("*.json")}
    assert len(names) == 16
    assert {name for name in names if f'"{name}"' not in source} == set()
