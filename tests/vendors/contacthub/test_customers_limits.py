"""How long and how large what a customer holds may be, and of which form."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

NODE = "22222222-2222-4222-8222-222222222222"
EMAIL = "luca.prova@example.com"
SHORT_TEXTS = """
    title prefix firstName lastName middleName gender
    contacts.fax contacts.mobilePhone contacts.phone
    contacts.otherContacts.name contacts.otherContacts.value
    contacts.mobileDevices.identifier contacts.mobileDevices.appId contacts.mobileDevices.name
    address.city address.country address.province address.region address.zip
    credential.password credential.username
    educations.id educations.schoolName educations.schoolConcentration
    likes.id likes.category likes.name
    jobs.id jobs.companyIndustry jobs.companyName jobs.jobTitle
    socialProfile.facebook socialProfile.google socialProfile.instagram
    socialProfile.linkedin socialProfile.qzone socialProfile.twitter
    subscriptions.id subscriptions.name subscriptions.type subscriptions.subscriberId
    subscriptions.subscribeContext.ip subscriptions.subscribeContext.userAgent
    subscriptions.unsubscribeContext.ip subscriptions.unsubscribeContext.userAgent
    subscriptions.unsubscribeContext.campaignId subscriptions.unsubscribeContext.campaignMessageId
