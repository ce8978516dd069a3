"""XML in and out: types by the contract and by the field, arrays of one, what XML cannot hold."""

from __future__ import annotations

from typing import Any

import pytest
import xmltodict
from hypothesis import given
from hypothesis import strategies as st

from simulator.vendors.altcraft import xml
from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

API = "/altcraft/api/v1.1"
ANNA = "anna@example.com"


def post(altcraft: Altcraft, inner: str, path: str = "profiles/import", kind: str = "application/xml") -> Any:
    """What a body of XML is answered; the token and the database are put before `inner`."""
    raw = f"<xml><token>{altcraft.token}</token><db_id>5</db_id>{inner}</xml>"
    answer = altcraft.client.post(f"{API}/{path}", data=raw.encode(), content_type=kind)
    assert answer.status_code == 200
    return answer


def done(altcraft: Altcraft, inner: str, path: str = "profiles/import") -> Any:
    answer = post(altcraft, inner, path)
    assert answer.json["error"] == 0, answer.json
    return answer


def write(altcraft: Altcraft, data: str) -> dict[str, Any]:
    """The profile after an import of these elements."""
    done(altcraft, f"<email>{ANNA}</email><data>{data}</data>")
    return altcraft.profile(email=ANNA)


@pytest.mark.parametrize("kind", ["application/xml", "text/xml", "application/xml; charset=utf-8"])
def test_profile_in_xml(altcraft: Altcraft, kind: str) -> None:
    """The guide's example of an array of one, with an invented person."""
    inner = f"""<matching>email</matching><email>{ANNA}</email><skip_triggers>true</skip_triggers>
        <data><email>{ANNA}</email><_fname>Анна</_fname><phones array='true'>+70000000001</phones>
        <subscriptions><resource_id>1</resource_id><channel>sms</channel><phone>+70000000001</phone>
        <priority>3</priority></subscriptions></data>"""
    answer = post(altcraft, inner, kind=kind)
    assert answer.json["error"] == 0, answer.json
    assert answer.headers["X-Simulator-Contract"] == ("ok" if "application" in kind else "violation")
    profile = altcraft.profile(email=ANNA)
    assert (profile["_fname"], profile["phones"]) == ("Анна", ["+70000000001"])
    assert profile["subscriptions"][0].items() >= {"resource_id": 1, "priority": 3}.items()
    assert altcraft.kept("events") == []


@pytest.mark.parametrize(
    ("data", "name", "kept"),
    [
        ("<phones>+70000000001</phones>", "phones", ["+70000000001"]),
        (
            "<phones>+70000000001</phones><phones>+70000000002</phones>",
            "phones",
            ["+70000000001", "+70000000002"],
        ),
        (
            "<phones array='true'>+70000000001</phones><phones array='true'>+70000000002</phones>",
            "phones",
            ["+70000000001", "+70000000002"],
        ),
        ("<phones array='true'/>", "phones", []),
        ("<_sex>1</_sex>", "_sex", 1),
        ("<_sex>male</_sex>", "_sex", "male"),
        ("<_bdate>1990-01-15</_bdate>", "_bdate", "1990-01-15T00:00:00.000Z"),
        ("<_bdate>632404800</_bdate>", "_bdate", "1990-01-15T12:00:00.000Z"),
        ("<_postal_code>012345</_postal_code>", "_postal_code", "012345"),
        ("<_postal_code>390000</_postal_code>", "_postal_code", 390000),
        ("<_status>5</_status>", "_status", 5),
        ("<CRM_ID>007</CRM_ID>", "CRM_ID", "007"),
        ("<bonus>7</bonus>", "bonus", 7),
        ("<rating>4.5</rating>", "rating", 4.5),
        ("<vip>true</vip>", "vip", True),
        ("<interests>tea</interests>", "interests", ["tea"]),
        ("<interests>tea</interests><interests>books</interests>", "interests", ["tea", "books"]),
        ("<delivery><city>Tver</city></delivery>", "delivery", {"city": "Tver"}),
        ("<orders><id>1</id></orders>", "orders", [{"id": "1"}]),
        ("<bonus><action>incr</action><value>5</value></bonus>", "bonus", 5),
        ("<interests><action>add</action><value>tea</value></interests>", "interests", ["tea"]),
        ("<_fname>a &lt;b&gt; &amp; c</_fname>", "_fname", "a <b> & c"),
    ],
)
def test_texts_become_what_the_field_is(altcraft: Altcraft, data: str, name: str, kept: Any) -> None:
    found = write(altcraft, data)[name]
    assert (found, type(found)) == (kept, type(kept))


@pytest.mark.parametrize("path", ["profiles/import", "subscriptions/set"])
def test_function_in_a_field_of_a_subscription(make_altcraft: MakeAltcraft, path: str) -> None:
    """Numbers are texts in XML, also those of functions; what they count as is the field's to say."""
    altcraft = make_altcraft("docs")
    email = "anna.primerova@example.com"
    profile_id = altcraft.profile(email=email)["_id"]
    sub = f"""<resource_id>1</resource_id><channel>email</channel><email>{email}</email><custom_fields>
        <custom_int_field_2><action>incr</action><value>3</value></custom_int_field_2></custom_fields>"""
    inner = (
        f"<email>{email}</email><data><subscriptions>{sub}</subscriptions></data>"
        if path == "profiles/import"
        else f"<profile_id>{profile_id}</profile_id>{sub}"
    )
    for _ in range(2):
        done(altcraft, inner, path)
    found = altcraft.profile(email=email)["subscriptions"][0]
    assert found["custom_fields"] == {"custom_int_field_2": 6}


