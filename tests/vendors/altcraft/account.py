"""The account in which most tests begin (account.yaml), with more in it, as a fixture document."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ACCOUNT = Path(__file__).with_suffix(".yaml")

EMAIL = {"resource_id": 1, "channel": "email", "email": "anna.primerova@example.com"}
SMS = {"resource_id": 1, "channel": "sms", "phone": "+70000000001"}
PUSH = {
    "resource_id": 1,
    "channel": "push",
    "provider": "android-firebase",
    "subscription_id": "push-token-1",
}
TELEGRAM = {"resource_id": 1, "channel": "telegram_bot", "cc_data": {"id": 1}}
WHATSAPP = {"resource_id": 1, "channel": "whatsapp", "cc_data": {"phone": "+70000000001"}}
VIBER = {"resource_id": 1, "channel": "viber", "cc_data": {"phone": "+70000000001"}}
NOTIFY = {"resource_id": 1, "channel": "notify", "cc_data": {"device": "watch"}}
EVERY_CHANNEL = [EMAIL, SMS, PUSH, TELEGRAM, WHATSAPP, VIBER, NOTIFY]


def with_more(**more: list[dict[str, Any]]) -> dict[str, Any]:
    """The account and more documents of some collections; one of the same id takes its place."""
    document = deepcopy(_account())
    for name, items in more.items():
        told = {item["id"] for item in items}
        document[name] = [item for item in document.get(name, []) if item["id"] not in told] + items
    return document


@cache
def _account() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(ACCOUNT.read_text(encoding="utf-8"))
    return found


def add_profile(altcraft: Any, email: str = "anna.primerova@example.com", *subs: dict[str, Any]) -> str:
    """A profile of database 5 with these subscriptions; returns its id."""
    answer = altcraft.done("profiles/add", db_id=5, data={"email": email, "subscriptions": list(subs)})
    return str(answer["profile_id"])
