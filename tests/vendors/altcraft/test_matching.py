"""The eleven modes of matching: where each searches, and where its value comes from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

PUSH = {"provider": "Firefox", "subscription_id": "example-push-token"}


def added(altcraft: Altcraft, *subscriptions: dict[str, Any], **data: Any) -> str:
    """A profile with these fields and subscriptions to resource 1."""
    subs = [{"resource_id": 1, **sub} for sub in subscriptions]
    answer = altcraft.done("profiles/add", db_id=5, data={**data, "subscriptions": subs})
    return str(answer["profile_id"])


@pytest.fixture
def own(altcraft: Altcraft) -> str:
    """A profile that has the address and the number itself, and fields, and no subscription."""
    return added(
        altcraft,
        email="anna@example.com",
        phones=["+70000000009", "+7 (000) 000-00-01"],
        CRM_ID="100",
        bonus=5,
        rating=1.0,
        interests=["tea", "books"],
        vip=True,
        last_order="2024-02-01",
    )


@pytest.fixture
def subscribed(altcraft: Altcraft) -> str:
    """A profile that has an address, a number and more in subscriptions only."""
    return added(
        altcraft,
        {"channel": "email", "email": "Boris@example.com"},
        {"channel": "sms", "phone": "+70000000002"},
        {"channel": "push", **PUSH},
        {"channel": "telegram_bot", "cc_data": {"id": 7}},
    )


def found(altcraft: Altcraft, **search: Any) -> str | None:
    """The id of the profile that a search finds, if it finds one."""
    answer = altcraft.call("profiles/get", db_id=5, **search)
    assert answer["error"] in (0, 404), answer
    return answer["data"]["_id"] if answer["error"] == 0 else None


@pytest.mark.parametrize(
    ("mode", "value"),
    [
        ("email", {"email": "ANNA@example.com"}),
        ("email_profile", {"email": "anna@example.com"}),
        ("phone", {"phone": "+70000000001"}),
        ("phone", {"phone": "+7 000 000-00-09"}),
        ("email_phone", {"email": "anna@example.com"}),
        ("email_phone", {"phone": "+70000000001"}),
        ("email_phone", {"email": "nobody@example.com", "phone": "+70000000001"}),
        ("custom", {"field_name": "CRM_ID", "field_value": "100"}),
        ("custom", {"field_name": "CRM_ID", "field_value": 100}),
        ("custom", {"field_name": "bonus", "field_value": "5"}),
        ("custom", {"field_name": "rating", "field_value": "1"}),
        ("custom", {"field_name": "vip", "field_value": "true"}),
        ("custom", {"field_name": "last_order", "field_value": "2024-02-01T03:00:00+03:00"}),
        ("custom", {"field_name": "interests", "field_value": "tea"}),
        ("custom", {"field_name": "interests", "field_value": "books, tea"}),
    ],
)
def test_finds_by_fields(altcraft: Altcraft, own: str, mode: str, value: dict[str, Any]) -> None:
    assert found(altcraft, matching=mode, **value) == own


@pytest.mark.parametrize(
    ("mode", "value"),
    [
        ("email_sub", {"email": "anna@example.com"}),
        ("phone_sub", {"phone": "+70000000001"}),
        ("email_phone_sub", {"email": "anna@example.com", "phone": "+70000000001"}),
        ("phone", {"phone": "70000000001"}),
        ("custom", {"field_name": "CRM_ID", "field_value": "10"}),
        ("custom", {"field_name": "interests", "field_value": "tea, music"}),
        ("profile_id", {"profile_id": "5f0000000000000000000001"}),
    ],
)
def test_does_not_find_elsewhere(altcraft: Altcraft, own: str, mode: str, value: dict[str, Any]) -> None:
    assert found(altcraft, matching=mode, **value) is None


@pytest.mark.parametrize(
    ("mode", "value"),
    [
        ("email", {"email": "boris@example.com"}),
        ("email_sub", {"email": "boris@example.com"}),
        ("phone", {"phone": "+70000000002"}),
        ("phone_sub", {"phone": "+7(000)0000002"}),
        ("email_phone_sub", {"email": "boris@example.com"}),
        ("email_phone_sub", {"phone": "+70000000002"}),
        ("push_sub", PUSH),
        ("custom_sub", {"channel": "telegram_bot", "cc_data": {"id": 7}}),
    ],
)
@pytest.mark.parametrize("resource", [None, 1, 2])
def test_finds_by_subscriptions_of_the_resource(
    altcraft: Altcraft, subscribed: str, mode: str, value: dict[str, Any], resource: int | None
) -> None:
    narrowed = {} if resource is None else {"resource_id": resource}
    expected = None if resource == 2 else subscribed
    assert found(altcraft, matching=mode, **value, **narrowed) == expected


@pytest.mark.parametrize(
    ("mode", "value"),
    [
        ("email_profile", {"email": "boris@example.com"}),
        ("email_phone", {"email": "boris@example.com", "phone": "+70000000002"}),
        ("push_sub", PUSH | {"provider": "android-firebase"}),
        ("custom_sub", {"channel": "telegram_bot", "cc_data": {"id": 8}}),
        ("custom_sub", {"channel": "viber", "cc_data": {"id": 7}}),
    ],
)
def test_does_not_find_by_subscriptions(
    altcraft: Altcraft, subscribed: str, mode: str, value: dict[str, Any]
) -> None:
    assert found(altcraft, matching=mode, **value) is None


def test_does_not_find_by_a_deleted_subscription(altcraft: Altcraft, subscribed: str) -> None:
    contact = {"resource_id": 1, "channel": "email", "email": "boris@example.com"}
    altcraft.done("subscriptions/delete", db_id=5, profile_id=subscribed, **contact)
    assert found(altcraft, matching="email", email="boris@example.com") is None
    assert found(altcraft, matching="phone", phone="+70000000002") == subscribed


def test_resource_contact_and_deletion_are_of_one_subscription(altcraft: Altcraft) -> None:
    """What is searched for must stand in one subscription, not in several together."""
    sought = {"channel": "email", "email": "sought@example.com"}
    other = {"channel": "email", "email": "other@example.com", "resource_id": 1}
    made = added(altcraft, sought | {"resource_id": 2}, other)
    search = {"matching": "email_sub", "email": "sought@example.com"}
    assert found(altcraft, **search, resource_id=1) is None
    sub = {"db_id": 5, "profile_id": made, **sought, "resource_id": 1}
    altcraft.done("subscriptions/set", **sub)
    assert found(altcraft, **search, resource_id=1) == made
    altcraft.done("subscriptions/delete", **sub)
    assert found(altcraft, **search, resource_id=1) is None
    assert found(altcraft, **search, resource_id=2) == made


@pytest.mark.parametrize(("reading", "finds"), [("subscriptions", True), ("all", False)])
def test_resource_and_the_profiles_own_address(
    make_altcraft: MakeAltcraft, reading: str, finds: bool
) -> None:
    altcraft = make_altcraft(resource_id_narrows=reading)
    own = added(altcraft, email="anna@example.com", phones=["+70000000001"])
    for search in ({"email": "anna@example.com"}, {"matching": "phone", "phone": "+70000000001"}):
        assert found(altcraft, **search, resource_id=1) == (own if finds else None)
        assert found(altcraft, **search) == own


def test_databases_are_searched_by_themselves(make_altcraft: MakeAltcraft) -> None:
    tokens = [{"id": 1, "token": "example-token", "name": "All", "groups": [0, 1]}]
    databases = [{"id": 5, "name": "A"}, {"id": 6, "name": "B"}]
    altcraft = make_altcraft({"accounts": [{"id": 1}], "tokens": tokens, "databases": databases})
    first = altcraft.done("profiles/import", db_id=5, email="a@example.com", data={})["profile_id"]
    second = altcraft.done("profiles/import", db_id=6, email="a@example.com", data={})["profile_id"]
    assert first != second
    assert altcraft.profile(db_id=6, email="a@example.com")["_id"] == second
    assert altcraft.refused("profiles/get", db_id=6, matching="profile_id", profile_id=first)[0] == 404


def test_without_matching_the_search_is_by_email_then_id(altcraft: Altcraft, own: str) -> None:
    other = added(altcraft, email="other@example.com")
    assert found(altcraft, email="anna@example.com") == own
    assert found(altcraft, profile_id=other) == other
    assert found(altcraft, email="anna@example.com", profile_id=other) == own
    altcraft.done("profiles/update", db_id=5, profile_id=other, data={"email": "changed@example.com"})
    assert altcraft.profile(profile_id=other)["email"] == "changed@example.com"


# ---- a value that stands in the data --------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "data"),
    [
        ("email", {"email": "anna@example.com"}),
        ("email", {"email": {"action": "set", "value": "anna@example.com"}}),
        ("email_profile", {"email": "anna@example.com"}),
        ("phone", {"phones": ["+70000000008", "+70000000001"]}),
        ("phone", {"phones": {"action": "add", "value": ["+70000000001"]}}),
        ("email_phone", {"email": "anna@example.com"}),
        ("email_phone", {"phones": ["+70000000001"]}),
        ("custom", {"CRM_ID": "100"}),
        ("custom", {"CRM_ID": 100}),
    ],
)
def test_value_is_read_from_the_data(altcraft: Altcraft, own: str, mode: str, data: dict[str, Any]) -> None:
    named = {"field_name": "CRM_ID"} if mode == "custom" else {}
    answer = altcraft.done("profiles/import", db_id=5, matching=mode, data=data, **named)
    assert answer["profile_id"] == own


@pytest.mark.parametrize(
    ("mode", "sub"),
    [
        ("email", {"channel": "email", "email": "boris@example.com"}),
        ("email_sub", {"channel": "email", "email_data": {"email": "boris@example.com"}}),
        ("phone_sub", {"channel": "sms", "phone": "+70000000002"}),
        ("phone", {"channel": "sms", "sms_data": {"phone": "+70000000002"}}),
        ("email_phone_sub", {"channel": "sms", "phone": "+70000000002"}),
        ("push_sub", {"channel": "push", **PUSH}),
        ("push_sub", {"channel": "push", "push_data": PUSH}),
        ("custom_sub", {"channel": "telegram_bot", "cc_data": {"id": 7}}),
    ],
)
def test_value_is_read_from_subscriptions_of_the_data(
    altcraft: Altcraft, subscribed: str, mode: str, sub: dict[str, Any]
) -> None:
    data = {"_fname": "Boris", "subscriptions": [{"resource_id": 1, **sub}]}
    answer = altcraft.done("profiles/import", db_id=5, matching=mode, data=data)
    assert answer["profile_id"] == subscribed
    assert len(altcraft.profile(profile_id=subscribed)["subscriptions"]) == 4


@pytest.mark.parametrize(("mode", "finds"), [("email", "own"), ("email_sub", "subscribed")])
def test_value_that_stands_nearer_to_what_is_searched_is_taken(
    altcraft: Altcraft, own: str, subscribed: str, mode: str, finds: str
) -> None:
    sub = {"resource_id": 1, "channel": "email", "email": "boris@example.com"}
    data = {"email": "anna@example.com", "subscriptions": [sub]}
    if mode == "email_sub":
        assert altcraft.refused("profiles/import", db_id=5, matching=mode, data=data)[0] == 409  # Anna's
        data["email"] = "new@example.com"
    answer = altcraft.done("profiles/import", db_id=5, matching=mode, data=data)
    assert answer["profile_id"] == {"own": own, "subscribed": subscribed}[finds]


def test_value_in_the_data_may_be_no_search_value(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(search_value_in_data=False)
    added(altcraft, phones=["+70000000001"])
    data = {"phones": ["+70000000001"]}
    code, text = altcraft.refused("profiles/import", db_id=5, matching="phone", data=data)
    assert (code, "/phone" in text) == (400, True)


@pytest.mark.parametrize(
    "matching",
    [
        {"matching": "phone"},
        {"matching": "phone_sub"},
        {"matching": "email_sub"},
        {"matching": "email_phone"},
        {"matching": "email_phone_sub"},
        {"matching": "profile_id"},
        {"matching": "push_sub"},
        {"matching": "push_sub", "provider": "Firefox"},
        {"matching": "custom"},
        {"matching": "custom", "field_name": "CRM_ID"},
        {"matching": "custom", "field_name": "delivery", "field_value": "x"},
        {"matching": "custom", "field_name": "bonus", "field_value": "many"},
        {"matching": "custom", "field_name": "interests", "field_value": " , "},
        {"matching": "custom_sub", "channel": "viber"},
        {"matching": "custom_sub", "channel": "email", "cc_data": {"email": "a@example.com"}},
        {"matching": "custom_sub", "data": {"subscriptions": [{"channel": "sms", "cc_data": {"id": 1}}]}},
        {"matching": "name"},
        {"matching": "email", "email": 5},
        {"matching": "email", "email": ""},
        {"matching": "phone", "phone": ["+70000000001"]},
    ],
)
@pytest.mark.parametrize("path", ["import", "update", "get"])
def test_search_that_cannot_be_is_refused(altcraft: Altcraft, path: str, matching: dict[str, Any]) -> None:
    data = {} if path == "get" else {"data": {"_fname": "Anna"}}
    assert altcraft.refused(f"profiles/{path}", **{"db_id": 5} | data | matching)[0] == 400


@pytest.mark.parametrize(
    ("path", "body", "wanted"),
    [
        ("profiles/get", {"db_id": 5, "matching": "email_phone"}, ("email", "phone")),
        ("databases/fields_get", {}, ("id", "db_id")),
    ],
)
def test_refusal_says_what_is_missing_and_does_not_quote_the_token(
    altcraft: Altcraft, path: str, body: dict[str, Any], wanted: tuple[str, str]
) -> None:
    told = " or ".join(f'"{name}" is a required property' for name in wanted)
    assert altcraft.refused(path, **body) == (400, f"Incorrect request: {told}")


@pytest.mark.parametrize(("reading", "code"), [("create", 0), ("refuse", 400)])
def test_import_by_email_without_an_address(make_altcraft: MakeAltcraft, reading: str, code: int) -> None:
    altcraft = make_altcraft(no_search_value=reading)
    for _ in range(2):
        answer = altcraft.call("profiles/import", db_id=5, data={"_fname": "Anna"})
        assert answer["error"] == code
    assert len(altcraft.kept("profiles")) == (2 if code == 0 else 0)
    assert altcraft.refused("profiles/update", db_id=5, data={"_fname": "Anna"})[0] == 400


@pytest.mark.parametrize(("reading", "code"), [("refuse", 400), ("nothing", 0)])
def test_search_by_a_field_that_the_database_has_not(
    make_altcraft: MakeAltcraft, reading: str, code: int
) -> None:
    altcraft = make_altcraft(unknown_field_name=reading)
    search = {"matching": "custom", "field_name": "SHOE", "field_value": "42"}
    answer = altcraft.call("profiles/import", db_id=5, data={"_fname": "Anna"}, **search)
    assert answer["error"] == code
    assert len(altcraft.kept("profiles")) == (code == 0)


# ---- several profiles -----------------------------------------------------------------------


def test_of_several_hits_the_first_created_is_meant(altcraft: Altcraft) -> None:
    first, second = added(altcraft, CRM_ID="7"), added(altcraft, CRM_ID="8")
    # the first comes to share the value last
    altcraft.done("profiles/update", db_id=5, profile_id=first, data={"CRM_ID": "8"})
    assert found(altcraft, matching="custom", field_name="CRM_ID", field_value="8") == first
    altcraft.done("profiles/delete", db_id=5, matching="profile_id", profile_id=first)
    assert found(altcraft, matching="custom", field_name="CRM_ID", field_value="8") == second


def test_of_several_hits_the_profiles_own_address_goes_first(altcraft: Altcraft) -> None:
    added(altcraft, {"channel": "email", "email": "anna@example.com"})
    owner = added(altcraft, email="anna@example.com")
    assert found(altcraft, email="anna@example.com") == owner
    altcraft.done("profiles/import", db_id=5, email="anna@example.com", data={"email": "anna@example.com"})


def test_of_email_and_phone_the_address_goes_first(altcraft: Altcraft) -> None:
    by_phone = added(altcraft, phones=["+70000000001"])
    by_email = added(altcraft, email="anna@example.com")
    search = {"matching": "email_phone", "phone": "+70000000001"}
    assert found(altcraft, **search, email="anna@example.com") == by_email
    assert found(altcraft, **search) == by_phone


def test_several_hits_may_be_refused(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(several_hits="refuse")
    for _ in range(2):
        added(altcraft, CRM_ID="7")
    search = {"matching": "custom", "field_name": "CRM_ID", "field_value": "7"}
    code, text = altcraft.refused("profiles/import", db_id=5, data={"_fname": "Anna"}, **search)
    assert (code, "2 profiles match" in text) == (400, True)


def test_a_profile_found_in_two_places_is_one(make_altcraft: MakeAltcraft) -> None:
    altcraft = make_altcraft(several_hits="refuse")
    one = added(altcraft, {"channel": "email", "email": "anna@example.com"}, email="anna@example.com")
    assert found(altcraft, email="anna@example.com") == one


def test_a_rolled_back_change_leaves_the_order_of_hits(altcraft: Altcraft) -> None:
    first, _ = added(altcraft, CRM_ID="7"), added(altcraft, CRM_ID="7")
    items = [{"profile_id": first, "CRM_ID": "8", "subscriptions": [{"channel": "email"}]}]
    answer = altcraft.done("profiles/update_batch", db_id=5, matching="profile_id", data=items)
    assert answer["result"][0]["error"] == 400
    assert found(altcraft, matching="custom", field_name="CRM_ID", field_value="7") == first
