"""Which guesses an answer names: those that it rests on, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vendors.altcraft.account import EMAIL, add_profile, with_more
from tests.vendors.altcraft.conftest import Altcraft, MakeAltcraft

ANNA = "anna.primerova@example.com"
OTHER = {"resource_id": 1, "channel": "email", "email": "other@example.com"}


def assumed(altcraft: Altcraft, path: str, **body: Any) -> set[str]:
    """The guesses, without the vendor's name."""
    answer = altcraft.client.post(f"/altcraft/api/v1.1/{path}", json={"token": altcraft.token} | body)
    named = answer.headers.get("X-Simulator-Assumed", "")
    return {name.removeprefix("altcraft.") for name in named.split(", ") if name}


def imported(altcraft: Altcraft, **body: Any) -> set[str]:
    """Those of an import."""
    body = {"db_id": 5, "email": ANNA, "data": {}} | body
    return assumed(altcraft, "profiles/import", **body)


def test_the_documents_own_imports_rest_on_no_guess(altcraft: Altcraft) -> None:
    """User guide, Import or update a profile: added, then found by the address, with a mode and without.

    That it is an event decides no answer. Seen to fail when every write named what is one.
    """
    data = {"email": ANNA, "_fname": "Anna", "_sex": "female"}
    assert imported(altcraft, matching="email", data=data) == {"email-form"}
    assert imported(altcraft, matching="email", data=data) == {"email-form"}
    assert imported(altcraft, data={"_city": "Tver", "bonus": {"action": "set", "value": 1}}) == set()
    assert imported(altcraft, data={"bonus": {"action": "incr", "value": 1}}) == set()
    assert imported(altcraft, data={"delivery": {"action": "unset"}}) == {"function-detection"}
    assert imported(altcraft, data={"subscriptions": [EMAIL]}) == {"new-status", "new-priority"}


def test_mode_left_out(altcraft: Altcraft) -> None:
    add_profile(altcraft)
    assert "matching-left-out" not in imported(altcraft)
    profile_id = altcraft.profile(email=ANNA)["_id"]
    body = {"db_id": 5, "profile_id": profile_id, "data": {}, "skip_triggers": True}
    assert assumed(altcraft, "profiles/update", **body) == {"matching-left-out"}


@pytest.mark.parametrize(
    ("search", "rule"),
    [
        ({"email": ANNA.upper()}, "email-case"),
        ({"matching": "email_sub", "email": ANNA.upper()}, "email-case"),
        ({"matching": "phone", "phone": "+7 000 000 0001"}, "phone-compare"),
        ({"matching": "phone_sub", "phone": "+7 000 000 0001"}, "phone-compare"),
    ],
)
def test_another_spelling(altcraft: Altcraft, search: dict[str, str], rule: str) -> None:
    sms = {"resource_id": 1, "channel": "sms", "phone": "+70000000001"}
    data = {"email": ANNA, "phones": ["+70000000001"], "subscriptions": [EMAIL, sms]}
    altcraft.done("profiles/add", db_id=5, data=data)
    same = {name: value.lower().replace(" ", "") for name, value in search.items()}
    shown = assumed(altcraft, "profiles/get", db_id=5, **same)
    assert assumed(altcraft, "profiles/get", db_id=5, **search) - shown == {rule}


def test_deleted_subscription_that_would_match(altcraft: Altcraft) -> None:
    profile_id = add_profile(altcraft, ANNA, EMAIL)
    assert "deleted-subscriptions-match" not in imported(altcraft)
    altcraft.done("subscriptions/delete", db_id=5, profile_id=profile_id, **EMAIL)
    assert "deleted-subscriptions-match" in imported(altcraft)


def test_what_is_an_invalid_subscription(altcraft: Altcraft) -> None:
    wrong = {"subscriptions": [EMAIL | {"resource_id": 9}]}
    assert "invalid-subscription" not in imported(altcraft, data={"subscriptions": [EMAIL]})
    assert "invalid-subscription" in imported(altcraft, data=wrong)
    assert "invalid-subscription" in imported(altcraft, data=wrong, skip_invalid_subscriptions=True)


def test_second_subscription_to_a_channel(altcraft: Altcraft) -> None:
    assert "subscription-identity" not in imported(altcraft, data={"subscriptions": [EMAIL]})
    assert "subscription-identity" not in imported(altcraft, data={"subscriptions": [EMAIL]})
    assert "subscription-identity" in imported(altcraft, data={"subscriptions": [OTHER]})


def test_groups_and_totals(make_altcraft: MakeAltcraft) -> None:
    hidden = {"id": 7, "name": "Hidden", "groups": [{"id": 9, "name": "others"}]}
    told = with_more(databases=[hidden])
    for token in told["tokens"]:
        token["groups"] = [0, 1]
    altcraft = make_altcraft(told)
    assert "token-groups" not in imported(altcraft)
    assert "token-groups" not in imported(altcraft, db_id=77)
    assert "token-groups" in imported(altcraft, db_id=7)
    assert assumed(altcraft, "databases/list") == {"next-from-id-end", "token-groups", "total-count"}
    assert assumed(altcraft, "resources/list") == {"next-from-id-end"}
    assert "total-count" in assumed(altcraft, "resources/list", groups=["main"])


@pytest.mark.parametrize("path", ["import", "update"])
def test_data_of_nothing(altcraft: Altcraft, path: str) -> None:
    body = {"db_id": 5, "email": ANNA, "data": None}
    assert "null-data" in assumed(altcraft, f"profiles/{path}", **body)
    assert "null-data" not in assumed(altcraft, "profiles/add", db_id=5, data=None)
    assert "null-data" not in assumed(altcraft, f"profiles/{path}", **body | {"data": 5})