"""
"""All texts of `base` that are free of form (reference 1.299, Create Customer)."""
LISTS = {"educations", "likes", "jobs", "subscriptions", "otherContacts", "mobileDevices"}


def person(**members: Any) -> dict[str, Any]:
    base = {"contacts": {"email": EMAIL}} | members.pop("base", {})
    return {"nodeId": NODE, "base": base} | members


def with_text(path: str, text: str) -> dict[str, Any]:
    """A base with a text at a path, and what else its place needs."""
    first, _, rest = path.partition(".")
    if not rest:
        return {first: text}
    inner = with_text(rest, text)
    if first == "contacts":
        inner = {"email": EMAIL} | inner
    if first in {"educations", "likes", "jobs", "subscriptions"}:
        inner = {"id": "a"} | ({"subscribed": True} if first == "subscriptions" else {}) | inner
    return {first: [inner] if first in LISTS else inner}


def pointers(answered: Any) -> list[str]:
    return [problem["path"] for problem in answered.json["errors"]]


@pytest.mark.parametrize(
    ("path", "most"),
    [*((path, 255) for path in SHORT_TEXTS.split()), ("address.street", 500)],
    ids=str,
)
def test_texts_have_a_longest_length(hub: Any, path: str, most: int) -> None:
    base = with_text(path, "é" * most)
    made = hub.post("/customers", person(base=base))
    assert made.status_code == 201, made.text
    too_long = with_text(path, "é" * (most + 1))
    before = hub.state()
    refusals = [
        hub.post("/customers", person(base=too_long)),
        hub.patch(f"/customers/{made.json['id']}", {"base": too_long}),
        hub.put(f"/customers/{made.json['id']}", person(base=too_long)),
    ]
    assert [(r.status_code, re.sub(r"/\d+", "", pointers(r)[0])) for r in refusals] == [
        (400, f"/base/{path.replace('.', '/')}")
    ] * 3
    assert hub.state() == before


def test_a_picture_has_1000_characters(hub: Any) -> None:
    url = "https://example.com/".ljust(1000, "x")
    assert hub.post("/customers", person(base={"pictureUrl": url})).status_code == 201
    assert pointers(hub.post("/customers", person(base={"pictureUrl": f"{url}x"}))) == ["/base/pictureUrl"]


@pytest.mark.parametrize("name", ["auto", "manual"])
def test_tags_have_1000_characters_together(hub: Any, name: str) -> None:
    made = hub.post("/customers", person(tags={name: ["x" * 400, "y" * 600]}))
    assert made.status_code == 201
    longer = {"tags": {name: ["x" * 400, "y" * 601]}}
    assert pointers(hub.patch(f"/customers/{made.json['id']}", longer)) == [f"/tags/{name}"]
    other = "auto" if name == "manual" else "manual"
    assert hub.patch(f"/customers/{made.json['id']}", {"tags": {other: ["z" * 1000]}}).status_code == 200


def test_locales(hub: Any) -> None:
    for locale in ("it_IT", "en_us_US", "zh_Hans_CN", None):
        assert hub.post("/customers", person(base={"locale": locale})).status_code == 201, locale
    for locale in ("it", "it-IT", "IT_it", "it_IT.UTF-8", ""):
        assert pointers(hub.post("/customers", person(base={"locale": locale}))) == ["/base/locale"], locale


def test_places_on_the_map(hub: Any) -> None:
    taken: list[dict[str, Any]] = [{"lat": 45.46, "lon": 9.19}, {"lat": 45.46}, {"lon": None}]
    for geo in taken:
        made = hub.post("/customers", person(externalId="1", base={"address": None}))
        placed = hub.patch(f"/customers/{made.json['id']}", {"base": {"address": {"geo": geo}}})
        assert placed.json["base"]["address"]["geo"] == {"lat": None, "lon": None} | geo
    for wrong, place in (({"lat": "45"}, "/lat"), ({"lat": 45, "alt": 120}, ""), ([45, 9], "")):
        refused = hub.post("/customers", person(base={"address": {"geo": wrong}}))
        assert pointers(refused)[0].startswith(f"/base/address/geo{place}"), wrong


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"base": {"pictureUrl": "no address"}}, "/base/pictureUrl"),
        ({"base": {"contacts": {"email": "nobody"}}}, "/base/contacts/email"),
        ({"externalId": 1}, "/externalId"),
        ({"base": {"timezone": "Europe/Atlantis"}}, "/base/timezone"),
        ({"base": {"dob": "1985-02-30"}}, "/base/dob"),
        ({"base": {"unknown": 1}}, "/base"),
        ({"base": {"jobs": [{"companyName": "x"}]}}, "/base/jobs/0"),
        ({"consents": {"marketing": {"automatic": {"email": {"status": "yes"}}}}}, "/consents/marketing"),
        ({"extended": {"unknown": 1}}, "/extended/unknown"),
        ({"extended": {"points": "many"}}, "/extended/points"),
        ({"extended": {"favouriteShop": "x" * 256}}, "/extended/favouriteShop"),
        ({"enabled": None}, "/enabled"),
    ],
)
def test_what_is_wrong_is_named_and_not_kept(hub: Any, members: dict[str, Any], pointer: str) -> None:
    before = hub.state()
    answered = hub.post("/customers", person(**members))
    assert answered.status_code == 400
    assert pointers(answered)[0].startswith(pointer)
    assert hub.state() == before


def test_tags_of_several_writes_are_limited_together(hub: Any) -> None:
    assert hub.post("/customers", person(tags={"manual": ["x" * 600]})).status_code == 201
    assert pointers(hub.post("/customers", person(tags={"manual": ["y" * 600]}))) == ["/tags/manual"]
    assert hub.post("/customers", person(tags={"auto": ["y" * 600]})).status_code == 201


def test_extended_texts_have_the_length_that_is_configured(hub: Any) -> None:
    """Seen to fail with lists measured before POST appends to them."""
    own: dict[str, Any] = {"label": None, "enabled": True}
    definitions = {
        "short": {"type": "string", "contactlabProperties": own | {"maxLength": 3}},
        "long": {"type": "string", "contactlabProperties": own | {"maxLength": 6000}},
        "plain": {"type": "string", "contactlabProperties": own},
        "sizes": {"type": "array", "items": {"type": "string"}, "contactlabProperties": own},
    }
    path = "/configuration/properties/extended"
    assert hub.put(path, definitions, token=hub.admin_token).status_code == 200
    for name, most in (("short", 3), ("long", 6000), ("plain", 255)):
        assert hub.post("/customers", person(extended={name: "x" * most})).status_code == 201
        refused = hub.post("/customers", person(extended={name: "x" * (most + 1)}))
        assert (refused.status_code, pointers(refused)) == (400, [f"/extended/{name}"])
    # 1000 characters together, one of them between each two
    assert hub.post("/customers", person(extended={"sizes": ["x" * 400, "y" * 299]})).status_code == 201
    before = hub.state()
    assert pointers(hub.post("/customers", person(extended={"sizes": ["z" * 300]}))) == ["/extended/sizes"]
    assert hub.state() == before
    assert hub.post("/customers", person(extended={"sizes": ["z" * 299]})).status_code == 201


def test_a_customer_takes_64_kilobytes(hub: Any) -> None:
    empty = len(json.dumps(person(extra="")))

    def status(method: str, path: str, size: int) -> int:
        raw = json.dumps(person(extra="x" * (size - empty))).encode()
        assert len(raw) == size
        return int(hub.call(method, path, data=raw, content_type="application/json").status_code)

    made = hub.post("/customers", person()).json
    for method, path, taken in (
        ("POST", "/customers", 201),
        ("PATCH", f"/customers/{made['id']}", 200),
        ("PUT", f"/customers/{made['id']}", 200),
    ):
        assert (status(method, path, 65_536), status(method, path, 65_537)) == (taken, 400)