def test_object_without_members(altcraft: Altcraft) -> None:
    headers = {"Authorization": f"Bearer {altcraft.token}"}
    for raw in (b"<xml/>", b"<xml></xml>", b"<?xml version='1.0'?>\n<xml> </xml>"):
        answer = altcraft.client.post(
            f"{API}/databases/list", data=raw, content_type="application/xml", headers=headers
        )
        assert (answer.json or {})["error"] == 0


def test_empty_element_is_no_value(altcraft: Altcraft) -> None:
    write(altcraft, "<bonus>7</bonus>")
    assert write(altcraft, "<bonus/><last_order/><subscriptions/>")["bonus"] == 7


@pytest.mark.parametrize("mark", ["", " array='true'"])
def test_batch_of_one(altcraft: Altcraft, mark: str) -> None:
    answer = done(altcraft, f"<data{mark}><email>{ANNA}</email></data>", "profiles/import_batch")
    assert [item["error"] for item in answer.json["result"]] == [0]
    assert altcraft.profile(email=ANNA)["email"] == ANNA


def test_batch_of_two_and_of_none(altcraft: Altcraft) -> None:
    inner = "<format>xml</format><data><email>a@example.com</email></data><data><email>x</email></data>"
    answer = post(altcraft, inner, "profiles/import_batch")
    result = xmltodict.parse(answer.data)["xml"]["result"]
    assert [item["error"] for item in result] == ["0", "400"]
    answer = post(altcraft, "<format>xml</format><data array='true'/>", "profiles/import_batch")
    assert (
        answer.data
        == b"<xml><error>0</error><error_text>Successful operation</error_text><result></result></xml>"
    )


def test_segments_and_search_in_xml(altcraft: Altcraft) -> None:
    inner = "<matching>custom</matching><field_name>bonus</field_name><field_value>7</field_value>"
    made = done(altcraft, f"{inner}<data/><add_to_segments>1</add_to_segments>").json["profile_id"]
    assert altcraft.kept("profiles")[0]["segments"] == [1]
    found = done(altcraft, f"<format>json</format>{inner}", "profiles/get").json["data"]
    assert (found["_id"], found["bonus"]) == (made, 7)


def test_answer_in_xml(altcraft: Altcraft) -> None:
    data = {
        "email": ANNA,
        "phones": ["+70000000001", "+70000000002"],
        "interests": [],
        "_fname": "a <b> & \u0000",
        "vip": True,
        "delivery": {"1 st": {"": 1}, "город": "Тверь", "@id": [[1, 2], []]},
    }
    altcraft.done("profiles/add", db_id=5, data=data)
    answer = post(altcraft, f"<email>{ANNA}</email><format>xml</format>", "profiles/get")
    assert answer.content_type == "application/xml; charset=utf-8"
    found = xmltodict.parse(answer.data)["xml"]
    assert list(found) == ["data", "error", "error_text"]
    shown = found["data"]
    assert (shown["phones"], shown["interests"], shown["vip"]) == (data["phones"], None, "true")
    assert shown["_fname"] == "a <b> & \ufffd"
    assert shown["subscriptions"] is None
    assert shown["delivery"] == {
        "_1_st": {"_": "1"},
        "город": "Тверь",
        "_id": [{"_id": ["1", "2"]}, {"_id": None}],
    }


@pytest.mark.parametrize(
    "raw",
    [
        b"<xml>",
        b"<x/>",
        b"<xml/>",
        b"<xml>text</xml>",
        b"text",
        b"\xff",
        b"<xml array='true'><db_id>5</db_id></xml>",
        b"<!DOCTYPE x [<!ENTITY a 'aaa'>]><xml><token>&a;</token></xml>",
        b"<?xml version='1.0' encoding='none'?><xml><db_id>5</db_id></xml>",
        b"<xml>" + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</xml>",
        b"{}",
    ],
)
def test_body_that_is_no_object_in_xml(altcraft: Altcraft, raw: bytes) -> None:
    headers = {"Authorization": f"Bearer {altcraft.token}"}
    before = altcraft.state()
    answer = altcraft.client.post(
        f"{API}/profiles/import", data=raw, content_type="application/xml", headers=headers
    )
    assert (answer.status_code, (answer.json or {})["error"]) == (200, 400)
    assert altcraft.state() == before


@pytest.mark.parametrize(
    "data",
    ["<bonus>many</bonus>", "<email>x</email>", "<subscriptions><channel>email</channel></subscriptions>"],
)
def test_refusal_in_xml_leaves_no_trace(altcraft: Altcraft, data: str) -> None:
    before = altcraft.state()
    answer = post(altcraft, f"<email>{ANNA}</email><data>{data}</data><format>xml</format>")
    assert answer.data.startswith(b"<xml><error>400</error><error_text>Incorrect request: ")
    assert altcraft.state() == before


def test_token_in_xml(altcraft: Altcraft) -> None:
    answer = altcraft.client.post(
        f"{API}/profiles/import", data=b"<xml><db_id>5</db_id><token/></xml>", content_type="text/xml"
    )
    assert (answer.json or {})["error"] == 401


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), JSON))
def test_whatever_is_written_can_be_read(value: dict[str, Any]) -> None:
    xml.read(xml.write(value))
